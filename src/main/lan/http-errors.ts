import { HubError, type HubErrorCode } from '../../common/contract/errors';
import type { IngestErrorCode } from '../../common/wire/ingest';
import { ProtocolError } from '../../common/wire/protocol-error';
import type { Refusal } from './refusal';

const HUB_STATUS: Record<HubErrorCode, number> = {
  unknown_request: 404,
  invalid_params: 400,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  storage_unavailable: 503,
  internal: 500,
};

const INGEST_STATUS: Record<IngestErrorCode, number> = {
  invalid_json: 400,
  invalid_message: 400,
  invalid_frame: 400,
  unknown_type: 400,
  rate_limited: 429,
  too_large: 413,
  storage_unavailable: 503,
  unauthorized: 401,
  pending_approval: 403,
};

/** What a handler threw, as an answer. A status of 500 is a bug of ours: the caller logs it. */
export function toRefusal(error: unknown): Refusal {
  if (error instanceof HubError) return { status: HUB_STATUS[error.code], code: error.code, message: error.message };
  if (error instanceof ProtocolError) {
    return { status: INGEST_STATUS[error.code], code: error.code, message: error.message };
  }
  const status = clientFault(error);
  if (status === null) {
    return { status: 500, code: 'internal', message: 'The hub failed to answer; its log says why.' };
  }
  const message = error instanceof Error ? error.message : 'The request could not be read.';
  return { status, code: status === 413 ? 'too_large' : 'invalid_request', message };
}

/** The 4xx status fastify gave to a request it could not read; null for anything else. */
function clientFault(error: unknown): number | null {
  if (!(error instanceof Error) || !('statusCode' in error)) return null;
  const status = error.statusCode;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : null;
}
