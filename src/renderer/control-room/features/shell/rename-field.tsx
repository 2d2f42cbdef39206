import { TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { notifyFailure } from './notify';

interface Props {
  readonly label: string;
  readonly value: string;
  readonly maxLength: number;
  /** False: an empty name is not saved. */
  readonly mayBeEmpty?: boolean;
  readonly onSave: (name: string) => Promise<void>;
  readonly onClose: () => void;
}

/** A name being edited in place: Enter or leaving saves, Escape lets it be. */
export function RenameField({ label, value, maxLength, mayBeEmpty = true, onSave, onClose }: Props) {
  const [name, setName] = useState(value);
  // Enter and Escape take the field away, and that may blur it: only the first of them counts.
  const isOver = useRef(false);
  const finish = (isSaved: boolean): void => {
    if (isOver.current) return;
    isOver.current = true;
    const trimmed = name.trim();
    const isWorthSaving = isSaved && trimmed !== value && (mayBeEmpty || trimmed !== '');
    if (isWorthSaving) onSave(trimmed).catch((error: unknown) => notifyFailure('The name was not changed', error));
    onClose();
  };
  return (
    <TextInput
      size="xs"
      w={220}
      autoFocus
      aria-label={label}
      maxLength={maxLength}
      value={name}
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => setName(event.currentTarget.value)}
      onBlur={() => finish(true)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') finish(true);
        if (event.key === 'Escape') {
          event.stopPropagation();
          finish(false);
        }
      }}
    />
  );
}
