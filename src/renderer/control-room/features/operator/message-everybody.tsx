import { ActionIcon, Tooltip } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconMessage } from '@tabler/icons-react';
import { MessageDialog } from './message-dialog';

/** One message to all phones that are connected. */
export function MessageEverybody() {
  const [isOpen, dialog] = useDisclosure(false);
  return (
    <>
      <Tooltip label="Message to everybody">
        <ActionIcon size="lg" aria-label="Message to everybody" onClick={dialog.open}>
          <IconMessage size={18} stroke={1.75} />
        </ActionIcon>
      </Tooltip>
      <MessageDialog deviceId={null} title="Message to everybody" isOpen={isOpen} onClose={dialog.close} />
    </>
  );
}
