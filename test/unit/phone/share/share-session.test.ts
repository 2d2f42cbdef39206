import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { captureScreen } from '../../../../src/renderer/phone/share/capture';
import { ShareSession } from '../../../../src/renderer/phone/share/share-session';
import { SignalingSocket } from '../../../../src/renderer/phone/share/signaling-socket';
import { usePhoneShare } from '../../../../src/renderer/phone/stores/share-store';
import { FakePeerConnection, FakeStream, FakeTrack, settle } from '../../../helpers/fake-peer-connection';

class FakeSocket {
  static readonly OPEN = 1;
  static made: FakeSocket[] = [];
  readyState = 0;
  bufferedAmount = 0;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  readonly sent: Record<string, unknown>[] = [];
  constructor() {
    FakeSocket.made.push(this);
  }
  send(text: string): void {
    this.sent.push(JSON.parse(text) as Record<string, unknown>);
  }
  close(): void {
    this.readyState = 3;
  }
  /** The test's: the hub is there. */
  opens(): void {
    this.readyState = 1;
    this.onopen?.();
    this.says({ type: 'connected', peerId: 'me' });
  }
  says(message: object): void {
    this.onmessage?.({ data: JSON.stringify(message) });
  }
  static get newest(): FakeSocket {
    const newest = FakeSocket.made.at(-1);
    if (!newest) throw new Error('There is no socket.');
    return newest;
  }
}

/** Every track that the browser gave out. */
let tracks: FakeTrack[];
/** Lets the next camera open; null: at once. */
let gate: Promise<void> | null;
let hasNoSocket: boolean;
let refusesSound: boolean;

function camera(): FakeStream {
  const track = Object.assign(new FakeTrack(), { getCapabilities: () => ({ torch: true }) });
  tracks.push(track);
  return new FakeStream([track]);
}

const screen = vi.fn(({ audio }: { audio: boolean }) =>
  audio && refusesSound
    ? Promise.reject(new DOMException('Could not start audio source', 'NotReadableError'))
    : Promise.resolve(new FakeStream([new FakeTrack()])),
);

