import { z } from 'zod';
import { HubError } from '../../common/contract/errors';
import { toMs } from '../../common/wire/timestamp';

/** Frames looked for; times are hub times in ms, both included; null = no bound. */
export interface FramesQuery {
  readonly deviceId: string | null;
  readonly sessionId: string | null;
  readonly fromMs: number | null;
  readonly toMs: number | null;
  readonly limit: number;
  readonly after: number | null;
}

/** Frames to export; `sessionId` null = all sessions. */
export type ExportQuery = Omit<FramesQuery, 'limit' | 'after'>;

const id = z.string().min(1).max(128);

/** RFC 3339, or ms since the epoch as digits. */
const time = z.string().transform((text, context) => {
  const ms = toMs(/^\d+$/.test(text) ? Number(text) : text);
  if (ms !== null) return ms;
  context.addIssue('must be an RFC 3339 time or milliseconds since 1970');
  return z.NEVER;
});

const bounds = { device: id.optional(), from: time.optional(), to: time.optional() };
const framesSchema = z.object({
  ...bounds,
  session: id.optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  after: z.coerce.number().int().min(0).optional(),
});
/** Longer side of a thumbnail, pixels: a marker's picture to what fills a laptop's panel. */
const mediaSchema = z.object({ thumb: z.coerce.number().int().min(64).max(1024).optional() });
// The names are reserved by the protocol; only csv is written so far.
const exportSchema = z.object({ ...bounds, format: z.enum(['csv']).default('csv') });

const custodySchema = z.object({ session: id.optional() });
const certificateSchema = z.object({ format: z.enum(['json', 'html']).default('json') });

/** @returns the session asked for; undefined = the current one. @throws HubError invalid_params with the first fault. */
export const parseCustodyQuery = (query: unknown): string | undefined => parse(custodySchema, query).session;

/** @throws HubError invalid_params with the first fault. */
export const parseCertificateQuery = (query: unknown): 'json' | 'html' => parse(certificateSchema, query).format;

/** @throws HubError invalid_params with the first fault. */
export function parseFramesQuery(query: unknown): FramesQuery {
  const { device, session, from, to, limit, after } = parse(framesSchema, query);
  const sessionId = session === undefined || session === 'all' ? null : session;
  return { deviceId: device ?? null, sessionId, fromMs: from ?? null, toMs: to ?? null, limit, after: after ?? null };
}

/** Longer side of the thumbnail asked for; null: the file as it is. @throws HubError invalid_params. */
export function parseThumb(query: unknown): number | null {
  return parse(mediaSchema, query).thumb ?? null;
}

/** `session`: an id, `latest` or `all`. @throws HubError invalid_params with the first fault. */
export function parseExportQuery(session: string, query: unknown): ExportQuery {
  const { device, from, to } = parse(exportSchema, query);
  const sessionId = session === 'all' ? null : session;
  return { deviceId: device ?? null, sessionId, fromMs: from ?? null, toMs: to ?? null };
}

function parse<S extends z.ZodType>(schema: S, query: unknown): z.output<S> {
  const checked = schema.safeParse(query);
  if (checked.success) return checked.data;
  const issue = checked.error.issues[0];
  throw new HubError('invalid_params', `${issue?.path.join('.') ?? 'the query'}: ${issue?.message ?? 'is not valid'}`);
}
