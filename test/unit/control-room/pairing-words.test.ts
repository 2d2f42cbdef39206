import { expect, test } from 'vitest';
import type { Pairing } from '../../../src/common/contract/schemas';
import type { KeyInfo } from '../../../src/common/model/key';
import type { NetworkAddressKind } from '../../../src/common/model/network-address';
import {
  endWords,
  isExpired,
  nameSome,
  toNames,
  usedWords,
} from '../../../src/renderer/control-room/features/keys/key-words';
import { troublesOf } from '../../../src/renderer/control-room/features/pairing/pairing-trouble';
import { toWifiText } from '../../../src/renderer/control-room/features/poster/wifi-text';

test.each([
  ['a plain one', 'Field', 'secret-12', false, 'WIFI:T:WPA;S:Field;P:secret-12;;'],
  ['an open one', 'Field', null, false, 'WIFI:T:nopass;S:Field;;'],
  ['one that hides', 'Field', 'secret-12', true, 'WIFI:T:WPA;S:Field;P:secret-12;H:true;;'],
  [
    'what has a meaning',
    'a;b,c:d"e\\f',
    ';,:"\\12345',
    false,
    'WIFI:T:WPA;S:a\\;b\\,c\\:d\\"e\\\\f;P:\\;\\,\\:\\"\\\\12345;;',
  ],
  ['a name like hexadecimal digits', 'cafe', '12345678', false, 'WIFI:T:WPA;S:"cafe";P:12345678;;'],
  ['an odd number of them', 'abc', '12345678', false, 'WIFI:T:WPA;S:abc;P:12345678;;'],
  ['other scripts', 'Häuser 山', 'pässwörter', false, 'WIFI:T:WPA;S:Häuser 山;P:pässwörter;;'],
])('the WiFi as a QR code: %s', (_, ssid, password, isHidden, text) => {
  expect(toWifiText({ ssid, password, isHidden })).toBe(text);
});

test('names as they are pasted', () => {
  expect(toNames(' Ann \n\nBen, Chen;Dee\tEve\r\nAnn')).toEqual(['Ann', 'Ben', 'Chen', 'Dee', 'Eve', 'Ann']);
  expect(toNames(' \n,;')).toEqual([]);
  expect(toNames('Zoe\u0308')).toEqual(['Zo\u00eb']);
});

test('some names', () => {
  expect([['Ann'], ['Ann', 'Ben'], ['Ann', 'Ben', 'Chen', 'Dee']].map(nameSome)).toEqual([
    'Ann',
    'Ann and Ben',
    'Ann, Ben and 2 more',
  ]);
});

test('when a key was used and when it ends', () => {
  const key: KeyInfo = {
    keyId: 'k',
    kind: 'viewer',
    name: 'Tablet',
    deviceId: null,
    createdAtMs: 0,
    expiresAtMs: 100_000,
    lastUsedAtMs: 60_000,
  };
  expect(usedWords(key, 90_000)).toBe('used 30 s ago');
  expect(usedWords({ ...key, lastUsedAtMs: null }, 90_000)).toBe('not used yet');
  expect([isExpired(key, 99_999), isExpired(key, 100_000)]).toEqual([false, true]);
  expect(endWords(key, 99_999)).toMatch(/^until 1 Jan/);
  expect(endWords(key, 100_000)).toMatch(/^expired 1 Jan/);
  expect(endWords({ ...key, expiresAtMs: null }, 0)).toBe('until revoked');
});

const pairing = (kinds: readonly NetworkAddressKind[], rest: Partial<Pairing> = {}): Pairing => ({
  joinUrl: '',
  selectedAddress: '10.0.0.0',
  choices: kinds.map((kind, index) => ({
    address: `10.0.0.${index}`,
    interfaceName: 'x',
    kind,
    score: 0,
    joinUrl: '',
  })),
  httpPort: 8080,
  tlsPort: 8443,
  caFingerprint: 'AA',
  reachedVia: null,
  reachedAtMs: null,
  secureReach: 'page',
  code: null,
  ...rest,
});

test('nothing arrived: of what the laptop can know, only what holds', () => {
  const said = (kinds: readonly NetworkAddressKind[], rest?: Partial<Pairing>): string =>
    troublesOf(pairing(kinds, rest), false).join(' ');
  expect(said(['wifi'])).toContain('ports 8080 and 8443');
  expect(said(['wifi'], { tlsPort: null })).toContain('lets port 8080 in');
  expect(said(['wifi'])).not.toContain('try another');
  expect(said(['wifi', 'name'])).not.toContain('try another');
  expect(said(['wifi', 'ethernet'])).toContain('try another');
  expect(said(['vpn', 'wifi'])).toMatch(/^The address in the code belongs to a VPN/);
  expect(said(['wifi', 'vpn'])).not.toContain('belongs to a VPN');
  expect(said(['link-local'])).toMatch(/^The network gave this laptop no address/);
  for (const kinds of [[], ['loopback' as const]]) expect(said(kinds)).toMatch(/^This laptop is in no network/);
});

test('a phone reached the laptop and nobody joined: the network is not to blame', () => {
  const said = (rest?: Partial<Pairing>): string => troublesOf(pairing(['wifi'], rest), true).join(' ');
  expect(said()).not.toContain('WiFi');
  expect(said()).toContain('certificate');
  expect(said({ caFingerprint: null })).not.toContain('certificate');
  expect(said({ tlsPort: null, secureReach: 'never' })).toMatch(/^The hub runs without TLS/);
  expect(said({ tlsPort: null, secureReach: 'never' })).not.toContain('firewall');
  expect(said({ secureReach: 'port' })).not.toContain('firewall');
  expect(said({ secureReach: 'never' })).toMatch(
    /^The guide was reached on port 8080, but nothing has come to port 8443/,
  );
});
