import { createHubClient, type HubClient } from '../../src/common/contract/client';
import { EVENTS, type EventName, type EventPayload } from '../../src/common/contract/events';
import type { ContractLink } from './contract-host';

/** How long an event may take: far more than any has to. */
const PATIENCE_MS = 10_000;

/** Requests answered and events heard by any room, so that the suite can tell what it left out. */
export const exercised = { requests: new Set<string>(), events: new Set<string>() };

/** A control room without a screen: it asks, and keeps every event it hears. */
export class Room {
  readonly client: HubClient;
  readonly close: () => void;
  readonly #heard: Array<{ readonly name: EventName; readonly payload: unknown }> = [];
  readonly #waiting = new Set<() => void>();

  constructor({ transport }: ContractLink) {
    const client = createHubClient(transport);
    this.client = {
      on: (name, listener) => client.on(name, listener),
      request: async (name, params) => {
        const result = await client.request(name, params);
        exercised.requests.add(name);
        return result;
      },
    };
    this.close = () => transport.close();
    for (const name of Object.keys(EVENTS) as EventName[]) {
      client.on(name, (payload) => {
        exercised.events.add(name);
        this.#heard.push({ name, payload });
        for (const look of this.#waiting) look();
      });
    }
  }

  /** All events of this name so far, oldest first. */
  heard<N extends EventName>(name: N): ReadonlyArray<EventPayload<N>> {
    return this.#heard.flatMap((one) => (one.name === name ? [one.payload as EventPayload<N>] : []));
  }

  /** The first event of this name that fits, past or coming. */
  event<N extends EventName>(name: N, fits: (payload: EventPayload<N>) => boolean): Promise<EventPayload<N>> {
    return this.until(name, () => this.heard(name).find(fits));
  }

  /** What `find` gives once it gives something; it looks at each event. */
  until<T>(what: string, find: () => T | undefined): Promise<T> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const found = find();
        if (found === undefined) return;
        clearTimeout(timer);
        this.#waiting.delete(look);
        resolve(found);
      };
      const timer = setTimeout(() => {
        this.#waiting.delete(look);
        reject(new Error(`${what} did not come in ${PATIENCE_MS} ms; heard ${JSON.stringify(this.#heard.slice(-5))}`));
      }, PATIENCE_MS);
      this.#waiting.add(look);
      look();
    });
  }
}
