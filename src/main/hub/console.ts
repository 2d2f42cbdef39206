import { type EventName, type EventPayload, OPERATOR_EVENTS } from '../../common/contract/events';
import { type ConsoleRole, type HubConnection, type RequestHandlers, serveHub } from '../../common/contract/server';
import type { Transport } from '../../common/rpc/transport';
import type { ConsoleParts } from './console-parts';
import { accessHandlers } from './handlers/access';
import { alertHandlers } from './handlers/alert';
import { auditHandlers } from './handlers/audit';
import { deviceHandlers } from './handlers/device';
import { doctorHandlers } from './handlers/doctor';
import { drillHandlers } from './handlers/drill';
import { exportHandlers } from './handlers/export';
import { hubHandlers } from './handlers/hub';
import { keyHandlers } from './handlers/key';
import { mjpegHandlers } from './handlers/mjpeg';
import { pairingHandlers } from './handlers/pairing';
import { profileHandlers } from './handlers/profile';
import { recordingHandlers } from './handlers/recording';
import { sessionHandlers } from './handlers/session';
import { ConsolePeer, signalingHandlers } from './handlers/signaling';
import { storageHandlers } from './handlers/storage';
import { tlsHandlers } from './handlers/tls';
import type { ConsoleHost } from './hub';
import { meter } from './transport-share';

/** All open control rooms. */
export class Consoles {
  readonly #parts: ConsoleParts;
  readonly #connections = new Map<HubConnection, ConsoleRole>();

  constructor(parts: ConsoleParts) {
    this.#parts = parts;
    parts.alerts.listen({
      raised: (alert) => this.emit('alert.raised', alert),
      cleared: (id) => this.emit('alert.cleared', { id }),
      acknowledged: (alert) => this.emit('alert.acknowledged', alert),
      reworded: (alert) => this.emit('alert.raised', alert),
    });
    parts.access.changed.listen((state) => this.emit('access.changed', state));
  }

  /** Serves the contract on an open transport until it closes. */
  attach(transport: Transport, role: ConsoleRole, host: ConsoleHost | null): void {
    const link: { connection: HubConnection | null } = { connection: null };
    const subscribed = (): void => {
      if (link.connection) this.#connections.set(link.connection, role);
      if (link.connection) this.#parts.feed.subscribe(link.connection, transport);
    };
    const emitter: HubConnection = { emit: (name, payload) => link.connection?.emit(name, payload) };
    const metered = meter(transport);
    const peer = new ConsolePeer(this.#parts.signaling, emitter, metered, role);
    const handlers = createHandlers(this.#parts, role, host, emitter, peer, subscribed);
    const connection = serveHub(metered, role, handlers, (error, request) =>
      this.#parts.log.error({ err: error, request }, 'a request of the control room failed'),
    );
    link.connection = connection;
    transport.onClose(() => {
      this.#connections.delete(connection);
      this.#parts.feed.unsubscribe(connection);
      peer.leave();
      void this.#parts.recordingDesk.leave(emitter);
    });
  }

  /** Whether a control room is open. */
  get isWatched(): boolean {
    return this.#connections.size > 0;
  }

  /** To every control room that subscribed; to operators only where {@link OPERATOR_EVENTS} says so. */
  emit<N extends EventName>(name: N, payload: EventPayload<N>): void {
    for (const [connection, role] of this.#connections) {
      if (role === 'operator' || !OPERATOR_EVENTS.has(name)) connection.emit(name, payload);
    }
  }
}

function createHandlers(
  parts: ConsoleParts,
  role: ConsoleRole,
  host: ConsoleHost | null,
  connection: HubConnection,
  peer: ConsolePeer,
  subscribed: () => void,
): RequestHandlers {
  return {
    ...hubHandlers(parts, role, host, subscribed),
    ...pairingHandlers(parts),
    ...tlsHandlers(parts),
    ...keyHandlers(parts),
    ...deviceHandlers(parts),
    ...sessionHandlers(parts, role, host),
    ...exportHandlers(parts, connection, role, host),
    ...auditHandlers(parts),
    ...accessHandlers(parts),
    ...signalingHandlers(peer, () => parts.offLan()),
    ...mjpegHandlers(parts),
    ...recordingHandlers(parts, connection, host),
    ...drillHandlers(parts),
    ...storageHandlers(parts, host),
    ...alertHandlers(parts, host),
    ...profileHandlers(parts),
    ...doctorHandlers(parts, connection),
  };
}
