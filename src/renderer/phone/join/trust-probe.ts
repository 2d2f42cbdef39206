/** How often the page asks, ms: soon enough to feel by itself, seldom enough for a phone that is in its settings. */
const EVERY_MS = 2_000;
/** On bad radio a handshake takes seconds; a packet filter never answers. */
const TIMEOUT_MS = 6_000;

/**
 * Asks the secure listener until the browser trusts it, then calls `trusted` once. An opaque answer is enough: the browser
 * gives one only over TLS it accepts, or that its owner clicked through. Returns what ends the asking.
 */
export function watchTrust(healthUrl: string, trusted: () => void, everyMs = EVERY_MS): () => void {
  let isOver = false;
  let isAsking = false;
  const ask = async (): Promise<void> => {
    if (isAsking || isOver) return;
    isAsking = true;
    const abort = new AbortController();
    const timeout = setTimeout(() => abort.abort(), TIMEOUT_MS);
    try {
      await fetch(healthUrl, { mode: 'no-cors', cache: 'no-store', credentials: 'omit', signal: abort.signal });
      if (!isOver) trusted();
      stop();
    } catch {
      // Not trusted yet, or out of reach: the next time tells.
    } finally {
      clearTimeout(timeout);
      isAsking = false;
    }
  };
  const seen = (): void => {
    // Back from the settings: at once.
    if (document.visibilityState === 'visible') void ask();
  };
  const timer = setInterval(() => void ask(), everyMs);
  const stop = (): void => {
    isOver = true;
    clearInterval(timer);
    document.removeEventListener('visibilitychange', seen);
  };
  document.addEventListener('visibilitychange', seen);
  void ask();
  return stop;
}
