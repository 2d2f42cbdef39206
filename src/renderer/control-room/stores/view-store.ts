import { create } from 'zustand';
import type { RosterSort, RosterSortKey } from '../features/roster/roster-order';
import { type LiveDevices, personOf, useLiveStore } from './live-store';

/** The dialogs, one at a time: `pairing`, `sessions`, `start-session`, `stop-session`, or the name of a tool. */
type Dialog = string | null;

/** A wish for the map, carried out once. */
export type MapWish = { readonly kind: 'fit-all' } | { readonly kind: 'centre'; readonly deviceId: string };

/** Totals of a way: from every position, or without those in doubt. */
export type TrackKind = 'raw' | 'clean';

/** What fills the middle: the map, the shared screens, or each a half. */
type Middle = 'map' | 'screens' | 'both';

interface ViewState {
  readonly middle: Middle;
  /** Of who is in the list: whom the operator chose, or who that one is shown as. */
  readonly selectedId: string | null;
  /** Whom the operator chose: should they be merged into somebody and taken apart again, it is them once more. */
  readonly chosenId: string | null;
  readonly hoveredId: string | null;
  /** The map stays on this device until the operator drags it away. */
  readonly followedId: string | null;
  readonly search: string;
  readonly sort: RosterSort;
  readonly dialog: Dialog;
  readonly showTrails: boolean;
  readonly trackKind: TrackKind;
  readonly mapWish: MapWish | null;
  readonly show: (middle: Middle) => void;
  readonly select: (deviceId: string | null) => void;
  readonly hover: (deviceId: string | null) => void;
  readonly follow: (deviceId: string | null) => void;
  /** Somebody may have been merged or taken apart, in another control room too. */
  readonly settle: (devices: LiveDevices) => void;
  readonly setSearch: (search: string) => void;
  /** The same key again turns the direction round. */
  readonly sortBy: (key: RosterSortKey) => void;
  readonly open: (dialog: Dialog) => void;
  readonly toggleTrails: () => void;
  readonly setTrackKind: (kind: TrackKind) => void;
  readonly wish: (wish: MapWish | null) => void;
}

/** Which way round a column is first sorted: names from A, the rest from the most telling end. */
const FIRST_DIRECTION: Record<RosterSortKey, RosterSort['direction']> = {
  name: 'rising',
  rate: 'falling',
  frames: 'falling',
  battery: 'rising',
  lastSeen: 'falling',
};

export const useViewStore = create<ViewState>()((set) => ({
  middle: 'map',
  selectedId: null,
  chosenId: null,
  hoveredId: null,
  followedId: null,
  search: '',
  sort: { key: 'name', direction: 'rising' },
  dialog: null,
  showTrails: true,
  trackKind: 'clean',
  mapWish: null,
  show: (middle) => set({ middle }),
  select: (selectedId) =>
    set((state) => ({
      selectedId,
      chosenId: selectedId,
      followedId: selectedId === null ? null : state.followedId,
    })),
  hover: (hoveredId) => set({ hoveredId }),
  follow: (followedId) => set({ followedId }),
  settle: (devices) =>
    set((state) => {
      const selectedId = shownAs(devices, state.chosenId);
      const isFollowed = state.followedId !== null && state.followedId === state.selectedId;
      const followedId = isFollowed ? selectedId : shownAs(devices, state.followedId);
      return selectedId === state.selectedId && followedId === state.followedId ? state : { selectedId, followedId };
    }),
  setSearch: (search) => set({ search }),
  sortBy: (key) => set((state) => ({ sort: nextSort(state.sort, key) })),
  open: (dialog) => set({ dialog }),
  setTrackKind: (trackKind) => set({ trackKind }),
  toggleTrails: () => set((state) => ({ showTrails: !state.showTrails })),
  wish: (mapWish) => set({ mapWish }),
}));

/** Who is not in the list at all stays who it is: they may come again. */
const shownAs = (devices: LiveDevices, deviceId: string | null): string | null =>
  personOf(devices, deviceId)?.deviceId ?? deviceId;

useLiveStore.subscribe(({ devices }) => useViewStore.getState().settle(devices));

function nextSort(sort: RosterSort, key: RosterSortKey): RosterSort {
  if (sort.key !== key) return { key, direction: FIRST_DIRECTION[key] };
  return { key, direction: sort.direction === 'rising' ? 'falling' : 'rising' };
}
