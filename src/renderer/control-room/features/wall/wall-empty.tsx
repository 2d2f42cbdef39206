import { IconEyeOff, IconScreenShare } from '@tabler/icons-react';
import styles from './wall.module.css';

/** Says how a share comes about. @param hiddenCount shares that the operator has hidden */
export function WallEmpty({ hiddenCount }: { readonly hiddenCount: number }) {
  if (hiddenCount > 0) {
    return (
      <div className={styles.empty} data-testid="wall-empty">
        <IconEyeOff size={40} stroke={1.5} aria-hidden />
        <h2>Every share is hidden</h2>
      </div>
    );
  }
  return (
    <div className={styles.empty} data-testid="wall-empty">
      <IconScreenShare size={40} stroke={1.5} aria-hidden />
      <h2>Nobody shares a screen or camera</h2>
      <ol>
        <li>Select a person, then Actions, Ask to share. They agree on their phone and choose what you see.</li>
        <li>Or they press Share on their phone’s Perch page by themselves.</li>
        <li>
          An Android browser cannot share its screen: the free app ScreenStream on the phone can. It is found by itself,
          or added by its address above.
        </li>
        <li>It appears here at once. No internet is needed.</li>
      </ol>
    </div>
  );
}
