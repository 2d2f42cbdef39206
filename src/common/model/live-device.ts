import type { MediaReference } from './media';
import type { Position } from './position';
import type { DetectedObject, Motion, Orientation, Reading, Weather } from './readings';
import type { Track } from './track';

/** Colours there are for people: more would not be told apart. */
export const COLOUR_COUNT = 10;

/**
 * Everything the control room shows of one device right now. Holds only what is stored: a value appears here after
 * the frame that carried it was committed.
 */
export interface LiveDevice {
  readonly deviceId: string;
  /** Devices that were merged into it: everything here is of them too. Often none. */
  readonly merged: readonly string[];
  readonly name: string;
  /** 0 to {@link COLOUR_COUNT} - 1: the person's colour, the same on every screen; neighbours in time differ. */
  readonly colour: number;
  readonly platform: string | null;
  /** See Device.note. */
  readonly note: string;
  /** Its keys were taken back: it can send nothing until it is let pair again. */
  readonly isRevoked: boolean;
  /** True while a socket of this device, or of one merged into it, is open. */
  readonly isOnline: boolean;
  /** When the open connection began; null while offline. */
  readonly connectedAtMs: number | null;
  /** IP address of the open or last connection. */
  readonly address: string | null;
  /** Hub clock at the last stored frame; null before the first. */
  readonly lastReceivedAtMs: number | null;
  /** Frames of the current session, stored (duplicates not counted). */
  readonly frames: number;
  /** Messages refused since the hub started. */
  readonly refused: number;
  /** Frames a second over the last 10 s, one decimal. */
  readonly rateHz: number;
  /** receivedAt - capturedAt of the last live frame, ms; null when the phone gives no time or its clock is off. */
  readonly delayMs: number | null;
  readonly position: Reading<Position> | null;
  readonly orientation: Reading<Orientation> | null;
  readonly motion: Reading<Motion> | null;
  readonly weather: Reading<Weather> | null;
  readonly objects: Reading<readonly DetectedObject[]> | null;
  readonly photo: Reading<MediaReference> | null;
  /** Of the current session; null before the first position, and for a while after a restart: it is read from the log again. */
  readonly track: Track | null;
  /** 0 to 100. */
  readonly batteryPct: number | null;
  /** Of the last `status`: the phone is being charged; null when it never told. */
  readonly charging: boolean | null;
  /** Of the last `status`: whether its page is on the screen (W3C Page Visibility); null when it never told. */
  readonly visibility: 'visible' | 'hidden' | null;
  /** Of the last `status`: frames on the phone that no ack came for; null when it never told. */
  readonly queued: number | null;
  /** Of the last `status`: frames captured, as the phone counts them; null when it never told. */
  readonly captured: number | null;
  /** Null while it was never measured. */
  readonly clock: PhoneClock | null;
  /** The last call for help and whether it still holds; null without one. */
  readonly sos: SosCall | null;
}

/** How a phone's clock stands to the hub's: `uncertaintyMs` either way. */
export interface PhoneClock {
  /** Phone minus hub, ms: positive when the phone is ahead. */
  readonly offsetMs: number;
  readonly uncertaintyMs: number;
}

/** A call for help. */
export interface SosCall {
  readonly active: boolean;
  /** What the person wrote, up to 2,000 characters; null without. */
  readonly text: string | null;
  /** Hub clock when it came. */
  readonly atMs: number;
}

/** A point of a trail: latitude and longitude in degrees, time in ms since the epoch by the live rule. */
export interface TrailPoint {
  readonly latitude: number;
  readonly longitude: number;
  readonly atMs: number;
}
