import { Button, Group, NumberInput, SegmentedControl, SimpleGrid, Stack, Text } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import type { RequestInput } from '../../../../common/contract/requests';
import { askHub } from '../../connect/ask-hub';
import { useDrillStore } from '../../stores/drill-store';
import { notifyFailure } from '../shell/notify';
import { NUMBER_FIELDS, type NumberField, type Numbers, orderFrom, START_NUMBERS } from './drill-numbers';

type Mode = RequestInput<'drill.start'>['mode'];

/** What is to be simulated. */
export function DrillForm() {
  const [mode, setMode] = useState<Mode>('capacity');
  const [numbers, setNumbers] = useState<Numbers>(START_NUMBERS);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    askHub('drill.start', orderFrom(mode, numbers)).then(
      ({ drill }) => useDrillStore.getState().setDrill(drill),
      (error: unknown) => notifyFailure('The drill did not start', error),
    );
  };
  const fields = NUMBER_FIELDS.filter((field) => mode === 'phones' || field.isForCapacity);
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <SegmentedControl
          aria-label="Kind of drill"
          value={mode}
          onChange={(value) => setMode(value)}
          data={[
            { value: 'capacity', label: 'Find the capacity' },
            { value: 'phones', label: 'A number of phones' },
          ]}
        />
        {mode === 'capacity' && (
          <Text size="sm" c="dimmed">
            10, 20, 50 phones and so on, 10 s each, until an ack takes longer than 1 s or does not come.
          </Text>
        )}
        <SimpleGrid cols={3} spacing="sm">
          {fields.map((field) => (
            <Field
              key={field.name}
              field={field}
              value={numbers[field.name]}
              onChange={(value) => setNumbers({ ...numbers, [field.name]: value })}
            />
          ))}
        </SimpleGrid>
        <Group justify="flex-end">
          <Button type="submit" leftSection={<IconPlayerPlay size={16} aria-hidden />}>
            Start drill
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface FieldProps {
  readonly field: NumberField;
  readonly value: number;
  readonly onChange: (value: number) => void;
}

function Field({ field, value, onChange }: FieldProps) {
  return (
    <NumberInput
      label={field.label}
      suffix={field.suffix}
      min={field.min}
      max={field.max}
      decimalScale={field.decimals}
      thousandSeparator=","
      clampBehavior="blur"
      value={value}
      // An empty field is no number: the one before stays until there is another.
      onChange={(next) => {
        if (typeof next === 'number') onChange(next);
      }}
    />
  );
}
