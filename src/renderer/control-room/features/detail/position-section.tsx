import { ActionIcon, CopyButton, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import type { LiveDevice } from '../../../../common/model/live-device';
import { formatBearing, formatLatLon, formatQuantity, MISSING } from '../../format/quantity';
import styles from './detail.module.css';
import { Fact, Section } from './section';

/** Where the person is; the coordinates are there to be copied into a radio call or another map. */
export function PositionSection({ device }: { readonly device: LiveDevice }) {
  const position = device.position?.value ?? null;
  const metres = (value: number | null | undefined): string => formatQuantity(value ?? null, 'm');
  const speed = position?.speed ?? null;
  return (
    <Section title="Position" atMs={device.position?.atMs ?? null}>
      <dl className={styles.facts}>
        <Fact label="Lat, lon" wide>
          {position ? <CopyableLatLon text={formatLatLon(position.latitude, position.longitude)} /> : MISSING}
        </Fact>
        <Fact label="Accuracy">{position?.accuracy == null ? MISSING : `± ${metres(position.accuracy)}`}</Fact>
        <Fact label="Altitude">{metres(position?.altitude)}</Fact>
        <Fact label="Speed">{formatQuantity(speed === null ? null : speed * 3.6, 'km/h', 1)}</Fact>
        <Fact label="Heading">{formatBearing(position?.heading ?? null)}</Fact>
      </dl>
    </Section>
  );
}

function CopyableLatLon({ text }: { readonly text: string }) {
  return (
    <span className={styles.copyable}>
      <span data-testid="lat-lon">{text}</span>
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <Tooltip label={copied ? 'Copied' : 'Copy'}>
            <ActionIcon size="sm" aria-label="Copy latitude and longitude" onClick={copy}>
              {copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
            </ActionIcon>
          </Tooltip>
        )}
      </CopyButton>
    </span>
  );
}
