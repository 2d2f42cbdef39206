import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import type { DoctorCheck } from '../../common/model/doctor';
import { examineCertificate } from './certificate-checks';
import { examineFirewall } from './firewall';
import { examineListening } from './listening-checks';
import { examineMachine } from './machine-checks';
import { examineArrivals, examineNetwork } from './network-checks';
import type { DoctorParts, Examine } from './parts';

export type { DoctorParts } from './parts';

/** In the order in which a phone meets them; what stops it first comes first. */
const LADDER: readonly Examine[] = [
  examineNetwork,
  examineListening,
  examineFirewall,
  examineArrivals,
  examineCertificate,
  examineMachine,
];

/** Runs every check, and tells each as it ends. */
export async function runDoctor(
  parts: DoctorParts,
  onCheck: (check: DoctorCheck) => void = () => undefined,
): Promise<readonly DoctorCheck[]> {
  const checks: DoctorCheck[] = [];
  for (const examine of LADDER) {
    for (const check of await examine(parts)) {
      checks.push(check);
      onCheck(check);
    }
  }
  return checks;
}

const TOOL_TIMEOUT_MS = 3000;

/** What the doctor asks the system itself. */
export const systemAccess: Pick<DoctorParts, 'run' | 'read' | 'platform'> = {
  platform: process.platform,
  run: (command, args) =>
    new Promise((resolve) => {
      execFile(command, [...args], { timeout: TOOL_TIMEOUT_MS, windowsHide: true }, (error, stdout) =>
        resolve(error ? null : stdout),
      );
    }),
  read: (path) => readFile(path, 'utf8').catch(() => null),
};
