import { Button, SegmentedControl, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { askHub } from '../../connect/ask-hub';
import { toNames } from '../keys/key-words';
import type { Shown } from '../keys/shown-key';
import { useKeys } from '../keys/use-keys';
import { useWifi } from '../poster/use-wifi';
import { PrintDialog } from '../print/print-dialog';
import { notifyFailure } from '../shell/notify';
import { BadgeSheets } from './badge-sheets';
import { useBadges, type Which } from './use-badges';

/** Names a hub takes at once; a longer list is made in two goes. */
const MAX_NAMES = 200;
const MAX_NAME_LENGTH = 64;

/** Personal QR codes: names in, a sheet of badges out. */
export function BadgesDialog({ onClose }: { readonly onClose: () => void }) {
  const keys = useKeys();
  const [made, setMade] = useState<readonly Shown[]>([]);
  const [which, setWhich] = useState<Which>('unused');
  const { badges, isLoading } = useBadges(keys, made, which);
  const { wifi } = useWifi();
  return (
    <PrintDialog
      title="Personal badges"
      onClose={onClose}
      isReady={badges.length > 0}
      settings={
        <Stack gap="md">
          <NamesForm
            onMade={(more) => {
              setMade([...made, ...more]);
              setWhich('new');
            }}
          />
          <div>
            <Text size="sm" fw={500} mb={4}>
              On the sheet
            </Text>
            <SegmentedControl
              size="xs"
              fullWidth
              aria-label="Badges on the sheet"
              value={which}
              onChange={(value) => setWhich(value)}
              data={[
                { value: 'new', label: 'Just made' },
                { value: 'unused', label: 'Not used yet' },
                { value: 'all', label: 'All' },
              ]}
            />
          </div>
        </Stack>
      }
    >
      {(paper) => <BadgeSheets badges={badges} paper={paper} ssid={wifi?.ssid ?? null} isLoading={isLoading} />}
    </PrintDialog>
  );
}

function NamesForm({ onMade }: { readonly onMade: (made: readonly Shown[]) => void }) {
  const [text, setText] = useState('');
  const [isMaking, setMaking] = useState(false);
  const names = toNames(text);
  const fault = faultOf(names);
  const make = (): void => {
    setMaking(true);
    askHub('key.makePersonal', { names: [...names] })
      .then(
        ({ keys }) => {
          setText('');
          onMade(keys);
        },
        (error: unknown) => notifyFailure('The badges were not made', error),
      )
      .finally(() => setMaking(false));
  };
  return (
    <Stack gap="xs">
      <Textarea
        label="Names"
        description="One a line; a list from a spreadsheet may be pasted."
        placeholder={'Ann Berg\nBen Castillo\nChen Wei'}
        rows={8}
        value={text}
        error={fault}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button size="xs" disabled={names.length === 0 || fault !== null} loading={isMaking} onClick={make}>
        {names.length < 2 ? 'Make the badge' : `Make ${names.length} badges`}
      </Button>
      <Text size="xs" c="dimmed">
        The first phone that scans a badge is that person, whatever else it says. A lost badge is revoked under Keys and
        links.
      </Text>
    </Stack>
  );
}

function faultOf(names: readonly string[]): string | null {
  if (names.length > MAX_NAMES) return `At most ${MAX_NAMES} at once: these are ${names.length}.`;
  const long = names.find((name) => name.length > MAX_NAME_LENGTH);
  return long === undefined ? null : `“${long.slice(0, 20)}…” is longer than ${MAX_NAME_LENGTH} characters.`;
}
