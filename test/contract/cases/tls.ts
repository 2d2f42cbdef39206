import assert from 'node:assert/strict';
import type { ContractCase } from '../contract-tools';

export const tlsCases: readonly ContractCase[] = [
  {
    name: 'tls.newAuthority: another fingerprint, told to every operator and handed out at once, and in the audit log',
    run: async (tools) => {
      const [mine, other] = [await tools.openSubscribed(), await tools.openSubscribed()];
      const before = await mine.client.request('pairing.get', {});
      const made = await mine.client.request('tls.newAuthority', {});
      assert.match(made.caFingerprint ?? '', /^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
      assert.notEqual(made.caFingerprint, before.caFingerprint);
      assert.equal(made.joinUrl, before.joinUrl);
      await other.event('pairing.changed', ({ caFingerprint }) => caFingerprint === made.caFingerprint);
      const info = (await (await fetch(`${await tools.http()}/ca.json`)).json()) as { readonly caFingerprint: string };
      assert.equal(info.caFingerprint, made.caFingerprint);
      const { entries } = await mine.client.request('audit.list', { search: 'authority', limit: 5 });
      assert.equal(entries[0]?.action, 'tls.authorityMade');
      assert.ok(entries[0]?.detail.includes(made.caFingerprint ?? ''));
    },
  },
];
