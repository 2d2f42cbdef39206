import { ActionIcon, Tooltip } from '@mantine/core';
import {
  IconArrowsMaximize,
  IconArrowsMinimize,
  IconPictureInPicture,
  IconRotateClockwise,
  IconVolume,
  IconVolumeOff,
} from '@tabler/icons-react';
import type { ReactNode, RefObject } from 'react';
import type { ShareView } from '../../stores/share-store';
import { notifyFailure } from '../shell/notify';
import styles from './tile.module.css';
import { useWallStore } from './wall-store';

interface Props {
  readonly share: ShareView;
  readonly video: RefObject<HTMLVideoElement | null>;
  /** Only one that is shown large has sound. */
  readonly isLarge: boolean;
}

/** What one does with a picture; shown over it while it is pointed at or has the focus. */
export function FocusTools({ share, video, isLarge }: Props) {
  const { shareId, hasAudio, stream, pictureUrl } = share;
  const isMuted = useWallStore((state) => state.isMuted);
  const toggleMuted = useWallStore((state) => state.toggleMuted);
  const rotate = useWallStore((state) => state.rotate);
  const toggleFill = useWallStore((state) => state.toggleFill);
  const isFilled = useWallStore((state) => state.filled.has(shareId));
  const detach = (): void => {
    video.current?.requestPictureInPicture().catch((error: unknown) => notifyFailure('No picture in picture', error));
  };
  const canDetach = document.pictureInPictureEnabled && stream !== null && pictureUrl === null;
  return (
    <div className={styles.tools}>
      {isLarge && hasAudio && (
        <Tool label={isMuted ? 'Sound on' : 'Sound off'} onClick={toggleMuted}>
          {isMuted ? <IconVolumeOff size={16} /> : <IconVolume size={16} />}
        </Tool>
      )}
      <Tool label="Rotate" onClick={() => rotate(shareId)}>
        <IconRotateClockwise size={16} />
      </Tool>
      <Tool label={isFilled ? 'Fit whole picture' : 'Fill the tile'} onClick={() => toggleFill(shareId)}>
        {isFilled ? <IconArrowsMinimize size={16} /> : <IconArrowsMaximize size={16} />}
      </Tool>
      {canDetach && (
        <Tool label="Picture in picture" onClick={detach}>
          <IconPictureInPicture size={16} />
        </Tool>
      )}
    </div>
  );
}

function Tool({
  label,
  onClick,
  children,
}: {
  readonly label: string;
  readonly onClick: () => void;
  readonly children: ReactNode;
}) {
  return (
    <Tooltip label={label}>
      <ActionIcon size={30} variant="transparent" className={styles.tool} aria-label={label} onClick={onClick}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
