import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { HubError } from '../../common/contract/errors';
import type { Custody, CustodyCertificate } from '../../common/model/custody';
import type { Device } from '../../common/model/device';
import type { StoredFrame } from '../../common/model/frame';
import type { LiveDevice } from '../../common/model/live-device';
import type { Session } from '../../common/model/session';
import {
  type ExportQuery,
  type FramesQuery,
  parseCertificateQuery,
  parseCustodyQuery,
  parseExportQuery,
  parseFramesQuery,
  parseThumb,
} from './api-query';
import { attachment } from './attachment';
import { certificatePage } from './certificate-page';
import { type RecordingPorts, registerRecordings } from './recordings-api';

/** A file on its way out. */
interface FileStream {
  readonly fileName: string;
  readonly contentType: string;
  readonly stream: Readable;
}

/** What the API reads from. Refusals are HubError. */
export interface ApiPorts extends RecordingPorts {
  readonly version: string;
  readonly hubId: string;
  readonly startedAtMs: number;
  now(): number;
  connections(): number;
  framesStored(): number;
  currentSessionId(): string;
  /** What the guide needs to send a phone to the secure page. Holds no secret. */
  joinInfo(): {
    readonly hubName: string;
    readonly httpPort: number;
    readonly tlsPort: number | null;
    readonly caFingerprint: string | null;
    /** What a phone's settings call the hub's CA. */
    readonly caName: string | null;
    /** The name under which the secure page has to be opened; null: the one the guide was opened by. */
    readonly secureHost: string | null;
    readonly hubId: string;
  };
  /** People of whom a device is live or has a stored frame. */
  listDevices(): readonly Device[];
  /** Devices that were merged into it. */
  mergedInto(deviceId: string): readonly string[];
  live(deviceId: string): LiveDevice | null;
  listSessions(): Promise<readonly Session[]>;
  frames(query: FramesQuery): Promise<{ readonly items: readonly StoredFrame[]; readonly next: number | null }>;
  media(sha256: string): Promise<{ readonly path: string; readonly mime: string; readonly bytes: number } | null>;
  /** A small JPEG of a picture; null: no such file. */
  thumbnail(sha256: string, sidePx: number): Promise<{ readonly mime: string; readonly bytes: Buffer } | null>;
  openExport(query: ExportQuery): Promise<FileStream>;
  custody(
    deviceId: string,
    sessionId: string | undefined,
  ): Promise<{ readonly sessionId: string; readonly custody: Custody }>;
  certificate(sessionId: string): Promise<CustodyCertificate>;
  redeem(ticket: string): Promise<FileStream | null>;
}

const READ = { config: { access: 'read' } } as const;
const PUBLIC = { config: { access: 'public' } } as const;

/** Adds `/health`, `/ca.json` and `/api/v1/*` (docs/wire-protocol.md, section 7). */
export function registerHttpApi(app: FastifyInstance, ports: ApiPorts): void {
  registerPublic(app, ports);
  app.get('/api/v1/devices', READ, () => ({ items: ports.listDevices().map(toDevice(ports)), next: null }));
  app.get('/api/v1/sessions', READ, async () => ({ items: (await ports.listSessions()).map(toSession), next: null }));
  app.get<{ Params: { id: string } }>('/api/v1/sessions/:id', READ, async ({ params }) =>
    toSession(await findSession(ports, params.id)),
  );
  app.get('/api/v1/frames', READ, async ({ query }) => {
    const { items, next } = await ports.frames(parseFramesQuery(query));
    return { items: items.map(toFrame), next };
  });
  app.get<{ Params: { sha256: string } }>('/api/v1/media/:sha256', READ, ({ params, query }, reply) => {
    const sidePx = parseThumb(query);
    return sidePx === null
      ? sendMedia(ports, params.sha256, reply)
      : sendThumbnail(ports, params.sha256, sidePx, reply);
  });
  app.get<{ Params: { id: string } }>('/api/v1/sessions/:id/export', READ, async ({ params, query }, reply) =>
    sendFile(await ports.openExport(parseExportQuery(params.id, query)), reply),
  );
  registerCustody(app, ports);
  registerRecordings(app, ports);
}

