import {
  IconAperture,
  IconArrowsMaximize,
  IconArrowsMinimize,
  IconEyeOff,
  IconPictureInPicture,
  IconRotateClockwise,
  IconTrash,
  IconVolume,
  IconVolumeOff,
  IconX,
} from '@tabler/icons-react';
import { useIsOperator } from '../../stores/connection-store';
import { useMjpegStore } from '../../stores/mjpeg-store';
import type { ShareView } from '../../stores/share-store';
import { notifyFailure } from '../shell/notify';
import { removeScreen } from './mjpeg/mjpeg-actions';
import { detachShare } from './picture-in-picture';
import { RecordTool } from './recording/record-tool';
import { takeSnapshot } from './snapshot/take-snapshot';
import styles from './tile.module.css';
import { TileTool } from './tile-tool';
import { viewer } from './viewer/viewer';
import { useWallStore } from './wall-store';

interface Props {
  readonly share: ShareView;
  /** Only one that is shown large has sound. */
  readonly isLarge: boolean;
}

/** What one does with a picture; shown over it while it is pointed at or has the focus. */
export function FocusTools({ share, isLarge }: Props) {
  const { shareId, hasAudio, stream, pictureUrl } = share;
  const isMuted = useWallStore((state) => state.isMuted);
  const toggleMuted = useWallStore((state) => state.toggleMuted);
  const rotate = useWallStore((state) => state.rotate);
  const toggleFill = useWallStore((state) => state.toggleFill);
  const isFilled = useWallStore((state) => state.filled.has(shareId));
  const hide = useWallStore((state) => state.hide);
  const isOperator = useIsOperator();
  const pulled = useMjpegStore(({ sources }) => sources.get(shareId));
  const hasPicture = stream !== null || pictureUrl !== null;
  const detach = (): void => {
    detachShare(shareId).catch((error: unknown) => notifyFailure('No picture in picture', error));
  };
  const canDetach = document.pictureInPictureEnabled && stream !== null && pictureUrl === null;
  return (
    <div className={styles.tools}>
      {isLarge && hasAudio && (
        <TileTool label={isMuted ? 'Sound on' : 'Sound off'} onClick={toggleMuted}>
          {isMuted ? <IconVolumeOff size={16} /> : <IconVolume size={16} />}
        </TileTool>
      )}
      {isOperator && <RecordTool shareId={shareId} />}
      {hasPicture && (
        <TileTool label="Snapshot" onClick={() => void takeSnapshot(share)}>
          <IconAperture size={16} />
        </TileTool>
      )}
      <TileTool label="Rotate" onClick={() => rotate(shareId)}>
        <IconRotateClockwise size={16} />
      </TileTool>
      <TileTool label={isFilled ? 'Fit whole picture' : 'Fill the tile'} onClick={() => toggleFill(shareId)}>
        {isFilled ? <IconArrowsMinimize size={16} /> : <IconArrowsMaximize size={16} />}
      </TileTool>
      {canDetach && (
        <TileTool label="Picture in picture" onClick={detach}>
          <IconPictureInPicture size={16} />
        </TileTool>
      )}
      <TileTool label="Hide" onClick={() => hide(shareId)}>
        <IconEyeOff size={16} />
      </TileTool>
      {isOperator && !pulled && (
        <TileTool label="End this share" onClick={() => viewer.end(shareId)}>
          <IconX size={16} />
        </TileTool>
      )}
      {isOperator && pulled && (
        <TileTool label="Remove this screen" onClick={() => removeScreen(pulled)}>
          <IconTrash size={16} />
        </TileTool>
      )}
    </div>
  );
}
