import type { HintCode } from '../stores/codes';

/** Ends a watch; nothing is reported after it. */
export type Stop = () => void;

/** What one sensor of the phone does. The same words on the screen. */
export type SensorState =
  /** Not started. */
  | { readonly kind: 'off' }
  /** Started, nothing yet. `hint`: what the person can do meanwhile. */
  | { readonly kind: 'waiting'; readonly hint: HintCode | null }
  | { readonly kind: 'on' }
  /** The person or the browser said no. `hint`: what to press. */
  | { readonly kind: 'refused'; readonly hint: HintCode }
  /** This phone or browser has none. */
  | { readonly kind: 'missing'; readonly hint: HintCode };

/** The rows of the streaming screen. */
export const SENSORS = ['position', 'orientation', 'motion', 'battery', 'screen'] as const;

/** One of {@link SENSORS}. */
export type SensorName = (typeof SENSORS)[number];
