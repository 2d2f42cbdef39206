import { afterAll, beforeAll, expect, test } from 'vitest';
import { type HubProcess, startHubProcess } from '../../helpers/hub-process';
import { removeFolder, temporaryFolder } from '../../helpers/temporary-folder';
import { WireClient } from '../../helpers/wire-client';

const HOUR = 3_600_000;

let dataDir: string;
let hub: HubProcess;
beforeAll(async () => {
  dataDir = temporaryFolder();
  hub = await startHubProcess(dataDir);
});
afterAll(async () => {
  expect(await hub.stop()).toBe(0);
  removeFolder(dataDir);
});

interface Frame {
  readonly capturedAtMs: number;
  readonly receivedAtMs: number;
  readonly correctedAtMs: number | null;
}

/** A phone whose clock is off. */
class Phone {
  readonly client: WireClient;
  readonly deviceId: string;
  offsetMs: number;
  #seq = 0;

  constructor(client: WireClient, deviceId: string, offsetMs: number) {
    this.client = client;
    this.deviceId = deviceId;
    this.offsetMs = offsetMs;
  }

  get now(): number {
    return Date.now() + this.offsetMs;
  }

  async ping(): Promise<void> {
    expect(await this.client.ask({ type: 'ping', t0: this.now })).toMatchObject({ type: 'pong' });
  }

  async at(latitude: number, ageMs = 0): Promise<void> {
    this.#seq += 1;
    const data = { timestamp: this.now - ageMs, gps: { latitude, longitude: 10 } };
    const sent = { type: 'batch', boot: 'b', live: ageMs === 0, frames: [{ seq: this.#seq, data }] };
    expect(await this.client.ask(sent)).toMatchObject({ type: 'ack', stored: 1 });
  }

  async latitude(): Promise<number | undefined> {
    const { items } = await api<{ id: string; position: { latitude: number } | null }>('devices');
    return items.find(({ id }) => id === this.deviceId)?.position?.latitude;
  }
}

async function api<T>(path: string): Promise<{ items: readonly T[] }> {
  const answer = await fetch(`${hub.ready.http}/api/v1/${path}`, {
    headers: { authorization: `Bearer ${hub.ready.viewerKey}` },
  });
  return (await answer.json()) as { items: readonly T[] };
}

async function open(username: string, offsetMs: number): Promise<Phone> {
  const url = `${hub.ready.http.replace('http', 'ws')}/pocket-parrot?key=${hub.ready.joinKey}`;
  const client = await WireClient.open(url);
  const { deviceId } = await client.ask({ type: 'handshake', username });
  return new Phone(client, String(deviceId), offsetMs);
}

test.each([
  ['2 h ahead', 2 * HOUR],
  ['2 h behind', -2 * HOUR],
])(
  'a phone %s: corrected times are the hub’s, a backfill drags nothing, a clock set midway freezes nothing',
  async (name, offsetMs) => {
    const phone = await open(name, offsetMs);
    await phone.ping();
    await phone.at(1);
    await phone.at(2);
    expect(await phone.latitude()).toBe(2);
    await phone.at(50, 3 * HOUR);
    expect(await phone.latitude()).toBe(2);

    const { items } = await api<Frame>(`frames?device=${phone.deviceId}`);
    for (const { capturedAtMs, receivedAtMs, correctedAtMs } of items.slice(0, 2)) {
      expect(Math.abs(capturedAtMs - receivedAtMs)).toBeGreaterThan(HOUR);
      expect(correctedAtMs).not.toBeNull();
      expect(Math.abs(receivedAtMs - (correctedAtMs ?? 0))).toBeLessThan(1000);
    }
    expect(Math.abs((items[2]?.receivedAtMs ?? 0) - 3 * HOUR - (items[2]?.correctedAtMs ?? 0))).toBeLessThan(1000);

    // A person sets the clock right, and wrong again; frames go on before the next ping.
    for (const [at, clock] of [
      [3, 0],
      [4, -HOUR],
      [5, HOUR],
    ] as const) {
      phone.offsetMs = clock;
      // A clock set back is told from a queue by its pace, which takes two seconds.
      await expect.poll(() => phone.at(at).then(() => phone.latitude()), { interval: 100, timeout: 5000 }).toBe(at);
      await phone.ping();
      await phone.at(at + 0.5);
      expect(await phone.latitude()).toBe(at + 0.5);
    }
    await phone.client.close();
  },
);
