import type { HubClient } from '../../../../../common/contract/client';
import type { MjpegSource } from '../../../../../common/model/mjpeg-source';
import { useMjpegStore } from '../../../stores/mjpeg-store';
import { useShareStore } from '../../../stores/share-store';
import type { Demand } from '../viewer/demands';
import { PulledShare } from './pulled-share';

/** Screens that the hub pulls as pictures: keeps the share store true of them, and asks for those that are looked at. */
export class MjpegViewer {
  #client: HubClient | null = null;
  readonly #shares = new Map<string, PulledShare>();
  readonly #demands = new Map<string, Map<string, Demand>>();

  /** Goes on over a fresh link to the hub. */
  async attach(client: HubClient): Promise<void> {
    this.#client = client;
    client.on('mjpeg.changed', ({ sources }) => {
      if (this.#client === client) this.#take(sources);
    });
    const { sources } = await client.request('mjpeg.list', {});
    this.#take(sources);
  }

  /** The link has gone, and the pictures with it. */
  detach(): void {
    this.#client = null;
    for (const share of this.#shares.values()) share.attach(null);
  }

  /** What one place shows of a share; null: nothing any more. */
  demand(shareId: string, place: string, demand: Demand | null): void {
    const places = this.#demands.get(shareId) ?? new Map<string, Demand>();
    if (demand) places.set(place, demand);
    else places.delete(place);
    if (places.size > 0) this.#demands.set(shareId, places);
    else this.#demands.delete(shareId);
    this.#shares.get(shareId)?.want(fastest(places));
  }

  #take(sources: readonly MjpegSource[]): void {
    useMjpegStore.getState().setSources(sources);
    const present = useMjpegStore.getState().sources;
    for (const [shareId, share] of this.#shares) {
      if (present.has(shareId)) continue;
      this.#shares.delete(shareId);
      useShareStore.getState().remove(shareId);
      share.close();
    }
    for (const [shareId, source] of present) {
      const share = this.#shares.get(shareId) ?? this.#begin(shareId, source);
      share.follow(source);
      share.attach(this.#client);
    }
  }

  #begin(shareId: string, source: MjpegSource): PulledShare {
    const share = new PulledShare(source, (view) => useShareStore.getState().put(view));
    this.#shares.set(shareId, share);
    share.want(fastest(this.#demands.get(shareId) ?? new Map()));
    return share;
  }
}

/** Pictures a second that some place wants; the size is as the phone sends it. */
const fastest = (places: ReadonlyMap<string, Demand>): number =>
  Math.max(0, ...[...places.values()].map(({ fps }) => fps));

/** The one of this page. */
export const mjpegViewer: MjpegViewer = new MjpegViewer();
