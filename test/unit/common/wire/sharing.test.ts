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
        isBroadcast: true,
        isWhip: false,
      },
    ],
    [
      { type: 'answer', from: 'a', to: 'b', connection: 'c', answer: { type: 'answer', sdp: 'v=0' } },
      {
        type: 'answer',
        from: 'a',
        description: { type: 'answer', sdp: 'v=0' },
        connection: 'c',
        isBroadcast: false,
        isWhip: false,
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
