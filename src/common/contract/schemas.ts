import { z } from 'zod';
import type { AccessState } from '../model/access';
import type { Alert, PastAlert } from '../model/alert';
import type { AuditEntry } from '../model/audit';
import type { Custody, CustodyCertificate } from '../model/custody';
import type { Device } from '../model/device';
import type { KeyInfo } from '../model/key';
import { COLOUR_COUNT, type LiveDevice, type TrailPoint } from '../model/live-device';
import type { MediaReference } from '../model/media';
import type { NetworkAddress } from '../model/network-address';
import type { Position } from '../model/position';
import type { DetectedObject, Motion, Orientation, Weather } from '../model/readings';
import type { Session } from '../model/session';
import type { Track } from '../model/track';
import type { WifiNetwork } from '../model/wifi-network';

// Each schema is checked against its noun in model/ by `satisfies`: the two can't drift apart.

const number = z.number();
const maybeNumber = number.nullable();
const maybeText = z.string().nullable();

const position = z.object({
  latitude: number.min(-90).max(90),
  longitude: number.min(-180).max(180),
  altitude: maybeNumber,
  accuracy: maybeNumber,
  altitudeAccuracy: maybeNumber,
  heading: maybeNumber,
  speed: maybeNumber,
}) satisfies z.ZodType<Position>;

const orientation = z.object({
  alpha: maybeNumber,
  beta: maybeNumber,
  gamma: maybeNumber,
  absolute: z.boolean().nullable(),
}) satisfies z.ZodType<Orientation>;

const motion = z.object({
  accelerationX: maybeNumber,
  accelerationY: maybeNumber,
  accelerationZ: maybeNumber,
  rotationAlpha: maybeNumber,
  rotationBeta: maybeNumber,
  rotationGamma: maybeNumber,
}) satisfies z.ZodType<Motion>;

const weather = z.object({
  temperature: maybeNumber,
  humidity: maybeNumber,
  windSpeed: maybeNumber,
  windDirection: maybeNumber,
  precipitation: maybeNumber,
  cloudCover: maybeNumber,
  weatherCode: maybeNumber,
}) satisfies z.ZodType<Weather>;

const detectedObject = z.object({ class: z.string(), score: maybeNumber }) satisfies z.ZodType<DetectedObject>;

const mediaReference = z.object({
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: number,
  mime: z.string(),
}) satisfies z.ZodType<MediaReference>;

const reading = <T extends z.ZodType>(value: T) => z.object({ value, atMs: number });

const trackTotals = z.object({ distanceM: number.min(0), movingS: number.min(0), climbM: number.min(0) });
const track = z.object({ raw: trackTotals, clean: trackTotals }) satisfies z.ZodType<Track>;

/** Schema of {@link LiveDevice}. */
export const liveDeviceSchema = z.object({
  deviceId: z.string(),
  merged: z.array(z.string()).readonly(),
  name: z.string(),
  colour: z
    .number()
    .int()
    .min(0)
    .max(COLOUR_COUNT - 1),
  platform: maybeText,
  note: z.string(),
  isRevoked: z.boolean(),
  isOnline: z.boolean(),
  connectedAtMs: maybeNumber,
  address: maybeText,
  lastReceivedAtMs: maybeNumber,
  frames: number,
  refused: number,
  rateHz: number,
  delayMs: maybeNumber,
  position: reading(position).nullable(),
  orientation: reading(orientation).nullable(),
  motion: reading(motion).nullable(),
  weather: reading(weather).nullable(),
  objects: reading(z.array(detectedObject).readonly()).nullable(),
  photo: reading(mediaReference).nullable(),
  track: track.nullable(),
  batteryPct: maybeNumber,
  charging: z.boolean().nullable(),
  visibility: z.enum(['visible', 'hidden']).nullable(),
  queued: maybeNumber,
  captured: maybeNumber,
  clock: z.object({ offsetMs: number, uncertaintyMs: number }).nullable(),
  sos: z.object({ active: z.boolean(), text: maybeText, atMs: number }).nullable(),
}) satisfies z.ZodType<LiveDevice>;

/** Schema of {@link TrailPoint}. */
export const trailPointSchema = z.object({
  latitude: number,
  longitude: number,
  atMs: number,
}) satisfies z.ZodType<TrailPoint>;

/** Schema of {@link Session}. */
export const sessionSchema = z.object({
  sessionId: z.string(),
  name: z.string(),
  startedAtMs: number,
  endedAtMs: maybeNumber,
  frames: number,
  devices: number,
}) satisfies z.ZodType<Session>;

/** Schema of {@link Alert}. */
export const alertSchema = z.object({
  id: z.string(),
  severity: z.enum(['info', 'warning', 'critical']),
  sentence: z.string(),
  tip: maybeText,
  raisedAtMs: number,
  acknowledged: z.object({ atMs: number, by: z.enum(['window', 'browser']) }).nullable(),
}) satisfies z.ZodType<Alert>;

/** Schema of {@link PastAlert}. */
export const pastAlertSchema = alertSchema.extend({
  clearedAtMs: maybeNumber,
}) satisfies z.ZodType<PastAlert>;

/** Schema of {@link AuditEntry}. */
export const auditEntrySchema = z.object({
  auditId: number,
  atMs: number,
  action: z.string(),
  actor: z.enum(['operator', 'viewer', 'hub', 'phone']),
  address: maybeText,
  deviceId: maybeText,
  detail: z.string(),
}) satisfies z.ZodType<AuditEntry>;

