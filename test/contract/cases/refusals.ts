import assert from 'node:assert/strict';
import { type ContractCase, refusalOf } from '../contract-tools';

/** A request that does not fit its schema, and the path of the fault. */
const INVALID: ReadonlyArray<readonly [name: string, params: unknown, path: string]> = [
  ['hub.hello', {}, 'contractVersion'],
  ['live.subscribe', undefined, 'params'],
  ['pairing.selectAddress', { address: 5 }, 'address'],
  ['device.get', {}, 'deviceId'],
  ['device.rename', { deviceId: 'd', name: '  ' }, 'name'],
  ['track.get', { deviceId: 'd', limit: 0 }, 'limit'],
  ['session.start', { name: 'x'.repeat(121) }, 'name'],
  ['session.rename', { sessionId: null, name: 'x' }, 'sessionId'],
  ['export.start', { sessionId: 's', format: 'exe', to: 'download' }, 'format'],
  ['export.start', { sessionId: 's', format: 'csv', to: '/etc' }, 'to'],
  ['export.cancel', [], 'params'],
  ['access.set', { approveFirst: 'yes' }, 'approveFirst'],
  ['device.setColour', { deviceId: 'd', colour: 10 }, 'colour'],
  ['device.setNote', { deviceId: 'd', note: 'x'.repeat(2001) }, 'note'],
  ['audit.list', { limit: 201 }, 'limit'],
];

/** A request that names what is not there. */
const NOT_FOUND: ReadonlyArray<readonly [name: string, params: object]> = [
  ['pairing.selectAddress', { address: '203.0.113.7' }],
  ['device.get', { deviceId: 'd_none' }],
  ['device.rename', { deviceId: 'd_none', name: 'x' }],
  ['track.get', { deviceId: 'd_none', limit: 5 }],
  ['access.approve', { deviceId: 'd_none' }],
  ['access.deny', { deviceId: 'd_none' }],
  ['device.setColour', { deviceId: 'd_none', colour: 1 }],
  ['device.setNote', { deviceId: 'd_none', note: 'x' }],
  ['device.revoke', { deviceId: 'd_none' }],
  ['device.readmit', { deviceId: 'd_none' }],
  ['device.erase', { deviceId: 'd_none', name: 'x' }],
  ['session.rename', { sessionId: 's_none', name: 'x' }],
  ['export.start', { sessionId: 's_none', format: 'csv', to: 'download' }],
  ['export.cancel', { exportId: 'x_none' }],
];

export const refusalCases: readonly ContractCase[] = [
  {
    name: 'unknown_request: a name that is not in the table, those of the prototype included',
    run: async (tools) => {
      const rpc = await tools.openRaw();
      for (const name of ['hub.helo', '', 'toString', '__proto__', 'constructor']) {
        const { code, message } = await refusalOf(rpc.request(name, {}));
        assert.equal(code, 'unknown_request');
        assert.equal(message, `There is no request "${name}".`);
      }
    },
  },
  {
    name: 'invalid_params: the message is one line and begins with the path',
    run: async (tools) => {
      const rpc = await tools.openRaw();
      for (const [name, params, path] of INVALID) {
        const { code, message } = await refusalOf(rpc.request(name, params));
        assert.equal(code, 'invalid_params', name);
        assert.ok(message.startsWith(`${path}: `) && !message.includes('\n'), `${name}: ${message}`);
      }
    },
  },
  {
    name: 'not_found: a sentence for what is not there',
    run: async (tools) => {
      const rpc = await tools.openRaw();
      for (const [name, params] of NOT_FOUND) {
        const { code, message } = await refusalOf(rpc.request(name, params));
        assert.equal(code, 'not_found', name);
        assert.match(message, /^[^\n]+\.$/, name);
      }
    },
  },
];
