import { Credentials } from '../../../src/renderer/phone/identity/credentials';
import { keepJoinKey } from '../../../src/renderer/phone/identity/join-key';
import { KnownHub } from '../../../src/renderer/phone/identity/known-hub';
import { randomId } from '../../../src/renderer/phone/identity/random-id';
import { Delivery } from '../../../src/renderer/phone/link/delivery';
import { makeHubLink } from '../../../src/renderer/phone/link/hub-link';
import type { Link } from '../../../src/renderer/phone/link/link';
import type { Dial } from '../../../src/renderer/phone/link/wire';
import { FrameQueue } from '../../../src/renderer/phone/queue/frame-queue';

/** The phone page's own queue, link and delivery, without its page. */
export interface Engine {
  readonly queue: FrameQueue;
  readonly link: Link;
  readonly delivery: Delivery;
  /** Each welcome's way. */
  readonly dials: Dial[];
  readonly heard: unknown[];
  /** Whether the operator lets it in, as told with each welcome and each answer. */
  readonly approvals: string[];
  readonly failures: unknown[];
}

/** localStorage, for a phone that lives in a test. */
export function makeStorage(): Storage {
  const items = new Map<string, string>();
  return {
    getItem: (name: string) => items.get(name) ?? null,
    setItem: (name: string, value: string) => void items.set(name, value),
    removeItem: (name: string) => void items.delete(name),
  } as Storage;
}

/** A phone that came to this address with a join key. `fill`: before it connects. */
export async function startEngine(
  joined: string,
  joinKey: string,
  databaseName: string,
  fill: (queue: FrameQueue) => Promise<unknown> = () => Promise.resolve(),
  /** Of an earlier page load. */
  storage = makeStorage(),
): Promise<Engine> {
  keepJoinKey(storage, joinKey);
  const boot = { name: `boot ${randomId()}`, openedAtMs: Date.now() };
  const queue = await FrameQueue.open(boot, databaseName);
  const { hubId } = (await (await fetch(`${joined}/ca.json`)).json()) as { hubId: string };
  const dials: Dial[] = [];
  const heard: unknown[] = [];
  const approvals: string[] = [];
  const failures: unknown[] = [];
  const link = makeHubLink({
    credentials: new Credentials(storage, joinKey, hubId),
    hub: new KnownHub(storage),
    joined,
    climbMs: 300,
    backOff: () => 100,
    describe: () => ({ client: 'perch-phone', version: '1', username: databaseName }),
    welcomed: ({ state, hubId }, dial) => {
      void queue.meet(hubId);
      dials.push(dial);
      approvals.push(state);
      if (state === 'active') delivery.resume();
    },
  });
  const delivery = new Delivery(queue, link, {
    settled: () => undefined,
    wordStored: () => undefined,
    refused: (_count, reason) => failures.push(reason),
    held: () => undefined,
    approval: (state) => approvals.push(state),
    drained: () => undefined,
    failed: (error) => failures.push(error),
  });
  link.listen({ stateChanged: () => undefined, received: (message) => heard.push(message), lost: () => undefined });
  await fill(queue);
  link.start();
  return { queue, link, delivery, dials, heard, approvals, failures };
}
