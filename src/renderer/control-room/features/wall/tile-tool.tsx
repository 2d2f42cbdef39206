import { ActionIcon, Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';
import styles from './tile.module.css';

interface Props {
  readonly label: string;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

/** A tool over a picture. */
export function TileTool({ label, onClick, children }: Props) {
  return (
    <Tooltip label={label}>
      <ActionIcon size={30} variant="transparent" className={styles.tool} aria-label={label} onClick={onClick}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
