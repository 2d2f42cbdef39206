import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ProfileFile } from '../../../src/main/hub/profile-file';
import { removeFolder, temporaryFolder } from '../../helpers/temporary-folder';

const SAVING = { intervalMs: 10_000, sensors: ['gps'], media: { photoSidePx: 1024, audioSeconds: 30 } } as const;

let dataDir: string;
beforeEach(() => {
  dataDir = temporaryFolder();
});
afterEach(() => removeFolder(dataDir));

const open = () => new ProfileFile({ dataDir, log: pino({ level: 'silent' }) });

test('without a file the usual profile; what is put in force is there after a restart, for its owner only', () => {
  const first = open();
  expect(first.config).toMatchObject({ type: 'config', intervalMs: 1000 });
  first.replace(SAVING);
  expect(first.config).toEqual({ type: 'config', ...SAVING });
  expect(open().profile).toEqual(SAVING);
  expect(statSync(join(dataDir, 'profile.json')).mode & 0o777).toBe(0o600);
});

test.each(['', 'null', '{"intervalMs": 5}', '{'])('a spoiled file (%j) is as none', (text) => {
  writeFileSync(join(dataDir, 'profile.json'), text);
  expect(open().profile.intervalMs).toBe(1000);
});

test('what can not be written is not in force', () => {
  const file = open();
  mkdirSync(join(dataDir, 'profile.json.part'));
  expect(() => file.replace(SAVING)).toThrow(/^What phones send could not be kept: /);
  expect(file.profile.intervalMs).toBe(1000);
});
