import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keepPinging } from '../../../../src/renderer/phone/link/keep-pinging';
import { Link } from '../../../../src/renderer/phone/link/link';
import { toPhoneStatus } from '../../../../src/renderer/phone/link/phone-status';
import { type ReportedStatus, StatusReporter } from '../../../../src/renderer/phone/link/status-reporter';
import { usePhone } from '../../../../src/renderer/phone/stores/phone-store';
import { send, TestHub, WELCOME, wayTo } from './test-hub';

let hub: TestHub;
let link: Link;

beforeEach(async () => {
  hub = await TestHub.start((message, socket) => {
    if (message.type === 'handshake') send(socket, WELCOME);
    if (message.type === 'ping') send(socket, { type: 'pong', t0: message.t0, t1: 5_000, t2: 5_001 });
  });
  link = new Link({
    ...wayTo(hub.url),
    handshake: () => ({ type: 'handshake' }),
    welcomed: () => undefined,
    keyRefused: () => false,
    backOff: () => 10,
  });
});

afterEach(async () => {
  link.stop();
  await hub.stop();
});

describe('pings', () => {
  it('go out with the welcome and now and then, by the clock of the phone, and measure the round trip', async () => {
    const measured: (number | null)[] = [];
    keepPinging(link, (measure) => measured.push(measure?.roundTripMs ?? null), 10);
    const startedAtMs = Date.now();
    link.start();
    await vi.waitFor(() => expect(measured.length).toBeGreaterThanOrEqual(3));
    expect(hub.received[1]).toEqual({ type: 'ping', t0: expect.any(Number) as number });
    expect(hub.of('ping')[0]?.t0).toBeGreaterThanOrEqual(startedAtMs);
    for (const roundTripMs of measured) expect(roundTripMs).toBeGreaterThanOrEqual(0);
    // On a slow machine the clock's ping may go out before the first pong is here.
    const pings = hub.of('ping');
    const at = pings.findIndex(({ last }) => last !== undefined);
    const earlier = pings.slice(0, at).map(({ t0 }) => t0);
    expect(pings[at]?.last).toEqual({
      t0: expect.any(Number) as number,
      t1: 5_000,
      t2: 5_001,
      t3: expect.any(Number) as number,
    });
    const last = pings[at]?.last as { readonly t0: number } | undefined;
    expect(earlier).toContain(last?.t0);
    link.stop();
    expect(measured.at(-1)).toBeNull();
  });

  it('stop with the link', async () => {
    keepPinging(link, () => undefined, 5);
    link.start();
    await vi.waitFor(() => expect(hub.of('ping').length).toBeGreaterThanOrEqual(2));
    link.stop();
    await vi.waitFor(() => expect(hub.sockets).toHaveLength(0));
    const sent = hub.of('ping').length;
    link.start();
    await vi.waitFor(() => expect(hub.of('ping').length).toBeGreaterThan(sent));
    // Nothing of the old socket is said on the new one.
    expect(hub.of('ping')[sent]?.last).toBeUndefined();
    expect(hub.connections).toBe(2);
  });
});

describe('the status', () => {
  let status: ReportedStatus;
  const queuedOf = () => hub.of('status').map(({ queued }) => queued);
  beforeEach(() => {
    status = { battery: 0.5, charging: false, visibility: 'visible', queued: 0, captured: 0, permissions: {} };
  });

  it('goes out on connect, as it then is', async () => {
    const reporter = new StatusReporter(link, () => status);
    reporter.changed();
    status = { ...status, queued: 7 };
    link.start();
    await vi.waitFor(() => expect(hub.of('status')).toEqual([{ type: 'status', ...status }]));
  });

  it('goes out at most once a gap, with the newest', async () => {
    const reporter = new StatusReporter(link, () => status, { gapMs: 80 });
    link.start();
    await vi.waitFor(() => expect(queuedOf()).toEqual([0]));
    const connectedAt = performance.now();
    for (let queued = 1; queued <= 20; queued++) {
      status = { ...status, queued };
      reporter.changed();
    }
    await vi.waitFor(() => expect(queuedOf()).toEqual([0, 20]));
    expect(performance.now() - connectedAt).toBeGreaterThan(40);
    reporter.changed();
    reporter.tell();
    await vi.waitFor(() => expect(queuedOf()).toEqual([0, 20, 20]));
  });

  it('goes out now and then without a change', async () => {
    new StatusReporter(link, () => status, { quietMs: 10 }).changed();
    link.start();
    await vi.waitFor(() => expect(queuedOf().length).toBeGreaterThanOrEqual(3));
  });

  it('is made of what the screen shows', () => {
    const { readings, sensors } = usePhone.getState();
    const state = {
      counts: { ...usePhone.getState().counts, captured: 12, delivered: 7, refused: 1, waiting: 4, capturedHere: 9 },
      readings: { ...readings, battery: 0.4, isCharging: true },
      sensors: {
        ...sensors,
        position: { kind: 'on' },
        orientation: { kind: 'refused', hint: 'motion-refused' },
        motion: { kind: 'missing', hint: 'not-given' },
      },
    } as const;
    expect(toPhoneStatus(state, 'hidden')).toEqual({
      battery: 0.4,
      charging: true,
      visibility: 'hidden',
      queued: 4,
      captured: 9,
      permissions: { position: 'granted', orientation: 'denied', motion: 'unavailable' },
    });
  });
});
