import type { LiveDevice } from '../../common/model/live-device';
import type { Track, TrackTotals } from '../../common/model/track';

/** One device of a person, as it is by itself. */
export interface LivePart {
  readonly live: LiveDevice;
  /** Greatest live time of any frame. */
  readonly newestMs: number;
  /** False while the frames of before a restart are not yet in its track. */
  readonly isTrackKnown: boolean;
}

type Kind = 'position' | 'orientation' | 'motion' | 'weather' | 'objects' | 'photo';

/**
 * A person of several devices: each reading is the newest of all by the live rule, counts and ways are sums, and what a
 * phone says of itself is of the one that is connected, or was last.
 * @param parts at least one
 */
export function mergeLive(
  shown: Pick<LiveDevice, 'deviceId' | 'merged' | 'name' | 'colour' | 'note' | 'isRevoked'>,
  parts: readonly LivePart[],
): LiveDevice {
  const [lead] = parts.toSorted((a, b) => comesFirst(a.live, b.live)) as [LivePart, ...LivePart[]];
  const byTime = parts.toSorted((a, b) => b.newestMs - a.newestMs) as [LivePart, ...LivePart[]];
  const all = parts.map(({ live }) => live);
  const newest = <K extends Kind>(kind: K): LiveDevice[K] =>
    all.reduce<LiveDevice[K]>(
      (best, live) => ((live[kind]?.atMs ?? -1) > (best?.atMs ?? -1) ? live[kind] : best),
      null,
    );
  return {
    ...lead.live,
    ...shown,
    lastReceivedAtMs: greatest(all.map(({ lastReceivedAtMs }) => lastReceivedAtMs)),
    frames: sum(all.map(({ frames }) => frames)) ?? 0,
    refused: sum(all.map(({ refused }) => refused)) ?? 0,
    rateHz: Math.round((sum(all.map(({ rateHz }) => rateHz)) ?? 0) * 10) / 10,
    delayMs: byTime[0].live.delayMs,
    batteryPct: byTime.find(({ live }) => live.batteryPct !== null)?.live.batteryPct ?? null,
    position: newest('position'),
    orientation: newest('orientation'),
    motion: newest('motion'),
    weather: newest('weather'),
    objects: newest('objects'),
    photo: newest('photo'),
    track: parts.every(({ isTrackKnown }) => isTrackKnown) ? joined(all.map(({ track }) => track)) : null,
    queued: sum(all.map(({ queued }) => queued)),
    captured: sum(all.map(({ captured }) => captured)),
    sos: all.map(({ sos }) => sos).reduce(moreUrgent),
  };
}

/** Connected before away; the later first. */
const comesFirst = (a: LiveDevice, b: LiveDevice): number =>
  Number(b.isOnline) - Number(a.isOnline) ||
  (b.connectedAtMs ?? b.lastReceivedAtMs ?? 0) - (a.connectedAtMs ?? a.lastReceivedAtMs ?? 0);

/** null when there is none. */
function sum(values: ReadonlyArray<number | null>): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((total, value) => total + value, 0);
}

const greatest = (values: ReadonlyArray<number | null>): number | null =>
  values.reduce((best, value) => (value !== null && (best === null || value > best) ? value : best), null);

function joined(tracks: ReadonlyArray<Track | null>): Track | null {
  const known = tracks.filter((track) => track !== null);
  if (known.length === 0) return null;
  const total = (of: (track: Track) => TrackTotals): TrackTotals => ({
    distanceM: sum(known.map((track) => of(track).distanceM)) ?? 0,
    movingS: sum(known.map((track) => of(track).movingS)) ?? 0,
    climbM: sum(known.map((track) => of(track).climbM)) ?? 0,
  });
  return { raw: total(({ raw }) => raw), clean: total(({ clean }) => clean) };
}

/** A call that holds before one that is over; else the later. */
function moreUrgent(a: LiveDevice['sos'], b: LiveDevice['sos']): LiveDevice['sos'] {
  if (a === null || b === null) return a ?? b;
  if (a.active !== b.active) return a.active ? a : b;
  return a.atMs >= b.atMs ? a : b;
}
