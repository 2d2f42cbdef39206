import { powerSaveBlocker } from 'electron';

/** Keeps the laptop from sleeping. */
export interface KeptAwake {
  /** Whether it holds: the system may refuse. */
  isHeld(): boolean;
  /** Lets the laptop sleep again. */
  release(): void;
}

/** While the hub runs the laptop must not sleep; its screen may. */
export function keepAwake(): KeptAwake {
  const id = powerSaveBlocker.start('prevent-app-suspension');
  return { isHeld: () => powerSaveBlocker.isStarted(id), release: () => powerSaveBlocker.stop(id) };
}
