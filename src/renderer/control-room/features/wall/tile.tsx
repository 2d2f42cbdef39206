import { type CSSProperties, useRef } from 'react';
import { useMjpegStore } from '../../stores/mjpeg-store';
import type { ShareView } from '../../stores/share-store';
import { FocusTools } from './focus-tools';
import { PinForm } from './mjpeg/pin-form';
import { PICTURES } from './picture';
import { RecordingMark } from './recording/recording-mark';
import { healthWords } from './share-words';
import styles from './tile.module.css';
import { TileCaption } from './tile-caption';
import { TILE_KEYS } from './tile-keys';
import { useDemand } from './use-demand';
import { useLocalNow } from './use-local-now';
import { useSharePerson } from './use-share-person';
import { useWallStore } from './wall-store';

interface Props {
  readonly share: ShareView;
  /** From 1. */
  readonly number: number;
  readonly isFocused: boolean;
  readonly isOnly: boolean;
}

/** One share: its picture, whose it is and how it is. A click shows it large, another brings the others back. */
export function Tile({ share, number, isFocused, isOnly }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const person = useSharePerson(share);
  const nowMs = useLocalNow();
  const focus = useWallStore((state) => state.focus);
  const isMuted = useWallStore((state) => state.isMuted);
  const turn = useWallStore((state) => state.turns.get(share.shareId) ?? 0);
  const isFilled = useWallStore((state) => state.filled.has(share.shareId));
  useDemand(share.shareId, isFocused || isOnly, box);
  const pulled = useMjpegStore(({ sources }) => sources.get(share.shareId));
  const Picture = PICTURES[share.source];
  const key = TILE_KEYS[number - 1];
  const isDark = share.health !== 'live' && share.stream === null && share.pictureUrl === null;
  return (
    <article
      className={styles.tile}
      aria-label={`${person.name}, ${share.kind ?? 'share'}`}
      data-testid="tile"
      data-share-id={share.shareId}
      data-device-id={share.deviceId ?? undefined}
      data-source={share.source}
      data-health={share.health}
      data-path={share.source === 'mjpeg' ? undefined : (share.path ?? undefined)}
      data-focused={isFocused}
      style={{ '--person': person.colour } as CSSProperties}
    >
      <div ref={box} className={styles.picture} data-turn={turn} data-filled={isFilled}>
        <Picture
          share={share}
          label={`${share.kind === 'camera' ? 'Camera' : 'Screen'} of ${person.name}`}
          isMuted={isMuted || !(isFocused || isOnly)}
        />
        {isDark && <p className={styles.waiting}>{healthWords(share, nowMs)}</p>}
        <button
          type="button"
          className={styles.cover}
          aria-label={isFocused ? `Show all shares` : `Show ${person.name} large`}
          aria-pressed={isFocused}
          onClick={() => focus(isFocused ? null : share.shareId)}
        />
        {key !== undefined && (
          <span className={styles.number} aria-hidden="true">
            {key}
          </span>
        )}
        {share.health === 'locked' && pulled && <PinForm source={pulled} name={person.name} />}
        <RecordingMark shareId={share.shareId} />
        <FocusTools share={share} isLarge={isFocused || isOnly} />
      </div>
      <TileCaption share={share} person={person} />
    </article>
  );
}
