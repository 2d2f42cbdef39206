import { expect, test } from 'vitest';
import { readSwitches, showOwnAddresses } from '../../../src/main/electron/switches';

function read(given: Readonly<Record<string, string>>) {
  const commandLine = {
    hasSwitch: (name: string) => name in given,
    getSwitchValue: (name: string) => given[name] ?? '',
  };
  return readSwitches(commandLine, '/home/ann/perch');
}

test('without switches: the ports of the wire protocol, data beside the settings', () => {
  expect(read({})).toEqual({ host: '0.0.0.0', port: 8080, tlsPort: 8443, dataDir: '/home/ann/perch/data' });
});

test('each switch is heeded', () => {
  expect(read({ host: '127.0.0.1', port: '0', 'tls-port': '9443', data: '/mnt/d' })).toEqual({
    host: '127.0.0.1',
    port: 0,
    tlsPort: 9443,
    dataDir: '/mnt/d',
  });
});

test.each([
  [{ port: '' }, '--port needs a value: --port=...'],
  [{ port: 'http' }, '--port must be between 0 and 65535, got http.'],
  [{ 'tls-port': '65536' }, '--tls-port must be between 0 and 65535, got 65536.'],
  [{ port: '-1' }, '--port must be between 0 and 65535, got -1.'],
])('%o is refused', (given, sentence) => {
  expect(() => read(given)).toThrow(sentence);
});

test.each([
  ['', 'WebRtcHideLocalIpsWithMdns'],
  ['Translate', 'Translate,WebRtcHideLocalIpsWithMdns'],
])('shows own addresses beside --disable-features=%s', (others, expected) => {
  const appended: string[] = [];
  showOwnAddresses({
    getSwitchValue: () => others,
    appendSwitch: (name, value) => appended.push(`${name}=${value}`),
  });
  expect(appended).toEqual([`disable-features=${expected}`]);
});
