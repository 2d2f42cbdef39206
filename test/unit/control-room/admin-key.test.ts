import { describe, expect, it, vi } from 'vitest';
import { readKeyFromFragment, takeAdminKey } from '../../../src/renderer/control-room/connect/admin-key';

function tab(hash: string, kept: string | null) {
  const stored = new Map(kept === null ? [] : [['perch-key', kept]]);
  const replaceState = vi.fn();
  const key = takeAdminKey(
    { hash, pathname: '/room', search: '?x=1' } as Location,
    { replaceState } as unknown as History,
    { getItem: (name) => stored.get(name) ?? null, setItem: (name, value) => stored.set(name, value) },
  );
  return { key, replaceState, stored };
}

describe('takeAdminKey', () => {
  it('takes the key of the link, keeps it for a reload and clears the address bar', () => {
    const { key, replaceState, stored } = tab('#k=fresh', 'old');
    expect(key).toBe('fresh');
    expect(stored.get('perch-key')).toBe('fresh');
    expect(replaceState).toHaveBeenCalledWith(null, '', '/room?x=1');
  });
  it('finds the kept one after a reload', () => {
    expect(tab('', 'kept').key).toBe('kept');
  });
  it('has none when there is none', () => {
    expect(tab('', null).key).toBeNull();
  });
  it.each([
    ['#k=abc', 'abc'],
    ['#a=1&k=abc', 'abc'],
    ['#k=', null],
    ['#', null],
    ['', null],
  ])('reads %s', (fragment, key) => {
    expect(readKeyFromFragment(fragment)).toBe(key);
  });
});
