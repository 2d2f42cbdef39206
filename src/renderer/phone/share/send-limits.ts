import type { ShareKind } from '../../../common/model/share';
import type { Wish } from '../../../common/wire/sharing';

/** The parts of RTCRtpEncodingParameters that follow a viewer's wish. */
export interface SendLimits {
  readonly active: boolean;
  /** 1 or more: a picture is never made larger than it is. */
  readonly scaleResolutionDownBy: number;
  /** Frames a second. */
  readonly maxFramerate: number;
  /** Bits a second. */
  readonly maxBitrate: number;
}

/** Enough for text that scrolls, and what one phone's radio gives away without starving its frames. */
const CEILING_BPS = 2_500_000;
const FLOOR_BPS = 120_000;
/** Bits a pixel and frame. A screen is still most of the time, and its letters must be sharp. */
const BITS_PER_PIXEL: Record<ShareKind, number> = { screen: 0.12, camera: 0.09 };

/**
 * What to send one viewer.
 * @param sourceHeight of what is captured, px; the wish counts in the same direction
 */
export function toSendLimits(wish: Wish, kind: ShareKind, sourceWidth: number, sourceHeight: number): SendLimits {
  // Beside snapshots too: the video is how the viewer learns that it comes through again.
  const active = wish.height > 0 && wish.fps > 0;
  const height = Math.min(Math.max(wish.height, 90), sourceHeight || wish.height || 360);
  const scale = sourceHeight > height ? sourceHeight / height : 1;
  const maxFramerate = Math.min(30, Math.max(1, wish.fps));
  const pixels = (sourceWidth / scale) * (sourceHeight / scale);
  const bps = pixels * maxFramerate * BITS_PER_PIXEL[kind];
  return {
    active,
    scaleResolutionDownBy: Math.round(scale * 100) / 100,
    maxFramerate,
    maxBitrate: Math.round(Math.min(CEILING_BPS, Math.max(FLOOR_BPS, bps))),
  };
}

/** The largest of what all viewers want: what is worth capturing. */
export function largestWish(wishes: Iterable<Wish>): { readonly height: number; readonly fps: number } {
  let height = 0;
  let fps = 0;
  for (const wish of wishes) {
    height = Math.max(height, wish.height);
    fps = Math.max(fps, wish.fps);
  }
  return { height, fps };
}
