/** Asking the server over HTTP: an answer, or an ApiProblem that says what to do next. Never hangs. */
import type { ApiError, Change } from './contract';
import { t } from '../lib/shared';

const PATIENCE = 10_000;
/** A file takes its time: to send, and to be read row by row. */
const PATIENCE_WITH_A_FILE = 180_000;

export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';

  constructor(
    /** 0 when no answer came at all. */
    readonly status: number,
    /** The server's code; 'offline' when no answer came, 'broken' when it made no sense. */
    readonly code: string,
    message: string,
    readonly field?: string,
    /** Seconds to wait, where the server says so. */
    readonly retryAfter = 0,
    /** Of version_conflict: what others did meanwhile. */
    readonly changes: Change[] = [],
  ) {
    super(message);
  }

  get offline(): boolean {
    return this.code === 'offline';
  }
}

export interface Options {
  method?: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** Sent as JSON; a form as it is. */
  body?: object;
  /** "Ticket <secret>", "Screen <token>" or "Station <token>". Without it the session cookie speaks. */
  authorization?: string;
  /** Milliseconds until no answer counts as no connection. */
  patience?: number;
}

/** Throws ApiProblem. */
export async function http<Answer>(path: string, options: Options = {}): Promise<Answer> {
  const response = await answer(path, options);
  const body: unknown = await response.json().catch(() => null);
  if (!response.ok) throw problem(response, body);
  if (body === null && response.status !== 204) throw new ApiProblem(response.status, 'broken', t('http.broken'));
  return body as Answer;
}

/** The same for an answer that is words or a picture. Throws ApiProblem. */
export async function httpText(path: string, options: Options = {}): Promise<string> {
  const response = await answer(path, options);
  if (!response.ok) throw problem(response, await response.json().catch(() => null));
  return response.text();
}

async function answer(path: string, { method = 'GET', body, authorization, patience }: Options): Promise<Response> {
  const headers: Record<string, string> = { Accept: 'application/json' };
  if (authorization) headers.Authorization = authorization;
  else if (method !== 'GET') headers['X-CSRFToken'] = csrfToken();
  const form = body instanceof FormData;
  if (body && !form) headers['Content-Type'] = 'application/json';
  try {
    return await fetch(path, {
      method,
      headers,
      body: form ? body : body && JSON.stringify(body),
      credentials: 'same-origin',
      signal: giveUpAfter(patience ?? (form ? PATIENCE_WITH_A_FILE : PATIENCE)),
    });
  } catch {
    throw new ApiProblem(0, 'offline', t('http.offline'));
  }
}

// AbortSignal.timeout is younger than some phones.
function giveUpAfter(milliseconds: number): AbortSignal {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), milliseconds);
  return controller.signal;
}

export function csrfToken(): string {
  return document.cookie.match(/(?:^|;\s*)csrftoken=([^;]*)/)?.[1] ?? '';
}

function problem(response: Response, body: unknown): ApiProblem {
  const { code, message, field, retry_after: wait, changes } = (body ?? {}) as Partial<ApiError>;
  if (!code || !message) return new ApiProblem(response.status, 'broken', t('http.broken'));
  return new ApiProblem(response.status, code, message, field, wait, changes);
}
