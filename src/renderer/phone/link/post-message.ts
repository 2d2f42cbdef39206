import { CLOSE } from '../../../common/wire/close-codes';
import type { HubToPhone, IngestError, IngestErrorCode } from '../../../common/wire/ingest';
import { parseHubMessage } from '../../../common/wire/phone-messages';
import type { WireListener } from './wire';

/** Whose requests these are. */
export interface HttpSender {
  readonly deviceId: string;
  /** Asked for every request: the first answer may bring a key. */
  token(): string | undefined;
}

interface Posted {
  /** What it would be on a socket; null when it has no answer, or there is nothing more to say. */
  readonly said: HubToPhone | null;
  /** The close code that this would be on a socket; null: go on. */
  readonly closed: number | null;
}

/** RFC 6455, section 7.4.1: the network's own way to end. */
export const ABNORMAL = 1006;

/** One message of docs/wire-protocol.md, section 3, by POST. Rejects when nothing answers. */
export async function postMessage(
  origin: string,
  sender: HttpSender,
  text: string,
  signal: AbortSignal,
): Promise<Posted> {
  const path = text.startsWith('{"type":"batch"') ? 'frames' : 'messages';
  const response = await request(origin, path, sender, { method: 'POST', body: text, signal });
  const body = await response.text();
  if (response.ok) return { said: parseHubMessage(body), closed: null };
  const error = errorIn(body);
  const closed = toCloseCode(response.status, error?.code ?? null);
  return { said: closed === null ? toError(response, text, error) : null, closed };
}

/** A 403 has many meanings: this phone was removed, has to wait, or something between here and the hub said it. */
function toCloseCode(status: number, code: string | null): number | null {
  if (status === 401) return CLOSE.policyViolation;
  if (status !== 403 || code === 'pending_approval') return null;
  return code === 'forbidden' ? CLOSE.kicked : ABNORMAL;
}

/**
 * The same on a connection of its own, so that what is big holds nothing else up. Its answer is said like any other;
 * `failed`: it did not get through, and nothing is said. What comes back gives it up.
 */
export function postAside(
  origin: string,
  sender: HttpSender,
  text: string,
  closed: AbortSignal,
  listener: WireListener,
  failed: () => void,
): () => void {
  const abort = new AbortController();
  const giveUp = (): void => abort.abort();
  closed.addEventListener('abort', giveUp, { once: true });
  postMessage(origin, sender, text, abort.signal)
    .then(
      ({ said }) => {
        if (closed.aborted) return;
        if (said) listener.said(said);
        else failed();
      },
      () => {
        if (!closed.aborted) failed();
      },
    )
    .finally(() => closed.removeEventListener('abort', giveUp));
  return giveUp;
}

export function request(origin: string, path: string, sender: HttpSender, init: RequestInit): Promise<Response> {
  const token = sender.token();
  const url = `${origin}/api/v1/${path}?deviceId=${encodeURIComponent(sender.deviceId)}`;
  const headers = {
    ...(token ? { authorization: `Bearer ${token}` } : {}),
    ...(init.body ? { 'content-type': 'application/json' } : {}),
  };
  return fetch(url, { ...init, headers, cache: 'no-store', credentials: 'omit' });
}

/** null for a status or a ping that was too much: the next one tells. */
function toError({ status, headers }: Response, text: string, error: HttpError | null): IngestError | null {
  const number = numberOf(text);
  if (number === null) return null;
  const retryAfterS = Number(headers.get('retry-after'));
  const retry = retryAfterS > 0 ? { retryAfterMs: retryAfterS * 1000 } : {};
  const { code, message } = error ?? { code: 'storage_unavailable', message: `HTTP ${status}` };
  const isTooLarge = status === 413;
  return { type: 'error', code: isTooLarge ? 'too_large' : (code as IngestErrorCode), message, ...number, ...retry };
}

/** What an answer names: `boot` and, of a batch, its first `seq`. Both stand at the very beginning of what we write. */
function numberOf(text: string): Pick<IngestError, 'boot' | 'seq'> | null {
  const head = text.slice(0, 300);
  const boot = /"boot":"([^"\\]*)"/.exec(head)?.[1];
  const seq = /"seq":(\d+)/.exec(head)?.[1];
  return boot === undefined ? null : { boot, ...(seq === undefined ? {} : { seq: Number(seq) }) };
}

/** Of the hub's answers to requests; codes beyond those of a socket too. */
interface HttpError {
  readonly code: string;
  readonly message: string;
}

function errorIn(body: string): HttpError | null {
  try {
    const { error } = JSON.parse(body) as { error?: Partial<HttpError> };
    return error?.code && error.message ? { code: error.code, message: error.message } : null;
  } catch {
    return null;
  }
}
