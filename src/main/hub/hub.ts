import type { NetworkInterfaceInfo } from 'node:os';
import type { ConsoleRole } from '../../common/contract/server';
import type { StoredFrame } from '../../common/model/frame';
import type { Transport } from '../../common/rpc/transport';
import type { StartDrillHub } from '../drill';
import type { KeyVault } from '../lan';
import type { Clock } from './clock';
import type { HubEventListener } from './hub-events';
import type { HubLog } from './log';

/** How a hub is set up. Every limit has the default of docs/wire-protocol.md when left out. */
export interface HubOptions {
  /** Everything the hub keeps: made when missing, readable by its owner only. */
  readonly dataDir: string;
  /** The built pages: `control-room.html`, `phone.html`, `assets/`. */
  readonly staticDir: string;
  readonly version: string;
  readonly host: string;
  /** 0 = any free port. */
  readonly port: number;
  /** null = no TLS: phones then have no position, camera or motion. 0 = any free port. */
  readonly tlsPort: number | null;
  /** The operator's own certificate and key (PEM files), instead of the hub's own CA. Both or neither. */
  readonly certFile?: string;
  readonly keyFile?: string;
  /** Whether the system keeps this machine awake for the hub; left out: nobody knows. */
  readonly isKeptAwake?: () => boolean;
  /** Seals secrets on disk; left out or null: files that only their owner may read. */
  readonly vault?: KeyVault | null;
  readonly access: 'paired' | 'open';
  readonly publicHosts: readonly string[];
  readonly allowOrigins: readonly string[];
  readonly trustProxies: readonly string[];
  /** Where join, viewer and admin key are kept; default `keys.json` in the data folder. */
  readonly keysFile?: string;
  /** Resumes the newest session of this name, else starts it. Left out: the current session goes on. */
  readonly sessionName?: string;
  readonly rateLimit: RateLimit;
  /** Bytes of one WebSocket message. */
  readonly maxMessageBytes: number;
  readonly maxConnections: number;
  readonly log: HubLog;
  /** Gives up to open the data folder, with StoreError closed, when that takes long. */
  readonly stop?: AbortSignal;
  readonly clock?: Clock;
  /** Opens a second, throw-away hub for drills; left out: there are no drills. */
  readonly startDrillHub?: StartDrillHub;
  /** Default: the system's. */
  readonly networkInterfaces?: () => NodeJS.Dict<NetworkInterfaceInfo[]>;
  /** Where ScreenStream listens on phones; left out: 8080. */
  readonly screenStreamPort?: number;
  /** Between heartbeat pings, ms. */
  readonly heartbeatMs?: number;
  /** Between two `status` events, ms. */
  readonly statusMs?: number;
}

/** Frames a device may send: `perSecond` on average, `burst` at once. */
interface RateLimit {
  readonly perSecond: number;
  readonly burst: number;
}

/** What a started hub can be reached by. Base URLs are reachable from this machine. */
export interface HubReady {
  readonly http: string;
  /** null without TLS. */
  readonly https: string | null;
  /** IP addresses of this laptop, best first. */
  readonly addresses: readonly string[];
  /** The URL in the QR code. */
  readonly join: string;
  /** A URL that opens the control room signed in. */
  readonly console: string;
  readonly joinKey: string;
  readonly viewerKey: string;
  readonly adminKey: string;
}

/** What the control room's host can do that a browser can't. */
export interface ConsoleHost {
  /** Asks the operator where to save. @returns the chosen path, or null when dismissed. */
  chooseSavePath(defaultName: string): Promise<string | null>;
  /** Asks the operator for a folder. @returns its path, or null when dismissed. */
  chooseFolder(title: string): Promise<string | null>;
}

/** A kept photo or audio file. */
interface MediaFile {
  readonly path: string;
  readonly mime: string;
  readonly bytes: number;
}

/** What a program that holds the hub may do with `/signaling`. */
interface HubSignaling {
  /** Sends a message of the hub's own to every client. */
  broadcastToAll(message: Readonly<Record<string, unknown>>): void;
  /** Sockets there now. */
  getClientsCount(): number;
  /** Sends `server_shutdown` to every client and closes them with 1001. */
  shutdown(): void;
}

/** The hub: the same under Electron and under plain Node. */
export interface Hub {
  /**
   * Listens. @throws PortInUseError {port, holder}; the hub may then be started again with other ports.
   */
  start(ports?: { readonly port?: number; readonly tlsPort?: number }): Promise<HubReady>;
  /** Serves the contract on an open transport until it closes. `host`: null in the browser. */
  attachConsole(transport: Transport, role: ConsoleRole, host: ConsoleHost | null): void;
  /** `/signaling` from within. */
  readonly signaling: HubSignaling;
  /** The recording behind a link of `recording.open`; null when it is too old or none. */
  watched(ticket: string): { readonly path: string; readonly fileName: string } | null;
  /** A kept file by its SHA-256; null when there is none. */
  media(sha256: string): Promise<MediaFile | null>;
  /** Calls the listener with every stored frame, after its commit, in commit order. Returns the function that stops it. */
  onFrame(listener: (frame: StoredFrame) => void): () => void;
  /** What happens, for the status log and the `--json` event stream. */
  onEvent(listener: HubEventListener): () => void;
  /** Stops accepting, commits and acks what was received, says goodbye with 1001, closes the store. Within 5 s. */
  close(): Promise<void>;
}
