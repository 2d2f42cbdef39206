import { Button, SegmentedControl } from '@mantine/core';
import { IconEye, IconMaximize, IconMovie, IconPresentation } from '@tabler/icons-react';
import { useIsOperator } from '../../stores/connection-store';
import { useRecordingStore } from '../../stores/recording-store';
import { useShareStore } from '../../stores/share-store';
import { useViewStore } from '../../stores/view-store';
import { notifyFailure } from '../shell/notify';
import { BarButton } from './bar-button';
import styles from './middle-bar.module.css';
import { ScreenTools } from './mjpeg/screen-tools';
import { openProjector } from './projector';
import { RecordAll } from './recording/record-all';
import { shownShares } from './shown-shares';
import { useWallStore } from './wall-store';

/** What fills the middle, and what one does with the wall as a whole. @param wallId of the element to fill the screen with */
export function MiddleBar({ wallId }: { readonly wallId: string }) {
  const middle = useViewStore((state) => state.middle);
  const show = useViewStore((state) => state.show);
  const count = useShareStore((state) => state.shares.size);
  const isOperator = useIsOperator();
  const isRecording = useRecordingStore(({ own }) => own.size > 0);
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
      <div className={styles.tools}>
        {isOperator && (middle !== 'map' || isRecording) && <RecordAll />}
        {middle !== 'map' && <WallTools wallId={wallId} />}
      </div>
    </div>
  );
}

/** Only with the wall in view. */
function WallTools({ wallId }: { readonly wallId: string }) {
  const isOperator = useIsOperator();
  const open = useViewStore((state) => state.open);
  const fillScreen = (): void => {
    document
      .getElementById(wallId)
      ?.requestFullscreen()
      .catch((error: unknown) => notifyFailure('No full screen', error));
  };
  return (
    <>
      <span className={styles.hint}>Keys 1 to =: one large. S: snapshot</span>
      <HiddenShares />
      {isOperator && <ScreenTools />}
      <BarButton label="Recordings of this session" onClick={() => open('recordings')}>
        <IconMovie size={17} />
      </BarButton>
      <BarButton label="Window for a projector" onClick={openProjector}>
        <IconPresentation size={17} />
      </BarButton>
      <BarButton label="Full screen" onClick={fillScreen}>
        <IconMaximize size={17} />
      </BarButton>
    </>
  );
}

/** How many shares are hidden, and their way back. */
function HiddenShares() {
  const hidden = useWallStore((state) => state.hidden);
  const unhide = useWallStore((state) => state.unhide);
  const shares = useShareStore((state) => state.shares);
  const hiddenCount = shares.size - shownShares(shares, hidden).length;
  if (hiddenCount === 0) return null;
  return (
    <Button size="compact-sm" variant="default" leftSection={<IconEye size={14} aria-hidden />} onClick={unhide}>
      Show {hiddenCount} hidden
    </Button>
  );
}
