import type { NetworkInterfaceInfo } from 'node:os';
import type { Duplex } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import type { WebSocket } from 'ws';
import type { NetworkAddress } from '../../common/model/network-address';
import type { GuessLimiter } from './guess-limiter';
import type { KeyVault } from './key-vault';

/**
 * Whose key it is. A personal key is `device` too, with `isPersonal`: it was made for a person, and not issued to their
 * phone. `keyId`: which one, fit for a log: it tells nothing of the key.
 */
export type KeyIdentity =
  | { readonly kind: 'join' | 'viewer' | 'admin'; readonly keyId: string }
  | { readonly kind: 'device'; readonly keyId: string; readonly deviceId: string; readonly isPersonal?: true };

/** The hub's keys, as far as the door needs them. */
export interface KeyRing {
  /** Null: wrong, revoked or expired. Compares in constant time. Called with hostile text of up to 256 characters. */
  identify(key: string): KeyIdentity | null;
}

/** Where the door logs: pino's shape. Never given a key. */
export interface LanLog {
  debug(detail: object, message: string): void;
  info(detail: object, message: string): void;
  warn(detail: object, message: string): void;
  error(detail: object, message: string): void;
}

/** Who is at the door, on a request or a socket. */
export interface Caller {
  /** The client's IP address, behind a trusted proxy too; IPv4 in dotted form. */
  readonly address: string;
  /** Hostile text, at most 512 characters; null when not sent. */
  readonly userAgent: string | null;
  /** Null: no key (open access, keyless paths). */
  readonly identity: KeyIdentity | null;
  /** From this machine itself. False for what an unknown proxy on this machine passes on. */
  readonly isLoopback: boolean;
  /** Came over TLS, ours or a trusted proxy's. */
  readonly isTls: boolean;
  /** The address of ours the packet reached. */
  readonly localAddress: string;
}

/**
 * What a route asks of its caller (docs/wire-protocol.md, section 2).
 * - `public`: nothing.
 * - `read`: a viewer or admin key; with `openOnLoopback`, under `--access open`, anyone on this machine.
 * - `ingest`: a join, device or admin key; under `--access open` anyone.
 * - `admin`: the admin key.
 */
export type RouteAccess = 'public' | 'read' | 'ingest' | 'admin';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Every route must say it: one without is a bug and throws when it is registered. */
    access?: RouteAccess;
    /** See {@link RouteAccess}, `read`. */
    openOnLoopback?: boolean;
    /** On an OPTIONS route: what may be posted here (`Accept-Post`, RFC 9725 section 4.2). */
    acceptPost?: string;
    /** A page of another site is refused (403), key or not: the route changes something without a key. */
    ownPagesOnly?: boolean;
  }
  interface FastifyRequest {
    /** Set before any handler runs. */
    caller: Caller;
  }
}

/**
 * Who may use a socket endpoint; `console`: a viewer or admin key, and only from our own pages; `signaling`: any key, under
 * `--access open` anyone.
 */
export type SocketAccess = 'ingest' | 'read' | 'console' | 'signaling';

/** One WebSocket endpoint. */
export interface SocketEndpoint {
  readonly access: SocketAccess;
  /** Bytes of one message, over which the socket is closed with 1009; null: `LanOptions.maxMessageBytes`. */
  readonly maxMessageBytes?: number;
  /**
   * Called once for each admitted socket, synchronously before anything more arrives: attach `message` and `close`
   * listeners here. `first` is the text of the first message when the door has read it (it held the key), else null;
   * it belongs before all that the socket emits. Heartbeat, size limit and `error` are taken care of. In open access a
   * socket without a key has `identity` null, and its handshake may still hold a key in `token`: the endpoint's to read.
   * `raw` is what the socket sits on: to be corked and uncorked, or written whole frames to, nothing else.
   */
  onOpen(socket: WebSocket, caller: Caller, first: string | null, raw: Duplex): void;
}

/** See docs/wire-protocol.md, section 8, for those that are command-line options. */
export interface LanOptions {
  /** Certificates are kept in its folder `tls`. */
  readonly dataDir: string;
  readonly host: string;
  /** 0 = any free port. */
  readonly port: number;
  /** Null: no TLS. 0 = any free port. */
  readonly tlsPort: number | null;
  /** The operator's own certificate chain and key, PEM files; both or neither. */
  readonly certFile?: string | undefined;
  readonly keyFile?: string | undefined;
  readonly access: 'paired' | 'open';
  /** Names or addresses under which a proxy or router makes the hub known. */
  readonly publicHosts: readonly string[];
  /** Origins (`https://host:port`) that may use `/console` beside our own. */
  readonly allowOrigins: readonly string[];
  /** Addresses or subnets (`10.0.0.0/8`) whose `X-Forwarded-For` and `-Proto` are believed. */
  readonly trustProxies: readonly string[];
  readonly maxMessageBytes: number;
  readonly maxConnections: number;
  /** The built renderer: `control-room.html`, `phone.html`, `assets/`. */
  readonly staticDir: string;
  /** Seals the CA's key; default: none, the key is readable by its owner only. */
  readonly vault?: KeyVault | null;
  readonly keys: KeyRing;
  readonly log: LanLog;
  /** Default: the system's. */
  readonly networkInterfaces?: () => NodeJS.Dict<NetworkInterfaceInfo[]>;
  /** Ms since the epoch, for certificates; default the system's clock. */
  readonly now?: () => number;
  /** For tests; defaults in common/wire/limits.ts. */
  readonly timing?: Partial<LanTiming>;
  /** For tests; defaults in common/wire/limits.ts. */
  readonly messages?: Partial<MessageLimits>;
}

