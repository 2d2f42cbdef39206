import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type HubProcess, startHubProcess } from '../../helpers/hub-process';
import { removeFolder, temporaryFolder } from '../../helpers/temporary-folder';
import { KEYS, openTestLan } from '../lan/lan-fixture';

const ROOT = join(import.meta.dirname, '../../..');

let dataDir: string;
let hub: HubProcess;
beforeAll(async () => {
  dataDir = temporaryFolder();
  hub = await startHubProcess(dataDir);
});
afterAll(async () => {
  await hub.stop();
  removeFolder(dataDir);
});

test('every test that docs/security.md names is there', () => {
  const text = readFileSync(join(ROOT, 'docs/security.md'), 'utf8');
  const named = [...text.matchAll(/`(test\/[^`]+)`/g)].map(([, path]) => path ?? '');
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
});

test.each(['/join', '/room', '/', '/health', '/ca.json', '/nothing-here'])(
  '%s comes with a policy that lets no foreign script run, and sends no referrer',
  async (path) => {
    const { headers } = await fetch(`${hub.ready.http}${path}`);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/default-src '(self|none)'/);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/script-src|unsafe-eval|default-src[^;]*(\*|http|unsafe)/);
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  },
);

test('a key shown in any way stands in no line of the log, right or wrong', async () => {
  const lan = await openTestLan();
  const wrong = 'wrong-key-that-must-not-be-logged';
  for (const key of [KEYS.viewer, wrong]) {
    await fetch(`${lan.http}/api/v1/devices?key=${key}`);
    await fetch(`${lan.http}/ingest/${key}`);
    await fetch(`${lan.http}/api/v1/devices`, { headers: { authorization: `Bearer ${key}` } });
    await fetch(`${lan.http}/pocket-parrot/${key}`);
  }
  await lan.close();
  expect(lan.logged.length).toBeGreaterThan(0);
  for (const line of lan.logged) for (const key of [KEYS.viewer, wrong]) expect(line).not.toContain(key);
});

test('the titles of the pages hold no address and no key', async () => {
  for (const path of ['/join', '/room']) {
    const html = await (await fetch(`${hub.ready.http}${path}`)).text();
    expect(/<title>(.*?)<\/title>/.exec(html)?.[1]).toMatch(/^[A-Za-z ·:,-]+$/);
  }
});
