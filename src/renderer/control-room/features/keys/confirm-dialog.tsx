import { Button, Group, Modal, Stack } from '@mantine/core';
import { type ReactNode, useId } from 'react';

interface Props {
  readonly title: string;
  /** What the button does, as a verb. */
  readonly action: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onConfirm: () => void;
  readonly children: ReactNode;
}

/** Asks once more before something is lost. In a Modal.Stack the dialog below waits. */
export function ConfirmDialog({ title, action, isOpen, onClose, onConfirm, children }: Props) {
  const stackId = useId();
  return (
    <Modal stackId={stackId} opened={isOpen} onClose={onClose} title={title} size={440}>
      <Stack gap="md">
        <div>{children}</div>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose} data-autofocus>
            Cancel
          </Button>
          <Button
            color="red.8"
            onClick={() => {
              onClose();
              onConfirm();
            }}
          >
            {action}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
