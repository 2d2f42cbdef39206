import type { Peer } from '../../../../../common/wire/sharing';

/** More than a wall shows, and a bound on what hostile peers can make this page hold. */
const MOST = 64;
/** A phone has its page, an app and perhaps a WHIP sender. */
const MOST_OF_ONE = 4;

/** What a share that is there counts for. */
export interface Placed {
  readonly shareId: string;
  readonly deviceId: string | null;
  /** Where a share of nobody known comes from; null when not known. */
  readonly fromAddress: string | null;
}

/** Whether there is a place on the wall, and which share has to go for it. */
export type Place = { readonly kind: 'none' } | { readonly kind: 'free'; readonly insteadOf: string | null };

/**
 * The place of one more share. Paired phones come before strangers: those are what the wall is for.
 * @param present in the order of their coming
 */
export function placeFor({ deviceId, fromAddress }: Peer, present: readonly Placed[]): Place {
  const ofSame = present.filter((one) =>
    deviceId === null ? one.deviceId === null && one.fromAddress === fromAddress : one.deviceId === deviceId,
  );
  // Programs of this laptop itself are its operator's own.
  const isBound = deviceId !== null || (fromAddress !== null && !isLoopback(fromAddress));
  if (isBound && ofSame.length >= MOST_OF_ONE) return { kind: 'none' };
  if (present.length < MOST) return { kind: 'free', insteadOf: null };
  const stranger = present.findLast((one) => one.deviceId === null);
  return deviceId === null || !stranger ? { kind: 'none' } : { kind: 'free', insteadOf: stranger.shareId };
}

const isLoopback = (address: string): boolean => address === '::1' || /^(::ffff:)?127\./.test(address);
