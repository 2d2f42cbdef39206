import type { PhoneProfile } from '../../../../common/contract/requests/profile';
import { PHONE_SENSORS } from '../../../../common/wire/ingest';

/** A profile that suits a purpose. */
export interface Preset {
  readonly name: string;
  readonly label: string;
  /** What it costs and gives, in one sentence. */
  readonly sentence: string;
  readonly profile: PhoneProfile;
}

/** From the most to the least. */
export const PRESETS: readonly Preset[] = [
  {
    name: 'detailed',
    label: 'Detailed',
    sentence: '5 frames a second with every sensor. For short runs: a phone lasts a few hours.',
    profile: { intervalMs: 200, sensors: PHONE_SENSORS, media: { photoSidePx: 2560, audioSeconds: 120 } },
  },
  {
    name: 'normal',
    label: 'Normal',
    sentence: 'A frame a second with every sensor. For a day with a spare battery.',
    profile: { intervalMs: 1000, sensors: PHONE_SENSORS, media: { photoSidePx: 1600, audioSeconds: 60 } },
  },
  {
    name: 'save-battery',
    label: 'Save battery',
    sentence: 'A position every 10 s, no motion or orientation, small photos. For long days and many phones.',
    profile: { intervalMs: 10_000, sensors: ['gps'], media: { photoSidePx: 1024, audioSeconds: 30 } },
  },
];

/** The name of the preset that a profile is, or `custom`. */
export function presetOf(profile: PhoneProfile): string {
  return PRESETS.find((preset) => isSame(preset.profile, profile))?.name ?? 'custom';
}

function isSame(a: PhoneProfile, b: PhoneProfile): boolean {
  return (
    a.intervalMs === b.intervalMs &&
    PHONE_SENSORS.every((sensor) => a.sensors.includes(sensor) === b.sensors.includes(sensor)) &&
    a.media.photoSidePx === b.media.photoSidePx &&
    a.media.audioSeconds === b.media.audioSeconds
  );
}
