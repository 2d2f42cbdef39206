import { Box, Button, Menu } from '@mantine/core';
import { IconTools } from '@tabler/icons-react';
import { useId } from 'react';
import { useIsOperator } from '../../stores/connection-store';
import { useViewStore } from '../../stores/view-store';
import { TOOL_GROUPS, TOOLS, type Tool, type ToolGroup } from './tools';

/** The way to every tool. */
export function ToolsMenu() {
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
        {(Object.keys(TOOL_GROUPS) as ToolGroup[]).map((group) => (
          <MenuGroup key={group} label={TOOL_GROUPS[group]} tools={offered.filter((tool) => tool.group === group)} />
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function MenuGroup({ label, tools }: { readonly label: string; readonly tools: readonly Tool[] }) {
  const open = useViewStore((state) => state.open);
  const labelId = useId();
  if (tools.length === 0) return null;
  return (
    <Box role="group" aria-labelledby={labelId}>
      <Menu.Label id={labelId} aria-hidden>
        {label}
      </Menu.Label>
      {tools.map(({ name, label: toolLabel, Icon }) => (
        <Menu.Item key={name} leftSection={<Icon size={15} aria-hidden />} onClick={() => open(name)}>
          {toolLabel}
        </Menu.Item>
      ))}
    </Box>
  );
}
