import type { Welcome } from '../../common/wire/ingest';
import type { IngestContext } from './context';
import type { Admission } from './ports';

/** What a phone is told of itself and of the hub: after its handshake, and again when the operator has let it in. @param cameBy as {@link HubPlace} */
export function welcomeOf(
  { deviceId, clientId }: Admission,
  cameBy: string | null,
  { clock, place, directory }: Pick<IngestContext, 'clock' | 'place' | 'directory'>,
): Welcome {
  return {
    type: 'welcome',
    clientId,
    message: 'Connected to multi-user server',
    serverTime: new Date(clock.now()).toISOString(),
    deviceId,
    sessionId: place.sessionId(),
    hubId: place.hubId,
    addresses: place.addresses(cameBy),
    state: directory.stateOf(deviceId),
    protocol: 1,
  };
}
