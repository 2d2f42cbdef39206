import { askHub } from '../../connect/ask-hub';
import { useAccessStore } from '../../stores/access-store';
import { notifyFailure } from '../shell/notify';

/** Who gets in, as it is now; `access.changed` keeps it true. */
export function loadAccess(): void {
  askHub('access.get', {}).then(useAccessStore.getState().setAccess, (error: unknown) =>
    notifyFailure('Who waits to be let in is not known', error),
  );
}

/** Lets a phone that waits in, or not. */
export function decide(deviceId: string, isLetIn: boolean): void {
  askHub(isLetIn ? 'access.approve' : 'access.deny', { deviceId }).then(
    useAccessStore.getState().setAccess,
    (error: unknown) => notifyFailure(isLetIn ? 'The phone was not let in' : 'The phone was not turned away', error),
  );
}

/** Whether new phones have to be let in from now on. */
export function setApproveFirst(approveFirst: boolean): void {
  askHub('access.set', { approveFirst }).then(useAccessStore.getState().setAccess, (error: unknown) =>
    notifyFailure('The setting was not changed', error),
  );
}
