import type { sessionRequests } from '../../../common/contract/requests/session';
import type { ConsoleRole, HandlersOf } from '../../../common/contract/server';
import type { Session } from '../../../common/model/session';
import { certificatePage } from '../../feeds';
import { OPERATOR } from '../audit';
import type { ConsoleParts } from '../console-parts';
import type { ConsoleHost } from '../hub';
import { askStore } from '../store-refusal';
import { saveCertificate } from './certificate-file';

const titled = ({ name }: Session): string => (name === '' ? 'an unnamed session' : `“${name}”`);

export function sessionHandlers(
  { audit, sessions, custody }: ConsoleParts,
  role: ConsoleRole,
  host: ConsoleHost | null,
): HandlersOf<typeof sessionRequests> {
  return {
    'session.list': async () => ({ sessions: [...(await askStore(sessions.list()))] }),
    'session.start': async ({ name }) => {
      const before = sessions.current;
      const session = await askStore(sessions.start(name));
      void custody.issueMissing();
      const detail = `Started ${titled(session)}. Ended ${titled(before)}.`;
      audit.record({ action: 'session.started', actor: OPERATOR, detail });
      return { session };
    },
    'session.stop': async () => {
      const before = sessions.current;
      const session = await askStore(sessions.start(''));
      void custody.issueMissing();
      const detail = `Stopped ${titled(before)}. Recording goes on in an unnamed one.`;
      audit.record({ action: 'session.stopped', actor: OPERATOR, detail });
      return { session };
    },
    'session.rename': async ({ sessionId, name }) => {
      const session = await askStore(sessions.rename(sessionId, name));
      const detail = `Session ${sessionId} is now ${titled(session)}.`;
      audit.record({ action: 'session.renamed', actor: OPERATOR, detail });
      return { session };
    },
    'session.certificatePage': async ({ sessionId }) => ({
      html: certificatePage(await custody.certificate(sessionId)).html,
    }),
    'session.saveCertificate': async ({ sessionId, format }) =>
      saveCertificate(await custody.certificate(sessionId), format, host),
    'session.certificate': async ({ sessionId }) => {
      const certificate = await custody.certificate(sessionId);
      const detail = `Certificate of ${titled(certificate.session)}, SHA-256 ${certificate.sha256.slice(0, 16)}…`;
      audit.record({ action: 'certificate.issued', actor: { kind: role }, detail });
      return { certificate };
    },
  };
}
