import type { DetectedObject } from '../../../../common/model/readings';

/** How many of one kind are in the picture, and how sure the phone is of the surest. */
export interface ObjectCount {
  readonly kind: string;
  readonly count: number;
  /** 0 to 1; null when the phone gave no score. */
  readonly bestScore: number | null;
}

/** Kinds shown at most: a phone may send any number. */
const LIMIT = 20;

export function countObjects(objects: readonly DetectedObject[]): readonly ObjectCount[] {
  const counts = new Map<string, ObjectCount>();
  for (const { class: kind, score } of objects) {
    const known = counts.get(kind);
    const scores = [known?.bestScore ?? null, score].filter((value) => value !== null);
    counts.set(kind, {
      kind,
      count: (known?.count ?? 0) + 1,
      bestScore: scores.length === 0 ? null : Math.max(...scores),
    });
  }
  return [...counts.values()].slice(0, LIMIT);
}
