import type { ReadStatements } from './statements/read-statements';
import type { TrackCheckpoint } from './store';

/** One that is not whole is given with nothing in it, which nobody takes for a track. */
export function readTrackCheckpoints(reads: ReadStatements, session: number): TrackCheckpoint[] {
  const found = new Map<string, { upTo: number; allUpTo: number; raw: Uint8Array; clean: Uint8Array }>();
  for (const { deviceId, isClean, upTo, allUpTo, state } of reads.trackCheckpoints.all(session)) {
    const empty = { upTo, allUpTo, raw: new Uint8Array(), clean: new Uint8Array() };
    const checkpoint = found.get(deviceId) ?? empty;
    found.set(deviceId, checkpoint);
    // Of two different moments: not a checkpoint.
    if (checkpoint.upTo !== upTo || checkpoint.allUpTo !== allUpTo || !(state instanceof Uint8Array)) continue;
    checkpoint[isClean === 1 ? 'clean' : 'raw'] = state;
  }
  return [...found].map(([deviceId, checkpoint]) => ({ deviceId, ...checkpoint }));
}
