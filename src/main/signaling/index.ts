export type { RoomLink } from './room-member';
export type { RoomPeer, Signaling } from './signaling';
export { createSignaling } from './signaling';
