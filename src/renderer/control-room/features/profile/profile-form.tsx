import { Button, Group, Radio, Stack, Text } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { PhoneProfile } from '../../../../common/contract/requests/profile';
import { askHub } from '../../connect/ask-hub';
import { formatCount } from '../../format/quantity';
import { notifyDone, notifyFailure } from '../shell/notify';
import { CustomProfile } from './custom-profile';
import { PRESETS, presetOf } from './presets';
import styles from './profile.module.css';

const CUSTOM = { name: 'custom', label: 'Custom', sentence: 'Your own choice of each.' };

interface Props {
  readonly inForce: PhoneProfile;
  readonly onClose: () => void;
}

/** A preset, or each value by itself. */
export function ProfileForm({ inForce, onClose }: Props) {
  const [choice, setChoice] = useState(presetOf(inForce));
  const [profile, setProfile] = useState(inForce);
  const [isSaving, setIsSaving] = useState(false);
  const choose = (name: string): void => {
    setChoice(name);
    // Custom starts from what was chosen before it.
    setProfile(PRESETS.find((preset) => preset.name === name)?.profile ?? profile);
  };
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setIsSaving(true);
    try {
      const { told } = await askHub('profile.set', { profile });
      notifyDone('Phones send this from now on', toldSentence(told));
      onClose();
    } catch (error) {
      setIsSaving(false);
      notifyFailure('What phones send was not changed', error);
    }
  };
  return (
    <form onSubmit={(event) => void save(event)} data-testid="profile">
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          For every phone that uses the Perch page; it stays like this after a restart. Other apps have settings of
          their own. A phone with a weak link or a low battery may send less.
        </Text>
        <Radio.Group value={choice} onChange={choose} aria-label="How phones send">
          <div className={styles.presets}>
            {[...PRESETS, CUSTOM].map(({ name, label, sentence }) => (
              <Radio.Card
                key={name}
                value={name}
                className={styles.preset}
                data-autofocus={name === choice || undefined}
              >
                <Radio.Indicator />
                <span>
                  <strong>{label}</strong>
                  <small>{sentence}</small>
                </span>
              </Radio.Card>
            ))}
          </div>
        </Radio.Group>
        {choice === CUSTOM.name && <CustomProfile profile={profile} onChange={setProfile} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={isSaving}>
            Apply to all phones
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function toldSentence(told: number): string {
  if (told === 0) return 'No phone is connected with the Perch page now: each is told when it comes.';
  return `${told === 1 ? '1 phone was' : `${formatCount(told)} phones were`} told at once; the others when they come.`;
}
