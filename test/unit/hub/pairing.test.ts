import { expect, test } from 'vitest';
import type { Pairing } from '../../../src/common/contract/schemas';
import type { NetworkAddress } from '../../../src/common/model/network-address';
import { JoinCodes } from '../../../src/main/hub/keys/join-codes';
import { PairingBoard } from '../../../src/main/hub/pairing';
import type { Lan } from '../../../src/main/lan';
import type { Arrival } from '../../../src/main/lan/lan';
import { createTestClock } from './test-clock';

const wifi: NetworkAddress = { address: '192.168.1.20', interfaceName: 'wlan0', kind: 'wifi', score: 90 };
const cable: NetworkAddress = { address: '10.0.0.5', interfaceName: 'eth0', kind: 'ethernet', score: 70 };

const arrival = (localAddress: string, isTls = false): Arrival => ({
  localAddress,
  remoteAddress: '192.168.1.77',
  isTls,
});

function openBoard(kept: string | null = null) {
  const network = { addresses: [wifi, cable] as readonly NetworkAddress[], secureHost: null as string | null };
  const listeners = {
    changed: (): void => undefined,
    reached: (_arrival: Arrival): void => undefined,
    securePort: (): void => undefined,
  };
  const lan = {
    offered: () => network.addresses,
    secureHost: () => network.secureHost,
    caFingerprint: 'AA:BB',
    onAddressesChanged: (listener: () => void) => {
      listeners.changed = listener;
    },
    onReached: (listener: (arrival: Arrival) => void) => {
      listeners.reached = listener;
    },
    onSecurePortReached: (listener: () => void) => {
      listeners.securePort = listener;
    },
  } as unknown as Lan;
  const told: Pairing[] = [];
  const keeps: string[] = [];
  const clock = createTestClock();
  const codes = new JoinCodes(clock);
  const listening = { httpPort: 8080, tlsPort: 8443, http: 'http://127.0.0.1:8080', https: 'https://127.0.0.1:8443' };
  const board = new PairingBoard({
    lan,
    listening,
    codes,
    clock,
    joinKey: () => 'join-key',
    kept,
    keep: (address) => keeps.push(address),
    onChanged: (pairing) => told.push(pairing),
  });
  return { network, listeners, board, told, keeps, codes, clock };
}

test('the best address is in the code, the key in its fragment', () => {
  expect(openBoard().board.state()).toEqual({
    joinUrl: 'http://192.168.1.20:8080/join#k=join-key',
    selectedAddress: '192.168.1.20',
    choices: [
      { ...wifi, joinUrl: 'http://192.168.1.20:8080/join#k=join-key' },
      { ...cable, joinUrl: 'http://10.0.0.5:8080/join#k=join-key' },
    ],
    httpPort: 8080,
    tlsPort: 8443,
    caFingerprint: 'AA:BB',
    reachedVia: null,
    reachedAtMs: null,
    secureReach: 'never',
    code: null,
  });
});

test('the operator chooses another, and every control room hears of it', () => {
  const { board, told } = openBoard();
  const chosen = board.select('10.0.0.5');
  expect(chosen.joinUrl).toBe('http://10.0.0.5:8080/join#k=join-key');
  expect(told).toEqual([chosen]);
  expect(() => board.select('10.0.0.6')).toThrow('10.0.0.6 is no address or name of this laptop.');
  expect(board.state().selectedAddress).toBe('10.0.0.5');
});

test('the choice holds in the next run, where that address is there', () => {
  const { board, keeps } = openBoard();
  board.select('10.0.0.5');
  expect(openBoard(keeps.at(-1)).board.state().selectedAddress).toBe('10.0.0.5');
  expect(openBoard('10.9.9.9').board.state().selectedAddress).toBe('192.168.1.20');
});

test('a chosen address that goes away gives way to the best, and comes back', () => {
  const { network, listeners, board, told } = openBoard();
  board.select('10.0.0.5');
  network.addresses = [wifi];
  listeners.changed();
  network.addresses = [wifi, cable];
  listeners.changed();
  expect(told.map(({ selectedAddress }) => selectedAddress)).toEqual(['10.0.0.5', '192.168.1.20', '10.0.0.5']);
});

test('without any network there is still a code', () => {
  const { network, board } = openBoard();
  network.addresses = [];
  expect(board.state()).toMatchObject({ selectedAddress: '127.0.0.1', choices: [] });
});

test('the proof of reach is told when it changes', () => {
  const { listeners, told } = openBoard();
  for (const address of ['192.168.1.20', '192.168.1.20', '10.0.0.5']) listeners.reached(arrival(address));
  expect(told.map(({ reachedVia }) => reachedVia)).toEqual(['192.168.1.20', '10.0.0.5']);
});

test('when something last reached us is known, without an event for each time', () => {
  const { listeners, board, told, clock } = openBoard();
  listeners.reached(arrival('192.168.1.20'));
  clock.advance(5_000);
  listeners.reached(arrival('192.168.1.20'));
  expect([board.state().reachedAtMs, told.length]).toEqual([clock.now(), 1]);
});

test('a code to type is told when it is made, and when it is over', () => {
  const { board, told, codes, clock } = openBoard();
  const { code } = board.newCode();
  expect(code).toEqual({ ...codes.current, joinUrl: `http://192.168.1.20:8080/join#c=${codes.current?.code}` });
  clock.advance(10 * 60_000);
  codes.tick();
  expect(told.map((pairing) => pairing.code)).toEqual([code, null]);
});

test.each([
  ['join', 'http://192.168.1.20:8080/join#k=key'],
  ['personal', 'http://192.168.1.20:8080/join#k=key'],
  ['viewer', 'https://192.168.1.20:8443/room#k=key'],
  ['admin', 'https://192.168.1.20:8443/room#k=key'],
] as const)('the link of a %s key', (kind, link) => {
  expect(openBoard().board.linkOf(kind, 'key')).toBe(link);
});

test('a link to the control room uses the name that the certificate needs; the guide opens at any address', () => {
  const { board, network } = openBoard();
  network.secureHost = 'hub.example';
  expect(board.linkOf('viewer', 'key')).toBe('https://hub.example:8443/room#k=key');
  expect(board.linkOf('join', 'key')).toBe('http://192.168.1.20:8080/join#k=key');
});

test('how far phones got on the secure port is told when it changes, and never goes back', () => {
  const { listeners, board, told } = openBoard();
  expect(board.reachedForMs()).toBeNull();
  listeners.reached(arrival('192.168.1.20'));
  listeners.securePort();
  listeners.securePort();
  listeners.reached(arrival('192.168.1.20', true));
  listeners.securePort();
  expect(told.map(({ secureReach }) => secureReach)).toEqual(['never', 'port', 'page']);
  expect(board.reachedForMs()).toBeGreaterThanOrEqual(0);
});
