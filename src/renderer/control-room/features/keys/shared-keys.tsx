import { Button, Text } from '@mantine/core';
import { useState } from 'react';
import type { KeyInfo } from '../../../../common/model/key';
import { useClockStore } from '../../stores/clock-store';
import { useKeyStore } from '../../stores/key-store';
import { ConfirmDialog } from './confirm-dialog';
import { useKeyActions } from './key-actions';
import { nameSome, usedWords } from './key-words';
import styles from './keys.module.css';
import { type Shown, ShownKeyDialog } from './shown-key';

type SharedKind = 'join' | 'viewer' | 'admin';

const WORDS: Record<SharedKind, { readonly title: string; readonly sentence: string; readonly lost: string }> = {
  join: {
    title: 'Join key',
    sentence: 'In the QR code of the pairing dialog and on the poster. Anybody who scans it can join.',
    lost: 'The QR code changes at once. Posters and links with the old one stop working.',
  },
  viewer: {
    title: 'Viewer key',
    sentence: 'For programs that read feeds and the API. For a teammate’s tablet make a link of its own above.',
    lost: 'Programs and screens that use it are cut off at once and need the new one.',
  },
  admin: {
    title: 'Admin key',
    sentence: 'Opens this control room in a browser, with everything in it.',
    lost: 'Every browser signed in with it is signed out at once, but for this one.',
  },
};

/** The three keys that every hub has. */
export function SharedKeys({ keys }: { readonly keys: readonly KeyInfo[] }) {
  const [shown, setShown] = useState<Shown | null>(null);
  return (
    <>
      {keys.map((key) =>
        key.name === null && key.kind !== 'personal' ? (
          <SharedKey key={key.kind} info={key} kind={key.kind} onShown={setShown} />
        ) : null,
      )}
      <ShownKeyDialog shown={shown} onClose={() => setShown(null)} />
    </>
  );
}

interface Props {
  readonly info: KeyInfo;
  readonly kind: SharedKind;
  readonly onShown: (shown: Shown) => void;
}

function SharedKey({ info, kind, onShown }: Props) {
  const nowMs = useClockStore((state) => state.nowMs);
  const { show, rotate } = useKeyActions();
  const [asked, setAsked] = useState<'show' | 'rotate' | null>(null);
  const { title, sentence, lost } = WORDS[kind];
  const close = (): void => setAsked(null);
  const reveal = (): void => show(info.keyId, onShown);
  return (
    <div className={styles.shared} data-testid="shared-key" data-kind={kind}>
      <div>
        <strong>{title}</strong>
        <Text size="xs" c="dimmed" component="span">
          {' '}
          {usedWords(info, nowMs)}
        </Text>
        <Text size="sm">{sentence}</Text>
        {kind === 'join' && <Dependents />}
      </div>
      <Button size="xs" variant="default" onClick={() => (kind === 'admin' ? setAsked('show') : reveal())}>
        Show
      </Button>
      <Button size="xs" variant="default" onClick={() => setAsked('rotate')}>
        Replace
      </Button>
      <ConfirmDialog
        title="Show the admin key?"
        action="Show it"
        isOpen={asked === 'show'}
        onClose={close}
        onConfirm={reveal}
      >
        <Text size="sm">
          It opens everything, and it will be on this screen. Look who is behind you, and that nothing is shared or
          projected.
        </Text>
      </ConfirmDialog>
      <ConfirmDialog
        title={`Replace the ${title.toLowerCase()}?`}
        action="Replace it"
        isOpen={asked === 'rotate'}
        onClose={close}
        onConfirm={() => rotate(kind)}
      >
        <Text size="sm">{lost}</Text>
        {kind === 'join' && <Dependents />}
      </ConfirmDialog>
    </div>
  );
}

/** Who needs the join key from one connection to the next. */
export function Dependents() {
  const dependents = useKeyStore((state) => state.dependents);
  if (dependents.length === 0) {
    return (
      <Text size="sm" c="dimmed" data-testid="dependents">
        Nobody here depends on it: every phone has a key of its own.
      </Text>
    );
  }
  return (
    <Text size="sm" fw={500} data-testid="dependents">
      {dependents.length === 1 ? '1 phone here has' : `${dependents.length} phones here have`} no other key, and would
      be cut off by a new one: {nameSome(dependents)}.
    </Text>
  );
}
