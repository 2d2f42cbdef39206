import { createContext, useContext } from 'react';
import type { HubLink } from './hub-link';
import type { KeptLink } from './reconnect';

/** The page's one link, for the few that fetch from the hub, sign in or try again. */
export interface ControlRoomLink {
  readonly hub: HubLink;
  /** Cuts the back-off short. */
  readonly retryNow: () => void;
  /** Starts over with a key the operator typed. */
  readonly signIn: (key: string) => void;
}

/** Builds it from the picked link and a function that starts a connection over it. */
export function createControlRoomLink(hub: HubLink, start: (hub: HubLink) => KeptLink): ControlRoomLink {
  let kept = start(hub);
  return {
    hub,
    retryNow: () => kept.retryNow(),
    signIn: (key) => {
      kept.stop();
      hub.signIn?.(key);
      kept = start(hub);
    },
  };
}

const Context = createContext<ControlRoomLink | null>(null);

export const ControlRoomLinkProvider = Context.Provider;

export function useControlRoomLink(): ControlRoomLink {
  const link = useContext(Context);
  if (!link) throw new Error('There is no ControlRoomLinkProvider above.');
  return link;
}
