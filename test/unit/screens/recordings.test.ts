import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ALL_FORMATS, EncodedPacketSink, FilePathSource, Input } from 'mediabunny';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { Recording } from '../../../src/common/model/recording';
import { RecordingError, Recordings } from '../../../src/main/screens';
import { removeFolder, temporaryFolder } from '../../helpers/temporary-folder';

/** What Chromium's MediaRecorder gave: 6.3 s of moving VP8 and a tone, without duration and index. */
const WEBM = readFileSync(join(import.meta.dirname, '../../fixtures/recording.webm'));
const ABOUT = {
  sessionId: 's1',
  deviceId: 'd1',
  name: 'Ann',
  source: 'webrtc',
  kind: 'screen',
  shareId: 'p1',
} as const;

const folder = (): string => {
  const dataDir = temporaryFolder();
  onTestFinished(() => removeFolder(dataDir));
  return dataDir;
};

interface Wishes {
  readonly freeBytes?: () => Promise<number>;
  readonly retryMs?: number;
}

const opened = (dataDir: string, wishes: Wishes = {}): Recordings => {
  const recordings = new Recordings({ dataDir, now: () => Date.now(), log: () => {}, ...wishes });
  onTestFinished(() => recordings.close());
  return recordings;
};

/** Resolves with the recording once it is in this state. */
const until = (recordings: Recordings, recordingId: string, state: Recording['state']): Promise<Recording> =>
  new Promise((resolve) => {
    const look = (): void => {
      const recording = recordings.get(recordingId);
      if (recording?.state !== state) return;
      stop();
      resolve(recording);
    };
    const stop = recordings.onChanged(look);
    look();
  });

async function write(recordings: Recordings, recordingId: string, bytes: Buffer): Promise<void> {
  const size = 40_000;
  for (let at = 0, index = 0; at < bytes.length; at += size, index += 1) {
    await recordings.append(recordingId, index, bytes.subarray(at, at + size));
  }
}

/** Duration in seconds, whether it is said in the file itself, and the time of the last key frame before a moment. */
async function inspect(path: string): Promise<{ durationS: number; keyBefore3S: number | undefined }> {
  const input = new Input({ source: new FilePathSource(path), formats: ALL_FORMATS });
  const track = await input.getPrimaryVideoTrack();
  if (!track) throw new Error('no video');
  const packet = await new EncodedPacketSink(track).getKeyPacket(3);
  const result = { durationS: await input.computeDuration(), keyBefore3S: packet?.timestamp };
  input.dispose();
  return result;
}

test('written chunk by chunk, then finished: it lasts what it should and can be sought in', async () => {
  const dataDir = folder();
  const recordings = opened(dataDir);
  const { recordingId } = await recordings.start(ABOUT);
  await write(recordings, recordingId, WEBM);
  expect(recordings.get(recordingId)).toMatchObject({ state: 'recording', bytes: WEBM.length });
  expect(await recordings.stop(recordingId)).toMatchObject({ state: 'finishing', ending: 'stopped' });
  const ready = await until(recordings, recordingId, 'ready');
  expect(ready.durationMs).toBeGreaterThan(6_000);
  expect(ready.durationMs).toBeLessThan(6_600);
  const path = recordings.pathOf(recordingId) ?? '';
  // Duration (Matroska, element 0x4489) and Cues (0x1C53BB6B) are in the file.
  const bytes = readFileSync(path);
  expect(bytes.includes(Buffer.from([0x44, 0x89]))).toBe(true);
  expect(bytes.includes(Buffer.from([0x1c, 0x53, 0xbb, 0x6b]))).toBe(true);
  expect((await inspect(path)).durationS).toBeCloseTo((ready.durationMs ?? 0) / 1000, 1);
  expect(recordings.list('s1')).toEqual([ready]);
  expect(readdirSync(join(dataDir, 'recordings')).sort()).toEqual([`${recordingId}.json`, `${recordingId}.webm`]);
});

