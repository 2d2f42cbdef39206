import { hostname } from 'node:os';
import type { WebSocket } from 'ws';
import type { NetworkAddressKind } from '../../common/model/network-address';
import { SIGNALING_LIMITS } from '../../common/wire/signaling';
import { createDashboardFeed, registerHttpApi } from '../feeds';
import { createIngestEndpoint, type IngestEndpoint, type IngestObserver, keyOf, registerAppEndpoints } from '../ingest';
import { createLan, type Lan, registerKeyProof } from '../lan';
import type { Recordings } from '../screens';
import type { Signaling } from '../signaling';
import type { Store } from '../store';
import type { Consoles } from './console';
import type { HubCore } from './core';
import type { CustodyBook } from './custody';
import { type Exports, openExport } from './exports';
import type { HubOptions } from './hub';
import { openJoinRoute } from './keys/join-route';
import type { RecordingDesk } from './recording-desk';
import { asShown } from './shown-as';
import { askStore } from './store-refusal';
import { createSocketTransport } from './ws-transport';

interface DoorParts {
  readonly store: Store;
  readonly core: HubCore;
  readonly consoles: Consoles;
  readonly signaling: Signaling;
  readonly exports: Exports;
  readonly recordingDesk: RecordingDesk;
  readonly recordings: Recordings;
  readonly custody: CustodyBook;
  readonly observer: IngestObserver;
  readonly startedAtMs: number;
  /** Ports it listens on, once it does. */
  readonly ports: () => { readonly httpPort: number; readonly tlsPort: number | null };
}

/** What listens, with everything behind it. */
export interface Doors {
  readonly lan: Lan;
  readonly ingest: IngestEndpoint;
  /**
   * Ends what is open with a key that is no good any more. A phone that was given a key of its own meanwhile stays; it
   * would else try the old one again.
   */
  closeKey(keyId: string): void;
  /** The list of `/dashboard` changed. */
  dashboardChanged(): void;
  stop(): void;
}

/** One operator looks at the whole list at a glance; a message of the control room is never larger. */
const CONSOLE_MESSAGE_BYTES = 1024 * 1024;

/** A phone on the WiFi reaches none of these; dialling them costs it the time of an attempt each. */
const NOT_OFFERED: ReadonlySet<NetworkAddressKind> = new Set(['loopback', 'virtual', 'vpn']);

