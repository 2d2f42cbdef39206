import type { z } from 'zod';
import { accessRequests } from './requests/access';
import { alertRequests } from './requests/alert';
import { auditRequests } from './requests/audit';
import { deviceRequests } from './requests/device';
import { doctorRequests } from './requests/doctor';
import { drillRequests } from './requests/drill';
import { exportRequests } from './requests/export';
import { hubRequests } from './requests/hub';
import { keyRequests } from './requests/key';
import { mjpegRequests } from './requests/mjpeg';
import { pairingRequests } from './requests/pairing';
import { profileRequests } from './requests/profile';
import { recordingRequests } from './requests/recording';
import { sessionRequests } from './requests/session';
import { signalingRequests } from './requests/signaling';
import { storageRequests } from './requests/storage';
import { tlsRequests } from './requests/tls';

/** Every request of the control room, by area: one block each. Effects are durable when the result arrives. */
export const REQUESTS = {
  ...hubRequests,
  ...pairingRequests,
  ...keyRequests,
  ...deviceRequests,
  ...sessionRequests,
  ...exportRequests,
  ...signalingRequests,
  ...mjpegRequests,
  ...recordingRequests,
  ...drillRequests,
  ...doctorRequests,
  ...storageRequests,
  ...alertRequests,
  ...auditRequests,
  ...profileRequests,
  ...accessRequests,
  ...tlsRequests,
} as const;

/** The name of a request. */
export type RequestName = keyof typeof REQUESTS;
/** What a caller may pass. */
export type RequestInput<N extends RequestName> = z.input<(typeof REQUESTS)[N]['params']>;
/** What a handler receives: checked, trimmed. */
export type RequestParams<N extends RequestName> = z.output<(typeof REQUESTS)[N]['params']>;
/** What a request answers. */
export type RequestResult<N extends RequestName> = z.output<(typeof REQUESTS)[N]['result']>;
