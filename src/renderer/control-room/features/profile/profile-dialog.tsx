import { Group, Loader, Modal } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { PhoneProfile } from '../../../../common/contract/requests/profile';
import { askHub, sentenceOf } from '../../connect/ask-hub';
import { useConnectionStore } from '../../stores/connection-store';
import { ProfileForm } from './profile-form';

type Loaded =
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready'; readonly profile: PhoneProfile }
  | { readonly kind: 'failed'; readonly sentence: string };

/** How often phones send and what: one choice for all of them. */
export function ProfileDialog({ onClose }: { readonly onClose: () => void }) {
  return (
    <Modal opened onClose={onClose} title="What phones send" size={560}>
      <Profile onClose={onClose} />
    </Modal>
  );
}

function Profile({ onClose }: { readonly onClose: () => void }) {
  const client = useConnectionStore((state) => state.client);
  const [loaded, setLoaded] = useState<Loaded>({ kind: 'loading' });
  useEffect(() => {
    if (!client) return;
    let isGone = false;
    const show = (next: Loaded): void => {
      if (!isGone) setLoaded(next);
    };
    askHub('profile.get', {}).then(
      ({ profile }) => show({ kind: 'ready', profile }),
      (error: unknown) => show({ kind: 'failed', sentence: sentenceOf(error) }),
    );
    return () => {
      isGone = true;
    };
  }, [client]);
  switch (loaded.kind) {
    case 'loading':
      return (
        <Group justify="center" p="xl">
          <Loader size="sm" />
        </Group>
      );
    case 'failed':
      return <p role="alert">What phones send could not be read. {loaded.sentence}</p>;
    case 'ready':
      return <ProfileForm inForce={loaded.profile} onClose={onClose} />;
  }
}
