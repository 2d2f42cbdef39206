import type { Transport } from '../../../common/rpc/transport';

/**
 * What the desktop's preload exposes: a {@link Transport} whose members crossed the context bridge, which turns a
 * getter into the value it had at that moment; so `bufferedBytes` may come as a function.
 */
export interface ExposedTransport {
  send(message: string): void;
  onMessage(listener: (message: string) => void): void;
  onClose(listener: () => void): void;
  close(): void;
  readonly bufferedBytes: number | (() => number);
}

declare global {
  interface Window {
    readonly perchTransport?: ExposedTransport;
  }
}

export function toTransport(exposed: ExposedTransport): Transport {
  return {
    send: (message) => exposed.send(message),
    onMessage: (listener) => exposed.onMessage(listener),
    onClose: (listener) => exposed.onClose(listener),
    close: () => exposed.close(),
    get bufferedBytes() {
      return typeof exposed.bufferedBytes === 'function' ? exposed.bufferedBytes() : exposed.bufferedBytes;
    },
  };
}
