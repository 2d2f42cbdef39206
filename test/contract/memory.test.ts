import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createMemoryTransports } from '../../src/common/rpc/memory-transport';
import { type ContractHub, startContractHub } from '../helpers/contract-hub';
import type { ContractHost } from './contract-host';
import { hubContract } from './hub-contract';

let running: ContractHub;
let savePath: string | null = null;

beforeAll(async () => {
  running = await startContractHub();
});
afterAll(async () => {
  await running.stop();
  expect(running.bugs).toEqual([]);
});

const host: ContractHost = {
  connect: (role) => {
    const [near, far] = createMemoryTransports();
    // What Electron's dialog does on the desktop.
    running.hub.attachConsole(far, role, {
      chooseSavePath: () => Promise.resolve(savePath),
      chooseFolder: () => Promise.resolve(savePath),
    });
    return Promise.resolve({ transport: near, dispose: () => Promise.resolve() });
  },
  hasViewers: true,
  chooseSavePath: (path) => {
    savePath = path;
    return Promise.resolve();
  },
};

describe('the contract in memory', () => {
  hubContract(
    (name, run) => test(name, run),
    { hasViewers: true, hasSaveDialog: true },
    () => host,
  );
});
