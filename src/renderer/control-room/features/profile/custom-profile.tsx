import { Checkbox, Group, NumberInput, SimpleGrid, Stack } from '@mantine/core';
import type { PhoneProfile } from '../../../../common/contract/requests/profile';
import { PHONE_SENSORS, type PhoneSensor } from '../../../../common/wire/ingest';

const SENSOR_LABEL: Record<PhoneSensor, string> = { gps: 'Position', orientation: 'Orientation', motion: 'Motion' };

interface Props {
  readonly profile: PhoneProfile;
  readonly onChange: (profile: PhoneProfile) => void;
}

/** Each value by itself, within the bounds of `profile.set`. */
export function CustomProfile({ profile, onChange }: Props) {
  const { intervalMs, sensors, media } = profile;
  // An empty field is no number: the one before stays until there is another.
  const whole =
    (change: (value: number) => PhoneProfile) =>
    (value: number | string): void => {
      if (typeof value === 'number') onChange(change(value));
    };
  return (
    <Stack gap="sm">
      <Checkbox.Group
        label="Sensors"
        value={[...sensors]}
        onChange={(chosen) => onChange({ ...profile, sensors: PHONE_SENSORS.filter((one) => chosen.includes(one)) })}
      >
        <Group gap="lg" mt={6}>
          {PHONE_SENSORS.map((sensor) => (
            <Checkbox key={sensor} value={sensor} label={SENSOR_LABEL[sensor]} />
          ))}
        </Group>
      </Checkbox.Group>
      <SimpleGrid cols={3} spacing="sm">
        <NumberInput
          label="A frame every"
          suffix=" s"
          min={0.1}
          max={60}
          step={0.5}
          decimalScale={1}
          value={intervalMs / 1000}
          onChange={whole((seconds) => ({
            ...profile,
            intervalMs: Math.min(60_000, Math.max(100, Math.round(seconds * 1000))),
          }))}
        />
        <NumberInput
          label="Photos, longer side"
          suffix=" px"
          min={320}
          max={8192}
          step={320}
          allowDecimal={false}
          value={media.photoSidePx}
          onChange={whole((photoSidePx) => ({ ...profile, media: { ...media, photoSidePx } }))}
        />
        <NumberInput
          label="Audio notes, longest"
          suffix=" s"
          min={5}
          max={300}
          step={15}
          allowDecimal={false}
          value={media.audioSeconds}
          onChange={whole((audioSeconds) => ({ ...profile, media: { ...media, audioSeconds } }))}
        />
      </SimpleGrid>
    </Stack>
  );
}
