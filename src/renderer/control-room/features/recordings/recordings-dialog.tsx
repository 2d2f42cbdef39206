import { Modal } from '@mantine/core';
import type { Session } from '../../../../common/model/session';
import { sessionTitle, useSessionStore } from '../../stores/session-store';
import { RecordingsList } from './recordings-list';

interface Props {
  readonly session: Session;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** The recordings of a session. */
export function RecordingsDialog({ session, isOpen, onClose }: Props) {
  return (
    <Modal.Stack>
      <Modal
        stackId="recordings"
        opened={isOpen}
        onClose={onClose}
        title={`Recordings of “${sessionTitle(session)}”`}
        size={760}
      >
        <RecordingsList sessionId={session.sessionId} />
      </Modal>
    </Modal.Stack>
  );
}

/** Those of the current one. */
export function CurrentRecordingsDialog({ onClose }: Pick<Props, 'onClose'>) {
  const session = useSessionStore((state) => state.current);
  return session && <RecordingsDialog session={session} isOpen onClose={onClose} />;
}
