import { useEffect, useRef, useState } from 'react';
import type { Projected, ProjectorSource } from './projector';
import styles from './projector-page.module.css';

/** The whole of the projector's window. */
export function ProjectorPage() {
  const [source] = useState(findSource);
  const [shown, setShown] = useState<Projected | null>(null);
  useEffect(() => {
    const stop = source?.watch(setShown);
    window.addEventListener('pagehide', () => stop?.());
    return stop;
  }, [source]);
  if (!source) return <p className={styles.words}>Open this window from the Screens view of the control room.</p>;
  if (!shown) return <p className={styles.words}>Nothing is shared just now.</p>;
  return (
    <main
      className={styles.page}
      data-testid="projector"
      data-turn={shown.turn}
      data-filled={shown.isFilled}
      data-stalled={shown.stall !== null}
    >
      {shown.pictureUrl === null ? (
        <ProjectedVideo stream={shown.stream} name={shown.name} />
      ) : (
        <img className={styles.picture} src={shown.pictureUrl} alt={`Share of ${shown.name}`} />
      )}
      <p className={styles.name}>
        {shown.name}
        {shown.stall !== null && (
          <span className={styles.stall} role="status">
            {shown.stall}
          </span>
        )}
      </p>
    </main>
  );
}

function ProjectedVideo({ stream, name }: { readonly stream: MediaStream | null; readonly name: string }) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (video.current) video.current.srcObject = stream;
  }, [stream]);
  return <video ref={video} className={styles.picture} aria-label={`Share of ${name}`} autoPlay muted playsInline />;
}

/** Null: this page was opened by itself, or the control room's window has gone. */
function findSource(): ProjectorSource | null {
  const opener = window.opener as Window | null;
  return opener?.perchProjector ?? null;
}
