import { notifications } from '@mantine/notifications';
import { useClockStore } from '../../stores/clock-store';
import { personOf, useLiveStore } from '../../stores/live-store';
import { type ShareView, useShareStore } from '../../stores/share-store';
import { FULL } from './demand';
import { demandShare } from './demand-share';
import { healthWords, nameOf } from './share-words';
import { shownShares } from './shown-shares';
import { type Turn, useWallStore } from './wall-store';

/** What the projector's window shows; it takes it from the window that opened it, so no phone sends it twice. */
export interface Projected {
  readonly name: string;
  readonly stream: MediaStream | null;
  readonly pictureUrl: string | null;
  /** As on the wall. */
  readonly turn: Turn;
  readonly isFilled: boolean;
  /** Why what is seen is old, in a word or two; null while it is live. */
  readonly stall: string | null;
}

/** The way to it, on the window that opened the projector's. */
export interface ProjectorSource {
  /** Calls at once and on each change, until the returned function is called. null: nothing is shared. */
  watch(listener: (shown: Projected | null) => void): () => void;
}

declare global {
  interface Window {
    perchProjector?: ProjectorSource;
  }
}

/** Its page: this one, with a mark that main.tsx knows. */
export const PROJECTOR_HASH = '#projector';
const PLACE = 'projector';

/** A window to drag to a second screen: the focused share, or the first, and nothing else. */
export function openProjector(): void {
  window.perchProjector = { watch };
  const opened = window.open(`${location.pathname}${PROJECTOR_HASH}`, 'perch-projector', 'popup,width=1280,height=720');
  if (opened) {
    // It lives on what this window hands it, and must not keep the app open when this one is closed.
    window.addEventListener('pagehide', () => opened.close(), { once: true });
    return;
  }
  notifications.show({
    color: 'red',
    title: 'The window was not opened',
    message: 'The browser blocks new windows. Allow them for this page, then try again.',
  });
}

function watch(listener: (shown: Projected | null) => void): () => void {
  let demandedId: string | null = null;
  const demand = (shareId: string | null): void => {
    if (shareId === demandedId) return;
    if (demandedId !== null) demandShare(demandedId, PLACE, null);
    if (shareId !== null) demandShare(shareId, PLACE, FULL);
    demandedId = shareId;
  };
  const show = (): void => {
    const share = shownShare();
    demand(share?.shareId ?? null);
    listener(share && project(share));
  };
  const stops = [useShareStore.subscribe(show), useWallStore.subscribe(show), useClockStore.subscribe(show)];
  show();
  return () => {
    for (const stop of stops) stop();
    demand(null);
  };
}

function project(share: ShareView): Projected {
  const { turns, filled } = useWallStore.getState();
  const { nowMs, offsetMs } = useClockStore.getState();
  const isOld = share.health === 'frozen' || share.health === 'lost';
  return {
    name: personName(share),
    stream: share.stream,
    pictureUrl: share.pictureUrl,
    turn: turns.get(share.shareId) ?? 0,
    isFilled: filled.has(share.shareId),
    stall: isOld ? healthWords(share, nowMs - offsetMs) : null,
  };
}

function shownShare(): ShareView | null {
  const { shares } = useShareStore.getState();
  const { focusedId, hidden } = useWallStore.getState();
  const focused = focusedId === null ? undefined : shares.get(focusedId);
  const [first] = shownShares(shares, hidden);
  return focused ?? first ?? null;
}

const personName = (share: ShareView): string =>
  personOf(useLiveStore.getState().devices, share.deviceId)?.name ?? nameOf(share);
