import { Button, Menu } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import {
  IconAdjustments,
  IconCamera,
  IconChevronDown,
  IconCurrentLocation,
  IconEraser,
  IconHandStop,
  IconKey,
  IconKeyOff,
  IconMessage,
  IconScreenShare,
  IconUserMinus,
  IconUsersPlus,
} from '@tabler/icons-react';
import type { LiveDevice } from '../../../../common/model/live-device';
import { askPerson } from './ask-person';
import { EraseDialog } from './erase-dialog';
import { MergeDialog } from './merge-dialog';
import { MessageDialog } from './message-dialog';
import { RemoveDialog } from './remove-dialog';
import { RevokeDialog } from './revoke-dialog';
import { readmit } from './revoke-person';
import { SettingsDialog } from './settings-dialog';

/** What the operator can ask of a person, tell them, or do about their phone. */
export function PersonMenu({ device }: { readonly device: LiveDevice }) {
  const [isWriting, writing] = useDisclosure(false);
  const [isRemoving, removing] = useDisclosure(false);
  const [isSetting, setting] = useDisclosure(false);
  const [isMerging, merging] = useDisclosure(false);
  const [isErasing, erasing] = useDisclosure(false);
  const [isRevoking, revoking] = useDisclosure(false);
  const { isOnline, name } = device;
  return (
    <>
      <Menu position="bottom-end" width={220} shadow="sm">
        <Menu.Target>
          <Button size="xs" variant="default" rightSection={<IconChevronDown size={14} aria-hidden />}>
            Actions
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconHandStop size={15} />}
            disabled={!isOnline}
            onClick={() => askPerson(device, 'check-in')}
          >
            Ask for check-in
          </Menu.Item>
          <Menu.Item
            leftSection={<IconCamera size={15} />}
            disabled={!isOnline}
            onClick={() => askPerson(device, 'photo')}
          >
            Ask for photo
          </Menu.Item>
          <Menu.Item
            leftSection={<IconCurrentLocation size={15} />}
            disabled={!isOnline}
            onClick={() => askPerson(device, 'locate')}
          >
            Ask for position
          </Menu.Item>
          <Menu.Item
            leftSection={<IconScreenShare size={15} />}
            disabled={!isOnline}
            onClick={() => askPerson(device, 'share')}
          >
            Ask to share screen or camera
          </Menu.Item>
          <Menu.Item leftSection={<IconMessage size={15} />} onClick={writing.open}>
            Send message…
          </Menu.Item>
          <Menu.Item leftSection={<IconAdjustments size={15} />} onClick={setting.open}>
            Settings…
          </Menu.Item>
          <Menu.Item leftSection={<IconUsersPlus size={15} />} onClick={merging.open}>
            Merge with…
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item leftSection={<IconUserMinus size={15} />} c="var(--perch-trouble)" onClick={removing.open}>
            Remove from session…
          </Menu.Item>
          {device.isRevoked ? (
            <Menu.Item leftSection={<IconKey size={15} />} onClick={() => readmit(device)}>
              Let pair again
            </Menu.Item>
          ) : (
            <Menu.Item leftSection={<IconKeyOff size={15} />} c="var(--perch-trouble)" onClick={revoking.open}>
              Revoke keys…
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconEraser size={15} />} c="var(--perch-trouble)" onClick={erasing.open}>
            Erase data…
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <MessageDialog
        deviceId={device.deviceId}
        title={`Message to ${name}`}
        isOpen={isWriting}
        onClose={writing.close}
      />
      <MergeDialog device={device} isOpen={isMerging} onClose={merging.close} />
      <RemoveDialog device={device} isOpen={isRemoving} onClose={removing.close} />
      <RevokeDialog device={device} isOpen={isRevoking} onClose={revoking.close} />
      <EraseDialog device={device} isOpen={isErasing} onClose={erasing.close} />
      <SettingsDialog device={device} isOpen={isSetting} onClose={setting.close} />
    </>
  );
}
