import { readFile } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import type { DoctorCheck } from '../../common/model/doctor';
import { runDoctor, systemAccess } from '../doctor';
import { readListening } from '../hub/listening-file';
import { findPortHolder, inspectCertificates, rankAddresses } from '../lan';
import { CommandFailure, EXIT } from './exit-code';

interface DoctorCommandOptions {
  readonly dataDir: string;
  readonly port: number;
  readonly tlsPort: number;
  readonly json: boolean;
  readonly version: string;
}

const MARKS: Record<DoctorCheck['state'], string> = { ok: 'ok', warning: 'warn', trouble: 'TROUBLE', unknown: '?' };

/** Examines this laptop, beside a running hub or without one. @throws CommandFailure when something is in trouble. */
export async function runDoctorCommand({ dataDir, port, tlsPort, json, version }: DoctorCommandOptions): Promise<void> {
  const listening = await readListening(dataDir);
  const addresses = rankAddresses(networkInterfaces());
  const certificate = await inspectCertificates(
    dataDir,
    addresses.map(({ address }) => address),
  );
  const print = (check: DoctorCheck): void => {
    const { state, title, sentence } = check;
    process.stdout.write(json ? `${JSON.stringify(check)}\n` : `${MARKS[state].padEnd(8)}${title}: ${sentence}\n`);
  };
  const checks = await runDoctor(
    {
      ...systemAccess,
      dataDir,
      version,
      now: () => Date.now(),
      addresses: () => addresses,
      // The operator may have chosen another; that is the running hub's to know.
      selectedAddress: () => (listening === null ? null : (addresses[0]?.address ?? null)),
      listening: () => listening,
      wantedPorts: [port, tlsPort].filter((each) => each !== 0),
      portHolder: findPortHolder,
      certificate: () => certificate,
      caPem: () => readFile(join(dataDir, 'tls', 'ca.pem'), 'utf8').catch(() => null),
      reachedVia: () => undefined,
      secureReach: () => undefined,
      reachedForMs: () => null,
      codeShownForMs: () => null,
      clockAheadMs: () => 0,
      phoneOffsetsMs: () => [],
      isKeptAwake: () => null,
    },
    print,
  );
  const troubles = checks.filter(({ state }) => state === 'trouble').length;
  if (troubles > 0) {
    throw new CommandFailure(EXIT.failed, `${troubles} of ${checks.length} checks found trouble.`);
  }
}
