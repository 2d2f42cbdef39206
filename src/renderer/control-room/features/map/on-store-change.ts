import { useClockStore } from '../../stores/clock-store';
import { useLiveStore } from '../../stores/live-store';
import { useViewStore } from '../../stores/view-store';

/**
 * Calls `draw` at the next frame after anything it may show has changed, and once at the start; never more than once
 * a frame. While the page is hidden there are no frames, and nothing is drawn.
 * @returns the function that stops it.
 */
export function onStoreChange(draw: () => void): () => void {
  let frame: number | null = null;
  const ask = (): void => {
    frame ??= requestAnimationFrame(() => {
      frame = null;
      draw();
    });
  };
  const stops = [useLiveStore.subscribe(ask), useViewStore.subscribe(ask), useClockStore.subscribe(ask)];
  draw();
  return () => {
    for (const stop of stops) stop();
    if (frame !== null) cancelAnimationFrame(frame);
  };
}
