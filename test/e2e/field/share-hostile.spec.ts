import { type Browser, expect, test } from '@playwright/test';
import { WebSocket } from 'ws';
import { type HubProcess, startHubProcess } from '../../helpers/hub-process';
import { launchPhoneBrowser, launchRoomBrowser } from '../../helpers/share-browser';
import { expectMoving, openSharePhone, openWall, share, tileOf } from '../../helpers/share-stage';
import { removeFolder, temporaryFolder } from '../../helpers/temporary-folder';

let dataDir: string;
let hub: HubProcess;
let phoneBrowser: Browser;
let roomBrowser: Browser;

test.beforeEach(async () => {
  dataDir = temporaryFolder();
  hub = await startHubProcess(dataDir);
  [phoneBrowser, roomBrowser] = await Promise.all([launchPhoneBrowser(), launchRoomBrowser()]);
});

test.afterEach(async () => {
  await Promise.all([phoneBrowser.close(), roomBrowser.close()]);
  await hub.stop();
  removeFolder(dataDir);
});

type Message = Readonly<Record<string, unknown>> & { readonly type: string };

/** Somebody with the key of the QR code, and all that they are sent. */
async function openSpy(): Promise<{ socket: WebSocket; seen: Message[]; send(message: object): void }> {
  const socket = new WebSocket(`${hub.ready.http.replace('http', 'ws')}/signaling?key=${hub.ready.joinKey}`);
  const seen: Message[] = [];
  socket.on('message', (data: Buffer) => seen.push(JSON.parse(data.toString()) as Message));
  await expect.poll(() => seen.length).toBeGreaterThan(0);
  return { socket, seen, send: (message) => socket.send(JSON.stringify(message)) };
}

test('a carrier who tries to watch another is sent no offer, no candidate and no picture', async () => {
  const spy = await openSpy();
  spy.send({ type: 'hello', role: 'viewer', name: 'Control room', operator: true });
  const ann = await openSharePhone(phoneBrowser, hub, 'Ann', { colour: '#c02020' });
  const room = await openWall(roomBrowser, hub);
  await share(ann, 'This screen');
  const video = tileOf(room, 'Ann').getByTestId('share-video');
  await expectMoving(video);
  // Its name is no secret: others who said hello are told who is here.
  const sharers = (): Message[] => spy.seen.filter(({ type, role }) => type === 'peer-joined' && role === 'sharer');
  await expect.poll(() => sharers().length).toBeGreaterThan(0);
  const to = sharers()[0]?.peerId;
  spy.send({ type: 'hello', role: 'viewer', operator: true });
  spy.send({ type: 'want', to, height: 1080, fps: 30, mode: 'snapshots' });
  spy.send({ type: 'answer', to, answer: { type: 'answer', sdp: 'v=0\r\n' } });
  spy.send({ type: 'claimed', to, peerId: to });
  spy.send({ type: 'claimed', peerId: to });
  spy.send({ type: 'bye', to });
  await expectMoving(video);
  await expect(ann.getByTestId('share-live')).toHaveAttribute('data-watchers', '1');
  // As long as a snapshot takes, and longer: pictures go on being watched by the operator alone.
  const playedS = (): Promise<number> => video.evaluate(({ currentTime }: HTMLVideoElement) => currentTime);
  const startedS = await playedS();
  await expect.poll(playedS).toBeGreaterThan(startedS + 3);
  const types = spy.seen.map(({ type }) => type);
  expect(types.filter((type) => ['offer', 'ice-candidate', 'snapshot', 'answer', 'want'].includes(type))).toEqual([]);
  expect(spy.seen.every((message) => !('deviceId' in message) && !('fromAddress' in message))).toBe(true);
  spy.socket.close();
});

test('a picture goes on moving while a hostile peer sends bombs', async () => {
  const ann = await openSharePhone(phoneBrowser, hub, 'Ann', { colour: '#c02020' });
  const room = await openWall(roomBrowser, hub);
  await share(ann, 'This screen');
  const video = tileOf(room, 'Ann').getByTestId('share-video');
  await expectMoving(video);
  const connections = (): Promise<number> =>
    room.evaluate(() => (window as { perchConnections?: unknown[] }).perchConnections?.length ?? 0);
  const before = await connections();
  const bomb = await openSpy();
  bomb.send({ type: 'hello', role: 'viewer' });
  await expect.poll(() => bomb.seen.some(({ type }) => type === 'peers')).toBe(true);
  const peers = bomb.seen.find(({ type }) => type === 'peers')?.peers as { peerId: string; operator: boolean }[];
  const to = peers.find(({ operator }) => operator)?.peerId;
  const section = 'm=video 9 UDP/TLS/RTP/SAVPF 96\r\nc=IN IP4 0.0.0.0\r\na=rtpmap:96 VP8/90000\r\n';
  bomb.send({ type: 'offer', to, offer: { type: 'offer', sdp: `v=0\r\n${section.repeat(1_000)}` } });
  bomb.send({ type: 'offer', to, offer: { type: 'offer', sdp: 'v=0\r\ngarbage\r\nm=video' } });
  for (let count = 0; count < 190; count += 1) {
    bomb.send({ type: 'offer', to, connection: `c${count}`, offer: { type: 'offer', sdp: `v=0\r\n${section}` } });
  }
  await expectMoving(video);
  await expect(tileOf(room, 'Ann')).toHaveAttribute('data-health', 'live');
  // One connection a second, whatever was offered.
  expect((await connections()) - before).toBeLessThan(20);
  bomb.socket.close();
  await expect(room.getByTestId('tile')).toHaveCount(1);
});

test('the operator hides a share, and ends it: the carrier is told, and nothing is captured any more', async () => {
  const ann = await openSharePhone(phoneBrowser, hub, 'Ann', { colour: '#c02020' });
  const room = await openWall(roomBrowser, hub);
  await share(ann, 'This screen');
  const tile = tileOf(room, 'Ann');
  await expectMoving(tile.getByTestId('share-video'));
  await tile.hover();
  await tile.getByRole('button', { name: 'Hide' }).click();
  await expect(tile).toHaveCount(0);
  // Asked for nothing, the phone sends nothing.
  const isSending = (): Promise<unknown> =>
    ann.evaluate(() => {
      const { perchConnections = [] } = window as { perchConnections?: RTCPeerConnection[] };
      return perchConnections.at(-1)?.getSenders()[0]?.getParameters().encodings[0]?.active;
    });
  await expect.poll(isSending).toBe(false);
  await room.getByRole('button', { name: 'Show 1 hidden' }).click();
  await expectMoving(tile.getByTestId('share-video'));
  await tile.hover();
  await tile.getByRole('button', { name: 'End this share' }).click();
  await expect(room.getByTestId('wall-empty')).toBeVisible();
  await expect(ann.getByText('The operator has ended this share.')).toBeVisible();
  // It was the operator's wish, not the carrier's: another share is another matter.
  await ann.getByRole('button', { name: 'This screen' }).tap();
  await expectMoving(tile.getByTestId('share-video'));
});
