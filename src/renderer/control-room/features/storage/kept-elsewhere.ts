/** Said wherever something goes: what it does not reach. */
export const KEPT_ELSEWHERE =
  'Backups and exports made before still have it, those in the folder “backups” too, and the room on the disk that its photos take: delete them by hand.';