test('what a crash left is finished at the next start, cut anywhere', async () => {
  const dataDir = folder();
  const first = new Recordings({ dataDir, now: () => Date.now(), log: () => {} });
  const { recordingId } = await first.start(ABOUT);
  await write(first, recordingId, WEBM.subarray(0, 150_001));
  // The process is gone: `first` is never closed, and nothing of it is looked at again.
  const second = opened(dataDir);
  const ready = await until(second, recordingId, 'ready');
  expect(ready).toMatchObject({ ending: 'lost', sessionId: 's1', deviceId: 'd1' });
  expect(ready.durationMs).toBeGreaterThan(2_000);
  expect(existsSync(second.pathOf(recordingId) ?? '')).toBe(true);
});

test('what is no video is kept as it is and said to have failed', async () => {
  const dataDir = folder();
  const recordings = opened(dataDir);
  const { recordingId } = await recordings.start(ABOUT);
  await recordings.append(recordingId, 0, Buffer.from('<script>no video</script>'));
  await recordings.stop(recordingId);
  await until(recordings, recordingId, 'failed');
  expect(recordings.pathOf(recordingId)).toBeNull();
  expect(readdirSync(join(dataDir, 'recordings'))).toContain(`${recordingId}.part`);
});

test('one recording of a share at a time, chunks in their order, nothing after the end', async () => {
  const recordings = opened(folder());
  const { recordingId } = await recordings.start(ABOUT);
  const codeOf = (promise: Promise<unknown>): Promise<string> =>
    promise.then(
      () => 'none',
      (error: unknown) => (error instanceof RecordingError ? error.code : String(error)),
    );
  expect(await codeOf(recordings.start(ABOUT))).toBe('conflict');
  expect(await codeOf(recordings.append(recordingId, 1, WEBM))).toBe('conflict');
  await recordings.append(recordingId, 0, WEBM);
  await recordings.stop(recordingId);
  expect(await codeOf(recordings.append(recordingId, 1, WEBM))).toBe('not_found');
  expect(await codeOf(recordings.stop(recordingId))).toBe('not_found');
});

const KEPT_FREE = 256 * 1024 * 1024;

test('a disk that runs low ends the recording; it plays as it came, and is finished once there is room for its copy', async () => {
  const dataDir = folder();
  let free = Infinity;
  const recordings = opened(dataDir, { freeBytes: () => Promise.resolve(free), retryMs: 20 });
  const { recordingId } = await recordings.start(ABOUT);
  await recordings.append(recordingId, 0, WEBM);
  free = 1_000_000;
  await expect(recordings.append(recordingId, 1, WEBM)).rejects.toMatchObject({ code: 'storage_unavailable' });
  await until(recordings, recordingId, 'finishing');
  // Room for the copy alone is not enough: frames need what is left.
  free = KEPT_FREE + WEBM.length - 1;
  await recordings.settled();
  expect(recordings.get(recordingId)).toMatchObject({ state: 'finishing', ending: 'disk' });
  const inFolder = readdirSync(join(dataDir, 'recordings')).sort();
  expect(inFolder).toEqual([`${recordingId}.json`, `${recordingId}.part`]);
  const path = recordings.pathOf(recordingId) ?? '';
  expect(path).toMatch(/\.part$/);
  expect((await inspect(path)).durationS).toBeGreaterThan(6);
  free = 1_000_000;
  await expect(recordings.start(ABOUT)).rejects.toMatchObject({ code: 'storage_unavailable' });
  free = KEPT_FREE + WEBM.length;
  expect(await until(recordings, recordingId, 'ready')).toMatchObject({ ending: 'disk' });
});

test('what had no room is finished at the next start', async () => {
  const dataDir = folder();
  const first = new Recordings({
    dataDir,
    now: () => Date.now(),
    log: () => {},
    freeBytes: () => Promise.resolve(KEPT_FREE),
  });
  const { recordingId } = await first.start(ABOUT);
  await first.append(recordingId, 0, WEBM);
  await first.stop(recordingId);
  await first.close();
  expect(first.get(recordingId)?.state).toBe('finishing');
  expect(await until(opened(dataDir), recordingId, 'ready')).toMatchObject({ ending: 'stopped' });
});

