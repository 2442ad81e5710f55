/** What one does with a tap: sent once, and again after a lost connection until the server has answered. */
import type { Shared, WishKind } from '../../live/contract';
import { http, type ApiProblem } from '../../live/http';
import { nonce } from '../../live/nonce';
import { Saver } from './saver.svelte';

export class Deeds {
  /** What one says of oneself. */
  readonly profile: Saver<object>;
  private readonly wishes: Saver<{ kind: WishKind | null }>;
  private readonly leaving: Saver<{ nonce: string }>;
  private readonly errands: Saver<{ id: number }>;
  private readonly answers: Saver<Record<string, { yes: boolean; shares?: Shared[] }>>;

  /** `told` is called once the server has taken something. */
  constructor(authorization: string, told: () => Promise<void>, left: () => Promise<void>) {
    const saver = (method: 'POST' | 'PATCH', path: string, then = told) =>
      new Saver<object>(async (body) => {
        await http(`/api/v1/me${path}`, { method, body, authorization });
        await then();
      });
    this.profile = saver('PATCH', '');
    this.wishes = saver('POST', '/wish');
    this.leaving = saver('POST', '/leave', left);
    this.errands = saver('POST', '/errand/done');
    this.answers = new Saver(async (answers) => {
      for (const [id, body] of Object.entries(answers)) await http(`/api/v1/me/requests/${id}`, { method: 'POST', body, authorization });
      await told();
    });
  }

  /** Null takes back what was wished for. */
  wish(kind: WishKind | null): void {
    this.wishes.save({ kind });
  }

  leave(): void {
    // One intention, one nonce: what is sent again after a lost answer is the same leaving.
    this.leaving.save({ nonce: nonce() });
  }

  met(errand: number): void {
    this.errands.save({ id: errand });
  }

  /** To a request to be introduced: by me, or to me. */
  answer(request: string, yes: boolean, shares?: Shared[]): void {
    this.answers.save({ [request]: { yes, shares } });
  }

  /** Leaving is under way. */
  get going(): boolean {
    return !this.leaving.settled;
  }

  /** For a connection. */
  get waiting(): boolean {
    return this.taps.some(({ status }) => status === 'waiting');
  }

  /** Why the server would not take the last tap; null when it did. */
  get refusal(): ApiProblem | null {
    return this.taps.find(({ refusal }) => refusal)?.refusal ?? null;
  }

  private get taps(): Pick<Saver<object>, 'status' | 'refusal'>[] {
    return [this.wishes, this.leaving, this.errands, this.answers];
  }
}
