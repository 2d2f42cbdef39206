import { create } from 'zustand';
import type { LiveDevice } from '../../../common/model/live-device';
import type { ShareKind, SharePath, ShareSource } from '../../../common/model/share';

/** What a share's pictures are worth, over the last second. */
export interface ShareQuality {
  /** Of the picture as it comes, px. */
  readonly width: number;
  readonly height: number;
  readonly framesPerS: number;
  readonly kilobitsPerS: number;
  /** null where there is none to measure, as with snapshots. */
  readonly roundTripMs: number | null;
  /** Since the share began. */
  readonly freezes: number;
}

/**
 * How a share is: no picture yet; moving; standing still although it should move; not asked for just now; its phone out
 * of reach; waiting for a PIN, or refusing.
 */
export type ShareHealth = 'connecting' | 'live' | 'frozen' | 'paused' | 'lost' | 'locked';

/** One share, as the wall shows it. */
export interface ShareView {
  /** Stays the same when its phone comes back. */
  readonly shareId: string;
  /** Null: a page or sender that is no phone of ours. */
  readonly deviceId: string | null;
  /** What it calls itself; null when it does not. */
  readonly peerName: string | null;
  readonly kind: ShareKind | null;
  readonly source: ShareSource;
  readonly health: ShareHealth;
  readonly path: SharePath | null;
  /** Its tracks, live; null before they came, and where there are only pictures. */
  readonly stream: MediaStream | null;
  readonly hasAudio: boolean;
  /** blob: URL of the newest picture, where the share comes as pictures. */
  readonly pictureUrl: string | null;
  readonly quality: ShareQuality | null;
  /** This machine's clock. */
  readonly beganAtMs: number;
  /** When the last new picture came; null before the first. */
  readonly lastFrameAtMs: number | null;
}

interface ShareState {
  /** By share id, in the order of their coming. */
  readonly shares: ReadonlyMap<string, ShareView>;
  readonly put: (share: ShareView) => void;
  readonly remove: (shareId: string) => void;
}

export const useShareStore = create<ShareState>()((set) => ({
  shares: new Map(),
  put: (share) => set(({ shares }) => ({ shares: new Map(shares).set(share.shareId, share) })),
  remove: (shareId) =>
    set(({ shares }) => {
      if (!shares.has(shareId)) return {};
      const left = new Map(shares);
      left.delete(shareId);
      return { shares: left };
    }),
}));

type Sharer = Pick<LiveDevice, 'deviceId' | 'merged'>;

/** The share of a person, or null; renders only when that one changes. */
export function useShareOf(person: Sharer | null): ShareView | null {
  return useShareStore(({ shares }) => (person ? shareOf(shares, person) : null));
}

/** The first share of a person: they have one, unless an app or another page of theirs shares as well. */
export function shareOf(shares: ReadonlyMap<string, ShareView>, { deviceId, merged }: Sharer): ShareView | null {
  for (const share of shares.values()) {
    if (share.deviceId !== null && (share.deviceId === deviceId || merged.includes(share.deviceId))) return share;
  }
  return null;
}
