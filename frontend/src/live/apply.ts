/** Folds a message into a state. Pure: the old state stays as it was, parts that did not change are shared. */
import type { Message } from './contract';

type Collection = Record<string, unknown>;

/** Applying the same message twice gives the same state: messages state facts, not changes. */
export function apply<State extends object>(state: State, message: Pick<Message, 'set' | 'unset'>): State {
  const next = { ...state } as Record<string, unknown>;
  const copied = new Set<string>();

  function collection(name: string): Collection {
    if (!copied.has(name)) next[name] = { ...(next[name] as Collection) };
    copied.add(name);
    return next[name] as Collection;
  }

  for (const path of message.unset) {
    const [name, id] = parts(path);
    if (id === undefined) delete next[name];
    else delete collection(name)[id];
  }
  for (const [path, value] of Object.entries(message.set)) {
    const [name, id] = parts(path);
    if (id === undefined) next[name] = value;
    else collection(name)[id] = value;
  }
  return next as State;
}

function parts(path: string): [name: string, id?: string] {
  const slash = path.indexOf('/');
  return slash < 0 ? [path] : [path.slice(0, slash), path.slice(slash + 1)];
}
