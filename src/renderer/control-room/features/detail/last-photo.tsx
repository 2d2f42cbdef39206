import { Modal, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { LiveDevice } from '../../../../common/model/live-device';
import { useMediaUrl } from '../../connect/use-media-url';
import { formatBytes } from '../../format/quantity';
import styles from './detail.module.css';
import { Section } from './section';

/** The last photo; a click shows it large. */
export function LastPhoto({ device }: { readonly device: LiveDevice }) {
  const { photo, name } = device;
  const media = useMediaUrl(photo?.value.sha256 ?? null);
  const [isLarge, large] = useDisclosure(false);
  const alt = `Last photo of ${name}`;
  return (
    <Section title="Photo" atMs={photo?.atMs ?? null} isOccasional>
      {photo && media?.kind === 'failed' && <p className={styles.note}>The photo could not be loaded.</p>}
      {photo && media === null && <div className={styles.photo} data-is-loading />}
      {photo && media?.kind === 'ready' && (
        <>
          <UnstyledButton className={styles.photo} aria-label="Show the photo large" onClick={large.open}>
            <img src={media.url} alt={alt} data-testid="last-photo" />
          </UnstyledButton>
          <Modal
            opened={isLarge}
            onClose={large.close}
            size="auto"
            title={`${name} · ${formatBytes(photo.value.bytes)}`}
          >
            <img src={media.url} alt={alt} className={styles.largePhoto} />
          </Modal>
        </>
      )}
    </Section>
  );
}
