import type { FastifyReply } from 'fastify';

/** On every answer: data of phones is hostile, and nothing of it may run as a page of ours. */
export function setDataHeaders(reply: FastifyReply): void {
  reply.headers({
    vary: 'Origin',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
  });
}

/** What the phone page's sensors, camera and wake lock need, and no more (W3C Permissions Policy). */
const PERMISSIONS = [
  'geolocation',
  'camera',
  'microphone',
  'display-capture',
  'accelerometer',
  'gyroscope',
  'magnetometer',
  'screen-wake-lock',
]
  .map((feature) => `${feature}=(self)`)
  .join(', ');

/** Ours: what phones load, or the control room. */
export type OwnPage = 'phone' | 'room';

/**
 * Where the page may connect to. The phone tries every address it knows of this hub, which no policy can list
 * beforehand: its sockets there, the proof that it is the same hub, and the POST where sockets are refused.
 */
function connectSources(page: OwnPage, isTls: boolean): string {
  if (page === 'room') return "'self' ws: wss:";
  return isTls ? "'self' ws: wss: https:" : "'self' ws: wss: https: http:";
}

/** For our own pages and their scripts (a worker's policy is that of its own file). */
export function setPageHeaders(reply: FastifyReply, page: OwnPage): void {
  const policy = [
    "default-src 'self'",
    `connect-src ${connectSources(page, reply.request.caller.isTls)}`,
    "img-src 'self' blob: data:",
    "media-src 'self' blob:",
    "font-src 'self' data:",
    "worker-src 'self' blob:",
    // Mantine writes its style tags at run time.
    "style-src 'self' 'unsafe-inline'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ];
  reply.headers({
    'content-security-policy': policy.join('; '),
    'permissions-policy': PERMISSIONS,
    // Chromium ignores it on an insecure origin, and complains in the console.
    ...(reply.request.caller.isTls ? { 'cross-origin-opener-policy': 'same-origin' } : {}),
  });
}
