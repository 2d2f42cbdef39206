import assert from 'node:assert/strict';
import type { ContractCase } from '../contract-tools';

export const auditCases: readonly ContractCase[] = [
  {
    name: 'audit.list: what the operator did, newest first, by person, by words, a page at a time; and no key',
    run: async (tools) => {
      const { client } = await tools.open();
      const phone = await tools.phone('aud-ann');
      await phone.send({});
      const { deviceId } = phone;
      await client.request('device.rename', { deviceId, name: 'Aud 100%' });
      const key = `join-${'0123456789abcdefghjkmnpqrs'}`;
      await client.request('device.kick', { deviceId, reason: `Lost, its key was ${key}` });
      const { entries, next } = await client.request('audit.list', { deviceId, limit: 10 });
      assert.deepEqual(
        entries.map(({ action, actor, address, detail }) => ({ action, actor, address, detail })),
        [
          {
            action: 'device.kicked',
            actor: 'operator',
            address: null,
            detail: '“Aud 100%” was removed for 10 minutes. Reason: Lost, its key was (a key)',
          },
          { action: 'device.renamed', actor: 'operator', address: null, detail: '“aud-ann” is now “Aud 100%”.' },
        ],
      );
      assert.equal(next, null);
      const first = await client.request('audit.list', { deviceId, limit: 1 });
      assert.deepEqual(first, { entries: entries.slice(0, 1), next: entries[0]?.auditId });
      const second = await client.request('audit.list', { deviceId, limit: 1, before: first.next });
      assert.deepEqual(second, { entries: entries.slice(1), next: null });
      // A sign of LIKE is a sign.
      const found = await client.request('audit.list', { search: 'AUD 100%”.', limit: 10 });
      assert.deepEqual(
        found.entries.map(({ action }) => action),
        ['device.renamed'],
      );
      assert.deepEqual((await client.request('audit.list', { search: 'a_d 100', limit: 10 })).entries, []);
    },
  },
  {
    name: 'audit.list: what was said to phones and changed for them, without the words and without the password',
    run: async (tools) => {
      const { client } = await tools.open();
      const phone = await tools.socket();
      const { deviceId } = await phone.ask({ type: 'handshake', username: 'aud-bea', protocol: 1 });
      await phone.ask({ type: 'data', data: {} });
      await client.request('message.send', { deviceId: String(deviceId), text: 'aud-secret words' });
      await client.request('device.request', { deviceId: String(deviceId), what: 'check-in' });
      await client.request('message.send', { deviceId: null, text: 'aud-secret for all' });
      const { profile } = await client.request('profile.get', {});
      await client.request('profile.set', { profile });
      await client.request('wifi.set', { wifi: { ssid: 'Aud net', password: 'aud-secret', isHidden: false } });
      await client.request('wifi.set', { wifi: null });
      const { entries } = await client.request('audit.list', { limit: 6 });
      assert.deepEqual(
        entries.map(({ action, deviceId: of, detail }) => [action, of, detail]),
        [
          ['wifi.changed', null, 'The WiFi of the poster was forgotten.'],
          ['wifi.changed', null, 'The WiFi of the poster is now “Aud net”.'],
          ['profile.changed', null, 'Phones send every 1 s at the most: gps, orientation, motion.'],
          ['message.sent', null, 'A message was written to everybody: 1 phone had it at once.'],
          ['device.asked', deviceId, '“aud-bea” was asked: check-in.'],
          ['message.sent', deviceId, 'A message was written to “aud-bea”.'],
        ],
      );
    },
  },
  {
    name: 'audit.list: sessions, exports, certificates and the pairing address',
    run: async (tools) => {
      const { client } = await tools.open();
      const { session } = await client.request('session.start', { name: 'aud-one' });
      await client.request('session.rename', { sessionId: session.sessionId, name: 'aud-two' });
      await client.request('session.certificate', { sessionId: session.sessionId });
      const { selectedAddress } = await client.request('pairing.get', {});
      await client.request('pairing.selectAddress', { address: selectedAddress });
      await client.request('export.start', { sessionId: session.sessionId, format: 'csv', to: 'download' });
      await client.request('session.stop', {});
      const { entries } = await client.request('audit.list', { limit: 6 });
      assert.deepEqual(
        entries.map(({ action }) => action),
        [
          'session.stopped',
          'export.started',
          'pairing.addressChosen',
          'certificate.issued',
          'session.renamed',
          'session.started',
        ],
      );
      assert.match(entries[5]?.detail ?? '', /^Started “aud-one”\. Ended /);
    },
  },
];
