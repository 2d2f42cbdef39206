/**
 * What tells a phone from the others when it comes back: its own key, the id it persists, the name it says, or only
 * the address and browser it was seen with.
 */
export type IdentityKind = 'deviceId' | 'username' | 'nameless';

/**
 * Whether a device may send: `pending` until the operator has let it in; `revoked` when its keys were taken back, until the
 * operator lets it pair again.
 */
export type DeviceAccess = 'approved' | 'pending' | 'revoked';

/** A phone the hub knows. The screen says "person"; the id is the hub's own and never changes. */
export interface Device {
  /** The hub's own id: `welcome.deviceId`, CSV `device_id`, feed and API ids. */
  readonly deviceId: string;
  /** What the operator sees: the user name, a given name, or "Phone 3". */
  readonly name: string;
  readonly identity: IdentityKind;
  /** The `deviceId` the phone said, 1 to 128 characters; null when it said none. */
  readonly externalId: string | null;
  /** The `username` the phone said, NFC, 1 to 64 characters; null when it said none. */
  readonly username: string | null;
  /** 1 for the first device of a user name, 2 for the one shown as "ann (2)", and so on. */
  readonly ordinal: number;
  /** Free text from the handshake, for the eye only. */
  readonly platform: string | null;
  readonly userAgent: string | null;
  /** The IP address it was last seen from; null when never connected (imported). */
  readonly lastAddress: string | null;
  readonly firstSeenAtMs: number;
  readonly lastSeenAtMs: number;
  /** True once it has connected with its own device key: from then on only that key is this device. */
  readonly isClaimed: boolean;
  /** Chosen by the operator, 0 to COLOUR_COUNT - 1; null: not chosen. */
  readonly colour: number | null;
  /** Chosen by its carrier; counts while the operator has not chosen. */
  readonly saidColour: number | null;
  /** What the operator wrote about the person, up to 2,000 characters; often empty. */
  readonly note: string;
  readonly access: DeviceAccess;
  /** The device that the operator merged this one into: what it sends is shown and exported as that one's. Null: none. */
  readonly mergedInto: string | null;
}
