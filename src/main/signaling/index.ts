export type { SignalObject } from './incoming';
export type { RoomPeer, Signaling } from './signaling';
export { createSignaling } from './signaling';