/** Puts every endpoint behind its door. Nothing listens before `lan.start`. */
export async function createDoors(options: HubOptions, parts: DoorParts): Promise<Doors> {
  const { core, consoles } = parts;
  const lan = await createLan({
    ...options,
    keys: core.keys,
    now: () => core.clock.now(),
    timing: options.heartbeatMs === undefined ? {} : { heartbeatMs: options.heartbeatMs },
  });
  const ingest = createIngestEndpoint({
    directory: core.devices,
    sink: core.log,
    observer: parts.observer,
    clock: core.clock,
    place: {
      hubId: parts.store.hubId,
      sessionId: () => core.sessions.current.sessionId,
      addresses: (cameBy) =>
        lan.offered().flatMap(({ address, kind }) => (NOT_OFFERED.has(kind) && address !== cameBy ? [] : [address])),
    },
    frameRate: options.rateLimit,
    onBug: (error) => options.log.error({ err: error }, 'a frame could not be handled'),
  });
  lan.socket('/pocket-parrot', {
    access: 'ingest',
    onOpen: (socket, caller, first, raw) => {
      const { address, localAddress, userAgent, identity } = caller;
      ingest.open(socket, raw, { address, localAddress, userAgent, ...keyOf(identity) }, first);
    },
  });
  lan.socket('/signaling', {
    access: 'signaling',
    maxMessageBytes: SIGNALING_LIMITS.socketMessageBytes,
    onOpen: (socket, { address, localAddress, identity }, first, raw) => {
      const deviceId = identity?.kind === 'device' ? identity.deviceId : null;
      const isOperator = identity?.kind === 'viewer' || identity?.kind === 'admin';
      const keyId = identity?.keyId ?? null;
      parts.signaling.open(
        socket,
        raw,
        {
          address,
          localAddress,
          hasKey: identity !== null,
          deviceId,
          keyId,
          isOperator,
          isAdmin: identity?.kind === 'admin',
        },
        first,
      );
    },
  });
  const dashboard = createDashboardFeed(() => core.live.list());
  lan.socket('/dashboard', { access: 'read', onOpen: (socket) => dashboard.open(socket) });
  lan.socket('/console', {
    access: 'console',
    maxMessageBytes: CONSOLE_MESSAGE_BYTES,
    onOpen: (socket, { identity }) => {
      socket.send(JSON.stringify({ type: 'welcome' }));
      consoles.attach(createSocketTransport(socket), identity?.kind === 'admin' ? 'operator' : 'viewer', null);
    },
  });
  ingest.registerHttp(lan.http);
  openJoinRoute(lan, core);
  parts.signaling.registerHttp(lan.http);
  registerApi(options, parts, lan);
  registerKeyProof(lan.http, {
    hubId: parts.store.hubId,
    decoySecret: core.keyBook.proofSecret,
    keyHashesOf: (deviceId, limit) => core.keys.hashesOf(deviceId, limit),
  });
  const apps = registerAppEndpoints(lan.http, {
    directory: core.devices,
    sink: core.log,
    observer: parts.observer,
    clock: core.clock,
    ...ingest.limiters,
  });
  const drain = async (): Promise<void> => {
    await Promise.all([ingest.drain(), apps.drain()]);
  };
  return {
    lan,
    ingest: { ...ingest, drain },
    closeKey: (keyId) => {
      const isOnOwnKey = (socket: WebSocket | null): boolean => socket !== null && ingest.hasOwnKey(socket);
      lan.closeWhere((identity, socket) => identity.keyId === keyId && !isOnOwnKey(socket));
      parts.signaling.dropKey(keyId);
    },
    dashboardChanged: () => dashboard.changed(),
    stop: () => dashboard.stop(),
  };
}

function registerApi(options: HubOptions, parts: DoorParts, lan: Lan): void {
  const { store, core, exports, custody, startedAtMs, ports } = parts;
  const { sessions, live, devices, clock } = core;
  registerHttpApi(lan.http, {
    version: options.version,
    hubId: store.hubId,
    startedAtMs,
    now: () => clock.now(),
    connections: () => lan.connections,
    framesStored: () => core.framesStored(),
    currentSessionId: () => sessions.current.sessionId,
    joinInfo: () => ({
      hubName: hostname(),
      ...ports(),
      caFingerprint: lan.caFingerprint,
      caName: lan.caName,
      secureHost: lan.secureHost(),
      hubId: store.hubId,
    }),
    listDevices: () => devices.people().map(({ device }) => device),
    mergedInto: (deviceId) => devices.merges.mergedInto(deviceId),
    live: (deviceId) => live.get(deviceId),
    listSessions: () => askStore(sessions.list()),
    frames: async (query) => {
      const { items, next } = await askStore(store.frames(query));
      return { items: items.map((frame) => asShown(frame, devices.merges)), next };
    },
    media: (sha256) => askStore(store.media(sha256)),
    thumbnail: async (sha256, sidePx) => {
      const file = await askStore(store.media(sha256));
      return file && core.thumbnails.of(file, sidePx);
    },
    openExport: (query) => openExport(store, query),
    custody: (deviceId, sessionId) => custody.ofDevice(deviceId, sessionId),
    certificate: (sessionId) => custody.certificate(sessionId),
    redeem: (ticket) => exports.redeem(ticket),
    recordings: (sessionId) => parts.recordings.list(sessionId),
    recording: (recordingId) => parts.recordingDesk.file(recordingId),
    watched: (ticket) => parts.recordingDesk.watched(ticket),
  });
}
