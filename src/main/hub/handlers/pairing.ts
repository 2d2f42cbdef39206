import { HubError } from '../../../common/contract/errors';
import type { pairingRequests } from '../../../common/contract/requests/pairing';
import type { HandlersOf } from '../../../common/contract/server';
import { OPERATOR } from '../audit';
import type { ConsoleParts } from '../console-parts';
import type { PairingBoard } from '../pairing';

export function pairingHandlers(parts: ConsoleParts): HandlersOf<typeof pairingRequests> {
  const pairing = (): PairingBoard => {
    const board = parts.pairing();
    if (!board) throw new HubError('conflict', 'The hub does not listen yet.');
    return board;
  };
  return {
    'pairing.get': () => pairing().shown(),
    'pairing.newCode': () => {
      const state = pairing().newCode();
      parts.audit.record({ action: 'code.issued', actor: OPERATOR, detail: 'A code to type was made.' });
      return state;
    },
    'pairing.selectAddress': ({ address }) => {
      const state = pairing().select(address);
      const detail = `The QR code now holds the address ${address}.`;
      parts.audit.record({ action: 'pairing.addressChosen', actor: OPERATOR, detail });
      return state;
    },
  };
}
