import type { ServerResponse } from 'node:http';
import type { KeyIdentity } from './lan';

/** Requests with a key that have no whole answer yet: an export may take minutes, an event stream hours. */
export interface OpenRequests {
  /** Until its answer is through or its connection gone. */
  add(response: ServerResponse, identity: KeyIdentity): void;
  /** Cuts them off. @returns how many */
  cut(fits: (identity: KeyIdentity) => boolean): number;
}

export function createOpenRequests(): OpenRequests {
  const open = new Map<ServerResponse, KeyIdentity>();
  return {
    add: (response, identity) => {
      open.set(response, identity);
      response.once('close', () => open.delete(response));
    },
    cut: (fits) => {
      const unwanted = [...open].filter(([, identity]) => fits(identity));
      for (const [response] of unwanted) response.destroy();
      return unwanted.length;
    },
  };
}
