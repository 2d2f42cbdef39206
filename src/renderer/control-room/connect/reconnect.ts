import type { Transport } from '../../../common/rpc/transport';
import { IncompatibleError, UnauthorizedError } from './hub-link';

/** How the link to the hub is. `unauthorized` and `incompatible` are final until somebody does something. */
export type LinkState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'online' }
  /** `attempt` counts from 1 since the link was last up. */
  | { readonly kind: 'retrying'; readonly attempt: number }
  | { readonly kind: 'unauthorized'; readonly wasRefused: boolean }
  | { readonly kind: 'incompatible' };

export interface ReconnectOptions {
  open(): Promise<Transport>;
  /** Runs on each fresh transport; the link counts as online once it resolves. */
  begin(transport: Transport): Promise<void>;
  onState(state: LinkState): void;
  /** Told of each attempt that failed and is tried again. */
  readonly onFailure?: (error: unknown) => void;
  /** How long to wait before attempt n (from 1), ms. */
  readonly delayMs?: (attempt: number) => number;
}

/** A link that is kept up. */
export interface KeptLink {
  /** Does not wait for the back-off to run out. */
  retryNow(): void;
  /** Closes the link for good. */
  stop(): void;
}

/** Full jitter to 5 s: one operator watches, so soon is better than gentle. */
function backOffMs(attempt: number): number {
  return 250 + Math.random() * Math.min(5_000, 500 * 2 ** (attempt - 1));
}

/** Opens the link and opens it anew whenever it closes, with back-off, until stopped or refused. */
export function keepConnected(options: ReconnectOptions): KeptLink {
  const delayMs = options.delayMs ?? backOffMs;
  let isStopped = false;
  let open: Transport | null = null;
  let wake: (() => void) | null = null;

  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  /** Resolves with true when the link was up, false when it never came up; rejects when refused for good. */
  const runOnce = async (): Promise<boolean> => {
    let isUp = false;
    try {
      const transport = await options.open();
      open = transport;
      if (isStopped) return false;
      const { observed, closed } = observeClose(transport);
      await Promise.race([
        options.begin(observed),
        closed.then(() => Promise.reject(new Error('The link closed before it was up.'))),
      ]);
      isUp = true;
      options.onState({ kind: 'online' });
      await closed;
    } catch (error) {
      if (error instanceof UnauthorizedError || error instanceof IncompatibleError) throw error;
      if (!isStopped) options.onFailure?.(error);
    } finally {
      open?.close();
      open = null;
    }
    return isUp;
  };

  const run = async (): Promise<void> => {
    options.onState({ kind: 'connecting' });
    for (let attempt = 1; !isStopped; attempt += 1) {
      if (await runOnce()) attempt = 1;
      if (isStopped) return;
      options.onState({ kind: 'retrying', attempt });
      await pause(delayMs(attempt));
    }
  };

  run().catch((error: unknown) => {
    if (error instanceof UnauthorizedError) options.onState({ kind: 'unauthorized', wasRefused: error.wasRefused });
    else options.onState({ kind: 'incompatible' });
  });

  return {
    retryNow: () => wake?.(),
    stop: () => {
      isStopped = true;
      open?.close();
      wake?.();
    },
  };
}

/** The rpc client owns a transport's one close listener; this lets a second party know as well. */
function observeClose(transport: Transport): { readonly observed: Transport; readonly closed: Promise<void> } {
  let listener: (() => void) | null = null;
  let isClosed = false;
  const closed = new Promise<void>((resolve) => {
    transport.onClose(() => {
      isClosed = true;
      listener?.();
      resolve();
    });
  });
  const observed: Transport = {
    send: (message) => transport.send(message),
    onMessage: (onMessage) => transport.onMessage(onMessage),
    onClose: (onClose) => {
      listener = onClose;
      if (isClosed) onClose();
    },
    close: () => transport.close(),
    get bufferedBytes() {
      return transport.bufferedBytes;
    },
  };
  return { observed, closed };
}
