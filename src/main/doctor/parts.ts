import type { DoctorCheck } from '../../common/model/doctor';
import type { NetworkAddress } from '../../common/model/network-address';

/** What the served certificate is worth. */
interface CertificateFacts {
  readonly isOwnAuthority: boolean;
  /** End of the served certificate, ms since the epoch. */
  readonly validToMs: number;
  readonly isLimited: boolean;
  readonly isKeyShut: boolean;
  /** Where phones are sent and it does not hold. */
  readonly leftOut: readonly string[];
}

/** What the doctor looks at. Everything is asked when its check runs. */
export interface DoctorParts {
  readonly dataDir: string;
  readonly version: string;
  readonly platform: NodeJS.Platform;
  now(): number;
  /** Of this laptop, best first. */
  addresses(): readonly NetworkAddress[];
  /** The one in the QR code; null when no hub runs. */
  selectedAddress(): string | null;
  /** Where the hub listens; null when none runs. `tlsPort` null: without TLS. */
  listening(): { readonly httpPort: number; readonly tlsPort: number | null } | null;
  /** The ports a hub would take. */
  readonly wantedPorts: readonly number[];
  /** Who holds a port, such as `nginx (pid 812)`; null when it is free or nobody tells. */
  portHolder(port: number): Promise<string | null>;
  certificate(): CertificateFacts | null;
  /** The CA to check TLS with, PEM; null: the operator's own certificate, or none. */
  caPem(): Promise<string | null>;
  /** The address of ours at which a phone arrived; null: none yet. `undefined`: only the running hub knows. */
  reachedVia(): string | null | undefined;
  /** What got to the TLS port of another machine: nothing, connections, or a request; undefined: only the running hub knows. */
  secureReach(): 'never' | 'port' | 'page' | undefined;
  /** How long ago a phone first arrived, ms; null: none has. */
  reachedForMs(): number | null;
  /** How long ago the QR code was first shown, ms; null: not in this run. */
  codeShownForMs(): number | null;
  /** How far the hub's clock, which never goes back, is ahead of this laptop's, ms; 0: not at all. */
  clockAheadMs(): number;
  /** Phone clock minus hub clock of each phone that was measured, ms. */
  phoneOffsetsMs(): readonly number[];
  /** null: nobody knows (headless). */
  isKeptAwake(): boolean | null;
  /** Runs a program of the system; null when it is missing, fails or takes longer than 3 s. */
  run(command: string, args: readonly string[]): Promise<string | null>;
  /** Reads a text file; null when that may not be. */
  read(path: string): Promise<string | null>;
}

/** One or more rungs of the ladder. */
export type Examine = (parts: DoctorParts) => Promise<readonly DoctorCheck[]> | readonly DoctorCheck[];
