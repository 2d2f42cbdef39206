import type { ShareOwner, ShareSession } from './share-session';

/**
 * Stands in for the share until the hub is reached or somebody wants one: a phone on bad radio loads what it needs to send
 * positions first.
 */
export class ShareDoor {
  readonly #owner: ShareOwner;
  #loading: Promise<ShareSession> | null = null;
  #session: ShareSession | null = null;

  constructor(owner: ShareOwner) {
    this.#owner = owner;
  }

  /** null until it was asked for; from then on the views have something to show. */
  get session(): ShareSession | null {
    return this.#session;
  }

  /** The hub is within reach: what is needed to share is fetched now, and not when it may be away. */
  welcomed(): void {
    if (this.#session) this.#session.welcomed();
    else this.#load().catch(() => undefined);
  }

  /** Asks the person what to share. Where it cannot be loaded nothing opens: without the hub nobody would see it. */
  choose(): void {
    this.#load().then(
      (session) => session.choose(),
      () => undefined,
    );
  }

  stop(): void {
    this.#session?.stop();
  }

  #load(): Promise<ShareSession> {
    this.#loading ??= this.#open().catch((error: unknown) => {
      // Worth another try.
      this.#loading = null;
      throw error;
    });
    return this.#loading;
  }

  async #open(): Promise<ShareSession> {
    const { ShareSession } = await import('./share-session');
    this.#session = new ShareSession(this.#owner);
    return this.#session;
  }
}
