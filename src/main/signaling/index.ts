export type { RoomPeer, Signaling } from './signaling';
export { createSignaling } from './signaling';
