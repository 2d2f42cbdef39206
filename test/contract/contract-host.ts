import type { ConsoleRole } from '../../src/common/contract/server';
import type { Transport } from '../../src/common/rpc/transport';

/** One open way to the hub. */
export interface ContractLink {
  readonly transport: Transport;
  /** Frees what the link needed beside the transport. */
  readonly dispose: () => Promise<void>;
}

/** A real hub behind one kind of transport, and what that kind can do. */
export interface ContractHost {
  /** Signed in as this role; `viewer` is asked for only where `hasViewers`. */
  readonly connect: (role: ConsoleRole) => Promise<ContractLink>;
  /** Whether this transport knows of viewers; over Electron's IPC everybody is the operator. */
  readonly hasViewers: boolean;
  /** Sets what the operator will choose in the next save or folder dialog, null = dismisses it; null where there is no dialog. */
  readonly chooseSavePath: ((path: string | null) => Promise<void>) | null;
}
