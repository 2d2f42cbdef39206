import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { HubClient } from '../../../../src/common/contract/client';
import { Viewer } from '../../../../src/renderer/control-room/features/wall/viewer/viewer';
import { useShareStore } from '../../../../src/renderer/control-room/stores/share-store';
import { FakePeerConnection, FakeTrack, settle } from '../../../helpers/fake-peer-connection';

type Message = Readonly<Record<string, unknown>>;

const SDP = 'v=0\r\na=fingerprint:sha-256 AA\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\n';
const ANN = {
  peerId: 'ann',
  role: 'sharer',
  name: 'Ann',
  kind: 'screen',
  source: 'webrtc',
  operator: false,
  deviceId: 'd1',
  fromAddress: '192.168.1.31',
  toAddress: '192.168.1.20',
};
const stranger = (peerId: string, change: object = {}): Message => ({
  ...ANN,
  role: null,
  name: null,
  peerId,
  deviceId: null,
  ...change,
});

let sent: Message[];
let receive: (message: Message) => void;

/** A viewer that has joined a hub on which these are. */
async function open(peers: readonly Message[]): Promise<Viewer> {
  sent = [];
  let listener: (payload: { message: Message }) => void = () => undefined;
  receive = (message) => listener({ message });
  const client = {
    on: (_event: string, to: typeof listener) => {
      listener = to;
    },
    request: (name: string, { message }: { message?: Message }) => {
      if (name === 'signaling.join') return Promise.resolve({ peerId: 'own', peers, offLan: [] });
      if (message) sent.push(message);
      return Promise.resolve({});
    },
  };
  const viewer = new Viewer();
  await viewer.attach(client as unknown as HubClient);
  return viewer;
}

const offer = (from: string, change: object = {}): Message => ({
  type: 'offer',
  from,
  to: 'own',
  offer: { type: 'offer', sdp: SDP },
  ...change,
});
const shares = (): string[] => [...useShareStore.getState().shares.keys()];
const ofType = (type: string): Message[] => sent.filter((message) => message.type === type);
const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

