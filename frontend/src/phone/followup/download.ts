/** A file that only this phone may fetch: a link could not carry who is asking. */
import { httpText } from '../../live/http';

export async function download(path: string, authorization: string, name: string, type: string): Promise<void> {
  const text = await httpText(path, { authorization });
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // Some browsers begin to read it only after this turn.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
