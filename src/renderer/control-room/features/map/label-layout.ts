/** A marker at (x, y), px, and the size of the label to the right of it. */
export interface LabelBox {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Shown whatever it covers: selected or hovered. */
  readonly isWanted: boolean;
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** From the middle of the marker to where its label begins, px. */
const LABEL_OFFSET_PX = 19;
const MARKER_RADIUS_PX = 13;

/** The labels that can be shown without covering another marker or label; the wanted ones always, and first. */
export function chooseLabels(boxes: readonly LabelBox[]): ReadonlySet<string> {
  const taken: Box[] = [];
  const shown = new Set<string>();
  const discs = boxes.map(({ id, x, y }) => ({ id, ...around(x, y) }));
  const order = [...boxes].sort((a, b) => Number(b.isWanted) - Number(a.isWanted) || (a.id < b.id ? -1 : 1));
  for (const { id, x, y, width, height, isWanted } of order) {
    const label: Box = {
      left: x + LABEL_OFFSET_PX,
      right: x + LABEL_OFFSET_PX + width,
      top: y - height / 2,
      bottom: y + height / 2,
    };
    const isFree =
      !taken.some((other) => overlaps(other, label)) && !discs.some((disc) => disc.id !== id && overlaps(disc, label));
    if (!isWanted && !isFree) continue;
    taken.push(label);
    shown.add(id);
  }
  return shown;
}

function around(x: number, y: number): Box {
  return {
    left: x - MARKER_RADIUS_PX,
    right: x + MARKER_RADIUS_PX,
    top: y - MARKER_RADIUS_PX,
    bottom: y + MARKER_RADIUS_PX,
  };
}

function overlaps(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
