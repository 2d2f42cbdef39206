import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CONTRACT_VERSION } from '../../../src/common/contract/version';
import { type ContractCase, type ContractTools, refusalOf } from '../contract-tools';
import type { Room } from '../room';

const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

const ended = (room: Room, backupId: string) =>
  room.event('backup.progress', (one) => one.backupId === backupId && one.state !== 'running');

const dataFolderOf = async ({ client }: Room): Promise<string> =>
  (await client.request('hub.hello', { contractVersion: CONTRACT_VERSION })).dataFolder;

/** An ended session of its own with a frame and, if wished, a photo. @returns its id */
async function record(tools: ContractTools, { client }: Room, name: string, photo?: Buffer): Promise<string> {
  const { session } = await client.request('session.start', { name });
  const phone = await tools.phone(`sto-${name}`);
  await phone.send(photo ? { photoBase64: photo.toString('base64') } : { text: name });
  await client.request('session.stop', {});
  return session.sessionId;
}

export const storageCases: readonly ContractCase[] = [
  {
    name: 'storage.backUp: into a folder of the data folder, once; another name needs no dialog',
    run: async (tools) => {
      const room = await tools.openSubscribed();
      await record(tools, room, 'copied');
      const params = { to: 'folder', name: 'Before the storm' } as const;
      const started = await room.client.request('storage.backUp', params);
      assert.equal(started.outcome, 'writing');
      const { state, path, sizeBytes, message } = await ended(room, started.backup.backupId);
      assert.deepEqual([state, message], ['done', null]);
      assert.equal(path, join(await dataFolderOf(room), 'backups', 'Before the storm'));
      assert.ok(existsSync(join(path, 'perch.sqlite')) && (sizeBytes ?? 0) > 0);
      assert.equal((await room.client.request('storage.get', {})).backup?.state, 'done');
      assert.equal((await refusalOf(room.client.request('storage.backUp', params))).code, 'conflict');
      for (const name of ['', '..', '../up', 'a/b', 'a\\b', '.hidden', 'x'.repeat(65), 'dot.', 'C:']) {
        const refusal = await refusalOf(room.client.request('storage.backUp', { to: 'folder', name }));
        assert.equal(refusal.code, 'invalid_params', name);
      }
    },
  },
  {
    name: 'storage.backUp, dialog: into the folder the operator chose; dismissed is an outcome; a browser has none',
    run: async (tools) => {
      const room = await tools.openSubscribed();
      const choose = tools.host.chooseSavePath;
      if (choose === null) {
        assert.equal((await refusalOf(room.client.request('storage.backUp', { to: 'dialog' }))).code, 'conflict');
        return;
      }
      await choose(null);
      assert.deepEqual(await room.client.request('storage.backUp', { to: 'dialog' }), { outcome: 'cancelled' });
      const folder = mkdtempSync(join(tmpdir(), 'perch-backup-'));
      try {
        await choose(folder);
        const started = await room.client.request('storage.backUp', { to: 'dialog' });
        assert.equal(started.outcome, 'writing');
        assert.equal((await ended(room, started.backup.backupId)).state, 'done');
        const [made, ...more] = readdirSync(folder);
        assert.match(made ?? '', /^perch-backup-\d{4}-\d{2}-\d{2}-\d{6}$/);
        assert.deepEqual(more, []);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  },
  {
    name: 'storage.plan: says what would go, never the current session, and does nothing',
    run: async (tools) => {
      const { client } = await tools.open();
      const { sessions } = await client.request('session.list', {});
      const past = sessions.filter(({ endedAtMs }) => endedAtMs !== null).map(({ sessionId }) => sessionId);
      const { plan } = await client.request('storage.plan', { maxAgeDays: null, maxBytes: 0 });
      const planned = plan.sessions.map(({ sessionId }) => sessionId);
      assert.ok(planned.length > 0);
      assert.ok(planned.every((sessionId) => past.includes(sessionId)));
      assert.equal(
        plan.bytes,
        plan.sessions.reduce((sum, { bytes }) => sum + bytes, 0),
      );
      const none = await client.request('storage.plan', { maxAgeDays: 1, maxBytes: null });
      assert.deepEqual(none.plan, { sessions: [], frames: 0, bytes: 0 });
      assert.equal((await client.request('session.list', {})).sessions.length, sessions.length);
    },
  },
  {
    name: 'storage.erase: the session, its photo and what was made of the photo are gone; the current one is refused',
    run: async (tools) => {
      const room = await tools.open();
      const { client } = room;
      const dataFolder = await dataFolderOf(room);
      const sessionId = await record(tools, room, 'erased', PICTURE);
      const before = await client.request('storage.get', {});
      assert.ok(before.mediaFiles > 0 && before.mediaBytes > 0 && before.logBytes > 0);
      const shown = (await tools.phone('sto-erased')).deviceId;
      const { sessions } = await client.request('session.list', {});
      assert.ok(sessions.some((one) => one.sessionId === sessionId) && shown !== '');
      const wrong = client.request('storage.erase', { sessions: [{ sessionId, name: 'Erased?' }] });
      assert.equal((await refusalOf(wrong)).code, 'conflict');
      const gone = await client.request('storage.erase', { sessions: [{ sessionId, name: 'erased' }] });
      assert.deepEqual(gone, { sessions: 1, frames: 1, mediaFiles: 1, recordings: 0 });
      const { entries } = await client.request('audit.list', { limit: 5 });
      assert.match(
        entries.find(({ action }) => action === 'session.erased')?.detail ?? '',
        /^A session \(erased\) was erased: 1 frame, 1 media file, 0 recordings\.$/,
      );
      const after = await client.request('storage.get', {});
      assert.equal(after.mediaFiles, before.mediaFiles - 1);
      assert.equal(
        (await refusalOf(client.request('storage.erase', { sessions: [{ sessionId, name: 'erased' }] }))).code,
        'not_found',
      );
      const { session: current } = await client.request('live.subscribe', {});
      const now = client.request('storage.erase', { sessions: [{ sessionId: current.sessionId, name: current.name }] });
      assert.equal((await refusalOf(now)).code, 'conflict');
      assert.ok(existsSync(join(dataFolder, 'perch.sqlite')));
    },
  },
];
