/** What the audit log knows of, `noun.happened`. Kept as text: one that a newer hub wrote is shown as it is. */
export type AuditAction =
  | 'device.approved'
  | 'device.denied'
  | 'device.renamed'
  | 'device.coloured'
  | 'device.noted'
  | 'device.merged'
  | 'device.unmerged'
  | 'device.revoked'
  | 'device.readmitted'
  | 'device.kicked'
  | 'device.erased'
  | 'device.asked'
  | 'message.sent'
  | 'profile.changed'
  | 'wifi.changed'
  | 'access.changed'
  | 'alert.acknowledged'
  | 'session.started'
  | 'session.stopped'
  | 'session.renamed'
  | 'session.erased'
  | 'export.started'
  | 'certificate.issued'
  | 'pairing.addressChosen'
  | 'tls.renewed'
  | 'tls.authorityMade'
  | 'key.issued'
  | 'key.shown'
  | 'key.expired'
  | 'code.issued'
  | 'code.used'
  | 'code.withdrawn'
  | 'key.rotated'
  | 'key.revoked'
  | 'key.refused'
  | 'claim.refused'
  | 'device.impersonated';

/** Who did it: somebody at a control room with the admin key or a viewer key, the hub by itself, or a phone. */
type AuditActorKind = 'operator' | 'viewer' | 'hub' | 'phone';

/** Something that was done or tried, and is to be known of later. Never holds a key. */
export interface AuditEntry {
  /** Rises; never used twice. */
  readonly auditId: number;
  /** Hub clock. */
  readonly atMs: number;
  readonly action: string;
  readonly actor: AuditActorKind;
  /** IP address the actor came from; null when it is this laptop, not known, or erased with its person. */
  readonly address: string | null;
  /** The device it was done to; null when it was none. */
  readonly deviceId: string | null;
  /** What happened and why, in plain sentences, up to 500 characters; empty when it was erased with its person. */
  readonly detail: string;
}
