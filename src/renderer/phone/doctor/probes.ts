import { isHubUp } from '../identity/hub-proof';

export interface Reached {
  readonly isReached: boolean;
  /** How far this phone's clock is ahead of the laptop's, ms; within a second. null when it did not tell. */
  readonly clockAheadMs: number | null;
}

const TIMEOUT_MS = 6_000;

/** Asks the hub how it is where it was reached last, and what time it has. Never rejects. */
export async function probeHub(origin: string): Promise<Reached> {
  // What another origin answers is not for this page to read; that it answers is enough.
  if (origin !== location.origin) return { isReached: await isHubUp(origin), clockAheadMs: null };
  const abort = new AbortController();
  const timeout = setTimeout(() => abort.abort(), TIMEOUT_MS);
  const askedAtMs = Date.now();
  try {
    const response = await fetch('/health', { cache: 'no-store', signal: abort.signal });
    const hubMs = Date.parse(response.headers.get('date') ?? '');
    // RFC 9110, 5.6.7: whole seconds, cut off; half a second is the middle.
    const clockAheadMs = Number.isNaN(hubMs) ? null : (askedAtMs + Date.now()) / 2 - (hubMs + 500);
    return { isReached: response.ok, clockAheadMs };
  } catch {
    return { isReached: false, clockAheadMs: null };
  } finally {
    clearTimeout(timeout);
  }
}

/** null where the browser does not tell before it is asked. */
export async function probePermission(name: 'microphone' | 'camera'): Promise<PermissionState | null> {
  try {
    const { state } = await navigator.permissions.query({ name });
    return state;
  } catch {
    return null;
  }
}

/** A small picture made here: it goes the way of every photo. */
export function makeTestPhoto(): Promise<Blob> {
  const canvas = document.createElement('canvas');
  canvas.width = 64;
  canvas.height = 64;
  const context = canvas.getContext('2d');
  if (context) {
    context.fillStyle = '#0e7c7b';
    context.fillRect(0, 0, 64, 64);
  }
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error('This browser makes no pictures.'))),
      'image/jpeg',
    );
  });
}
