import { describe, expect, it, vi } from 'vitest';
import { Credentials } from '../../../../src/renderer/phone/identity/credentials';
import { toJoinInfo, toSecureUrl } from '../../../../src/renderer/phone/identity/join-info';
import { takeFragment } from '../../../../src/renderer/phone/identity/join-key';
import { toPersonName } from '../../../../src/renderer/phone/identity/person-name';

/** The part of Storage the phone page uses, over a Map: Node has no localStorage. */
function memoryStorage(): Storage {
  const items = new Map<string, string>();
  return {
    get length() {
      return items.size;
    },
    clear: () => items.clear(),
    key: (index) => [...items.keys()][index] ?? null,
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  };
}

const page = (url: string) => {
  const replaceState = vi.fn();
  return { window: { location: new URL(url), history: { replaceState } } as unknown as Window, replaceState };
};

describe('what the address brings', () => {
  it('is taken out of the address bar; the key is kept', () => {
    const storage = memoryStorage();
    const { window, replaceState } = page('https://192.168.1.20:8443/join?x=1#k=a%2Bb&l=ar');
    expect(takeFragment(window, storage)).toEqual({ joinKey: 'a+b', code: null, language: 'ar' });
    expect(replaceState).toHaveBeenCalledExactlyOnceWith(null, '', '/join?x=1');
    expect(takeFragment(page('https://192.168.1.20:8443/join').window, storage).joinKey).toBe('a+b');
  });

  it('may be a code, which is not kept', () => {
    const storage = memoryStorage();
    const { window, replaceState } = page('https://192.168.1.20:8443/join#c=AB12CD34');
    expect(takeFragment(window, storage)).toEqual({ joinKey: null, code: 'AB12CD34', language: null });
    expect(replaceState).toHaveBeenCalledOnce();
    expect(storage.length).toBe(0);
  });

  it('is nothing, and the address untouched, when there never was one', () => {
    const { window, replaceState } = page('https://192.168.1.20:8443/join');
    expect(takeFragment(window, memoryStorage())).toEqual({ joinKey: null, code: null, language: null });
    expect(replaceState).not.toHaveBeenCalled();
  });
});

describe('credentials', () => {
  it('keep one device id for good', () => {
    const storage = memoryStorage();
    const { deviceId } = new Credentials(storage, 'JOIN');
    expect(deviceId).toMatch(/^[0-9a-f]{32}$/);
    expect(new Credentials(storage, null).deviceId).toBe(deviceId);
    expect(new Credentials(memoryStorage(), null).deviceId).not.toBe(deviceId);
  });

  it('pair with the join key, then use the device key', () => {
    const storage = memoryStorage();
    const credentials = new Credentials(storage, 'JOIN');
    expect(credentials).toMatchObject({ token: 'JOIN', pair: true });
    credentials.meet('h', 'DEVICE');
    expect(credentials).toMatchObject({ token: 'DEVICE', pair: false });
    expect(new Credentials(storage, null, 'h')).toMatchObject({ token: 'DEVICE', pair: false });
  });

  it('are another hub’s no more: neither its device key nor its join key is said to the next', () => {
    const storage = memoryStorage();
    takeFragment(page('https://192.168.43.1:8443/join#k=JOIN-A').window, storage);
    new Credentials(storage, 'JOIN-A', 'a').meet('a', 'DEVICE-A');
    expect(new Credentials(storage, 'JOIN-A', 'b').token).toBeUndefined();
    expect(takeFragment(page('https://192.168.43.1:8443/join#k=JOIN-B').window, storage).joinKey).toBe('JOIN-B');
    const atB = new Credentials(storage, 'JOIN-B', 'b');
    expect(atB).toMatchObject({ token: 'JOIN-B', pair: true });
    atB.meet('b', 'DEVICE-B');
    expect(atB.token).toBe('DEVICE-B');
    expect(new Credentials(storage, 'JOIN-B', 'a')).toMatchObject({ token: 'DEVICE-A', pair: false, joinKey: null });
  });

  it('of an earlier version are of the hub that answered last', () => {
    const storage = memoryStorage();
    storage.setItem('perch.deviceKey', 'OLD');
    storage.setItem('perch.hub', JSON.stringify({ hubId: 'a', deviceId: 'd', addresses: [] }));
    expect(new Credentials(storage, 'JOIN', 'b').token).toBe('JOIN');
    expect(new Credentials(storage, 'JOIN', 'a').token).toBe('OLD');
    expect(new Credentials(storage, 'JOIN').token).toBe('OLD');
  });

  it('fall back to the join key once, and to the device key never without a new one', () => {
    const credentials = new Credentials(memoryStorage(), 'JOIN');
    expect(credentials.fallBack()).toBe(false);
    credentials.meet('h', 'OLD');
    expect(credentials.fallBack()).toBe(true);
    expect(credentials).toMatchObject({ token: 'JOIN', pair: true });
    expect(credentials.fallBack()).toBe(false);
    credentials.meet('h', 'NEW');
    expect(credentials.token).toBe('NEW');
    expect(credentials.fallBack()).toBe(true);
  });

  it('have nothing to fall back to without a join key', () => {
    const credentials = new Credentials(memoryStorage(), null);
    credentials.meet('h', 'DEVICE');
    expect(credentials.fallBack()).toBe(false);
    expect(credentials.token).toBe('DEVICE');
  });
});

it.each([
  ['  Ann Pike ', 'Ann Pike'],
  ['A\u0000n\nn', 'Ann'],
  ['Ann\u202Eekip', 'Annekip'],
  ['Zoe\u0308', 'Zo\u00EB'],
  ['\u200F \u0007', ''],
  ['🦜'.repeat(65), '🦜'.repeat(64)],
])('makes %j a name the hub takes', (text, name) => {
  expect(toPersonName(text)).toBe(name);
});

describe('what the hub tells about itself', () => {
  const info = {
    hubName: 'Ridge',
    httpPort: 8080,
    tlsPort: 8443,
    hubId: 'h',
    caFingerprint: 'AA:BB',
    caName: 'Perch hub 1a2b3c',
    secureHost: 'hub.example',
    yourAddress: '192.168.1.7',
  };

  it.each([
    [info, info],
    [
      { ...info, tlsPort: null, caFingerprint: null, secureHost: undefined, yourAddress: undefined },
      { ...info, tlsPort: null, caFingerprint: null, secureHost: null, yourAddress: null },
    ],
    [{ ...info, more: 1 }, info],
    [{ ...info, tlsPort: '8443' }, null],
    [{ ...info, hubName: undefined }, null],
    ['<html>', null],
    [null, null],
  ])('%j is read as %j', (value, expected) => {
    expect(toJoinInfo(value)).toEqual(expected);
  });

  it.each([
    ['192.168.1.20', { joinKey: 'a+b' }, 'https://192.168.1.20:8443/join#k=a%2Bb'],
    ['192.168.1.20', { joinKey: 'a', code: 'AB12CD34', language: 'ar' }, 'https://192.168.1.20:8443/join#k=a&l=ar'],
    ['192.168.1.20', { joinKey: null, code: 'AB12CD34' }, 'https://192.168.1.20:8443/join#c=AB12CD34'],
    ['[fe80::1]', { joinKey: null }, 'https://[fe80::1]:8443/join'],
  ])('leads from %s with %j to %s: the key only in the fragment', (hostname, luggage, url) => {
    expect(toSecureUrl(hostname, 8443, luggage)).toBe(url);
  });
});
