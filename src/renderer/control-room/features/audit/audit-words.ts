import type { AuditAction, AuditEntry } from '../../../../common/model/audit';

const ACTION_WORDS: Readonly<Record<AuditAction, string>> = {
  'device.approved': 'Let in',
  'device.denied': 'Not let in',
  'device.renamed': 'Renamed',
  'device.coloured': 'Colour changed',
  'device.noted': 'Note changed',
  'device.merged': 'Merged',
  'device.unmerged': 'Taken apart',
  'device.revoked': 'Keys revoked',
  'device.readmitted': 'May pair again',
  'device.kicked': 'Removed',
  'device.erased': 'Data erased',
  'device.asked': 'Asked',
  'message.sent': 'Message written',
  'profile.changed': 'What phones send changed',
  'wifi.changed': 'WiFi of the poster changed',
  'access.changed': 'Access changed',
  'alert.acknowledged': 'Alert seen',
  'session.started': 'Session started',
  'session.stopped': 'Session stopped',
  'session.renamed': 'Session renamed',
  'session.erased': 'Session erased',
  'export.started': 'Exported',
  'certificate.issued': 'Certificate issued',
  'pairing.addressChosen': 'Pairing address chosen',
  'tls.renewed': 'TLS certificate renewed',
  'tls.authorityMade': 'New certificate authority',
  'key.issued': 'Key issued',
  'key.shown': 'Key shown',
  'key.expired': 'Key expired',
  'code.issued': 'Code made',
  'code.used': 'Code used',
  'code.withdrawn': 'Code taken back',
  'key.rotated': 'Key replaced',
  'key.revoked': 'Key revoked',
  'key.refused': 'Wrong key',
  'claim.refused': 'False identity',
  'device.impersonated': 'Same identity twice',
};

const isKnown = (action: string): action is AuditAction => Object.hasOwn(ACTION_WORDS, action);

/** What was done, in a word or two; of a newer hub as it is. */
export const actionWords = (action: string): string => (isKnown(action) ? ACTION_WORDS[action] : action);

/** Things that were done to us, not by us. */
export const isTrouble = ({ action }: AuditEntry): boolean =>
  ['key.refused', 'claim.refused', 'device.impersonated'].includes(action);

/** Who did it: "Operator", "Phone at 192.168.1.7". */
export function actorWords({ actor, address }: AuditEntry): string {
  const from = address === null ? '' : ` at ${address}`;
  switch (actor) {
    case 'operator':
      return `Operator${from}`;
    case 'viewer':
      return `Viewer${from}`;
    case 'hub':
      return 'Hub';
    case 'phone':
      return address === null ? 'A phone' : `Phone${from}`;
  }
}
