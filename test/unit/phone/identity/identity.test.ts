import { describe, expect, it, vi } from 'vitest';
import { Credentials } from '../../../../src/renderer/phone/identity/credentials';
import { toJoinInfo, toSecureUrl } from '../../../../src/renderer/phone/identity/join-info';
import { takeJoinKey } from '../../../../src/renderer/phone/identity/join-key';
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

describe('the key of the QR', () => {
  it('is kept and taken out of the address bar', () => {
    const storage = memoryStorage();
    const { window, replaceState } = page('https://192.168.1.20:8443/join?x=1#k=a%2Bb');
    expect(takeJoinKey(window, storage)).toBe('a+b');
    expect(replaceState).toHaveBeenCalledExactlyOnceWith(null, '', '/join?x=1');
    expect(takeJoinKey(page('https://192.168.1.20:8443/join').window, storage)).toBe('a+b');
  });

  it('is null, and the address untouched, when there never was one', () => {
    const { window, replaceState } = page('https://192.168.1.20:8443/join');
    expect(takeJoinKey(window, memoryStorage())).toBeNull();
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
    credentials.keepDeviceKey('DEVICE');
    expect(credentials).toMatchObject({ token: 'DEVICE', pair: false });
    expect(new Credentials(storage, null)).toMatchObject({ token: 'DEVICE', pair: false });
  });

  it('fall back to the join key once, and to the device key never without a new one', () => {
    const credentials = new Credentials(memoryStorage(), 'JOIN');
    expect(credentials.fallBack()).toBe(false);
    credentials.keepDeviceKey('OLD');
    expect(credentials.fallBack()).toBe(true);
    expect(credentials).toMatchObject({ token: 'JOIN', pair: true });
    expect(credentials.fallBack()).toBe(false);
    credentials.keepDeviceKey('NEW');
    expect(credentials.token).toBe('NEW');
    expect(credentials.fallBack()).toBe(true);
  });

  it('have nothing to fall back to without a join key', () => {
    const credentials = new Credentials(memoryStorage(), null);
    credentials.keepDeviceKey('DEVICE');
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
  const info = { hubName: 'Ridge', httpPort: 8080, tlsPort: 8443, caFingerprint: 'AA:BB', yourAddress: '192.168.1.7' };

  it.each([
    [info, info],
    [
      { ...info, tlsPort: null, caFingerprint: null, yourAddress: undefined },
      { ...info, tlsPort: null, caFingerprint: null, yourAddress: null },
    ],
    [{ ...info, more: 1 }, info],
    [{ ...info, tlsPort: '8443' }, null],
    [{ ...info, hubName: undefined }, null],
    ['<html>', null],
    [null, null],
  ])('%j is read as %j', (value, expected) => {
    expect(toJoinInfo(value)).toEqual(expected);
  });

  it('leads to the secure page with the key in the fragment', () => {
    expect(toSecureUrl('192.168.1.20', 8443, 'a+b')).toBe('https://192.168.1.20:8443/join#k=a%2Bb');
    expect(toSecureUrl('[fe80::1]', 8443, null)).toBe('https://[fe80::1]:8443/join');
  });
});
