import assert from 'node:assert/strict';
import { EVENTS } from '../../src/common/contract/events';
import { REQUESTS } from '../../src/common/contract/requests';
import { accessCases } from './cases/access';
import { alertCases } from './cases/alerts';
import { auditCases } from './cases/audit';
import { custodyCases } from './cases/custody';
import { deviceCases } from './cases/devices';
import { doctorCases } from './cases/doctor';
import { drillCases } from './cases/drills';
import { dialogCases, downloadCases, noDialogCases } from './cases/exports';
import { helloCases } from './cases/hello';
import { keyCases } from './cases/keys';
import { liveCases } from './cases/live';
import { mergingCases } from './cases/merging';
import { mjpegCases } from './cases/mjpeg';
import { pairingCases } from './cases/pairing';
import { peopleCases } from './cases/people';
import { phoneCases } from './cases/phones';
import { profileCases } from './cases/profile';
import { recordingCases } from './cases/recordings';
import { refusalCases } from './cases/refusals';
import { sessionCases } from './cases/sessions';
import { signalingCases } from './cases/signaling';
import { storageCases } from './cases/storage';
import { tlsCases } from './cases/tls';
import { viewerCases } from './cases/viewers';
import type { ContractHost } from './contract-host';
import { type ContractCase, ContractTools } from './contract-tools';
import { exercised } from './room';

/** `test` of vitest and of Playwright alike. */
export type Register = (name: string, run: () => Promise<void>) => void;

/** What a transport can do; a missing ability changes what is asked, it skips nothing. */
export interface Abilities {
  readonly hasViewers: boolean;
  readonly hasSaveDialog: boolean;
}

/** The one suite of the contract: every request and every event, against the real hub behind `host`. */
export function hubContract(register: Register, abilities: Abilities, host: () => ContractHost): void {
  const cases: readonly ContractCase[] = [
    ...helloCases,
    ...refusalCases,
    ...liveCases,
    ...pairingCases,
    ...keyCases,
    ...tlsCases,
    ...deviceCases,
    ...custodyCases,
    ...phoneCases,
    ...peopleCases,
    ...mergingCases,
    ...sessionCases,
    ...signalingCases,
    ...mjpegCases,
    ...recordingCases,
    ...downloadCases,
    ...(abilities.hasSaveDialog ? dialogCases : noDialogCases),
    ...doctorCases,
    ...drillCases,
    ...storageCases,
    ...auditCases,
    ...profileCases,
    ...accessCases,
    ...alertCases,
    ...(abilities.hasViewers ? viewerCases : []),
    { name: 'no request and no event of the table was left out', run: assertAllExercised },
  ];
  for (const { name, run } of cases) {
    register(name, async () => {
      const tools = new ContractTools(host());
      try {
        await run(tools);
      } finally {
        await tools.dispose();
      }
    });
  }
}

function assertAllExercised(): Promise<void> {
  assert.deepEqual([...exercised.requests].sort(), Object.keys(REQUESTS).sort());
  assert.deepEqual([...exercised.events].sort(), Object.keys(EVENTS).sort());
  return Promise.resolve();
}
