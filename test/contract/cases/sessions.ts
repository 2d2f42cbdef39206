import assert from 'node:assert/strict';
import type { ContractCase } from '../contract-tools';

export const sessionCases: readonly ContractCase[] = [
  {
    name: 'session.start: ends the current one, begins another, and tells everybody',
    run: async (tools) => {
      const [mine, other] = [await tools.openSubscribed(), await tools.openSubscribed()];
      const before = (await mine.client.request('session.list', {})).sessions[0];
      const { session } = await mine.client.request('session.start', { name: '  Search north ' });
      assert.equal(session.name, 'Search north');
      assert.deepEqual([session.frames, session.devices, session.endedAtMs], [0, 0, null]);
      for (const room of [mine, other])
        await room.event('session.changed', (told) => told.session.sessionId === session.sessionId);
      const { sessions } = await other.client.request('session.list', {});
      assert.equal(sessions[0]?.sessionId, session.sessionId);
      assert.equal(sessions.find(({ sessionId }) => sessionId === before?.sessionId)?.endedAtMs, session.startedAtMs);
      assert.equal(sessions.filter(({ endedAtMs }) => endedAtMs === null).length, 1);
    },
  },
  {
    name: 'session.changed: counts follow the frames, at most one a second',
    run: async (tools) => {
      const room = await tools.openSubscribed();
      const { session } = await room.client.request('session.start', { name: 'Counted' });
      const [ann, bob] = [await tools.phone('ses-ann'), await tools.phone('ses-bob')];
      for (let index = 0; index < 5; index++) await Promise.all([ann.send({}), bob.send({})]);
      const told = await room.event(
        'session.changed',
        (event) => event.session.sessionId === session.sessionId && event.session.frames === 10,
      );
      assert.equal(told.session.devices, 2);
    },
  },
  {
    name: 'session.stop: recording never stops, an unnamed session goes on',
    run: async (tools) => {
      const room = await tools.openSubscribed();
      const phone = await tools.phone('ses-cat');
      const named = (await room.client.request('session.start', { name: 'Ended' })).session;
      const { session } = await room.client.request('session.stop', {});
      assert.deepEqual([session.name, session.endedAtMs], ['', null]);
      assert.notEqual(session.sessionId, named.sessionId);
      assert.equal((await phone.send({})).type, 'ack');
      const { sessions } = await room.client.request('session.list', {});
      assert.equal(sessions.find(({ sessionId }) => sessionId === session.sessionId)?.frames, 1);
      assert.equal(sessions.find(({ sessionId }) => sessionId === named.sessionId)?.frames, 0);
    },
  },
  {
    name: 'session.rename: the current one is told by session.changed, a past one stays past',
    run: async (tools) => {
      const room = await tools.openSubscribed();
      const past = (await room.client.request('session.start', { name: 'a' })).session;
      const current = (await room.client.request('session.start', { name: 'b' })).session;
      const renamed = await room.client.request('session.rename', { sessionId: past.sessionId, name: 'Past' });
      assert.equal(renamed.session.name, 'Past');
      assert.notEqual(renamed.session.endedAtMs, null);
      await room.client.request('session.rename', { sessionId: current.sessionId, name: 'Now' });
      await room.event('session.changed', ({ session }) => session.name === 'Now');
      const { sessions } = await room.client.request('session.list', {});
      assert.deepEqual(
        sessions.slice(0, 2).map(({ name }) => name),
        ['Now', 'Past'],
      );
    },
  },
];
