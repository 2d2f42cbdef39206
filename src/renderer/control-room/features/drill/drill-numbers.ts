import type { RequestInput } from '../../../../common/contract/requests';

/** What the form holds; loss in percent, 0 s between reconnects = none. */
export interface Numbers {
  readonly phones: number;
  readonly rateHz: number;
  readonly seconds: number;
  readonly photos: number;
  readonly lossPct: number;
  readonly reconnectEveryS: number;
}

/** One field, with the bounds of `drill.start`. */
export interface NumberField {
  readonly name: keyof Numbers;
  readonly label: string;
  readonly suffix: string;
  readonly min: number;
  readonly max: number;
  readonly decimals: number;
  readonly isForCapacity: boolean;
}

/** A team as it usually is: each phone once a second for half a minute. */
export const START_NUMBERS: Numbers = { phones: 50, rateHz: 1, seconds: 30, photos: 0, lossPct: 0, reconnectEveryS: 0 };

export const NUMBER_FIELDS: readonly NumberField[] = [
  { name: 'phones', label: 'Phones', suffix: '', min: 1, max: 5000, decimals: 0, isForCapacity: false },
  { name: 'rateHz', label: 'Frames a second, each', suffix: '', min: 0.1, max: 20, decimals: 1, isForCapacity: true },
  { name: 'seconds', label: 'For', suffix: ' s', min: 1, max: 3600, decimals: 0, isForCapacity: false },
  { name: 'photos', label: 'Photos, each', suffix: '', min: 0, max: 100, decimals: 0, isForCapacity: false },
  { name: 'lossPct', label: 'Messages lost', suffix: ' %', min: 0, max: 90, decimals: 0, isForCapacity: false },
  {
    name: 'reconnectEveryS',
    label: 'Link breaks every (0: never)',
    suffix: ' s',
    min: 0,
    max: 3600,
    decimals: 0,
    isForCapacity: false,
  },
];

/** What to ask of the hub. */
export function orderFrom(mode: 'phones' | 'capacity', numbers: Numbers): RequestInput<'drill.start'> {
  const { phones, rateHz, seconds, photos, lossPct, reconnectEveryS } = numbers;
  if (mode === 'capacity') return { mode, rateHz };
  const reconnects = reconnectEveryS === 0 ? null : reconnectEveryS;
  return { mode, phones, rateHz, seconds, photos, loss: lossPct / 100, reconnectEveryS: reconnects };
}
