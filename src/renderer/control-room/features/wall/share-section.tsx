import { Button } from '@mantine/core';
import { IconScreenShare } from '@tabler/icons-react';
import type { LiveDevice } from '../../../../common/model/live-device';
import { useShareOf } from '../../stores/share-store';
import { Section } from '../detail/section';
import { healthWords, qualityWords } from './share-words';
import { showShare } from './show-share';
import { useLocalNow } from './use-local-now';

/** What the person shares just now; nothing is shown while they do not. */
export function ShareSection({ device }: { readonly device: LiveDevice }) {
  const share = useShareOf(device);
  const nowMs = useLocalNow();
  if (!share) return null;
  const what = share.kind === 'camera' ? 'Camera' : 'Screen';
  const figures = share.quality ? qualityWords(share.quality) : [];
  return (
    <Section title={`${what} shared`}>
      <p data-testid="share-line" style={{ marginBottom: 8 }}>
        {[healthWords(share, nowMs), ...figures].join(' · ')}
      </p>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconScreenShare size={15} aria-hidden />}
        onClick={() => showShare(share.shareId)}
      >
        Watch
      </Button>
    </Section>
  );
}
