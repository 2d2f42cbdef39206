import type { KeyInfo } from '../../../../common/model/key';
import { askHub } from '../../connect/ask-hub';
import { useControlRoomLink } from '../../connect/hub-link-context';
import { notifyDone, notifyFailure } from '../shell/notify';
import type { Shown } from './shown-key';

interface KeyActions {
  readonly show: (keyId: string, then: (shown: Shown) => void) => void;
  readonly rotate: (kind: 'join' | 'viewer' | 'admin') => void;
  readonly revoke: (key: KeyInfo) => void;
}

/** What can be done with a key; what came of it is told in a notice. */
export function useKeyActions(): KeyActions {
  const { hub, signIn } = useControlRoomLink();
  return {
    show: (keyId, then) => {
      askHub('key.show', { keyId }).then(then, (error: unknown) => notifyFailure('The key was not shown', error));
    },
    rotate: (kind) => {
      askHub('key.rotate', { kind }).then(
        ({ key }) => {
          notifyDone(`The ${kind} key is a new one`, 'The old one opens nothing any more.');
          // A browser came in with the old one.
          if (kind === 'admin' && hub.signIn !== null) signIn(key);
        },
        (error: unknown) => notifyFailure('The key was not replaced', error),
      );
    },
    revoke: ({ keyId, name }) => {
      askHub('key.revoke', { keyId }).then(
        () => notifyDone(`The key of ${name ?? 'nobody'} is revoked`, 'What was open with it is closed.'),
        (error: unknown) => notifyFailure('The key was not revoked', error),
      );
    },
  };
}
