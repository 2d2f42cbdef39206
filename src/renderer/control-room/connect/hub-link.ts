import type { Transport } from '../../../common/rpc/transport';

/** How this page reaches its hub. Picked once by `chooseHubLink`; nothing else knows which kind it is. */
export interface HubLink {
  /**
   * Opens a transport that is ready for the contract.
   * @throws UnauthorizedError when the hub wants a (different) key; any other error when it can't be reached.
   */
  open(): Promise<Transport>;
  /** Fetches a path of the hub's HTTP API (it begins with "/"), with whatever key that needs. */
  fetch(path: string): Promise<Response>;
  /** Keeps a key the operator typed, for the next `open`; null where the window itself is the operator. */
  readonly signIn: ((key: string) => void) | null;
}

/** The hub refused the key, or there is none. Trying again without another key is pointless. */
export class UnauthorizedError extends Error {
  /** True when a key was tried and refused; false when there was none to try. */
  readonly wasRefused: boolean;
  constructor(wasRefused: boolean) {
    super(wasRefused ? 'The hub refused the key.' : 'The hub wants a key.');
    this.name = 'UnauthorizedError';
    this.wasRefused = wasRefused;
  }
}

/** Hub and page speak different versions of the contract: only a reload (or an update) helps. */
export class IncompatibleError extends Error {
  constructor(hubVersion: number, ownVersion: number) {
    super(`The hub speaks contract ${hubVersion}, this page speaks ${ownVersion}.`);
    this.name = 'IncompatibleError';
  }
}
