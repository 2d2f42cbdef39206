import { HubError } from '../../../common/contract/errors';
import type { tlsRequests } from '../../../common/contract/requests/tls';
import type { HandlersOf } from '../../../common/contract/server';
import { OPERATOR } from '../audit';
import type { ConsoleParts } from '../console-parts';

export function tlsHandlers(parts: ConsoleParts): HandlersOf<typeof tlsRequests> {
  return {
    'tls.newAuthority': async () => {
      const board = parts.pairing();
      if (!board) throw new HubError('conflict', 'The hub does not listen yet.');
      const { caFingerprint } = board.state();
      if (caFingerprint === null) {
        throw new HubError(
          'conflict',
          'This hub has no certificate authority of its own: there is nothing to replace.',
        );
      }
      const pairing = await board.replaceAuthority().catch((error: unknown) => {
        parts.log.error({ err: error }, 'no new certificate authority could be made');
        throw new HubError('storage_unavailable', 'The new authority could not be kept in the data folder.');
      });
      const detail = `A new certificate authority was made: ${pairing.caFingerprint}. Before: ${caFingerprint}.`;
      parts.audit.record({ action: 'tls.authorityMade', actor: OPERATOR, detail });
      return pairing;
    },
  };
}
