/** What the browser keeps for us. Private windows may refuse: then nothing is remembered, and nothing breaks. */

export function recall<T>(store: 'localStorage' | 'sessionStorage', key: string, otherwise: T): T {
  try {
    const text = window[store].getItem(key);
    return text === null ? otherwise : (JSON.parse(text) as T);
  } catch {
    return otherwise;
  }
}

export function keep(store: 'localStorage' | 'sessionStorage', key: string, value: unknown): void {
  try {
    window[store].setItem(key, JSON.stringify(value));
  } catch {
    // Full or forbidden: the evening goes on without it.
  }
}

export function forgetKept(store: 'localStorage' | 'sessionStorage', key: string): void {
  try {
    window[store].removeItem(key);
  } catch {
    // It was not kept either.
  }
}
