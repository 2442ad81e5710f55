/** What the evening needs later: fetched as soon as the page stands, since the server may be away by the time it is asked for. */
type Parts = typeof import('./parts');

export function part<Name extends keyof Parts>(name: Name): () => Promise<Parts[Name]> {
  return async () => (await import('./parts'))[name];
}
