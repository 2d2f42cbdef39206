import type { Device } from '../../common/model/device';
import type { SosCall } from '../../common/model/live-device';
import { JOIN_CODE_TRIES, JOIN_CODE_TRIES_AN_ADDRESS } from '../../common/wire/join-code';
import { LIMITS } from '../../common/wire/limits';
import type { NewAlert } from './alerts';

/** One whose sentence names somebody: it goes on to, when they are called otherwise. */
const named = (
  { deviceId, name }: Pick<Device, 'deviceId' | 'name'>,
  say: (name: string) => string,
  rest: Pick<NewAlert, 'id' | 'severity' | 'tip'>,
): NewAlert => ({ ...rest, about: deviceId, sentence: say(name), say });

/** Somebody calls for help. */
export const sosAlertId = (deviceId: string): string => `sos.${deviceId}`;

/** Who calls, by the id of the alert; null: it is none of {@link sosAlertId}. */
export const callerOf = (alertId: string): string | null => (alertId.startsWith('sos.') ? alertId.slice(4) : null);

/** See {@link sosAlertId}. */
export const sosAlert = (deviceId: string, name: string, { text }: SosCall): NewAlert =>
  named({ deviceId, name }, (who) => (text === null ? `${who} calls for help.` : `${who} calls for help: ${text}`), {
    id: sosAlertId(deviceId),
    severity: 'critical',
    tip: 'The place is on the map. It ends when the phone says so.',
  });

/** Somebody calls for help whose phone was not let in yet. */
export const waitingSosAlertId = (deviceId: string): string => `waiting-sos.${deviceId}`;

/** See {@link waitingSosAlertId}. */
export const waitingSosAlert = (deviceId: string, name: string, address: string, text: string | null): NewAlert =>
  named(
    { deviceId, name },
    (who) => `${who} at ${address} waits to be let in, and calls for help${text === null ? '.' : `: ${text}`}`,
    {
      id: waitingSosAlertId(deviceId),
      severity: 'critical',
      tip: 'Approve this phone on top of the list of people: then its call and its place come in.',
    },
  );

/** Somebody calls for help whose phone the operator has removed. */
export const removedSosAlertId = (deviceId: string): string => `removed-sos.${deviceId}`;

/** See {@link removedSosAlertId}. */
export const removedSosAlert = (deviceId: string, name: string, address: string, text: string | null): NewAlert =>
  named(
    { deviceId, name },
    (who) => `${who} at ${address}, a phone that was removed, calls for help${text === null ? '.' : `: ${text}`}`,
    {
      id: removedSosAlertId(deviceId),
      severity: 'critical',
      tip: 'It is refused for 10 minutes after it was removed, so no place comes with the call. Reach this person another way.',
    },
  );

/** A device sends more than the hub takes. */
export const floodAlertId = (deviceId: string): string => `flood.${deviceId}`;

/** See {@link floodAlertId}. */
export const floodAlert = (deviceId: string, name: string): NewAlert =>
  named(
    { deviceId, name },
    (who) => `${who} sends more than the hub takes from one phone; what is too much is refused.`,
    {
      id: floodAlertId(deviceId),
      severity: 'warning',
      tip: 'A Perch phone keeps it and sends it later. An app or a script of your own should send less often; a stranger’s can be removed.',
    },
  );

/** An address brings more new phones than a team has. */
export const crowdAlert = (address: string): NewAlert => ({
  id: `crowd.${address}`,
  severity: 'warning',
  sentence: `More than ${LIMITS.newDevicesPerMinute} new phones came from ${address} within a minute; more have to wait.`,
  tip: 'A large team behind one router comes in by itself within minutes. If nobody is joining, make a new join key under Keys and links.',
});

/** Two phones are the same device by what they say. */
export const fightAlert = (deviceId: string, name: string, address: string): NewAlert =>
  named(
    { deviceId, name },
    (who) => `Two phones say that they are ${who} and push each other out; the one at ${address} has to wait.`,
    {
      id: `fight.${deviceId}`,
      severity: 'warning',
      tip: 'Somebody copied the settings of one phone to another. Let one of them join anew with the QR code.',
    },
  );

/** Somebody waits to be let in. */
export const WAITING_ALERT = 'access.waiting';

/** See {@link WAITING_ALERT}. @param first of those who wait */
export const waitingAlert = (first: Pick<Device, 'deviceId' | 'name'>, count: number): NewAlert => ({
  id: WAITING_ALERT,
  ...(count === 1 ? { about: first.deviceId } : {}),
  severity: 'warning',
  sentence: count === 1 ? `${first.name} waits to be let in.` : `${count} phones wait to be let in.`,
  tip: 'Approve or deny them on top of the list of people. Until then nothing they send is stored.',
});

/** Somebody said the id of a device that has its own key. */
export const claimAlert = (deviceId: string, name: string, address: string): NewAlert =>
  named({ deviceId, name }, (who) => `A phone at ${address} said it is ${who}, but did not have that phone's key.`, {
    id: `claim.${deviceId}`,
    severity: 'warning',
    tip: 'It is shown as a new person. If it is the same phone with its data cleared, nothing is wrong.',
  });

/** Wrong keys of one address in a minute before the operator is told: a mistyped key is no attack. */
export const WRONG_KEYS_TOLD = 5;

/** Somebody typed so many wrong codes that theirs are not looked at any more. */
export const wrongCodesAlert = (address: string): NewAlert => ({
  id: `wrong-codes.${address}`,
  severity: 'warning',
  sentence: `${address} has typed ${JOIN_CODE_TRIES_AN_ADDRESS} wrong codes.`,
  tip: 'If it is one of your phones, let it scan the QR code, or make a new code.',
});

/** See {@link codeGuessedAlert}. */
export const CODE_GUESSED_ALERT_ID = 'code-guessed';

/** So many wrong codes came that the code was taken back. */
export const codeGuessedAlert: NewAlert = {
  id: CODE_GUESSED_ALERT_ID,
  severity: 'warning',
  sentence: `Somebody tries codes: after ${JOIN_CODE_TRIES} wrong ones the code was taken back.`,
  tip: 'Nobody got in by it. Let phones scan the QR code, or make a new code.',
};

/** Somebody tries keys. */
export const wrongKeyAlert = (address: string): NewAlert => ({
  id: `wrong-keys.${address}`,
  severity: 'warning',
  sentence: `${address} has sent ${WRONG_KEYS_TOLD} or more wrong keys in a minute.`,
  tip: 'If it is one of your phones, let it scan the QR code again. Wrong keys open nothing and are slowed down.',
});
