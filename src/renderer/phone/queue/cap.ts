/** More than a team's day of positions and a few hundred photos: a phone has other things to keep. */
const MOST_BYTES = 500 * 1024 * 1024;
/** Where the browser does not tell: Safari's least for one origin is far above it. */
const UNKNOWN_BYTES = 100 * 1024 * 1024;
/** Of what the browser gives this origin: IndexedDB keeps about the same again beside the rows. */
const SHARE = 0.5;

/** How many bytes the queue may hold here. */
export async function readCapBytes(storage: StorageManager | undefined = navigator.storage): Promise<number> {
  try {
    // Missing outside a secure context.
    const { quota } = (await storage?.estimate?.()) ?? {};
    return quota === undefined ? UNKNOWN_BYTES : Math.min(MOST_BYTES, Math.floor(quota * SHARE));
  } catch {
    return UNKNOWN_BYTES;
  }
}
