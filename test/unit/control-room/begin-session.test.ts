import { beforeEach, describe, expect, it, vi } from 'vitest';
import { HubError } from '../../../src/common/contract/errors';
import { REQUESTS } from '../../../src/common/contract/requests';
import { type HubConnection, type RequestHandlers, serveHub } from '../../../src/common/contract/server';
import { CONTRACT_VERSION } from '../../../src/common/contract/version';
import type { Session } from '../../../src/common/model/session';
import { createMemoryTransports } from '../../../src/common/rpc/memory-transport';
import { askHub } from '../../../src/renderer/control-room/connect/ask-hub';
import { beginSession } from '../../../src/renderer/control-room/connect/begin-session';
import { IncompatibleError } from '../../../src/renderer/control-room/connect/hub-link';
import { useAlertStore } from '../../../src/renderer/control-room/stores/alert-store';
import { useClockStore } from '../../../src/renderer/control-room/stores/clock-store';
import { useConnectionStore } from '../../../src/renderer/control-room/stores/connection-store';
import { useExportStore } from '../../../src/renderer/control-room/stores/export-store';
import { useLiveStore } from '../../../src/renderer/control-room/stores/live-store';
import { useSessionStore } from '../../../src/renderer/control-room/stores/session-store';
import { trails } from '../../../src/renderer/control-room/stores/trails';
import { liveDevice, placedDevice } from './live-device';

const HOUR_MS = 3_600_000;
const session = (sessionId: string): Session => ({
  sessionId,
  name: `Session ${sessionId}`,
  startedAtMs: 1_000,
  endedAtMs: null,
  frames: 3,
  devices: 2,
});
const unused = (): never => {
  throw new HubError('not_found', 'This hub has nothing of the kind.');
};

/** A hub of typed handlers on a memory transport; its clock is an hour ahead of ours. */
function serve(given: Partial<RequestHandlers> = {}, contractVersion = CONTRACT_VERSION) {
  const [ours, theirs] = createMemoryTransports();
  const none = Object.fromEntries(Object.keys(REQUESTS).map((name) => [name, unused])) as unknown as RequestHandlers;
  const handlers: RequestHandlers = {
    ...none,
    'hub.hello': () => ({
      contractVersion,
      hubId: 'hub',
      version: '0.1.0',
      role: 'operator',
      capabilities: ['native.saveDialog'],
      nowMs: Date.now() + HOUR_MS,
      startedAtMs: 0,
      dataFolder: '/data',
    }),
    'live.subscribe': () => ({
      session: session('s1'),
      devices: [placedDevice('a', 1, 1, 1_000), liveDevice('b')],
      alerts: [{ id: 'x', severity: 'warning', sentence: 'Something.', tip: null, raisedAtMs: 5, acknowledged: null }],
    }),
    ...given,
  };
  const hub: HubConnection = serveHub(theirs, 'operator', handlers, (error) => {
    throw error;
  });
  return { ours, theirs, hub };
}

const ids = (): string[] => [...useLiveStore.getState().devices.keys()];
const batch = { nowMs: Date.now() + HOUR_MS, removed: [], mergedFrames: 1 };

beforeEach(() => {
  useLiveStore.setState({ devices: new Map(), isLoaded: false });
  useExportStore.setState({ jobs: [], early: new Map() });
  useConnectionStore.setState({ client: null, hello: null });
});

describe('beginSession', () => {
  it('fills every store, and takes the clock of the hub', async () => {
    const { ours } = serve();
    await beginSession(ours);
    expect(ids()).toEqual(['a', 'b']);
    expect(useSessionStore.getState().current?.name).toBe('Session s1');
    expect(useAlertStore.getState().alerts).toHaveLength(1);
    expect(useConnectionStore.getState().hello?.capabilities).toEqual(['native.saveDialog']);
    expect(trails.points('a')).toHaveLength(1);
    expect(Math.abs(useClockStore.getState().nowMs - Date.now() - HOUR_MS)).toBeLessThan(5_000);
  });

  it('follows the events that come after', async () => {
    const { ours, hub } = serve();
    await beginSession(ours);
    hub.emit('live.batch', { ...batch, devices: [placedDevice('a', 1, 2, 2_000)], removed: ['b'] });
    hub.emit('alert.raised', {
      id: 'y',
      severity: 'critical',
      sentence: 'Worse.',
      tip: 'Run.',
      raisedAtMs: 9,
      acknowledged: null,
    });
    hub.emit('alert.cleared', { id: 'x' });
    await vi.waitFor(() => expect(useAlertStore.getState().alerts.map(({ id }) => id)).toEqual(['y']));
    expect(ids()).toEqual(['a']);
    expect(trails.points('a')).toHaveLength(2);
  });

  it('keeps events that overtake the state they build on', async () => {
    const served = serve({
      'live.subscribe': () => {
        served.hub.emit('live.batch', { ...batch, devices: [liveDevice('late')] });
        return { session: session('s1'), devices: [liveDevice('a')], alerts: [] };
      },
    });
    await beginSession(served.ours);
    expect(ids()).toEqual(['a', 'late']);
  });

  it('forgets the trails when another session begins', async () => {
    const { ours, hub } = serve();
    await beginSession(ours);
    hub.emit('session.changed', { session: session('s2') });
    await vi.waitFor(() => expect(useSessionStore.getState().current?.sessionId).toBe('s2'));
    expect(trails.points('a')).toEqual([]);
  });

  it('replaces everything on the next link', async () => {
    await beginSession(serve().ours);
    const again = serve({
      'live.subscribe': () => ({ session: session('s1'), devices: [liveDevice('c')], alerts: [] }),
    });
    await beginSession(again.ours);
    expect(ids()).toEqual(['c']);
    expect(useAlertStore.getState().alerts).toEqual([]);
  });

  it('refuses a hub of another contract and touches nothing', async () => {
    const { ours } = serve({}, CONTRACT_VERSION + 1);
    await expect(beginSession(ours)).rejects.toBeInstanceOf(IncompatibleError);
    expect(useLiveStore.getState().isLoaded).toBe(false);
  });
});

describe('askHub', () => {
  it('hands on the code and the sentence of a refusal', async () => {
    await beginSession(serve().ours);
    await expect(askHub('pairing.get', {})).rejects.toMatchObject({ code: 'not_found' });
  });

  it('refuses at once while there is no link', async () => {
    await expect(askHub('session.list', {})).rejects.toMatchObject({ code: 'disconnected' });
  });
});

describe('exports', () => {
  it('keep progress that comes before the answer that names the job', () => {
    const { progress, begin } = useExportStore.getState();
    const done = {
      exportId: 'e',
      state: 'done',
      frames: 1,
      totalFrames: 1,
      bytes: 9,
      path: null,
      message: null,
    } as const;
    progress(done);
    begin({ exportId: 'e', sessionId: 's1', title: 'Day 1' });
    expect(useExportStore.getState().jobs).toEqual([
      { exportId: 'e', sessionId: 's1', title: 'Day 1', progress: done },
    ]);
    expect(useExportStore.getState().early.size).toBe(0);
  });
});