/** Intervals, ms. */
export interface LanTiming {
  /** Between heartbeat pings. */
  readonly heartbeatMs: number;
  /** How long a socket may stay without a key. */
  readonly firstMessageMs: number;
  /** Between two looks at the network interfaces. */
  readonly addressPollMs: number;
  /** The longest wait of an answer to a wrong key. */
  readonly wrongKeyDelayMs: number;
  /** How long a closing socket may take at shutdown. */
  readonly closeMs: number;
}

/** How much of unfinished messages is held in memory, and when it is looked. */
export interface MessageLimits {
  /** See LIMITS: `unfinishedBytes`. */
  readonly bytes: number;
  /** Between two looks at all sockets, ms. */
  readonly lookMs: number;
  /** Between two looks while memory grows, ms. */
  readonly hurryMs: number;
}

/** Where the hub listens; base URLs without a trailing slash, reachable from this machine. */
export interface Listening {
  readonly httpPort: number;
  readonly tlsPort: number | null;
  readonly http: string;
  readonly https: string | null;
}

/** How good the served certificate is, for the operator. */
export interface CertificateState {
  /** False: the operator's own certificate. */
  readonly isOwnAuthority: boolean;
  /** End of the served certificate, ms since the epoch. */
  readonly validToMs: number;
  /** The CA may vouch only for private addresses and own names; false: one of an earlier Perch. */
  readonly isLimited: boolean;
  /** The CA's key is sealed and can't be opened here: no new certificate when the address changes. */
  readonly isKeyShut: boolean;
  /** Own IPv4 addresses and public hosts that the CA may not vouch for. */
  readonly leftOut: readonly string[];
}

/** Something of another machine that came through. */
export interface Arrival {
  /** The address of ours that it reached. */
  readonly localAddress: string;
  readonly remoteAddress: string;
  readonly isTls: boolean;
}

/** Stops a subscription. */
export type Unsubscribe = () => void;

/** Everything that listens. Life: create, register routes and sockets, start, stopAccepting, shutdownSockets, close. */
export interface Lan {
  /**
   * For HTTP routes, until `start`. Each declares `config: { access }`, which is enforced before the handler; the
   * handler finds the caller in `request.caller`. A route with a parameter `:key` takes a key there. Thrown HubError and
   * ProtocolError become their status with `{error: {code, message}}`.
   */
  readonly http: FastifyInstance;
  /** Adds a WebSocket endpoint on both listeners, at `path` and `path/KEY`. */
  socket(path: string, endpoint: SocketEndpoint): void;
  /**
   * Binds both listeners; `ports` instead of those of the options. After PortInUseError it may be called again.
   * @throws PortInUseError; Error with a sentence when the address or port may not be used.
   */
  start(ports?: { readonly port?: number; readonly tlsPort?: number }): Promise<Listening>;
  /** This laptop's IPv4 addresses, best first; loopback last. */
  addresses(): readonly NetworkAddress[];
  /**
   * Of both families, those on interfaces that phones on the WiFi seldom reach (VPN, containers, virtual machines); none when
   * there are no other interfaces.
   */
  offLan(): readonly string[];
  onAddressesChanged(listener: (addresses: readonly NetworkAddress[]) => void): Unsubscribe;
  /**
   * What phones may be told to dial: those addresses, then the name that the operator's own certificate needs and the
   * `.local` name of this laptop, which only some phones can look up.
   */
  offered(): readonly NetworkAddress[];
  /** The name under which the secure page has to be opened; null: any address will do. */
  secureHost(): string | null;
  /** Calls with our own address each time a request or socket of another machine reached it. */
  onReached(listener: (arrival: Arrival) => void): Unsubscribe;
  /** Calls for each connection of another machine to the TLS port, whether or not a TLS session comes of it. */
  onSecurePortReached(listener: () => void): Unsubscribe;
  /** The certificate was issued anew: other addresses, near its end, or another CA. */
  onRenewed(listener: () => void): Unsubscribe;
  /**
   * Ends what is open with a key that is no good any more: admitted sockets with 1008, requests under way by cutting them
   * off. What they still send is not read. @returns how many of either
   */
  closeWhere(fits: (identity: KeyIdentity, socket: WebSocket | null) => boolean): number;
  /** For secrets that are no keys but may be guessed at as well: counted and slowed down together with wrong keys. */
  readonly guesses: Pick<GuessLimiter, 'mayTry' | 'countWrong'>;
  /** Calls for each wrong key, with how many that address has sent in the last minute. */
  onWrongKey(listener: (address: string, countInMinute: number) => void): Unsubscribe;
  /** SHA-256 of the hub's CA, colon-separated upper-case hex; null without TLS or with the operator's own certificate. */
  readonly caFingerprint: string | null;
  /** What phones call that CA in their settings; null likewise. */
  readonly caName: string | null;
  /**
   * Makes a new CA and serves a certificate of it to every connection from here on; open ones go on. Every phone has to
   * trust the new one. @throws Error with a sentence: no TLS, or the operator's own certificate
   */
  replaceAuthority(): Promise<void>;
  /** Null without TLS, and before start. */
  certificate(): CertificateState | null;
  /** Admitted sockets now. */
  readonly connections: number;
  /** From now on new connections, requests and upgrades are refused (503); open sockets go on. */
  stopAccepting(): void;
  /** Sends `message` to each admitted socket, closes all with 1001, and after a bounded time (2 s) ends the rest. */
  shutdownSockets(message: string): Promise<void>;
  /** Ends everything at once and frees the ports. Safe to call in any state, more than once. */
  close(): Promise<void>;
}