/** Schema of {@link Device}. */
export const deviceSchema = z.object({
  deviceId: z.string(),
  name: z.string(),
  identity: z.enum(['deviceId', 'username', 'nameless']),
  externalId: maybeText,
  username: maybeText,
  ordinal: number,
  platform: maybeText,
  userAgent: maybeText,
  lastAddress: maybeText,
  firstSeenAtMs: number,
  lastSeenAtMs: number,
  isClaimed: z.boolean(),
  colour: maybeNumber,
  saidColour: maybeNumber,
  note: z.string(),
  access: z.enum(['approved', 'pending', 'revoked']),
  mergedInto: maybeText,
}) satisfies z.ZodType<Device>;

/** Schema of {@link AccessState}. */
export const accessSchema = z.object({
  approveFirst: z.boolean(),
  waiting: z
    .array(
      z.object({
        deviceId: z.string(),
        name: z.string(),
        platform: maybeText,
        userAgent: maybeText,
        address: maybeText,
        firstSeenAtMs: number,
        lastSeenAtMs: number,
        isOnline: z.boolean(),
      }),
    )
    .readonly(),
}) satisfies z.ZodType<AccessState>;

/** Schema of {@link Custody}. */
export const custodySchema = z.object({
  deviceId: z.string(),
  merged: z.array(z.string()).readonly(),
  name: z.string(),
  captured: maybeNumber,
  received: number,
  stored: number,
  duplicate: number,
  refused: z.record(z.string(), number),
  refusedMessages: z.record(z.string(), number),
  erased: number,
  dropped: number,
  late: number,
  missing: number,
  beforeFirst: number,
  holes: z
    .array(z.object({ boot: z.string(), ranges: z.array(z.tuple([number, number]).readonly()).readonly() }))
    .readonly(),
  bytes: number,
  firstAtMs: maybeNumber,
  lastAtMs: maybeNumber,
  delay: z.object({ p50Ms: number, p95Ms: number, maxMs: number }).nullable(),
}) satisfies z.ZodType<Custody>;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** Schema of {@link CustodyCertificate}. */
export const certificateSchema = z.object({
  kind: z.literal('perch-custody-certificate'),
  version: z.literal(1),
  hubId: z.string(),
  hubVersion: z.string(),
  issuedAtMs: number,
  isFinal: z.boolean(),
  lateAfterMs: number,
  session: sessionSchema,
  devices: z.array(custodySchema).readonly(),
  standsFor: z.array(sha256).readonly().optional(),
  sha256,
  amendment: z.object({ atMs: number, sessionName: maybeText, devices: z.array(custodySchema).readonly() }).optional(),
}) satisfies z.ZodType<CustodyCertificate>;

/** Schema of {@link KeyInfo}. */
export const keyInfoSchema = z.object({
  keyId: z.string(),
  kind: z.enum(['join', 'personal', 'viewer', 'admin']),
  name: maybeText,
  deviceId: maybeText,
  createdAtMs: maybeNumber,
  expiresAtMs: maybeNumber,
  lastUsedAtMs: maybeNumber,
}) satisfies z.ZodType<KeyInfo>;

/** Schema of {@link WifiNetwork}. Lengths: IEEE 802.11, 9.4.2.2 (32 bytes of name) and WPA (8 to 63 characters). */
export const wifiNetworkSchema = z.object({
  ssid: z.string().min(1).max(32),
  password: z.string().min(1).max(64).nullable(),
  isHidden: z.boolean(),
}) satisfies z.ZodType<WifiNetwork>;

/** Schema of {@link NetworkAddress}. */
const networkAddressSchema = z.object({
  address: z.string(),
  interfaceName: z.string(),
  kind: z.enum(['wifi', 'ethernet', 'hotspot', 'lan', 'vpn', 'virtual', 'link-local', 'loopback', 'name']),
  score: number,
}) satisfies z.ZodType<NetworkAddress>;

/** What the pairing dialog shows. */
export const pairingSchema = z.object({
  /** The URL in the QR code, key in the fragment; uses `selectedAddress`. */
  joinUrl: z.string(),
  selectedAddress: z.string(),
  /** All addresses, best first, each with the URL its QR would hold. */
  choices: z.array(networkAddressSchema.extend({ joinUrl: z.string() })),
  /** Ports as they are listened on; null when the hub runs without TLS. */
  httpPort: number,
  tlsPort: maybeNumber,
  /** SHA-256 of the CA certificate, colon-separated upper-case hex; null without TLS or with the operator's own certificate. */
  caFingerprint: maybeText,
  /** The address of ours under which a phone last reached us: proof that it works; null before any did. */
  reachedVia: maybeText,
  /** When anything of another machine last reached us, hub clock, ms. No event tells of each: ask for it. */
  reachedAtMs: maybeNumber,
  /**
   * What of another machine got to the TLS port, ever in this run: nothing, connections (its certificate may not be trusted
   * yet), or a request. While it is `never` and something reached us, a firewall is likely to let only the first port in.
   */
  secureReach: z.enum(['never', 'port', 'page']),
  /** The code to type that is good now; null: none. `joinUrl`: opens the phone page with it. */
  code: z.object({ code: z.string(), expiresAtMs: number, joinUrl: z.string() }).nullable(),
});

/** See {@link pairingSchema}. */
export type Pairing = z.infer<typeof pairingSchema>;

/** How far an export is. */
export const exportProgressSchema = z.object({
  exportId: z.string(),
  state: z.enum(['running', 'done', 'failed', 'cancelled']),
  /** Frames written so far. */
  frames: number,
  /** Frames there are to write, as counted at the start. */
  totalFrames: number,
  bytes: number,
  /** Where the file went, for the eye; null in the browser, which knows. */
  path: maybeText,
  /** Why it failed, in one sentence; null otherwise. */
  message: maybeText,
});

/** See {@link exportProgressSchema}. */
export type ExportProgress = z.infer<typeof exportProgressSchema>;
