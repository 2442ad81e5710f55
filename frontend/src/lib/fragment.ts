/** What follows the # in the address; as it stands, where it is not encoded as addresses are. */
export function fragment(): string {
  const text = location.hash.slice(1);
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
