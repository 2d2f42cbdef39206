import type { sessionRequests } from '../../../common/contract/requests/session';
import type { HandlersOf } from '../../../common/contract/server';
import type { ConsoleParts } from '../console-parts';
import { askStore } from '../store-refusal';

export function sessionHandlers({ sessions, custody }: ConsoleParts): HandlersOf<typeof sessionRequests> {
  return {
    'session.list': async () => ({ sessions: [...(await askStore(sessions.list()))] }),
    'session.start': async ({ name }) => ({ session: await askStore(sessions.start(name)) }),
    'session.stop': async () => ({ session: await askStore(sessions.start('')) }),
    'session.rename': async ({ sessionId, name }) => ({
      session: await askStore(sessions.rename(sessionId, name)),
    }),
    'session.certificate': async ({ sessionId }) => ({ certificate: await custody.certificate(sessionId) }),
  };
}
