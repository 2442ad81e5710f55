import type { Team } from '../../live/contract';

/** Sends something about the team; `done` words what is said when it is done. Answers whether it was. */
export type Act = (send: () => Promise<Team>, done: (team: Team) => string) => Promise<boolean>;
