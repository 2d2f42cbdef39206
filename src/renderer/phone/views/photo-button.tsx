import type { IconCamera } from '@tabler/icons-react';
import type { ChangeEvent } from 'react';

interface PhotoButtonProps {
  readonly icon: typeof IconCamera;
  readonly isBusy: boolean;
  /** The operator asks for a photo: shown on the button itself. */
  readonly isWanted: boolean;
  readonly onPhoto: (file: Blob) => void;
}

/** Opens the phone's own camera: a file input needs no permission and takes a better picture than a page can. */
export function PhotoButton({ icon: Icon, isBusy, isWanted, onPhoto }: PhotoButtonProps) {
  const take = (event: ChangeEvent<HTMLInputElement>): void => {
    const input = event.currentTarget;
    const file = input.files?.[0];
    // Emptied, or the same picture could not be chosen again.
    input.value = '';
    if (file) onPhoto(file);
  };
  return (
    <label className="button button-quiet" data-busy={isBusy} data-wanted={isWanted}>
      <Icon size={22} aria-hidden="true" />
      Photo
      <input
        className="file-input"
        type="file"
        accept="image/*"
        capture="environment"
        disabled={isBusy}
        onChange={take}
      />
    </label>
  );
}
