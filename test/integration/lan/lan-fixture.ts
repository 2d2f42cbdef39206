import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { createLan, type KeyIdentity, type Lan, type LanOptions, type Listening } from '../../../src/main/lan';

/** The keys of the test ring. */
export const KEYS = {
  join: 'join-key-0123456789',
  device: 'device-key-0123456789',
  viewer: 'viewer-key-0123456789',
  admin: 'admin-key-0123456789',
} as const;

const IDENTITIES = new Map<string, KeyIdentity>([
  [KEYS.join, { kind: 'join', keyId: 'k-join' }],
  [KEYS.device, { kind: 'device', keyId: 'k-device', deviceId: 'd1' }],
  [KEYS.viewer, { kind: 'viewer', keyId: 'k-viewer' }],
  [KEYS.admin, { kind: 'admin', keyId: 'k-admin' }],
]);

/** What the door logged, as text. */
export interface TestLan extends Listening {
  readonly lan: Lan;
  readonly dataDir: string;
  readonly logged: string[];
  /** `ws://127.0.0.1:PORT`. */
  readonly ws: string;
  close(): Promise<void>;
}

/** Proxies of this machine are trusted under it, so that `X-Forwarded-For` makes a caller of another machine. */
export const BEHIND_PROXY = { trustProxies: ['127.0.0.1'] } as const;

/** A started door with one endpoint of each kind, that says who came and then echoes. */
export async function openTestLan(
  overrides: Partial<LanOptions> = {},
  prepare: (lan: Lan) => void = () => undefined,
): Promise<TestLan> {
  const dataDir = overrides.dataDir ?? (await mkdtemp(join(tmpdir(), 'perch-lan-')));
  const staticDir = await writePages(dataDir);
  const logged: string[] = [];
  const note = (detail: object, message: string): void => {
    logged.push(`${message} ${JSON.stringify(detail)}`);
  };
  const lan = await createLan({
    dataDir,
    staticDir,
    host: '127.0.0.1',
    port: 0,
    tlsPort: null,
    access: 'paired',
    publicHosts: [],
    allowOrigins: [],
    trustProxies: [],
    maxMessageBytes: 8 * 1024 * 1024,
    maxConnections: 100,
    keys: { identify: (key) => IDENTITIES.get(key) ?? null },
    log: { debug: note, info: note, warn: note, error: note },
    ...overrides,
  });
  addEndpoints(lan);
  prepare(lan);
  const listening = await lan.start();
  return {
    ...listening,
    lan,
    dataDir,
    logged,
    ws: listening.http.replace('http', 'ws'),
    close: async () => {
      await lan.close();
      if (overrides.dataDir === undefined) await rm(dataDir, { recursive: true, force: true });
    },
  };
}

function addEndpoints(lan: Lan): void {
  const paths = { '/pocket-parrot': 'ingest', '/dashboard': 'read', '/console': 'console' } as const;
  for (const [path, access] of Object.entries(paths)) {
    lan.socket(path, {
      access,
      onOpen: (socket, { address, identity, isLoopback, isTls, localAddress }, first) => {
        socket.send(JSON.stringify({ opened: path, address, identity, isLoopback, isTls, localAddress, first }));
        socket.on('message', (data, isBinary) => {
          if (!isBinary) socket.send(`echo ${(data as Buffer).toString('utf8').slice(0, 40)}`);
        });
      },
    });
  }
  const answer = (request: FastifyRequest, reply: FastifyReply): FastifyReply =>
    reply.send({ identity: request.caller.identity });
  lan.http.get('/health', { config: { access: 'public' } }, answer);
  lan.http.get('/api/v1/devices', { config: { access: 'read' } }, answer);
  lan.http.get('/feed', { config: { access: 'read', openOnLoopback: true } }, answer);
  lan.http.post('/api/v1/frames', { config: { access: 'ingest' } }, answer);
  lan.http.get('/ingest/:key', { config: { access: 'ingest' } }, answer);
  lan.http.delete('/api/v1/devices', { config: { access: 'admin' } }, answer);
}

async function writePages(dataDir: string): Promise<string> {
  const staticDir = join(dataDir, 'pages');
  await mkdir(join(staticDir, 'assets'), { recursive: true });
  await writeFile(join(staticDir, 'phone.html'), '<title>phone</title>');
  await writeFile(join(staticDir, 'control-room.html'), '<title>control room</title>');
  await writeFile(join(staticDir, 'assets', 'app-1a2b.js'), 'export {};');
  await writeFile(join(dataDir, 'secret.txt'), 'the secret');
  return staticDir;
}
