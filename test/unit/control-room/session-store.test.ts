import { expect, it } from 'vitest';
import type { Session } from '../../../src/common/model/session';
import { putSession, sessionTitle } from '../../../src/renderer/control-room/stores/session-store';

const session = (sessionId: string, name = ''): Session => ({
  sessionId,
  name,
  startedAtMs: 0,
  endedAtMs: null,
  frames: 0,
  devices: 0,
});

it('puts a changed session in its place and a new one on top', () => {
  const sessions = [session('b'), session('a')];
  expect(putSession(sessions, session('a', 'Day 1')).map(sessionTitle)).toEqual(['Unnamed session', 'Day 1']);
  expect(putSession(sessions, session('c')).map(({ sessionId }) => sessionId)).toEqual(['c', 'b', 'a']);
});
