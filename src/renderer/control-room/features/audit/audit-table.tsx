import { Table } from '@mantine/core';
import type { AuditEntry } from '../../../../common/model/audit';
import { formatMoment } from '../../format/time';
import { useClockStore } from '../../stores/clock-store';
import { personOf, useLiveStore } from '../../stores/live-store';
import styles from './audit.module.css';
import { actionWords, actorWords, isTrouble } from './audit-words';

/** The entries, as they are: what phones said is shown as text. */
export function AuditTable({ entries }: { readonly entries: readonly AuditEntry[] }) {
  return (
    <Table.ScrollContainer minWidth={720} maxHeight={480} type="native">
      <Table stickyHeader verticalSpacing={7} fz="sm" data-testid="audit">
        <Table.Thead>
          <Table.Tr>
            <Table.Th className={styles.moment}>When</Table.Th>
            <Table.Th>What</Table.Th>
            <Table.Th>Person</Table.Th>
            <Table.Th>Details</Table.Th>
            <Table.Th>By</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {entries.map((entry) => (
            <AuditRow key={entry.auditId} entry={entry} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function AuditRow({ entry }: { readonly entry: AuditEntry }) {
  // Years and days matter here, seconds of now do not.
  const name = useLiveStore((state) => personOf(state.devices, entry.deviceId)?.name);
  const { nowMs } = useClockStore.getState();
  return (
    <Table.Tr data-testid="audit-row" data-action={entry.action} data-trouble={isTrouble(entry)}>
      <Table.Td className={styles.moment}>
        <time dateTime={new Date(entry.atMs).toISOString()}>{formatMoment(entry.atMs, nowMs)}</time>
      </Table.Td>
      <Table.Td className={styles.action}>{actionWords(entry.action)}</Table.Td>
      <Table.Td className={styles.person}>{name ?? (entry.deviceId === null ? '' : 'Not in this session')}</Table.Td>
      <Table.Td className={styles.detail}>
        {entry.detail === '' ? 'Erased with the person’s data.' : entry.detail}
      </Table.Td>
      <Table.Td className={styles.actor}>{actorWords(entry)}</Table.Td>
    </Table.Tr>
  );
}
