import { expect, test } from 'vitest';
import { addressText, parseMjpegAddress } from '../../../src/main/screens/mjpeg-address';
import { isMeant } from '../../../src/main/screens/reachable-address';

test.each([
  ['192.168.1.20', '192.168.1.20:8080'],
  [' 192.168.1.20:8081 ', '192.168.1.20:8081'],
  ['http://192.168.1.20', '192.168.1.20:8080'],
  ['http://192.168.1.20:80/', '192.168.1.20:80'],
  ['http://pixel.local:8080/video?x=1', 'pixel.local:8080/video?x=1'],
  ['[fd00::5]:8080', '[fd00::5]:8080'],
])('an address: %s', (typed, text) => {
  const address = parseMjpegAddress(typed);
  expect(address && addressText(address)).toBe(text);
});

test.each(['', '  ', 'https://192.168.1.20', 'file:///etc/passwd', 'http://user:pw@192.168.1.20', 'http://', 'a b'])(
  'none: %s',
  (typed) => expect(parseMjpegAddress(typed)).toBeNull(),
);

test.each<[string, string | undefined, boolean]>([
  ['192.168.1.20', '192.168.1.20', true],
  ['192.168.1.20', '::ffff:192.168.1.20', true],
  ['192.168.1.20', '192.168.1.21', false],
  ['pixel.local', '192.168.1.20', true],
  ['pixel.local', 'fe80::1%wlan0', true],
  ['example.com', '93.184.215.14', false],
  ['example.com', '2606:2800::1', false],
  ['pixel.local', undefined, false],
])('a connection meant for %s that reached %s: %s', (host, remote, is) => expect(isMeant(host, remote)).toBe(is));
