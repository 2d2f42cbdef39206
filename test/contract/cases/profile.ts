import assert from 'node:assert/strict';
import type { Message, WireClient } from '../../helpers/wire-client';
import { type ContractCase, refusalOf } from '../contract-tools';

const SAVING = {
  intervalMs: 10_000,
  sensors: ['gps' as const],
  media: { photoSidePx: 1024, audioSeconds: 30 },
};

const configsOf = ({ received }: WireClient): readonly Message[] => received.filter(({ type }) => type === 'config');

/** Waits until the phone heard so many, and compares. */
async function configured(phone: WireClient, profiles: readonly object[]): Promise<void> {
  await phone.until(() => configsOf(phone).length >= profiles.length);
  assert.deepEqual(
    configsOf(phone),
    profiles.map((profile) => ({ type: 'config', ...profile })),
  );
}

export const profileCases: readonly ContractCase[] = [
  {
    name: 'profile.set: told at once to the pages that are there, and after welcome to those that come',
    run: async (tools) => {
      const { client } = await tools.open();
      const { profile: usual } = await client.request('profile.get', {});
      const [page, plain] = [await tools.socket(), await tools.socket()];
      await page.ask({ type: 'handshake', username: 'pro-page', protocol: 1 });
      await configured(page, [usual]);
      await plain.ask({ type: 'handshake', username: 'pro-plain' });
      const { profile, told } = await client.request('profile.set', { profile: SAVING });
      assert.deepEqual(profile, SAVING);
      assert.equal(told, 1);
      await configured(page, [usual, SAVING]);
      assert.deepEqual((await client.request('profile.get', {})).profile, SAVING);
      const late = await tools.socket();
      assert.equal((await late.ask({ type: 'handshake', username: 'pro-late', protocol: 1 })).type, 'welcome');
      await configured(late, [SAVING]);
      await client.request('profile.set', { profile: usual });
      // Who did not say `protocol: 1` heard nothing of it.
      assert.equal((await plain.ask({ type: 'data', data: {} })).type, 'ack');
      assert.deepEqual(configsOf(plain), []);
    },
  },
  {
    name: 'profile.set: what no phone could keep to is refused',
    run: async (tools) => {
      const { client } = await tools.open();
      for (const wrong of [
        { intervalMs: 99 },
        { intervalMs: 60_001 },
        { sensors: ['gps' as const, 'gps' as const] },
        { media: { photoSidePx: 100, audioSeconds: 30 } },
        { media: { photoSidePx: 1024, audioSeconds: 301 } },
      ]) {
        const refusal = await refusalOf(client.request('profile.set', { profile: { ...SAVING, ...wrong } }));
        assert.equal(refusal.code, 'invalid_params');
      }
    },
  },
];
