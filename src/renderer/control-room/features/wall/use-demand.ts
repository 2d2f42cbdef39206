import { type RefObject, useEffect } from 'react';
import { demandOf } from './demand';
import { demandShare } from './demand-share';

/** Asks for a share as large as its element is, and for nothing while that is out of sight. */
export function useDemand(shareId: string, isFocused: boolean, element: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const target = element.current;
    if (!target) return;
    let isInView = false;
    let height = 0;
    const ask = (): void => {
      const isSeen = isInView && document.visibilityState === 'visible';
      demandShare(shareId, 'wall', isSeen ? demandOf(height * devicePixelRatio, isFocused) : null);
    };
    const intersection = new IntersectionObserver((entries) => {
      isInView = entries.at(-1)?.isIntersecting ?? false;
      ask();
    });
    const size = new ResizeObserver((entries) => {
      height = entries.at(-1)?.contentRect.height ?? 0;
      ask();
    });
    intersection.observe(target);
    size.observe(target);
    document.addEventListener('visibilitychange', ask);
    return () => {
      intersection.disconnect();
      size.disconnect();
      document.removeEventListener('visibilitychange', ask);
      demandShare(shareId, 'wall', null);
    };
  }, [shareId, isFocused, element]);
}
