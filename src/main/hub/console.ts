import { HubError } from '../../common/contract/errors';
import type { EventName, EventPayload } from '../../common/contract/events';
import { type ConsoleRole, type HubConnection, type RequestHandlers, serveHub } from '../../common/contract/server';
import { CONTRACT_VERSION } from '../../common/contract/version';
import type { Transport } from '../../common/rpc/transport';
import type { Store } from '../store';
import type { AlertBoard } from './alerts';
import type { CustodyBook } from './custody';
import type { HubDevices } from './device-directory';
import type { Exports } from './exports';
import type { ConsoleHost } from './hub';
import type { LiveFeed } from './live-feed';
import type { LiveState } from './live-state';
import type { HubLog } from './log';
import type { PairingBoard } from './pairing';
import type { Phones } from './phones';
import type { Sessions } from './sessions';
import { askStore } from './store-refusal';

/** What the control room is shown and may change. */
export interface ConsoleParts {
  readonly hubId: string;
  readonly version: string;
  readonly dataFolder: string;
  readonly startedAtMs: number;
  readonly clock: { now(): number };
  readonly log: HubLog;
  readonly store: Store;
  readonly sessions: Sessions;
  readonly devices: HubDevices;
  readonly live: LiveState;
  readonly feed: LiveFeed;
  readonly alerts: AlertBoard;
  readonly exports: Exports;
  readonly custody: CustodyBook;
  readonly phones: Phones;
  /** null until the hub listens. */
  pairing(): PairingBoard | null;
}

/** All open control rooms. */
export class Consoles {
  readonly #parts: ConsoleParts;
  readonly #connections = new Map<HubConnection, ConsoleRole>();

  constructor(parts: ConsoleParts) {
    this.#parts = parts;
    parts.alerts.listen({
      raised: (alert) => this.emit('alert.raised', alert),
      cleared: (id) => this.emit('alert.cleared', { id }),
    });
  }

  /** Serves the contract on an open transport until it closes. */
  attach(transport: Transport, role: ConsoleRole, host: ConsoleHost | null): void {
    const link: { connection: HubConnection | null } = { connection: null };
    const subscribed = (): void => {
      if (link.connection) this.#connections.set(link.connection, role);
      if (link.connection) this.#parts.feed.subscribe(link.connection, transport);
    };
    const emitter: HubConnection = { emit: (name, payload) => link.connection?.emit(name, payload) };
    const handlers = createHandlers(this.#parts, role, host, emitter, subscribed);
    const connection = serveHub(transport, role, handlers, (error, request) =>
      this.#parts.log.error({ err: error, request }, 'a request of the control room failed'),
    );
    link.connection = connection;
    transport.onClose(() => {
      this.#connections.delete(connection);
      this.#parts.feed.unsubscribe(connection);
    });
  }

  /** To every control room that subscribed; to operators only where the payload holds a key. */
  emit<N extends EventName>(name: N, payload: EventPayload<N>): void {
    for (const [connection, role] of this.#connections) {
      if (name !== 'pairing.changed' || role === 'operator') connection.emit(name, payload);
    }
  }
}

function createHandlers(
  parts: ConsoleParts,
  role: ConsoleRole,
  host: ConsoleHost | null,
  connection: HubConnection,
  subscribed: () => void,
): RequestHandlers {
  const { sessions, devices, live, store, exports, alerts, clock, custody, phones } = parts;
  const pairing = (): PairingBoard => {
    const board = parts.pairing();
    if (!board) throw new HubError('conflict', 'The hub does not listen yet.');
    return board;
  };
  return {
    'hub.hello': () => ({
      contractVersion: CONTRACT_VERSION,
      hubId: parts.hubId,
      version: parts.version,
      role,
      capabilities: host ? ['native.saveDialog'] : [],
      nowMs: clock.now(),
      startedAtMs: parts.startedAtMs,
      dataFolder: parts.dataFolder,
    }),
    'live.subscribe': () => {
      subscribed();
      return { session: sessions.current, devices: [...live.list()], alerts: [...alerts.list()] };
    },
    'pairing.get': () => pairing().state(),
    'pairing.selectAddress': ({ address }) => pairing().select(address),
    'device.get': async ({ deviceId }) => {
      const entry = devices.get(deviceId);
      if (!entry) throw new HubError('not_found', 'There is no such device.');
      const counts = entry.isKept ? await askStore(store.deviceCounts(deviceId)) : { framesTotal: 0 };
      return { device: entry.device, framesTotal: counts.framesTotal };
    },
    'device.rename': async ({ deviceId, name }) => {
      const device = await askStore(devices.rename(deviceId, name));
      live.rename(deviceId, name);
      return { device };
    },
    'device.custody': ({ deviceId, sessionId }) => custody.ofDevice(deviceId, sessionId),
    'device.kick': ({ deviceId, reason }) => {
      phones.kick(deviceId, reason);
      return {};
    },
    'device.request': ({ deviceId, what }) => phones.ask(deviceId, what),
    'message.send': ({ deviceId, text }) => phones.write(deviceId, text),
    'track.get': async ({ deviceId, limit }) => {
      const entry = devices.get(deviceId);
      if (!entry) throw new HubError('not_found', 'There is no such device.');
      if (!entry.isKept) return { points: [] };
      const { sessionId } = sessions.current;
      return { points: [...(await askStore(store.track({ deviceId, sessionId, limit })))] };
    },
    'session.list': async () => ({ sessions: [...(await askStore(sessions.list()))] }),
    'session.start': async ({ name }) => ({ session: await askStore(sessions.start(name)) }),
    'session.stop': async () => ({ session: await askStore(sessions.start('')) }),
    'session.rename': async ({ sessionId, name }) => ({
      session: await askStore(sessions.rename(sessionId, name)),
    }),
    'session.certificate': async ({ sessionId }) => ({ certificate: await custody.certificate(sessionId) }),
    'export.start': (params) => askStore(exports.start(params, connection, host)),
    'export.cancel': ({ exportId }) => {
      exports.cancel(exportId);
      return {};
    },
  };
}
