import type { Demand } from './viewer/demands';

/** All there is: a phone's screen and camera have no more that a laptop would show. */
export const FULL: Demand = { height: 1080, fps: 30 };
const TILE: Demand = { height: 360, fps: 5 };
const LARGE_TILE: Demand = { height: 720, fps: 10 };
/** From this height on a picture of 360 lines looks coarse, device px. */
const LARGE_PX = 560;

/** What a tile asks for. @param heightPx of its picture, in device px */
export function demandOf(heightPx: number, isFocused: boolean): Demand {
  if (isFocused) return FULL;
  return heightPx >= LARGE_PX ? LARGE_TILE : TILE;
}
