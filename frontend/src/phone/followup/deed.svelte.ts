/** Something one does with a tap: once at a time, and if it cannot be done, why. */
import { ApiProblem } from '../../live/http';

export class Deed {
  busy = $state(false);
  /** Of the last try; null when it went well. */
  refusal = $state.raw<ApiProblem | null>(null);

  /** True: done. A second tap meanwhile does nothing. */
  async try(work: () => Promise<unknown>): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.refusal = null;
    try {
      await work();
      return true;
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      this.refusal = error;
      return false;
    } finally {
      this.busy = false;
    }
  }
}
