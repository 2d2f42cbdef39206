import { describe, expect, it } from 'vitest';
import { SHARING, toPeer, toPeerMessage } from '../../../../src/common/wire/sharing';

const PEER = {
  peerId: 'p',
  role: 'sharer',
  name: 'Ann',
  kind: 'screen',
  operator: false,
  admin: false,
  deviceId: 'd',
  fromAddress: '192.168.1.7',
  toAddress: '192.168.1.2',
  source: 'webrtc',
} as const;

describe('what comes on /signaling', () => {
  it.each([
    [
      { type: 'connected', peerId: 'p', clientsCount: 2 },
      { type: 'connected', peerId: 'p' },
    ],
    [
      { type: 'peers', peers: [PEER, { name: 'no id' }, null] },
      { type: 'peers', peers: [PEER] },
    ],
    [
      { type: 'peer-joined', ...PEER },
      { type: 'peer-joined', peer: PEER },
    ],
    [
      { type: 'peer-left', peerId: 'p' },
      { type: 'peer-left', peerId: 'p' },
    ],
    [
      { type: 'answered', peerId: 'p' },
      { type: 'answered', peerId: 'p' },
    ],
    [
      { type: 'error', code: 'unknown_peer', message: 'gone' },
      { type: 'error', code: 'unknown_peer', message: 'gone' },
    ],
    [
      { type: 'offer', from: 'a', offer: { type: 'offer', sdp: 'v=0' } },
      {
        type: 'offer',
        from: 'a',
        description: { type: 'offer', sdp: 'v=0' },
        connection: null,
        offerNumber: null,
        isBroadcast: true,
      },
    ],
    [
      { type: 'answer', from: 'a', to: 'b', connection: 'c', answer: { type: 'answer', sdp: 'v=0' } },
      {
        type: 'answer',
        from: 'a',
        description: { type: 'answer', sdp: 'v=0' },
        connection: 'c',
        offerNumber: null,
        isBroadcast: false,
      },
    ],
    [
      {
        type: 'ice-candidate',
        from: 'a',
        candidate: { candidate: 'candidate:1', sdpMid: '0', sdpMLineIndex: 0, x: 1 },
      },
      {
        type: 'ice-candidate',
        from: 'a',
        connection: null,
        candidate: { candidate: 'candidate:1', sdpMid: '0', sdpMLineIndex: 0 },
      },
    ],
    [
      { type: 'ice-candidate', from: 'a', candidate: null },
      { type: 'ice-candidate', from: 'a', connection: null, candidate: { candidate: '' } },
    ],
    [
      { type: 'want', from: 'a', height: 719.6, fps: 500 },
      { type: 'want', from: 'a', height: 720, fps: 60, mode: 'video' },
    ],
    [
      { type: 'want', from: 'a', mode: 'snapshots' },
      { type: 'want', from: 'a', height: 360, fps: 5, mode: 'snapshots' },
    ],
    [
      { type: 'snapshot', from: 'a', jpeg: '/9j/4A==' },
      { type: 'snapshot', from: 'a', jpeg: '/9j/4A==' },
    ],
    [
      { type: 'share-ended', from: 'a' },
      { type: 'share-ended', from: 'a' },
    ],
    [
      { type: 'bye', from: 'a' },
      { type: 'bye', from: 'a' },
    ],
    [
      { type: 'offer', from: 'a', to: 'b', source: 'whip', offerNumber: 3, offer: 'v=0' },
      {
        type: 'offer',
        from: 'a',
        description: { type: 'offer', sdp: 'v=0' },
        connection: null,
        offerNumber: 3,
        isBroadcast: false,
      },
    ],
    [
      { type: 'claimed', from: 'a', peerId: 'b' },
      { type: 'claimed', from: 'a', peerId: 'b' },
    ],
  ])('%j', (message, read) => {
    expect(toPeerMessage(message)).toEqual(read);
  });

  it.each([
    null,
    'offer',
    [],
    {},
    { type: 'chat', from: 'a' },
    { type: 'offer', offer: { sdp: 'v=0' } },
    { type: 'offer', from: 'a' },
    { type: 'offer', from: 'a', offer: { sdp: 5 } },
    { type: 'offer', from: 'a', offer: { sdp: 'x'.repeat(SHARING.sdpLength + 1) } },
    { type: 'ice-candidate', from: 'a', candidate: { candidate: 'x'.repeat(SHARING.candidateLength + 1) } },
    { type: 'ice-candidate', from: 'a', candidate: 'candidate:1' },
    { type: 'ice-candidate', from: 'a', candidate: { candidate: 'c', sdpMid: 'x'.repeat(257) } },
    { type: 'ice-candidate', from: 'a', candidate: { candidate: 'c', usernameFragment: 'x'.repeat(257) } },
    { type: 'offer', from: 'a', offer: { sdp: `v=0\r\n${'m=video 9 UDP/TLS/RTP/SAVPF 96\r\n'.repeat(9)}` } },
    { type: 'offer', from: 'a', offer: { sdp: `v=0\r\n${'a=candidate:1 1 udp 1 1.2.3.4 5 typ host\n'.repeat(65)}` } },
    { type: 'snapshot', from: 'a', jpeg: 'javascript:alert(1)' },
    { type: 'snapshot', from: 'a', jpeg: 'A'.repeat(300_000) },
    { type: 'claimed', from: 'a' },
    { type: 'answered', from: 'a', peerId: 'b' },
    { type: 'answered' },
    { type: 'peer-joined' },
    { type: 'connected', peerId: 7 },
  ])('%j is not understood', (message) => {
    expect(toPeerMessage(message)).toBeNull();
  });

  it('takes a description and a candidate as large as any browser makes', () => {
    const line = 'a=candidate:1 1 udp 2113937151 192.168.1.7 50123 typ host\r\n';
    const sdp = `v=0\r\n${'m=video 9 UDP/TLS/RTP/SAVPF 96\r\n'.repeat(8)}${line.repeat(64)}`;
    expect(toPeerMessage({ type: 'offer', from: 'a', offer: { sdp } })).toMatchObject({ description: { sdp } });
    const candidate = { candidate: 'c', sdpMid: '0', usernameFragment: 'x'.repeat(256) };
    expect(toPeerMessage({ type: 'ice-candidate', from: 'a', candidate })).toMatchObject({ candidate });
    const strange = { ...candidate, sdpMLineIndex: -1.5 };
    expect(toPeerMessage({ type: 'ice-candidate', from: 'a', candidate: strange })).toMatchObject({ candidate });
  });

  it('takes of a peer only what is of the right kind', () => {
    const strange = { peerId: 'p', role: 'root', name: '  ', kind: 3, operator: 'yes', deviceId: {}, source: 'x' };
    expect(toPeer(strange)).toEqual({
      peerId: 'p',
      role: null,
      name: null,
      kind: null,
      operator: false,
      admin: false,
      deviceId: null,
      fromAddress: null,
      toAddress: null,
      source: 'webrtc',
    });
  });
});
