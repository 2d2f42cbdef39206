import type { IconCamera } from '@tabler/icons-react';
import type { ButtonHTMLAttributes } from 'react';

interface ActButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly icon: typeof IconCamera;
  readonly label: string;
}

/** One of the row of things to send: a picture and one word, big enough for a glove. */
export const ActButton = ({ icon: Icon, label, ...rest }: ActButtonProps) => (
  <button type="button" className="act" {...rest}>
    <Icon size={24} stroke={1.8} aria-hidden="true" />
    <span className="act-label">{label}</span>
  </button>
);
