/** How the wall is laid out: so many columns of tiles of this size, px; scrolled when not all fit. */
export interface WallLayout {
  readonly columns: number;
  readonly tileWidth: number;
  readonly tileHeight: number;
  readonly isScrolling: boolean;
}

/** Beyond so many, tiles get no smaller and the wall scrolls. */
const TILES_IN_VIEW = 12;
const GAP_PX = 8;
/** Below the picture: name and quality. */
const CAPTION_PX = 44;

/**
 * The columns with which the pictures come out largest.
 * @param aspect width to height of the usual picture
 */
export function layOutWall(count: number, width: number, height: number, aspect: number): WallLayout {
  const shown = Math.min(Math.max(count, 1), TILES_IN_VIEW);
  let best: WallLayout & { readonly area: number } = {
    columns: 1,
    tileWidth: Math.max(width, 0),
    tileHeight: Math.max(height, 0),
    isScrolling: false,
    area: -1,
  };
  for (let columns = 1; columns <= shown; columns += 1) {
    const rows = Math.ceil(shown / columns);
    const tileWidth = Math.floor((width - GAP_PX * (columns - 1)) / columns);
    const tileHeight = Math.floor((height - GAP_PX * (rows - 1)) / rows);
    const area = pictureArea(tileWidth, tileHeight - CAPTION_PX, aspect);
    if (area > best.area) best = { columns, tileWidth, tileHeight, isScrolling: count > shown, area };
  }
  const { columns, tileWidth, tileHeight, isScrolling } = best;
  return { columns, tileWidth, tileHeight, isScrolling };
}

/** Of a picture that fits into a box whole, px². */
function pictureArea(width: number, height: number, aspect: number): number {
  if (width <= 0 || height <= 0) return 0;
  const fitting = Math.min(width, height * aspect);
  return (fitting * fitting) / aspect;
}

/** Width to height of the picture in the middle of all, within what makes sense for a tile; 16:9 before any came. */
export function usualAspect(sizes: readonly { readonly width: number; readonly height: number }[]): number {
  const aspects = sizes.flatMap(({ width, height }) => (width > 0 && height > 0 ? [width / height] : []));
  const middle = aspects.sort((a, b) => a - b)[Math.floor(aspects.length / 2)];
  return Math.min(1.8, Math.max(0.5, middle ?? 16 / 9));
}