function registerCustody(app: FastifyInstance, ports: ApiPorts): void {
  app.get<{ Params: { id: string } }>('/api/v1/devices/:id/custody', READ, ({ params, query }) =>
    ports.custody(params.id, parseCustodyQuery(query)),
  );
  app.get<{ Params: { id: string } }>('/api/v1/sessions/:id/certificate', READ, async ({ params, query }, reply) => {
    const format = parseCertificateQuery(query);
    const certificate = await ports.certificate(params.id);
    if (format === 'json') return certificate;
    const page = certificatePage(certificate);
    // Names in it are hostile; this page has its own style, known by its hash, and nothing else.
    reply.header(
      'content-security-policy',
      `default-src 'none'; style-src '${page.styleHash}'; frame-ancestors 'none'; sandbox`,
    );
    return reply.type('text/html; charset=utf-8').send(page.html);
  });
}

function registerPublic(app: FastifyInstance, ports: ApiPorts): void {
  app.get('/health', PUBLIC, () => ({
    status: 'ok',
    version: ports.version,
    hubId: ports.hubId,
    uptimeSeconds: Math.floor((ports.now() - ports.startedAtMs) / 1000),
    connections: ports.connections(),
    framesStored: ports.framesStored(),
  }));
  // With the asker's own address: a phone's page cannot find out its own, and ScreenStream's is to be shown there.
  app.get('/ca.json', PUBLIC, ({ caller }) => ({ ...ports.joinInfo(), yourAddress: caller.address }));
  // The link itself is the right to follow it: random, good once and for a minute, given to a signed-in control room.
  app.get<{ Params: { ticket: string } }>('/api/v1/downloads/:ticket', PUBLIC, async ({ params }, reply) => {
    const file = await ports.redeem(params.ticket);
    if (!file) throw new HubError('not_found', 'This download link is used up or too old: start the export again.');
    return sendFile(file, reply);
  });
}

async function findSession(ports: ApiPorts, id: string): Promise<Session> {
  const wanted = id === 'latest' ? ports.currentSessionId() : id;
  const session = (await ports.listSessions()).find(({ sessionId }) => sessionId === wanted);
  if (!session) throw new HubError('not_found', 'There is no such session.');
  return session;
}

const SHA256 = /^[0-9a-f]{64}$/;

/** The name is the content: it never changes. Private: a key was needed. */
const MEDIA_CACHING = 'private, max-age=31536000, immutable';

async function sendThumbnail(
  ports: ApiPorts,
  sha256: string,
  sidePx: number,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const thumbnail = SHA256.test(sha256) ? await ports.thumbnail(sha256, sidePx) : null;
  if (!thumbnail) throw new HubError('not_found', 'There is no such file.');
  return reply.type(thumbnail.mime).header('cache-control', MEDIA_CACHING).send(thumbnail.bytes);
}

async function sendMedia(ports: ApiPorts, sha256: string, reply: FastifyReply): Promise<FastifyReply> {
  const file = SHA256.test(sha256) ? await ports.media(sha256) : null;
  if (!file) throw new HubError('not_found', 'There is no such file.');
  return reply
    .type(file.mime)
    .header('content-length', file.bytes)
    .header('cache-control', MEDIA_CACHING)
    .send(createReadStream(file.path));
}

function sendFile({ fileName, contentType, stream }: FileStream, reply: FastifyReply): FastifyReply {
  return reply.type(contentType).header('content-disposition', attachment(fileName)).send(stream);
}

const toDevice =
  (ports: ApiPorts) =>
  ({ deviceId, name, username, platform, firstSeenAtMs, lastSeenAtMs }: Device) => {
    const live = ports.live(deviceId);
    return {
      id: deviceId,
      merged: ports.mergedInto(deviceId),
      name,
      username,
      platform,
      firstSeenAtMs,
      lastSeenAtMs: live?.lastReceivedAtMs ?? lastSeenAtMs,
      online: live?.isOnline ?? false,
      frames: live?.frames ?? 0,
      rateHz: live?.rateHz ?? 0,
      batteryPct: live?.batteryPct ?? null,
      track: live?.track ?? null,
      position: live?.position ? { ...live.position.value, atMs: live.position.atMs } : null,
    };
  };

const toSession = ({ sessionId, ...session }: Session) => ({
  id: sessionId,
  ...session,
  isCurrent: session.endedAtMs === null,
});

const toFrame = ({ frameId, ...frame }: StoredFrame) => ({ id: frameId, ...frame });
