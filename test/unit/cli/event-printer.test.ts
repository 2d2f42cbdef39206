import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createEventPrinter, type ReadyEvent } from '../../../src/main/cli/event-printer';

const ready: ReadyEvent = {
  pid: 7,
  version: '0.1.0',
  http: 'http://127.0.0.1:8080',
  https: null,
  addresses: ['192.168.1.20'],
  join: 'http://192.168.1.20:8080/join#k=JOIN',
  console: 'http://127.0.0.1:8080/room#k=ADMIN',
  joinKey: 'JOIN',
  viewerKey: 'VIEWER',
  adminKey: 'ADMIN',
  dataDir: '/data',
};

let printed: string;
beforeEach(() => {
  printed = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += String(text);
    return true;
  });
});
afterEach(() => vi.restoreAllMocks());

test('json: one object a line, ready first and in the order of the protocol', () => {
  const print = createEventPrinter(true);
  print.ready(ready);
  print.event({ event: 'connected', address: '10.0.0.9', connections: 1 });
  const [first, second, end] = printed.split('\n');
  expect(Object.keys(JSON.parse(first ?? '') as object)).toEqual(
    'event pid version http https addresses join console joinKey viewerKey adminKey dataDir'.split(' '),
  );
  expect(JSON.parse(second ?? '')).toEqual({ event: 'connected', address: '10.0.0.9', connections: 1 });
  expect(end).toBe('');
});

test('words: no key is printed', () => {
  createEventPrinter(false).ready(ready);
  expect(printed).toContain('http://127.0.0.1:8080/room');
  expect(printed).not.toMatch(/JOIN|VIEWER|ADMIN/);
});

test('words: what a phone says does not steer the terminal', () => {
  createEventPrinter(false).event({
    event: 'handshake',
    deviceId: 'd1',
    name: 'ann',
    clientId: 'user_ann',
    client: '\u001b[2J\u202eevil\n',
    address: '10.0.0.9',
  });
  expect(printed).toContain('ann is here (?[2J?evil?, 10.0.0.9)');
});
