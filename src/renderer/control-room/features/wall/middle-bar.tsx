import { ActionIcon, SegmentedControl, Tooltip } from '@mantine/core';
import { IconMaximize, IconPresentation } from '@tabler/icons-react';
import { useShareStore } from '../../stores/share-store';
import { useViewStore } from '../../stores/view-store';
import { notifyFailure } from '../shell/notify';
import styles from './middle-bar.module.css';
import { openProjector } from './projector';

/** What fills the middle, and what one does with the wall as a whole. @param wallId of the element to fill the screen with */
export function MiddleBar({ wallId }: { readonly wallId: string }) {
  const middle = useViewStore((state) => state.middle);
  const show = useViewStore((state) => state.show);
  const count = useShareStore((state) => state.shares.size);
  const fillScreen = (): void => {
    document
      .getElementById(wallId)
      ?.requestFullscreen()
      .catch((error: unknown) => notifyFailure('No full screen', error));
  };
  return (
    <div className={styles.bar}>
      <SegmentedControl
        size="xs"
        aria-label="What to show"
        value={middle}
        onChange={(value) => show(value)}
        data={[
          { value: 'map', label: 'Map' },
          { value: 'screens', label: count === 0 ? 'Screens' : `Screens (${count})` },
          { value: 'both', label: 'Both' },
        ]}
      />
      {middle !== 'map' && (
        <div className={styles.tools}>
          <span className={styles.hint}>Keys 1 to 9: one large</span>
          <BarButton label="Window for a projector" onClick={openProjector}>
            <IconPresentation size={17} />
          </BarButton>
          <BarButton label="Full screen" onClick={fillScreen}>
            <IconMaximize size={17} />
          </BarButton>
        </div>
      )}
    </div>
  );
}

interface BarButtonProps {
  readonly label: string;
  readonly onClick: () => void;
  readonly children: React.ReactNode;
}

function BarButton({ label, onClick, children }: BarButtonProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon aria-label={label} onClick={onClick}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
