import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Peer, PeerMessage } from '../../../../src/common/wire/sharing';
import { Audience } from '../../../../src/renderer/phone/share/audience';
import { SharerLink } from '../../../../src/renderer/phone/share/sharer-link';
import { FakePeerConnection, FakeStream, FakeTrack, settle } from '../../../helpers/fake-peer-connection';

type Message = Readonly<Record<string, unknown>>;

let sent: Message[];
beforeEach(() => {
  sent = [];
  vi.useFakeTimers();
  FakePeerConnection.install();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const stream = (): MediaStream => new FakeStream([new FakeTrack()]) as unknown as MediaStream;
const ofType = (type: string): Message[] => sent.filter((message) => message.type === type);
const states = (): string[] => FakePeerConnection.made.map(({ connectionState }) => connectionState);

function openAudience(): { audience: Audience; sentAway: () => void } {
  const sentAway = vi.fn();
  const audience = new Audience({
    kind: 'screen',
    stream,
    send: (message) => sent.push(message as Message),
    sourceSize: () => ({ width: 720, height: 1280 }),
    changed: () => undefined,
    sentAway,
  });
  return { audience, sentAway };
}

const operator = (peerId: string, change: Partial<Peer> = {}): PeerMessage => ({
  type: 'peer-joined',
  peer: {
    peerId,
    role: 'viewer',
    name: null,
    kind: null,
    source: 'webrtc',
    operator: true,
    admin: true,
    deviceId: null,
    fromAddress: null,
    toAddress: null,
    ...change,
  },
});

describe('those who watch', () => {
  it('are the operators, each by an offer of their own', async () => {
    const { audience } = openAudience();
    audience.received(operator('room'));
    audience.received(operator('room'));
    audience.received(operator('spy', { operator: false }));
    audience.received(operator('other phone', { role: 'sharer' }));
    await settle();
    expect(ofType('offer').map(({ to }) => to)).toEqual(['room']);
    // Whoever was not offered to is not listened to.
    audience.received({ type: 'want', from: 'spy', height: 1080, fps: 30, mode: 'snapshots' });
    expect(audience.snapshotPeers).toEqual([]);
    audience.received({ type: 'want', from: 'room', height: 360, fps: 5, mode: 'snapshots' });
    expect(audience.snapshotPeers).toEqual(['room']);
  });

  it('keep their picture however long the hub is away, and over the first seconds after it', async () => {
    const { audience } = openAudience();
    audience.received(operator('room'));
    await settle();
    FakePeerConnection.newest.becomes('connected');
    for (let attempt = 0; attempt < 5; attempt += 1) {
      audience.lost();
      vi.advanceTimersByTime(15_000);
      audience.tick();
    }
    expect(states()).toEqual(['connected']);
    audience.received(operator('room again'));
    audience.tick();
    vi.advanceTimersByTime(9_000);
    audience.tick();
    expect(states()).toEqual(['connected', 'new']);
    FakePeerConnection.newest.becomes('connected');
    audience.tick();
    expect(states()).toEqual(['closed', 'connected']);
  });

  it('keep it when the next socket is lost too before its connection is up', async () => {
    const { audience } = openAudience();
    audience.received(operator('room'));
    await settle();
    FakePeerConnection.newest.becomes('connected');
    audience.lost();
    audience.received(operator('room again'));
    await settle();
    audience.lost();
    expect(states()).toEqual(['connected', 'closed']);
    audience.received(operator('room once more'));
    await settle();
    vi.advanceTimersByTime(1_000);
    audience.tick();
    vi.advanceTimersByTime(10_000);
    audience.tick();
    expect(states()).toEqual(['closed', 'closed', 'new']);
  });

  it('are gone one by one when they send it away; after the last it ends', async () => {
    const { audience, sentAway } = openAudience();
    audience.received(operator('one'));
    audience.received(operator('two'));
    await settle();
    audience.received({ type: 'bye', from: 'spy' });
    audience.received({ type: 'bye', from: 'one' });
    expect(sentAway).not.toHaveBeenCalled();
    audience.received(operator('one'));
    await settle();
    expect(ofType('offer').map(({ to }) => to)).toEqual(['one', 'two']);
    expect(ofType('share-ended').map(({ to }) => to)).toEqual(['one']);
    audience.received({ type: 'bye', from: 'two' });
    expect(sentAway).toHaveBeenCalledOnce();
  });

  it('are told of its end', async () => {
    const { audience } = openAudience();
    audience.received(operator('one'));
    await settle();
    audience.close();
    expect(ofType('share-ended').map(({ to }) => to)).toEqual(['one']);
    expect(states()).toEqual(['closed']);
  });
});

describe('the connection to one who watches', () => {
  const open = async (): Promise<SharerLink> => {
    const link = new SharerLink({
      kind: 'screen',
      stream: stream(),
      send: (message) => sent.push(message as Message),
      sourceSize: () => ({ width: 720, height: 1280 }),
    });
    await settle();
    return link;
  };
  const connectionOf = (message: Message | undefined): string => String(message?.connection);
  const answer = { type: 'answer', sdp: 'v=0' } as const;

  it('takes the answer to its last offer, and of a control room that counts none any', async () => {
    const link = await open();
    FakePeerConnection.newest.becomes('failed');
    await settle();
    expect(ofType('offer').map(({ offerNumber }) => offerNumber)).toEqual([1, 2]);
    const connection = connectionOf(ofType('offer')[0]);
    link.answered(answer, connection, 1);
    link.answered(answer, 'another', 2);
    await settle();
    expect(FakePeerConnection.newest.remoteDescription).toBeNull();
    link.answered(answer, connection, 2);
    await settle();
    expect(FakePeerConnection.newest.remoteDescription).toEqual(answer);
    const old = await open();
    old.answered(answer, null, null);
    await settle();
    expect(FakePeerConnection.newest.remoteDescription).toEqual(answer);
  });

  it('looks for another way when it failed, or was gone for 4 s, and is made anew after two failures', async () => {
    const link = await open();
    const pc = FakePeerConnection.newest;
    link.answered(answer, null, null);
    await settle();
    pc.becomes('connected');
    pc.becomes('disconnected');
    vi.advanceTimersByTime(3_000);
    link.tick();
    expect(pc.restarts).toBe(0);
    vi.advanceTimersByTime(1_500);
    link.tick();
    expect(pc.restarts).toBe(1);
    pc.becomes('failed');
    expect(pc.restarts).toBe(2);
    await settle();
    expect(FakePeerConnection.made).toHaveLength(1);
    pc.becomes('failed');
    await settle();
    expect(FakePeerConnection.made).toHaveLength(2);
    expect(pc.connectionState).toBe('closed');
    const offers = ofType('offer');
    expect(offers.map(({ offerNumber }) => offerNumber)).toEqual([1, 2, 3, 1]);
    expect(connectionOf(offers.at(-1))).not.toBe(connectionOf(offers[0]));
  });

  it('holds candidates until the answer they belong to, and takes none of another connection', async () => {
    const link = await open();
    const connection = connectionOf(ofType('offer')[0]);
    link.found({ candidate: 'mine' }, connection);
    link.found({ candidate: 'of before' }, 'before');
    await settle();
    expect(FakePeerConnection.newest.added).toEqual([]);
    link.answered(answer, connection, 1);
    await settle();
    expect(FakePeerConnection.newest.added).toEqual([{ candidate: 'mine' }]);
  });
});
