/**
 * The channels between preload and main process. A page load makes one connection, named by a random id: what belongs
 * to an older one is ignored by both ends.
 * - `open (id)`: page to main, before anything else.
 * - `message (id, text)`: both ways.
 * - `received (id, characters)`: page to main, all it was handed so far; what is missing is still on its way.
 * - `close (id)`: both ways.
 */
export const CHANNELS = {
  open: 'perch:open',
  message: 'perch:message',
  received: 'perch:received',
  close: 'perch:close',
} as const;
