import { expect, test } from 'vitest';
import { Merges } from '../../../../src/common/model/merges';

const merged = (deviceId: string, mergedInto: string | null) => ({ deviceId, mergedInto });

test('who was merged stays with a person who is merged themselves, and when that is undone', () => {
  const merges = new Merges([merged('a', null), merged('b', 'a'), merged('c', null)]);
  expect(merges.groupOf('b')).toEqual(['a', 'b']);
  expect(merges.groupOf('c')).toEqual(['c']);

  merges.set('a', 'c');
  expect(merges.shownAs('b')).toBe('c');
  expect([...merges.mergedInto('c')].sort()).toEqual(['a', 'b']);
  expect(merges.mergedInto('a')).toEqual([]);

  merges.set('a', null);
  expect(merges.groupOf('c')).toEqual(['c']);
  expect(merges.groupOf('b')).toEqual(['a', 'b']);
  merges.set('b', null);
  expect(merges.groupOf('a')).toEqual(['a']);
});

test('what a damaged log says in a circle is no merge', () => {
  const merges = new Merges([merged('a', 'b'), merged('b', 'c'), merged('c', 'a'), merged('d', 'd')]);
  expect(merges.shownAs('a')).toBe('c');
  expect(merges.shownAs('c')).toBe('c');
  expect(merges.shownAs('d')).toBe('d');
});
