const PREFIX = 'sos.';

/** The hub's alert of a person's call for help. */
export const sosAlertId = (deviceId: string): string => `${PREFIX}${deviceId}`;

export const isSosAlert = (alertId: string): boolean => alertId.startsWith(PREFIX);
