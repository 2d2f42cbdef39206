import type { ShareKind } from '../../../common/model/share';

/** Which camera: away from the person, or towards. */
export type Facing = 'environment' | 'user';

/** What came of asking the browser for a screen or a camera. */
export type Captured =
  | { readonly kind: 'captured'; readonly stream: MediaStream }
  /** The person closed the browser's own question: nothing needs to be said. */
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly why: CaptureTrouble };

/** Why there is nothing to share; the view has the words. */
export type CaptureTrouble =
  | 'no-screen-capture'
  | 'insecure'
  | 'refused'
  | 'in-use'
  | 'no-camera'
  | 'hub-refused'
  | 'operator-ended'
  | 'unknown';

/** Whether the browser has what shares a screen. Presence is no success: phones have it and refuse. */
export const hasScreenCapture = (): boolean =>
  typeof (navigator.mediaDevices as MediaDevices | undefined)?.getDisplayMedia === 'function';

/** Inside a tap: browsers ask only then. */
export async function captureScreen(): Promise<Captured> {
  if (!hasScreenCapture()) return { kind: 'failed', why: window.isSecureContext ? 'no-screen-capture' : 'insecure' };
  const captured = await tryScreen(true);
  // A screen whose sound cannot be had is shared without.
  return captured.kind === 'failed' && captured.why !== 'refused'
    ? tellScreen(await tryScreen(false))
    : tellScreen(captured);
}

async function tryScreen(withSound: boolean): Promise<Captured> {
  try {
    const video = { frameRate: { max: 30 } };
    const stream = await navigator.mediaDevices.getDisplayMedia({ video, audio: withSound });
    for (const track of stream.getVideoTracks()) track.contentHint = 'detail';
    return { kind: 'captured', stream };
  } catch (error) {
    return { kind: 'failed', why: troubleOf(error, 'no-screen-capture') };
  }
}

function tellScreen(captured: Captured): Captured {
  if (captured.kind !== 'failed' || captured.why !== 'refused') return captured;
  // Android has the function in some browsers and always refuses: the same as closing the question.
  return isAndroid() ? { kind: 'failed', why: 'no-screen-capture' } : { kind: 'cancelled' };
}

export const isAndroid = (): boolean => /Android/.test(navigator.userAgent);

/** Asks for the camera of that side, or the one there is; with sound where the microphone is let. */
export async function captureCamera(facing: Facing, withSound: boolean): Promise<Captured> {
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (!devices) return { kind: 'failed', why: window.isSecureContext ? 'no-camera' : 'insecure' };
  const video = {
    facingMode: { ideal: facing },
    width: { ideal: 1280 },
    height: { ideal: 720 },
    frameRate: { max: 30 },
  };
  try {
    return { kind: 'captured', stream: await devices.getUserMedia({ video, audio: withSound }) };
  } catch (error) {
    if (!withSound) return { kind: 'failed', why: troubleOf(error, 'no-camera') };
    // No microphone, or it is not let: the picture is what counts.
    return captureCamera(facing, false);
  }
}

function troubleOf(error: unknown, absent: CaptureTrouble): CaptureTrouble {
  switch (error instanceof DOMException ? error.name : '') {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'refused';
    case 'NotReadableError':
    case 'AbortError':
      return 'in-use';
    case 'NotFoundError':
    case 'OverconstrainedError':
    case 'NotSupportedError':
      return absent;
    default:
      return 'unknown';
  }
}

/** Torch is of the W3C Image Capture extension, which the DOM types do not know. */
interface TorchCapabilities {
  readonly torch?: boolean;
}

/** Whether the camera of this stream has a light that can be switched. */
export function hasTorch(stream: MediaStream): boolean {
  const [track] = stream.getVideoTracks();
  const capabilities = track?.getCapabilities?.() as TorchCapabilities | undefined;
  return capabilities?.torch === true;
}

/** @returns whether the light is now as wanted. */
export async function setTorch(stream: MediaStream, isOn: boolean): Promise<boolean> {
  const [track] = stream.getVideoTracks();
  try {
    await track?.applyConstraints({ advanced: [{ torch: isOn } as MediaTrackConstraintSet] });
    return true;
  } catch {
    return false;
  }
}

/** Captures no larger than the largest that is watched: saves the battery. A camera that cannot stays as it is. */
export function fitCapture(stream: MediaStream, kind: ShareKind, height: number, fps: number): void {
  const [track] = stream.getVideoTracks();
  if (!track || height === 0 || fps === 0) return;
  const frameRate = { ideal: Math.min(30, fps) };
  // A screen is captured as it is: scaled while capturing its letters blur.
  const wanted =
    kind === 'screen' ? { frameRate } : { frameRate, height: { ideal: Math.min(1080, Math.max(360, height)) } };
  track.applyConstraints(wanted).catch(() => undefined);
}
