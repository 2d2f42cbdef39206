const WINDOW_MS = 60_000;
/** A person mistypes, an app retries: so many wrong keys in a minute cost nothing. */
const FREE_GUESSES = 5;
const FIRST_DELAY_MS = 250;
/** Answers held back at once for one address; those over it are answered at once: a key of 130 bits is not guessed either way. */
const WAITING_PER_ADDRESS = 32;
/** Addresses remembered; the longest known is forgotten first. */
const MAX_ADDRESSES = 4096;

interface Guesses {
  windowStartMs: number;
  count: number;
  waiting: number;
}

/** Slows down an address that sends wrong keys. Right keys are never held back: a neighbour behind the same router has one. */
export interface GuessLimiter {
  /** False: so many answers are being held back that a further guess at a short secret should not be looked at. */
  mayTry(address: string): boolean;
  /** Counts a wrong key; resolves when it may be answered. */
  countWrong(address: string): Promise<void>;
  /** Lets all held answers go. */
  stop(): void;
}

/** `maxDelayMs`: the longest an answer is held back; `onWrong`: called for each wrong key with the count in its minute. */
export function createGuessLimiter(
  maxDelayMs: number,
  onWrong: (address: string, countInMinute: number) => void,
): GuessLimiter {
  const byAddress = new Map<string, Guesses>();
  const held = new Map<NodeJS.Timeout, () => void>();

  const guessesOf = (address: string): Guesses => {
    const nowMs = performance.now();
    let guesses = byAddress.get(address);
    if (!guesses) {
      guesses = { windowStartMs: nowMs, count: 0, waiting: 0 };
      byAddress.set(address, guesses);
      const oldest = byAddress.size > MAX_ADDRESSES ? byAddress.keys().next() : null;
      if (oldest && !oldest.done) byAddress.delete(oldest.value);
    }
    if (nowMs - guesses.windowStartMs > WINDOW_MS) {
      guesses.windowStartMs = nowMs;
      guesses.count = 0;
    }
    return guesses;
  };

  const hold = (delayMs: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(() => {
        held.delete(timer);
        resolve();
      }, delayMs);
      held.set(timer, resolve);
    });

  return {
    mayTry: (address) => (byAddress.get(address)?.waiting ?? 0) < WAITING_PER_ADDRESS,
    countWrong: async (address) => {
      const guesses = guessesOf(address);
      guesses.count += 1;
      onWrong(address, guesses.count);
      const over = guesses.count - FREE_GUESSES;
      if (over <= 0 || guesses.waiting >= WAITING_PER_ADDRESS) return;
      guesses.waiting += 1;
      await hold(Math.min(maxDelayMs, FIRST_DELAY_MS * 2 ** Math.min(over - 1, 10)));
      guesses.waiting -= 1;
    },
    stop: () => {
      for (const [timer, release] of held) {
        clearTimeout(timer);
        release();
      }
      held.clear();
    },
  };
}
