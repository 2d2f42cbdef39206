import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ContractCase, refusalOf } from '../contract-tools';
import { exercised } from '../room';

export const custodyCases: readonly ContractCase[] = [
  {
    name: 'device.custody: stored, again, refused and missing, each counted',
    run: async (tools) => {
      const { client } = await tools.open();
      const phone = await tools.phone('cus-ann');
      const { deviceId } = phone;
      const before = await client.request('device.custody', { deviceId });
      assert.equal(before.custody.received, 0);
      const batch = (...seqs: number[]) => ({
        type: 'batch',
        boot: 'b',
        frames: seqs.map((seq) => ({ seq, data: {} })),
      });
      await phone.client.ask(batch(1, 2));
      await phone.client.ask(batch(2, 6));
      await phone.client.ask({ type: 'data', data: { battery: 'full' } });
      const { sessionId, custody } = await client.request('device.custody', { deviceId });
      const { name, received, stored, duplicate, refused, missing, holes, dropped } = custody;
      assert.deepEqual(
        { name, received, stored, duplicate, refused, missing, holes, dropped },
        {
          name: 'cus-ann',
          received: 5,
          stored: 3,
          duplicate: 1,
          refused: { invalid_frame: 1 },
          missing: 3,
          holes: [{ boot: 'b', ranges: [[3, 5]] }],
          dropped: 0,
        },
      );
      assert.deepEqual((await client.request('device.custody', { deviceId, sessionId })).custody.stored, 3);
      assert.equal(
        (await refusalOf(client.request('device.custody', { deviceId, sessionId: 's_none' }))).code,
        'not_found',
      );
      assert.equal((await refusalOf(client.request('device.custody', { deviceId: 'd_none' }))).code, 'not_found');
    },
  },
  {
    name: 'session.certificate: every device of a session under a hash of its canonical JSON',
    run: async (tools) => {
      const { client } = await tools.open();
      const phone = await tools.phone('cus-bob');
      const { session } = await client.request('session.start', { name: 'Certified' });
      await phone.send({ text: 'one' });
      await client.request('session.stop', {});
      const { certificate } = await client.request('session.certificate', { sessionId: session.sessionId });
      assert.equal(certificate.isFinal, true);
      assert.equal(certificate.session.name, 'Certified');
      assert.deepEqual(
        certificate.devices.map(({ deviceId, stored }) => ({ deviceId, stored })),
        [{ deviceId: phone.deviceId, stored: 1 }],
      );
      const { sha256, ...rest } = certificate;
      assert.equal(createHash('sha256').update(sorted(rest)).digest('hex'), sha256);
      assert.equal((await refusalOf(client.request('session.certificate', { sessionId: 's_none' }))).code, 'not_found');
      const { html } = await client.request('session.certificatePage', { sessionId: session.sessionId });
      assert.ok(html.includes(sha256) && html.includes('cus-bob'));
      const page = client.request('session.certificatePage', { sessionId: 's_none' });
      assert.equal((await refusalOf(page)).code, 'not_found');
    },
  },
  {
    name: 'session.saveCertificate: as JSON and as a page, where the operator chose; a browser has no dialog',
    run: async (tools) => {
      const { client } = await tools.open();
      const { sessionId } = (await client.request('live.subscribe', {})).session;
      const choose = tools.host.chooseSavePath;
      const save = (format: 'json' | 'page') => client.request('session.saveCertificate', { sessionId, format });
      if (choose === null) {
        assert.equal((await refusalOf(save('json'))).code, 'conflict');
        exercised.requests.add('session.saveCertificate');
        return;
      }
      const folder = mkdtempSync(join(tmpdir(), 'perch-certificate-'));
      try {
        await choose(null);
        assert.deepEqual(await save('json'), { outcome: 'cancelled' });
        const path = join(folder, 'chosen');
        await choose(path);
        assert.deepEqual(await save('json'), { outcome: 'saved', path });
        assert.match(readFileSync(path, 'utf8'), /"kind": "perch-custody-certificate"/);
        assert.deepEqual(await save('page'), { outcome: 'saved', path });
        assert.match(readFileSync(path, 'utf8'), /^<!doctype html>/i);
        await choose(join(folder, 'no such folder', 'chosen'));
        assert.equal((await refusalOf(save('page'))).code, 'storage_unavailable');
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  },
];

/** Canonical JSON, written again: what somebody else would check the hash with. */
const sorted = (value: unknown): string =>
  JSON.stringify(value, (_name, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
