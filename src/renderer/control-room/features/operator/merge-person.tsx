import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { askHub } from '../../connect/ask-hub';
import { useViewStore } from '../../stores/view-store';
import { notifyDone, notifyFailure } from '../shell/notify';

interface Named {
  readonly deviceId: string;
  readonly name: string;
}

/** Long enough to read it and to see on the map that it was wrong, ms. */
const UNDO_MS = 20_000;

/** Makes two one person, and offers to undo it. @returns false when it was not done; the operator was told why. */
export async function mergeInto(person: Named, gone: Named): Promise<boolean> {
  try {
    await askHub('device.merge', { deviceId: gone.deviceId, into: person.deviceId });
  } catch (error) {
    notifyFailure(`${gone.name} was not merged`, error);
    return false;
  }
  useViewStore.getState().select(person.deviceId);
  const id = `merged ${gone.deviceId}`;
  notifications.show({
    id,
    color: 'teal',
    title: `${gone.name} is ${person.name} now`,
    autoClose: UNDO_MS,
    message: (
      <Button
        size="compact-sm"
        variant="default"
        mt={6}
        onClick={() => {
          notifications.hide(id);
          void takeApart(gone);
        }}
      >
        Undo
      </Button>
    ),
  });
  return true;
}

/** Gives a merged device back to itself. */
export function takeApart({ deviceId, name }: Named): Promise<void> {
  return askHub('device.unmerge', { deviceId }).then(
    () => notifyDone(`${name} is apart again`, 'Both are as they were, with what each has sent meanwhile.'),
    (error: unknown) => notifyFailure(`${name} was not taken apart`, error),
  );
}
