import { Button, Menu } from '@mantine/core';
import { IconTools } from '@tabler/icons-react';
import { useIsOperator } from '../../stores/connection-store';
import { useViewStore } from '../../stores/view-store';
import { TOOLS } from './tools';

/** The way to every tool. */
export function ToolsMenu() {
  const open = useViewStore((state) => state.open);
  const isOperator = useIsOperator();
  const offered = TOOLS.filter((tool) => isOperator || !tool.isForOperator);
  if (offered.length === 0) return null;
  return (
    <Menu position="bottom-end" width={240} shadow="sm">
      <Menu.Target>
        <Button size="xs" variant="default" leftSection={<IconTools size={16} aria-hidden />}>
          Tools
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {offered.map(({ name, label, Icon }) => (
          <Menu.Item key={name} leftSection={<Icon size={15} aria-hidden />} onClick={() => open(name)}>
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
