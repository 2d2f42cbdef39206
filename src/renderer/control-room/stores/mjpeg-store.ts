import { create } from 'zustand';
import type { MjpegSource } from '../../../common/model/mjpeg-source';

interface MjpegState {
  /** By share id; see {@link mjpegShareId}. */
  readonly sources: ReadonlyMap<string, MjpegSource>;
  readonly setSources: (sources: readonly MjpegSource[]) => void;
}

/** The screens that the hub pulls, as it tells them. */
export const useMjpegStore = create<MjpegState>()((set) => ({
  sources: new Map(),
  setSources: (sources) => set({ sources: new Map(sources.map((source) => [mjpegShareId(source), source])) }),
}));

/** Stays the same when the hub pulls it anew, as after a PIN was given. */
export const mjpegShareId = ({ deviceId, address }: Pick<MjpegSource, 'deviceId' | 'address'>): string =>
  `mjpeg:${deviceId ?? address}`;
