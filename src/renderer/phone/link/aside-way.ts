import type { Link } from './link';
import { type Parcel, toText } from './parcel';

/** Where requests fail so often while the socket holds, what is big goes over the socket after all. */
const PATIENCE = 2;

/** How photos and notes leave: beside the link, so that no position and no SOS waits behind two megabytes. */
export class AsideWay {
  readonly #link: Link;
  readonly #failed: (parcel: Parcel) => void;
  #giveUp: (() => void) | null = null;
  #failures = 0;
  #isAside = true;

  /** `failed`: it did not get through; it is worth another try. */
  constructor(link: Link, failed: (parcel: Parcel) => void) {
    this.#link = link;
    this.#failed = failed;
  }

  /** Whether what was sent last went beside the link. */
  get isAside(): boolean {
    return this.#isAside;
  }

  send(parcel: Parcel): boolean {
    this.#isAside = this.#failures < PATIENCE;
    if (!this.#isAside) return this.#link.send(toText(parcel));
    this.#giveUp = this.#link.sendAside(toText(parcel), () => {
      this.#failures += 1;
      this.#failed(parcel);
    });
    return this.#giveUp !== null;
  }

  /** Nothing came back in time: only this one is tried again, the link may be well. */
  timedOut(): void {
    if (!this.#isAside) {
      this.#link.fail();
      return;
    }
    // Slow is no reason to put it in front of everything else.
    this.#failures -= 1;
    this.#giveUp?.();
  }

  succeed(): void {
    this.#failures = 0;
  }
}
