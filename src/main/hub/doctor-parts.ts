import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type DoctorParts, systemAccess } from '../doctor';
import { findPortHolder, type Lan, type Listening } from '../lan';
import type { HubCore } from './core';
import type { HubOptions } from './hub';
import type { PairingBoard } from './pairing';

/** What a listening hub shows to its doctor. */
interface Patient {
  readonly options: HubOptions;
  readonly core: HubCore;
  readonly lan: Lan;
  readonly listening: Listening;
  readonly pairing: PairingBoard;
}

/** The doctor's view of a hub that has just started to listen. */
export function doctorPartsOf({ options, core, lan, listening, pairing }: Patient): DoctorParts {
  return {
    ...systemAccess,
    dataDir: options.dataDir,
    version: options.version,
    // Not the hub's clock: that one never goes back, and the system's is what is examined.
    now: () => Date.now(),
    addresses: () => lan.addresses(),
    selectedAddress: () => pairing.state().selectedAddress,
    listening: () => listening,
    wantedPorts: [options.port, options.tlsPort].flatMap((port) => (port === null || port === 0 ? [] : [port])),
    portHolder: findPortHolder,
    certificate: () => lan.certificate(),
    caPem: async () =>
      lan.caFingerprint === null ? null : await readFile(join(options.dataDir, 'tls', 'ca.pem'), 'utf8'),
    reachedVia: () => pairing.state().reachedVia,
    secureReach: () => pairing.state().secureReach,
    reachedForMs: () => pairing.reachedForMs(),
    codeShownForMs: () => pairing.shownForMs(),
    clockAheadMs: () => Math.max(0, core.clock.now() - Date.now()),
    phoneOffsetsMs: () => core.live.list().flatMap(({ clock }) => (clock === null ? [] : [clock.offsetMs])),
    isKeptAwake: () => options.isKeptAwake?.() ?? null,
  };
}
