/** For tests: a server that hears what is sent with XMLHttpRequest, and answers when told to. */
type Handler = ((event: { loaded: number; total: number }) => void) | null;

export class FakeRequest {
  static made: FakeRequest[] = [];

  static get last(): FakeRequest {
    return FakeRequest.made.at(-1)!;
  }

  readonly upload: { onprogress: Handler } = { onprogress: null };
  readonly headers: Record<string, string> = {};
  onprogress: (() => void) | null = null;
  onload: (() => void) | null = null;
  onerror: (() => void) | null = null;
  onabort: (() => void) | null = null;
  responseText = '';
  status = 200;
  aborted = false;
  path = '';
  form!: FormData;

  open(_method: string, path: string) {
    this.path = path;
  }

  setRequestHeader(name: string, value: string) {
    this.headers[name] = value;
  }

  send(form: FormData) {
    this.form = form;
    FakeRequest.made.push(this);
  }

  abort() {
    this.aborted = true;
    this.onabort?.();
  }

  /** Part of the answer; it may end within a line. */
  say(part: string) {
    this.responseText += part;
    this.onprogress?.();
  }

  end(record?: object, status = 200) {
    this.status = status;
    if (record) this.responseText += `${JSON.stringify(record)}\n`;
    this.onload?.();
  }
}
