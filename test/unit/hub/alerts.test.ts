import { expect, test } from 'vitest';
import { AlertBoard } from '../../../src/main/hub/alerts';
import { floodAlert, sosAlert } from '../../../src/main/hub/phone-alerts';
import { createTestClock, T0 } from './test-clock';

const alert = (id: string, sentence = `${id} is wrong.`) => ({ id, severity: 'warning' as const, sentence, tip: null });

function openBoard() {
  const clock = createTestClock();
  const board = new AlertBoard(clock);
  const told: string[] = [];
  const stop = board.listen({
    raised: ({ id, sentence }) => told.push(`raised ${id}: ${sentence}`),
    cleared: (id) => told.push(`cleared ${id}`),
  });
  return { clock, board, told, stop };
}

test('raised and cleared by id', () => {
  const { board, told } = openBoard();
  board.raise(alert('disk'));
  expect(board.list()).toEqual([{ ...alert('disk'), raisedAtMs: T0, acknowledged: null }]);
  board.clear('disk');
  board.clear('disk');
  expect(board.list()).toEqual([]);
  expect(told).toEqual(['raised disk: disk is wrong.', 'cleared disk']);
});

test('the same trouble again is not told again; another word of it is', () => {
  const { board, clock, told } = openBoard();
  board.raise(alert('disk'));
  clock.advance(1_000);
  board.raise(alert('disk'));
  expect(board.list()[0]?.raisedAtMs).toBe(T0);
  board.raise(alert('disk', 'Worse.'));
  board.raise({ ...alert('disk', 'Worse.'), severity: 'critical' });
  expect(board.list()).toEqual([
    { ...alert('disk', 'Worse.'), severity: 'critical', raisedAtMs: T0 + 1_000, acknowledged: null },
  ]);
  expect(told).toEqual(['raised disk: disk is wrong.', 'raised disk: Worse.', 'raised disk: Worse.']);
});

test('a flood of causes does not fill the memory: the oldest gives way', () => {
  const { board, told } = openBoard();
  for (let index = 0; index <= 200; index++) board.raise(alert(`a${index}`));
  expect(board.list()).toHaveLength(200);
  expect(board.list()[0]?.id).toBe('a1');
  expect(told.at(-2)).toBe('cleared a0');
});

test('who stopped listening hears nothing more', () => {
  const { board, told, stop } = openBoard();
  stop();
  board.raise(alert('disk'));
  expect(told).toEqual([]);
});

test('seen by somebody: told once, still listed, and new again when it says something else; all in the log', () => {
  const { board, clock } = openBoard();
  const seen: string[] = [];
  board.listen({ raised: () => {}, cleared: () => {}, acknowledged: ({ id }) => seen.push(id) });
  expect(board.acknowledge('disk', 'window')).toBeNull();
  board.raise(alert('disk'));
  clock.advance(1_000);
  const acknowledged = { atMs: T0 + 1_000, by: 'window' };
  expect(board.acknowledge('disk', 'window')).toMatchObject({ isNews: true, alert: { acknowledged } });
  clock.advance(1_000);
  expect(board.acknowledge('disk', 'browser')).toMatchObject({ isNews: false, alert: { acknowledged } });
  board.raise(alert('disk'));
  expect(board.list()).toMatchObject([{ id: 'disk', acknowledged }]);
  board.raise(alert('disk', 'Worse.'));
  expect(board.list()).toMatchObject([{ sentence: 'Worse.', acknowledged: null }]);
  clock.advance(1_000);
  board.clear('disk');
  expect(seen).toEqual(['disk']);
  expect(board.log()).toMatchObject([
    { sentence: 'Worse.', raisedAtMs: T0 + 2_000, acknowledged: null, clearedAtMs: T0 + 3_000 },
    { sentence: 'disk is wrong.', raisedAtMs: T0, acknowledged, clearedAtMs: T0 + 2_000 },
  ]);
  for (let index = 0; index < 300; index++) board.raise(alert(`a${index}`));
  expect(board.log()).toHaveLength(200);
});

test('people who are called otherwise are so in what lasts, quietly; what is over keeps the name it was told with', () => {
  const { board, clock, told } = openBoard();
  const reworded: string[] = [];
  board.listen({ raised: () => {}, cleared: () => {}, reworded: ({ sentence }) => reworded.push(sentence) });
  board.raise(sosAlert('d1', 'Ann', { active: true, text: 'at the ford', atMs: T0 }));
  board.raise(floodAlert('d1', 'Ann'));
  board.clear('flood.d1');
  board.raise(sosAlert('d2', 'Ben', { active: true, text: null, atMs: T0 }));
  board.raise(alert('disk'));
  board.acknowledge('sos.d1', 'window');
  const before = told.length;
  clock.advance(1_000);
  const names: Record<string, string | null> = { d1: 'Hanna', d2: null };
  board.reword((deviceId) => names[deviceId] ?? null);
  board.reword((deviceId) => names[deviceId] ?? null);
  expect(reworded).toEqual(['Hanna calls for help: at the ford']);
  expect(told).toHaveLength(before);
  const [first] = board.list();
  expect(first).toMatchObject({ id: 'sos.d1', sentence: reworded[0], raisedAtMs: T0, acknowledged: { by: 'window' } });
  expect(board.log().map(({ sentence }) => sentence.split(' ')[0])).toEqual(['disk', 'Ben', 'Ann', 'Hanna']);
  // The same call by the new name is no news.
  board.raise(sosAlert('d1', 'Hanna', { active: true, text: 'at the ford', atMs: T0 }));
  expect(told).toHaveLength(before);
});
