import { Button, Group, Table, Text } from '@mantine/core';
import { useState } from 'react';
import type { KeyInfo } from '../../../../common/model/key';
import { useClockStore } from '../../stores/clock-store';
import { ConfirmDialog } from './confirm-dialog';
import { useKeyActions } from './key-actions';
import { endWords, isExpired, usedWords } from './key-words';
import { type Shown, ShownKeyDialog } from './shown-key';

interface Props {
  readonly keys: readonly KeyInfo[];
  /** Said when there is none. */
  readonly empty: string;
  readonly testId: string;
}

/** Keys made for somebody, each to be shown again and taken back. */
export function MadeKeys({ keys, empty, testId }: Props) {
  const [shown, setShown] = useState<Shown | null>(null);
  if (keys.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {empty}
      </Text>
    );
  }
  return (
    <>
      <Table.ScrollContainer minWidth={520} maxHeight={220} type="native">
        <Table verticalSpacing={5} fz="sm" data-testid={testId}>
          <Table.Tbody>
            {keys.map((key) => (
              <MadeKey key={key.keyId} info={key} onShown={setShown} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <ShownKeyDialog shown={shown} onClose={() => setShown(null)} />
    </>
  );
}

function MadeKey({ info, onShown }: { readonly info: KeyInfo; readonly onShown: (shown: Shown) => void }) {
  const nowMs = useClockStore((state) => state.nowMs);
  const { show, revoke } = useKeyActions();
  const [isAsking, setAsking] = useState(false);
  const isOver = isExpired(info, nowMs);
  const isPersonal = info.kind === 'personal';
  return (
    <Table.Tr data-testid="made-key" data-is-expired={isOver} {...(isOver ? { c: 'dimmed' } : {})}>
      <Table.Th scope="row" fw={500}>
        {info.name}
      </Table.Th>
      <Table.Td>{isPersonal ? '' : endWords(info, nowMs)}</Table.Td>
      <Table.Td>{usedWords(info, nowMs)}</Table.Td>
      <Table.Td>
        <Group gap={6} justify="flex-end" wrap="nowrap">
          {!isOver && (
            <Button size="compact-xs" variant="default" onClick={() => show(info.keyId, onShown)}>
              Show
            </Button>
          )}
          <Button size="compact-xs" variant="default" onClick={() => (isOver ? revoke(info) : setAsking(true))}>
            {isOver ? 'Clear' : 'Revoke'}
          </Button>
        </Group>
        <ConfirmDialog
          title={`Revoke the key of ${info.name}?`}
          action="Revoke it"
          isOpen={isAsking}
          onClose={() => setAsking(false)}
          onConfirm={() => revoke(info)}
        >
          <Text size="sm">
            {isPersonal
              ? 'The printed badge stops working. A phone that has already joined with it keeps its own key and stays; what it sent stays too.'
              : 'Screens that use this link go dark at once.'}
          </Text>
        </ConfirmDialog>
      </Table.Td>
    </Table.Tr>
  );
}
