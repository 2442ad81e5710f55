/** Why a line was refused. A socket only says that it is closed; the same question over HTTP says more. */
import { http, type ApiProblem } from './http';

/** gone: its event has been deleted. */
type RefusalReason = 'refused' | 'gone';

export async function reasonOf(snapshot: string, authorization?: string): Promise<RefusalReason> {
  return http(snapshot, authorization ? { authorization } : {}).then(
    () => 'refused',
    (problem: ApiProblem) => (problem.status === 410 ? 'gone' : 'refused'),
  );
}
