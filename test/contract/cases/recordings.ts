import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ContractCase, refusalOf } from '../contract-tools';
import { exercised } from '../room';

const fixture = (name: string): Buffer => readFileSync(join(import.meta.dirname, '../../fixtures', name));
const ABOUT = { shareId: 'peer-1', deviceId: null, name: 'Ann', source: 'webrtc', kind: 'screen' } as const;
const CHUNK_BYTES = 100_000;

export const recordingCases: readonly ContractCase[] = [
  {
    name: 'recording.start, append, stop: it gets ready, is listed in its session, and is watched by a link with ranges',
    run: async (tools) => {
      const room = await tools.openSubscribed();
      const { client } = room;
      const { recording } = await client.request('recording.start', ABOUT);
      const { recordingId, sessionId } = recording;
      const bytes = fixture('recording.webm');
      for (let index = 0; index * CHUNK_BYTES < bytes.length; index += 1) {
        const chunk = bytes.subarray(index * CHUNK_BYTES, (index + 1) * CHUNK_BYTES).toString('base64');
        await client.request('recording.append', { recordingId, index, chunk });
      }
      const other = await tools.openSubscribed();
      assert.equal((await refusalOf(other.client.request('recording.start', ABOUT))).code, 'conflict');
      assert.equal((await refusalOf(client.request('recording.open', { recordingId }))).code, 'not_found');
      await client.request('recording.stop', { recordingId });
      await room.event('recording.changed', (one) => one.recording.state === 'ready');
      const { recordings } = await client.request('recording.list', { sessionId });
      assert.deepEqual(
        recordings.map((one) => [one.recordingId, one.ending, one.name]),
        [[recordingId, 'stopped', 'Ann']],
      );
      const { path } = await client.request('recording.open', { recordingId });
      const answer = await fetch(`${await tools.http()}${path}`, { headers: { range: 'bytes=0-3' } });
      assert.equal(answer.status, 206);
      // EBML (RFC 8794, section 11.2.1).
      assert.equal(Buffer.from(await answer.arrayBuffer()).toString('hex'), '1a45dfa3');
      await tools.host.chooseSavePath?.(null);
      const saved = client.request('recording.save', { recordingId });
      if (tools.host.chooseSavePath) assert.deepEqual(await saved, { outcome: 'cancelled' });
      else {
        assert.equal((await refusalOf(saved)).code, 'conflict');
        // All that a browser can do with it.
        exercised.requests.add('recording.save');
      }
      await client.request('recording.remove', { recordingId });
      assert.equal((await fetch(`${await tools.http()}${path}`)).status, 404);
      assert.equal((await refusalOf(client.request('recording.stop', { recordingId }))).code, 'not_found');
    },
  },
  {
    name: 'recording: ends with the control room that makes it; only that one adds to it',
    run: async (tools) => {
      const maker = await tools.openSubscribed();
      const other = await tools.openSubscribed();
      const { recording } = await maker.client.request('recording.start', { ...ABOUT, shareId: 'peer-2' });
      const { recordingId } = recording;
      const chunk = fixture('recording.webm').subarray(0, CHUNK_BYTES).toString('base64');
      await maker.client.request('recording.append', { recordingId, index: 0, chunk });
      const foreign = other.client.request('recording.append', { recordingId, index: 1, chunk });
      assert.equal((await refusalOf(foreign)).code, 'not_found');
      maker.close();
      const { recording: ended } = await other.event('recording.changed', (one) => one.recording.state === 'ready');
      assert.equal(ended.ending, 'lost');
    },
  },
  {
    name: 'recording: ends with its session, its maker is told why and begins anew; others see which share it is of',
    run: async (tools) => {
      const [maker, other] = [await tools.openSubscribed(), await tools.openSubscribed()];
      const about = { ...ABOUT, shareId: 'peer-5' };
      const { recording } = await maker.client.request('recording.start', about);
      const { recordingId } = recording;
      await other.event('recording.changed', (one) => one.recording.shareId === 'peer-5');
      const { session } = await maker.client.request('session.start', { name: 'rec-next' });
      const isEnded = (one: { recording: { recordingId: string; ending: string | null } }): boolean =>
        one.recording.recordingId === recordingId && one.recording.ending === 'session';
      await maker.event('recording.changed', isEnded);
      const chunk = fixture('recording.webm').subarray(0, CHUNK_BYTES).toString('base64');
      const late = maker.client.request('recording.append', { recordingId, index: 0, chunk });
      assert.equal((await refusalOf(late)).code, 'not_found');
      const { recording: next } = await maker.client.request('recording.start', about);
      assert.equal(next.sessionId, session.sessionId);
      await maker.client.request('recording.stop', { recordingId: next.recordingId });
    },
  },
  {
    name: 'storage.erase: the recordings of a session go with it, others stay; sizes count them',
    run: async (tools) => {
      const room = await tools.openSubscribed();
      const { client } = room;
      const { session } = await client.request('session.start', { name: 'rec-erased' });
      const bytes = fixture('recording.webm');
      const make = async (shareId: string): Promise<string> => {
        const { recording } = await client.request('recording.start', { ...ABOUT, shareId });
        const { recordingId } = recording;
        await client.request('recording.append', { recordingId, index: 0, chunk: bytes.toString('base64') });
        await client.request('recording.stop', { recordingId });
        await room.event(
          'recording.changed',
          (one) => one.recording.recordingId === recordingId && one.recording.state === 'ready',
        );
        return recordingId;
      };
      const gone = await make('peer-3');
      const { session: next } = await client.request('session.stop', {});
      const kept = await make('peer-4');
      const before = await client.request('storage.get', {});
      assert.ok(before.recordingBytes > bytes.length);
      await client.request('storage.erase', { sessions: [{ sessionId: session.sessionId, name: 'rec-erased' }] });
      await room.event('recording.changed', (one) => one.isGone && one.recording.recordingId === gone);
      assert.equal((await refusalOf(client.request('recording.open', { recordingId: gone }))).code, 'not_found');
      const { recordings } = await client.request('recording.list', { sessionId: next.sessionId });
      assert.deepEqual(
        recordings.map(({ recordingId }) => recordingId),
        [kept],
      );
      assert.ok((await client.request('storage.get', {})).recordingBytes < before.recordingBytes);
    },
  },
  {
    name: 'recording.save, snapshot.save: where the operator chose; dismissed is an outcome; a browser has no dialog',
    run: async (tools) => {
      const { client } = await tools.openSubscribed();
      const choose = tools.host.chooseSavePath;
      const jpeg = fixture('photo.jpg');
      const params = { fileName: 'Ann: 12/30.jpg', jpeg: jpeg.toString('base64') };
      const unknown = await refusalOf(client.request('recording.save', { recordingId: 'rec_none' }));
      assert.equal(unknown.code, 'not_found');
      if (choose === null) {
        assert.equal((await refusalOf(client.request('snapshot.save', params))).code, 'conflict');
        exercised.requests.add('snapshot.save');
        return;
      }
      await choose(null);
      assert.deepEqual(await client.request('snapshot.save', params), { outcome: 'cancelled' });
      const folder = mkdtempSync(join(tmpdir(), 'perch-snapshot-'));
      try {
        const path = join(folder, 'shot.jpg');
        await choose(path);
        assert.deepEqual(await client.request('snapshot.save', params), { outcome: 'saved', path });
        assert.deepEqual(readFileSync(path), jpeg);
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
  },
  {
    name: 'snapshot.keep: a picture becomes a photo of the device',
    run: async (tools) => {
      const room = await tools.openSubscribed();
      const phone = await tools.phone('rec-bob');
      await phone.send({});
      const jpeg = fixture('photo.jpg').toString('base64');
      const { deviceId } = phone;
      const { sha256 } = await room.client.request('snapshot.keep', { deviceId, jpeg });
      await room.event('live.batch', ({ devices }) => devices.some((one) => one.photo?.value.sha256 === sha256));
      const bad = (params: { deviceId: string; jpeg: string }) =>
        refusalOf(room.client.request('snapshot.keep', params));
      assert.equal((await bad({ deviceId: 'dev_none', jpeg })).code, 'not_found');
      assert.equal((await bad({ deviceId, jpeg: Buffer.from('GIF89a').toString('base64') })).code, 'invalid_params');
    },
  },
];