beforeEach(() => {
  vi.useFakeTimers();
  FakePeerConnection.install();
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  useShareStore.setState({ shares: new Map() });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe('an HTTP sender', () => {
  const WHIP = { ...ANN, peerId: 'obs', deviceId: null, source: 'whip' };

  it('that has vanished gets a bye, and its tile goes', async () => {
    await open([WHIP]);
    receive(offer('obs'));
    await pass(3_000);
    FakePeerConnection.newest.becomes('connected');
    await pass(2_000);
    expect(shares()).toEqual(['obs']);
    FakePeerConnection.newest.becomes('failed');
    await pass(1_000);
    expect(shares()).toEqual([]);
    expect(ofType('bye')).toEqual([{ type: 'bye', to: 'obs' }]);
  });

  it('may be away for 30 s, and no longer', async () => {
    await open([WHIP]);
    receive(offer('obs'));
    FakePeerConnection.newest.becomes('connected');
    await pass(2_000);
    FakePeerConnection.newest.becomes('disconnected');
    await pass(29_000);
    expect(shares()).toEqual(['obs']);
    FakePeerConnection.newest.becomes('connected');
    await pass(1_000);
    FakePeerConnection.newest.becomes('disconnected');
    await pass(32_000);
    expect(shares()).toEqual([]);
    expect(ofType('bye')).toHaveLength(1);
  });

  it('is answered after 2 s though gathering never ends', async () => {
    await open([WHIP]);
    receive(offer('obs'));
    FakePeerConnection.newest.iceGatheringState = 'gathering';
    await pass(1_900);
    expect(ofType('answer')).toEqual([]);
    await pass(200);
    expect(ofType('answer')).toHaveLength(1);
  });

  it('is only who the hub says is one', async () => {
    await open([stranger('liar')]);
    receive(offer('liar', { source: 'whip' }));
    await settle();
    expect(useShareStore.getState().shares.get('liar')?.source).toBe('webrtc');
    expect(ofType('answer')).toHaveLength(1);
  });
});

describe('what a share is answered', () => {
  it('has the number of the offer, where it has one', async () => {
    await open([ANN]);
    receive(offer('ann', { connection: 'c1', offerNumber: 1 }));
    await pass(1_000);
    receive(offer('ann', { connection: 'c1', offerNumber: 2 }));
    await settle();
    expect(ofType('answer').map(({ connection, offerNumber }) => [connection, offerNumber])).toEqual([
      ['c1', 1],
      ['c1', 2],
    ]);
    expect(FakePeerConnection.made).toHaveLength(1);
  });

  it('is without one where it has none', async () => {
    await open([stranger('page')]);
    receive(offer('page'));
    await settle();
    expect(ofType('answer')[0]).toEqual({ type: 'answer', to: 'page', answer: expect.anything() });
  });

  it('a candidate goes to its own connection, and that of an earlier one to none', async () => {
    await open([ANN]);
    receive(offer('ann', { connection: 'c1' }));
    await pass(1_000);
    receive(offer('ann', { connection: 'c2' }));
    await settle();
    const [first, second] = FakePeerConnection.made;
    for (const connection of ['c1', 'c2', 'c0']) {
      receive({ type: 'ice-candidate', from: 'ann', connection, candidate: { candidate: connection } });
    }
    await settle();
    // The first one still shows something until the second is up, and then is closed.
    expect([...(first?.added ?? []), ...(second?.added ?? [])]).toEqual([{ candidate: 'c2' }]);
  });

  it('a candidate that comes before its offer is kept for it', async () => {
    await open([ANN]);
    receive({ type: 'ice-candidate', from: 'ann', connection: 'c1', candidate: { candidate: 'early' } });
    receive(offer('ann', { connection: 'c1' }));
    await settle();
    expect(FakePeerConnection.newest.added).toEqual([{ candidate: 'early' }]);
  });

  it('takes out a track that its page took back', async () => {
    await open([stranger('page')]);
    receive(offer('page'));
    await settle();
    const [before, after] = [new FakeTrack(), new FakeTrack()];
    const pc = FakePeerConnection.newest;
    pc.brings(before);
    const tracks = (): unknown => useShareStore.getState().shares.get('page')?.stream?.getTracks();
    expect(tracks()).toEqual([before]);
    pc.brings(after);
    for (const transceiver of pc.transceivers.slice(0, 1)) transceiver.currentDirection = 'inactive';
    await pass(1_000);
    receive(offer('page'));
    await settle();
    expect(tracks()).toEqual([after]);
    after.onended?.();
    expect(tracks()).toEqual([]);
  });
});

describe('a share that ends', () => {
  it('does not come back because the browser was still counting', async () => {
    await open([ANN]);
    receive(offer('ann', { connection: 'c1' }));
    await settle();
    const pc = FakePeerConnection.newest;
    pc.brings(new FakeTrack());
    pc.becomes('connected');
    let counted: () => void = () => undefined;
    pc.counted = new Promise((resolve) => {
      counted = resolve;
    });
    await pass(1_000);
    receive({ type: 'share-ended', from: 'ann' });
    expect(shares()).toEqual([]);
    counted();
    await pass(1_000);
    expect(shares()).toEqual([]);
  });

  it('by the operator: its sender is told, and what it still offers is refused until it comes anew', async () => {
    const viewer = await open([ANN]);
    receive(offer('ann', { connection: 'c1' }));
    await settle();
    viewer.end('phone:d1');
    expect(shares()).toEqual([]);
    expect(ofType('bye')).toEqual([{ type: 'bye', to: 'ann' }]);
    expect(FakePeerConnection.newest.connectionState).toBe('closed');
    receive({ type: 'peer-joined', ...ANN, name: 'Ann again' });
    receive(offer('ann', { connection: 'c2' }));
    await pass(2_000);
    expect(shares()).toEqual([]);
    receive({ type: 'peer-left', peerId: 'ann' });
    receive({ type: 'peer-joined', ...ANN });
    expect(shares()).toEqual(['phone:d1']);
  });
});

describe('hostile peers', () => {
  it('get one connection a second, of the newest offer', async () => {
    await open([stranger('bomb')]);
    for (let count = 0; count < 200; count += 1) receive(offer('bomb', { connection: `c${count}` }));
    await settle();
    expect(FakePeerConnection.made).toHaveLength(1);
    await pass(1_000);
    expect(FakePeerConnection.made).toHaveLength(2);
    await pass(5_000);
    expect(FakePeerConnection.made).toHaveLength(2);
    expect(ofType('answer').map(({ connection }) => connection)).toEqual(['c0', 'c199']);
  });

  it('do not get round that by ending their share each time', async () => {
    await open([stranger('bomb')]);
    for (let count = 0; count < 50; count += 1) {
      receive(offer('bomb'));
      receive({ type: 'share-ended', from: 'bomb' });
    }
    await settle();
    expect(FakePeerConnection.made).toHaveLength(1);
  });

  it('leave no tile with an offer that is none', async () => {
    await open([stranger('bomb')]);
    receive(offer('bomb', { offer: 'garbage' }));
    await settle();
    expect(shares()).toEqual([]);
    receive(offer('bomb', { offer: `${SDP}${'m=video 9 UDP/TLS/RTP/SAVPF 96\r\n'.repeat(1_000)}` }));
    await settle();
    expect(shares()).toEqual([]);
    expect(FakePeerConnection.made).toHaveLength(1);
  });

  it('have their candidates counted', async () => {
    await open([stranger('bomb')]);
    receive(offer('bomb'));
    await settle();
    for (let count = 0; count < 500; count += 1) {
      receive({ type: 'ice-candidate', from: 'bomb', candidate: { candidate: `c${count}` } });
    }
    await settle();
    await pass(100);
    expect(FakePeerConnection.newest.added).toHaveLength(64);
  });

  it('of one address have four tiles, and a phone one all the same', async () => {
    const many = Array.from({ length: 9 }, (_, index) => stranger(`s${index}`));
    await open([...many, ANN]);
    for (const { peerId } of many) receive(offer(String(peerId)));
    await settle();
    expect(shares()).toHaveLength(5);
    expect(shares()).toContain('phone:d1');
  });

  it('make room for a phone when the wall is full', async () => {
    const many = Array.from({ length: 70 }, (_, index) => stranger(`s${index}`, { fromAddress: `10.0.0.${index}` }));
    await open(many);
    for (const { peerId } of many) receive(offer(String(peerId)));
    await settle();
    expect(shares()).toHaveLength(64);
    receive({ type: 'peer-joined', ...ANN });
    expect(shares()).toHaveLength(64);
    expect(shares().at(-1)).toBe('phone:d1');
    expect(shares()).not.toContain('s63');
  });

  it('are not listened to when the hub does not know them', async () => {
    await open([]);
    receive(offer('nobody'));
    await settle();
    expect(shares()).toEqual([]);
  });
});
