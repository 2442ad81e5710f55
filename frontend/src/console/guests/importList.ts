/** Sends a guest list and hears, while it goes on, how far the work is. */
import type { ApiError, ImportField, ImportProgress, ImportSummary } from '../../live/contract';
import { ApiProblem, csrfToken } from '../../live/http';
import { t } from '../../lib/shared';

/** Something must be heard within this time, or the connection counts as lost. */
const SILENCE = 120_000;

/** What the organiser said of the columns, by their number. */
export type Mapping = Record<number, ImportField | ''>;

export interface GuestFile {
  file: File;
  dryRun: boolean;
  mapping: Mapping;
  hasHeader: boolean;
}

/** `file` counts bytes sent, `rows` rows done. */
export interface Progress {
  of: 'file' | 'rows';
  done: number;
  total: number;
}

/** Stopping is not an answer: nothing is told any more. */
export interface Sending {
  answer: Promise<ImportSummary>;
  stop: () => void;
}

/** The answer may be an ApiProblem. A request that shows how much of a file is sent cannot be made with fetch. */
export function sendGuestList(event: string, sent: GuestFile, tell: (progress: Progress) => void): Sending {
  const request = new XMLHttpRequest();
  const answer = new Promise<ImportSummary>((resolve, reject) => {
    const lines = new Lines(request);
    const lost = () => reject(new ApiProblem(0, 'offline', t('http.offline')));
    const giveUp = () => {
      request.abort();
      lost();
    };
    let patience = setTimeout(giveUp, SILENCE);
    const heard = () => {
      clearTimeout(patience);
      patience = setTimeout(giveUp, SILENCE);
    };
    request.upload.onprogress = ({ loaded, total }) => {
      heard();
      tell({ of: 'file', done: loaded, total });
    };
    request.onprogress = () => {
      heard();
      const last = lines.read().at(-1);
      if (last && 'done' in last) tell({ of: 'rows', ...last });
    };
    request.onload = () => {
      clearTimeout(patience);
      const last = lines.read(true).at(-1);
      if (last && 'summary' in last) resolve(last.summary);
      else reject(problem(request.status, last && 'error' in last ? last.error : null));
    };
    request.onabort = () => clearTimeout(patience);
    request.onerror = () => {
      clearTimeout(patience);
      lost();
    };
  });
  request.open('POST', `/api/v1/events/${event}/import`);
  request.setRequestHeader('Accept', 'application/x-ndjson');
  request.setRequestHeader('X-CSRFToken', csrfToken());
  request.send(form(sent));
  return { answer, stop: () => request.abort() };
}

function form({ file, dryRun, mapping, hasHeader }: GuestFile): FormData {
  const form = new FormData();
  form.set('file', file);
  form.set('dry_run', String(dryRun));
  form.set('mapping', JSON.stringify(mapping));
  form.set('has_header', String(hasHeader));
  return form;
}

function problem(status: number, error: Partial<ApiError> | null): ApiProblem {
  if (!error?.code || !error.message) return new ApiProblem(status, 'broken', t('http.broken'));
  return new ApiProblem(status, error.code, error.message, error.field);
}

/** The lines of an answer that is still coming, each read once. */
class Lines {
  private begun = 0;
  private last: ImportProgress[] = [];

  constructor(private readonly request: XMLHttpRequest) {}

  /** The new whole lines; at the end also what stands behind the last line break. */
  read(ended = false): ImportProgress[] {
    const text = this.request.responseText;
    const whole = ended ? text.length : text.lastIndexOf('\n') + 1;
    const fresh = text.slice(this.begun, whole).split('\n').filter(Boolean).flatMap(parse);
    this.begun = Math.max(whole, this.begun);
    if (fresh.length) this.last = fresh;
    return this.last;
  }
}

/** Whatever a proxy answers in our place is no line of ours. */
function parse(line: string): ImportProgress[] {
  try {
    const record: unknown = JSON.parse(line);
    return record && typeof record === 'object' ? [record as ImportProgress] : [];
  } catch {
    return [];
  }
}
