import { RpcError } from '../../../../../common/rpc/client';

/** What to do when a recording has ended though the operator has it on: begin again soon, or leave it and say why. */
export type EndedHow = 'again' | 'tell';

/** @param hasRun it was recorded before: then a conflict may be with our own, before the hub saw the link break */
export function judgeEnd(error: unknown, hasRun: boolean): EndedHow {
  if (error === null) return 'again';
  if (!(error instanceof RpcError)) return 'tell';
  if (error.code === 'conflict') return hasRun ? 'again' : 'tell';
  return error.code === 'disconnected' || error.code === 'not_found' ? 'again' : 'tell';
}
