import type { DoctorCheck } from '../../../src/common/model/doctor';
import type { NetworkAddress, NetworkAddressKind } from '../../../src/common/model/network-address';
import type { DoctorParts } from '../../../src/main/doctor';

export const address = (kind: NetworkAddressKind, ip: string, interfaceName = `${kind}0`): NetworkAddress => ({
  address: ip,
  interfaceName,
  kind,
  score: 50,
});

/** A laptop on which all is well, less what a test says. No program and no file of this machine is touched. */
export function patient(overrides: Partial<DoctorParts> = {}): DoctorParts {
  return {
    dataDir: '/nowhere/perch',
    version: '1.2.3',
    platform: 'linux',
    now: () => Date.UTC(2026, 10, 22),
    addresses: () => [address('wifi', '192.168.1.20'), address('loopback', '127.0.0.1')],
    selectedAddress: () => '192.168.1.20',
    listening: () => ({ httpPort: 8080, tlsPort: 8443 }),
    wantedPorts: [8080, 8443],
    portHolder: () => Promise.resolve(null),
    certificate: () => ({
      isOwnAuthority: true,
      validToMs: Date.UTC(2027, 10, 22),
      isLimited: true,
      isKeyShut: false,
      leftOut: [],
    }),
    caPem: () => Promise.resolve(null),
    reachedVia: () => null,
    secureReach: () => 'never',
    reachedForMs: () => null,
    codeShownForMs: () => 10_000,
    clockAheadMs: () => 0,
    phoneOffsetsMs: () => [],
    isKeptAwake: () => true,
    run: () => Promise.resolve(null),
    read: () => Promise.resolve(null),
    ...overrides,
  };
}

/** The rung of this id. @throws when it is missing. */
export function rung(checks: readonly DoctorCheck[], id: string): DoctorCheck {
  const found = checks.find((check) => check.id === id);
  if (!found) throw new Error(`no check ${id} in ${checks.map((check) => check.id).join()}`);
  return found;
}
