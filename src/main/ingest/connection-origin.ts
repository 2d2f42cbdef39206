import type { FrameSource } from '../../common/model/frame';
import type { Handshake } from '../../common/wire/ingest';
import type { Claim, DeviceDirectory } from './ports';

/** Where a connection comes from and whose key it showed. */
export interface ConnectionOrigin {
  readonly address: string;
  readonly localAddress: string | null;
  readonly userAgent: string | null;
  /** The device the key in URL or header belongs to; null for another kind of key or none. */
  readonly keyDeviceId: string | null;
  /** That key is a personal one. */
  readonly isPersonalKey: boolean;
  /** What a request says of whose it is, where there is no handshake before it. */
  readonly externalId?: string | null;
  readonly username?: string | null;
  /** What its frames are called where there is no handshake; absent: the page that may do without. */
  readonly source?: FrameSource;
  /** What it is held to the rates by until it is known whose it is; absent: a name of its own. */
  readonly rateName?: string;
}

/** Whose it says it is. The key of URL or header goes before that of the handshake. */
export function claimOf(
  origin: ConnectionOrigin,
  handshake: Handshake | null,
  directory: Pick<DeviceDirectory, 'deviceOfKey' | 'isPersonalKey'>,
): Claim {
  const { keyDeviceId, isPersonalKey, address, userAgent } = origin;
  const token = keyDeviceId === null ? handshake?.token : undefined;
  return {
    keyDeviceId: token === undefined ? keyDeviceId : directory.deviceOfKey(token),
    isPersonalKey: token === undefined ? isPersonalKey : directory.isPersonalKey(token),
    externalId: handshake?.deviceId ?? origin.externalId ?? null,
    username: handshake?.username ?? origin.username ?? null,
    platform: handshake?.platform ?? null,
    colour: handshake?.colour ?? null,
    address,
    userAgent,
  };
}