beforeEach(() => {
  [tracks, gate, hasNoSocket, refusesSound] = [[], null, false, false];
  FakeSocket.made = [];
  vi.useFakeTimers();
  FakePeerConnection.install();
  const video = { addEventListener: () => undefined, play: () => Promise.resolve(), videoWidth: 0, videoHeight: 0 };
  vi.stubGlobal('document', {
    visibilityState: 'visible',
    addEventListener: () => undefined,
    createElement: () => ({ ...video }),
  });
  vi.stubGlobal('window', { addEventListener: () => undefined, isSecureContext: true });
  vi.stubGlobal('WebSocket', FakeSocket);
  vi.stubGlobal('navigator', {
    userAgent: 'test',
    mediaDevices: {
      getUserMedia: async () => {
        await gate;
        return camera();
      },
      getDisplayMedia: screen,
    },
  });
  usePhoneShare.setState({ share: { kind: 'off' }, trouble: null, link: 'connecting' });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const owner = {
  hubOrigin: () => 'https://192.168.1.20:8443',
  token: () => 'key',
  name: () => 'Ann',
  hasNoSocket: () => hasNoSocket,
};

async function startCamera(): Promise<ShareSession> {
  const session = new ShareSession(owner);
  await session.startCamera('environment', false);
  return session;
}

describe('a camera that is shared', () => {
  it('is off after Stop, though the other one was tapped for twice', async () => {
    const session = await startCamera();
    let open: () => void = () => undefined;
    gate = new Promise((resolve) => {
      open = resolve;
    });
    const taps = [session.switchCamera(), session.switchCamera()];
    open();
    await Promise.all(taps);
    expect(tracks.filter(({ readyState }) => readyState === 'live')).toHaveLength(1);
    session.stop();
    expect(tracks.map(({ readyState }) => readyState)).toEqual(tracks.map(() => 'ended'));
    expect(usePhoneShare.getState().share.kind).toBe('off');
  });

  it('is off when Stop came while the other one opened', async () => {
    const session = await startCamera();
    let open: () => void = () => undefined;
    gate = new Promise((resolve) => {
      open = resolve;
    });
    const tap = session.switchCamera();
    session.stop();
    open();
    await tap;
    expect(tracks.map(({ readyState }) => readyState)).toEqual(['ended', 'ended']);
  });

  it('goes to the other one, and its light on and off', async () => {
    const session = await startCamera();
    await session.switchTorch();
    expect(usePhoneShare.getState().share).toMatchObject({ facing: 'environment', torch: 'on' });
    expect(tracks[0]?.applyConstraints).toHaveBeenCalledWith({ advanced: [{ torch: true }] });
    await session.switchTorch();
    expect(usePhoneShare.getState().share).toMatchObject({ torch: 'off' });
    await session.switchCamera();
    expect(usePhoneShare.getState().share).toMatchObject({ facing: 'user', torch: 'off' });
    expect(tracks.map(({ readyState }) => readyState)).toEqual(['ended', 'live']);
    session.stop();
  });

  it('says why it ended when every operator has sent it away', async () => {
    await startCamera();
    const socket = FakeSocket.newest;
    socket.opens();
    socket.says({ type: 'peer-joined', peerId: 'room', role: 'viewer', operator: true });
    await settle();
    socket.says({ type: 'bye', from: 'room', to: 'me' });
    expect(usePhoneShare.getState()).toMatchObject({ share: { kind: 'choosing' }, trouble: 'operator-ended' });
    expect(tracks[0]?.readyState).toBe('ended');
  });
});

describe('a screen', () => {
  it('whose sound cannot be had is shared without', async () => {
    refusesSound = true;
    expect(await captureScreen()).toMatchObject({ kind: 'captured' });
    expect(screen.mock.calls.map(([{ audio }]) => audio)).toEqual([true, false]);
  });
});

describe('the socket of a share', () => {
  it('is made anew by a fresh welcome of the phone, but not twice within a second', async () => {
    const session = await startCamera();
    FakeSocket.newest.opens();
    session.welcomed();
    expect(FakeSocket.made).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(5_000);
    session.welcomed();
    expect(FakeSocket.made).toHaveLength(2);
    session.stop();
  });

  it('is asked for a word when nothing came for 15 s, and made anew when none comes', async () => {
    const session = await startCamera();
    const first = FakeSocket.newest;
    first.opens();
    await vi.advanceTimersByTimeAsync(17_000);
    expect(first.sent).toEqual([
      expect.objectContaining({ type: 'hello', token: 'key' }),
      { type: 'hello', role: 'sharer', name: 'Ann', kind: 'camera' },
    ]);
    first.says({ type: 'peers', peers: [] });
    await vi.advanceTimersByTimeAsync(14_000);
    expect(first.sent).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(first.sent).toHaveLength(3);
    expect(FakeSocket.made).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(7_000);
    expect(FakeSocket.made).toHaveLength(2);
    session.stop();
  });

  it('that the browser refuses is the reason that is told', async () => {
    hasNoSocket = true;
    const session = await startCamera();
    FakeSocket.newest.onclose?.({ code: 1006 });
    expect(usePhoneShare.getState().link).toBe('connecting');
    await vi.advanceTimersByTimeAsync(20_000);
    FakeSocket.newest.onclose?.({ code: 1006 });
    expect(usePhoneShare.getState().link).toBe('blocked');
    session.stop();
  });

  it('tells how many attempts failed in a row', async () => {
    const failures: number[] = [];
    const socket = new SignalingSocket({
      url: () => 'wss://hub/signaling',
      hello: () => ({ type: 'hello' }),
      received: () => undefined,
      lost: (count) => failures.push(count),
      refused: () => undefined,
      backOff: () => 10,
    });
    for (let attempt = 0; attempt < 3; attempt += 1) {
      FakeSocket.newest.onclose?.({ code: 1006 });
      await vi.advanceTimersByTimeAsync(10);
    }
    FakeSocket.newest.opens();
    FakeSocket.newest.onclose?.({ code: 1006 });
    expect(failures).toEqual([1, 2, 3, 1]);
    socket.close();
  });
});