test('a finish that fails leaves no half, and what came; the next start tries again', async () => {
  const dataDir = folder();
  const inFolder = join(dataDir, 'recordings');
  const first = opened(dataDir);
  const { recordingId } = await first.start(ABOUT);
  await first.append(recordingId, 0, WEBM);
  // In the way of the copy's last step.
  mkdirSync(join(inFolder, `${recordingId}.webm`, 'x'), { recursive: true });
  await first.stop(recordingId);
  await first.settled();
  expect(first.get(recordingId)?.state).toBe('finishing');
  expect(first.pathOf(recordingId)).toMatch(/\.part$/);
  expect(readdirSync(inFolder).filter((name) => name.endsWith('.half'))).toEqual([]);
  await first.close();
  rmSync(join(inFolder, `${recordingId}.webm`), { recursive: true });
  // And what a power cut left of a copy goes.
  writeFileSync(join(inFolder, 'rec_0000000000000000.webm.half'), 'half');
  const second = opened(dataDir);
  await until(second, recordingId, 'ready');
  await second.settled();
  // As when the power was cut just before it was let go.
  writeFileSync(join(inFolder, `${recordingId}.part`), 'as it came');
  opened(dataDir);
  expect(readdirSync(inFolder).sort()).toEqual([`${recordingId}.json`, `${recordingId}.webm`]);
});

test('two starts at once: one records', async () => {
  const recordings = opened(folder());
  const outcomes = await Promise.allSettled([recordings.start(ABOUT), recordings.start(ABOUT)]);
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(recordings.list('s1')).toMatchObject([{ shareId: 'p1', state: 'recording' }]);
});

test('a session that ends takes its recordings with it; the share can be recorded anew', async () => {
  const recordings = opened(folder());
  const { recordingId } = await recordings.start(ABOUT);
  const other = await recordings.start({ ...ABOUT, sessionId: 's2', shareId: 'p2' });
  await recordings.append(recordingId, 0, WEBM);
  await recordings.endOthers('s2');
  expect(recordings.get(recordingId)).toMatchObject({ ending: 'session', sessionId: 's1' });
  expect(recordings.get(other.recordingId)?.state).toBe('recording');
  expect(await recordings.start({ ...ABOUT, sessionId: 's2' })).toMatchObject({ sessionId: 's2' });
});

test('a disk that fails at the end of a recording does not leave it running', async () => {
  const recordings = opened(folder());
  const { recordingId } = await recordings.start(ABOUT);
  await recordings.append(recordingId, 0, WEBM);
  const handle = await open(fileURLToPath(import.meta.url));
  const broken = vi
    .spyOn(Object.getPrototypeOf(handle) as typeof handle, 'sync')
    .mockRejectedValueOnce(new Error('EIO'));
  await handle.close();
  onTestFinished(() => broken.mockRestore());
  expect(await recordings.stop(recordingId)).toMatchObject({ state: 'finishing' });
  await until(recordings, recordingId, 'ready');
});

test('removed, and erased with a device or a session', async () => {
  const dataDir = folder();
  const recordings = opened(dataDir);
  const one = await recordings.start(ABOUT);
  expect(() => recordings.remove(one.recordingId)).toThrow(/Stop/);
  await write(recordings, one.recordingId, WEBM);
  const two = await recordings.start({ ...ABOUT, deviceId: 'd2', shareId: 'p2' });
  await recordings.stop(two.recordingId);
  expect(await recordings.erase({ deviceId: 'd1' })).toBe(1);
  expect(recordings.list('s1').map(({ recordingId }) => recordingId)).toEqual([two.recordingId]);
  expect(await recordings.erase({ sessionId: 's1' })).toBe(1);
  expect(readdirSync(join(dataDir, 'recordings'))).toEqual([]);
});

test('a description that is damaged is left alone', () => {
  const dataDir = folder();
  opened(dataDir);
  writeFileSync(join(dataDir, 'recordings', 'rec_x.json'), '{"recordingId": "../../etc"}');
  expect(opened(dataDir).list('s1')).toEqual([]);
});
