import { crc32 } from 'node:zlib';

/** A stretch as it is kept, see stretch.ts. Metres, degrees, ms; null: never told. */
export interface StretchState {
  readonly firstMs: number;
  readonly firstLatitude: number;
  readonly firstLongitude: number;
  readonly firstAccuracyM: number | null;
  /** The last that was a step. */
  readonly countedMs: number;
  readonly countedLatitude: number;
  readonly countedLongitude: number;
  readonly lastMs: number;
  readonly firstHeightM: number | null;
  readonly heightM: number | null;
  readonly distanceM: number;
  readonly movingS: number;
  readonly climbM: number;
}

/** By time. */
export type OdometerState = readonly StretchState[];

/** All that a DeviceTrack knows. */
export interface TrackState {
  readonly raw: OdometerState;
  readonly clean: OdometerState;
}

/** A {@link TrackState} as bytes, to be stored. */
export interface PackedTrack {
  readonly raw: Uint8Array;
  readonly clean: Uint8Array;
}

/** Of the layout and of what the numbers mean: another one is read by nobody, and the track is made anew from its frames. */
const VERSION = 1;

/** CRC-32 of all after it, then the version; both unsigned, 4 bytes. */
const HEAD_BYTES = 8;

/** A double each, in this order. */
const FIELDS = [
  'firstMs',
  'firstLatitude',
  'firstLongitude',
  'firstAccuracyM',
  'countedMs',
  'countedLatitude',
  'countedLongitude',
  'lastMs',
  'firstHeightM',
  'heightM',
  'distanceM',
  'movingS',
  'climbM',
] as const satisfies readonly (keyof StretchState)[];

const STRETCH_BYTES = 8 * FIELDS.length;

/** May be null, which is kept as NaN. */
const NULLABLE: ReadonlySet<keyof StretchState> = new Set(['firstAccuracyM', 'firstHeightM', 'heightM']);

export const packTrack = ({ raw, clean }: TrackState): PackedTrack => ({
  raw: packOdometer(raw),
  clean: packOdometer(clean),
});

/** @returns null when it is damaged, or of another version. */
export function unpackTrack(packed: PackedTrack): TrackState | null {
  const raw = unpackOdometer(packed.raw);
  const clean = unpackOdometer(packed.clean);
  return raw && clean && { raw, clean };
}

function packOdometer(stretches: OdometerState): Uint8Array {
  const bytes = new DataView(new ArrayBuffer(HEAD_BYTES + STRETCH_BYTES * stretches.length));
  bytes.setUint32(4, VERSION);
  stretches.forEach((stretch, index) => {
    FIELDS.forEach((field, place) => {
      bytes.setFloat64(HEAD_BYTES + STRETCH_BYTES * index + 8 * place, stretch[field] ?? Number.NaN);
    });
  });
  bytes.setUint32(0, checksumOf(bytes));
  return new Uint8Array(bytes.buffer);
}

function unpackOdometer(packed: Uint8Array): StretchState[] | null {
  if (packed.length < HEAD_BYTES || (packed.length - HEAD_BYTES) % STRETCH_BYTES !== 0) return null;
  const bytes = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  if (bytes.getUint32(0) !== checksumOf(bytes) || bytes.getUint32(4) !== VERSION) return null;
  const stretches: StretchState[] = [];
  for (let at = HEAD_BYTES; at < packed.length; at += STRETCH_BYTES) {
    const numbers = FIELDS.map((field, place) => [field, bytes.getFloat64(at + 8 * place)] as const);
    if (!numbers.every(([field, number]) => Number.isFinite(number) || NULLABLE.has(field))) return null;
    stretches.push(
      Object.fromEntries(numbers.map(([field, number]) => [field, Number.isNaN(number) ? null : number])) as {
        [field in keyof StretchState]: number;
      },
    );
  }
  return stretches;
}

const checksumOf = (bytes: DataView): number =>
  crc32(new Uint8Array(bytes.buffer, bytes.byteOffset + 4, bytes.byteLength - 4));
