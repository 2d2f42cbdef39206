import type { Place } from './walk';

/** What a drill does. */
export interface DrillOptions {
  /** `ws://` or `wss://` address of a hub; `/pocket-parrot` is added when there is no path. */
  readonly url: string;
  /** A join key; null for a hub that lets anyone send. */
  readonly key: string | null;
  /** 1 or more. */
  readonly phones: number;
  /** Frames a second of each phone, over 0. */
  readonly rateHz: number;
  /** How long frames are captured, s. Acks are waited for after that, up to `drainSeconds`. */
  readonly seconds: number;
  /** Photos each phone takes, spread over the time. */
  readonly photos?: number;
  /** Share of messages, 0 to 1, at which the connection breaks: half of them arrive and only the ack is lost. */
  readonly dropRate?: number;
  /** Each phone breaks its connection after this many seconds, again and again; absent: never. */
  readonly reconnectEvery?: number;
  /** Default 30. */
  readonly drainSeconds?: number;
  /** A frame without an answer for this long after it was sent is lost, s, and its connection is given up; default 30. */
  readonly ackSeconds?: number;
  /** PEM of the only CA to trust over TLS, such as the hub's own; absent: those of this machine. */
  readonly ca?: string;
  /** Where they walk. */
  readonly place?: Place;
  /** The devices of a drill are `drill-RUN-0001` and so on; the same run again is the same devices. Default: random. */
  readonly run?: string;
  /** Ends the capturing early; acks are still waited for. */
  readonly signal?: AbortSignal;
}

/** How far a drill is. */
export interface DrillProgress {
  readonly elapsedS: number;
  readonly connected: number;
  readonly captured: number;
  /** Handed to a socket, repeats included. */
  readonly sent: number;
  readonly acked: number;
  /** No answer came in time. */
  readonly lost: number;
  /** From a send to its ack, ms; null before the first. */
  readonly p50Ms: number | null;
  readonly p99Ms: number | null;
}

/** The hub refuses the whole drill: a wrong key, an address that is none. The message is a sentence. */
export class DrillRefused extends Error {
  override readonly name = 'DrillRefused';
}

/** @throws DrillRefused when it is no WebSocket address. */
export function endpointOf(url: string): URL {
  const endpoint = URL.parse(url);
  if (!endpoint || !/^(ws|wss|http|https):$/.test(endpoint.protocol)) {
    throw new DrillRefused(`"${url}" is no WebSocket address such as ws://127.0.0.1:8080.`);
  }
  endpoint.protocol = endpoint.protocol.replace('http', 'ws');
  if (endpoint.pathname === '/') endpoint.pathname = '/pocket-parrot';
  return endpoint;
}
