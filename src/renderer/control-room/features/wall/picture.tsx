import { type ComponentType, useEffect, useRef } from 'react';
import type { ShareSource } from '../../../../common/model/share';
import type { ShareView } from '../../stores/share-store';
import styles from './tile.module.css';

export interface PictureProps {
  readonly share: ShareView;
  readonly label: string;
  readonly isMuted: boolean;
}

/** Video, or while none comes through the newest picture. */
function VideoPicture({ share, label, isMuted }: PictureProps) {
  const element = useRef<HTMLVideoElement>(null);
  const { stream, pictureUrl } = share;
  useEffect(() => {
    if (element.current && element.current.srcObject !== stream) element.current.srcObject = stream;
  }, [stream]);
  useEffect(() => {
    // As an attribute React sets it once only.
    if (element.current) element.current.muted = isMuted;
  }, [isMuted]);
  return (
    <>
      <video
        ref={element}
        className={styles.media}
        aria-label={label}
        data-testid="share-video"
        hidden={pictureUrl !== null}
        autoPlay
        muted
        playsInline
      />
      {pictureUrl !== null && (
        <img className={styles.media} src={pictureUrl} alt={label} data-testid="share-snapshot" />
      )}
    </>
  );
}

/** The newest picture. */
function StillPicture({ share, label }: PictureProps) {
  if (share.pictureUrl === null) return null;
  return <img className={styles.media} src={share.pictureUrl} alt={label} data-testid="share-snapshot" />;
}

/** One component a source. */
export const PICTURES: Readonly<Record<ShareSource, ComponentType<PictureProps>>> = {
  webrtc: VideoPicture,
  whip: VideoPicture,
  mjpeg: StillPicture,
};
