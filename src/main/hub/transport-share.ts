import type { Transport } from '../../common/rpc/transport';

/** One that knows how much went into it. */
export interface MeteredTransport extends Transport {
  /** In all, as `bufferedBytes` counts, about. */
  readonly sentBytes: number;
}

/** Counts what is sent. */
export function meter(transport: Transport): MeteredTransport {
  let sentBytes = 0;
  return {
    send: (message) => {
      sentBytes += message.length;
      transport.send(message);
    },
    onMessage: (listener) => transport.onMessage(listener),
    onClose: (listener) => transport.onClose(listener),
    close: () => transport.close(),
    get bufferedBytes() {
      return transport.bufferedBytes;
    },
    get sentBytes() {
      return sentBytes;
    },
  };
}

/** What one user of a transport has in its queue, whatever others put into it. */
export class TransportShare {
  readonly #transport: MeteredTransport;
  /** Of each message that may wait yet: where it ends in all that was sent, and its size. */
  #waiting: Array<{ readonly end: number; readonly bytes: number }> = [];
  #bytes = 0;

  constructor(transport: MeteredTransport) {
    this.#transport = transport;
  }

  add(send: () => void): void {
    const before = this.#transport.sentBytes;
    send();
    const end = this.#transport.sentBytes;
    this.#waiting.push({ end, bytes: end - before });
    this.#bytes += end - before;
  }

  get bufferedBytes(): number {
    const { sentBytes, bufferedBytes } = this.#transport;
    const left = this.#waiting.findIndex(({ end }) => end > sentBytes - bufferedBytes);
    const gone = this.#waiting.splice(0, left < 0 ? this.#waiting.length : left);
    this.#bytes -= gone.reduce((sum, { bytes }) => sum + bytes, 0);
    return this.#bytes;
  }
}
