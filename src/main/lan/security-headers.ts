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

/**
 * For our own pages and their scripts (a worker's policy is that of its own file).
 * @param tlsOrigin our TLS listener under the name the page came by: the guide asks there whether the certificate is
 * trusted already
 */
export function setPageHeaders(reply: FastifyReply, tlsOrigin: string | null): void {
  const policy = [
    "default-src 'self'",
    // The phone tries every address it knows of this hub, which no policy can list beforehand.
    `connect-src 'self' ws: wss:${tlsOrigin === null ? '' : ` ${tlsOrigin}`}`,
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
