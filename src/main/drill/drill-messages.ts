import type { CapacityOptions, CapacityProgress } from './capacity';
import type { DrillOptions } from './options';

/** What the phones' thread is to do. */
export type DrillOrder =
  | ({ readonly mode: 'phones' } & Omit<DrillOptions, 'signal'>)
  | ({ readonly mode: 'capacity' } & Omit<CapacityOptions, 'signal'>);

/** What it says on the way. */
export type DrillNews =
  | { readonly kind: 'progress'; readonly progress: CapacityProgress }
  | { readonly kind: 'step'; readonly phones: number; readonly held: boolean; readonly p99Ms: number | null };

/** What it says: news, and at last how it ended. `refused`: the hub takes none of its phones. */
export type DrillReport =
  | DrillNews
  | { readonly kind: 'ended'; readonly sentence: string }
  | { readonly kind: 'refused'; readonly sentence: string };
