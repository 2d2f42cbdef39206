/** What to do about a connection: nothing, another look for a way (ICE restart), or a new connection. */
export type Remedy = 'none' | 'restart' | 'renew';

/** Radio that is gone for a moment comes back by itself; past this it needs help. */
const DISCONNECTED_MS = 4_000;
/** An ICE restart that has found no way by then will not. */
const RESTART_MS = 10_000;

/**
 * When a connection needs help: at once on `failed`, after 4 s of `disconnected`, and when it never came up. Two that
 * did not help: a new connection.
 */
export class Recovery {
  #failures = 0;
  /** Since when it has been neither up nor given up; null while it is up. */
  #downSinceMs: number | null;
  #limitMs = RESTART_MS;

  constructor(nowMs: number) {
    this.#downSinceMs = nowMs;
  }

  /** RTCPeerConnection.connectionState has changed. */
  changed(state: RTCPeerConnectionState, nowMs: number): Remedy {
    switch (state) {
      case 'connected':
        this.#failures = 0;
        this.#downSinceMs = null;
        return 'none';
      case 'disconnected':
        this.#downSinceMs = nowMs;
        this.#limitMs = DISCONNECTED_MS;
        return 'none';
      case 'failed':
        return this.#fail(nowMs);
      default:
        return 'none';
    }
  }

  /** Called once a second. */
  ticked(nowMs: number): Remedy {
    if (this.#downSinceMs === null || nowMs - this.#downSinceMs < this.#limitMs) return 'none';
    return this.#fail(nowMs);
  }

  #fail(nowMs: number): Remedy {
    this.#failures += 1;
    this.#downSinceMs = nowMs;
    this.#limitMs = RESTART_MS;
    if (this.#failures <= 2) return 'restart';
    this.#failures = 0;
    return 'renew';
  }
}
