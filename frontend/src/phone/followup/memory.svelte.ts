/** What a series remembers of me: read, corrected and deleted, each at once with the server's answer. */
import type { Memory, TieRecord } from '../../live/contract';
import { ApiProblem, http } from '../../live/http';

/** The fields of a tie that one may correct; days as "2026-12-03". */
export interface Correction {
  times?: number;
  first_met?: string;
  last_met?: string;
}

export class MemoryPage {
  /** Null until the first answer. */
  memory = $state.raw<Memory | null>(null);
  /** Why it could not be read; null when it could. */
  trouble = $state.raw<ApiProblem | null>(null);

  constructor(readonly authorization: string) {}

  async load(): Promise<void> {
    try {
      this.memory = await this.ask<Memory>('GET');
      this.trouble = null;
    } catch (error) {
      this.trouble = error as ApiProblem;
    }
  }

  /** Throws ApiProblem, as all that follows. */
  async correct(tie: string, correction: Correction): Promise<void> {
    const corrected = await this.ask<TieRecord>('PATCH', `/ties/${tie}`, correction);
    this.tie(tie, [corrected]);
  }

  async forget(tie: string): Promise<void> {
    await this.ask('DELETE', `/ties/${tie}`);
    this.tie(tie, []);
  }

  async forgetAll(): Promise<void> {
    await this.ask('DELETE');
    await this.load();
  }

  private tie(id: string, instead: TieRecord[]): void {
    if (!this.memory) return;
    this.memory = { ...this.memory, ties: this.memory.ties.flatMap((one) => (one.id === id ? instead : [one])) };
  }

  private ask<Answer = void>(method: 'GET' | 'PATCH' | 'DELETE', path = '', body?: object): Promise<Answer> {
    return http<Answer>(`/api/v1/me/memory${path}`, { method, body, authorization: this.authorization });
  }
}
