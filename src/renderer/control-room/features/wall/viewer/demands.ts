import type { Wish } from '../../../../../common/wire/sharing';

/** How large and how often somebody on this side shows a share. */
export type Demand = Pick<Wish, 'height' | 'fps'>;

/** What all places that show one share ask of it. */
export class Demands {
  readonly #places = new Map<string, Demand>();

  /** @param demand null: the place shows nothing of it any more */
  set(place: string, demand: Demand | null): void {
    if (demand) this.#places.set(place, demand);
    else this.#places.delete(place);
  }

  /** The largest of all counts; 0 and 0 when nobody looks. */
  get largest(): Demand {
    let height = 0;
    let fps = 0;
    for (const demand of this.#places.values()) {
      height = Math.max(height, demand.height);
      fps = Math.max(fps, demand.fps);
    }
    return { height, fps };
  }
}
