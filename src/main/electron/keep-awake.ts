import { powerSaveBlocker } from 'electron';

/** While the hub runs the laptop must not sleep; its screen may. Returns the function that lets it sleep again. */
export function keepAwake(): () => void {
  const id = powerSaveBlocker.start('prevent-app-suspension');
  return () => powerSaveBlocker.stop(id);
}
