import { expect, type Page } from '@playwright/test';

/** The colour in the middle of a video now; null while it shows nothing. */
async function colourOf(page: Page, selector: string): Promise<string | null> {
  return page.evaluate((wanted) => {
    const video = document.querySelector(wanted);
    if (!(video instanceof HTMLVideoElement) || video.videoWidth === 0) return null;
    const canvas = document.createElement('canvas');
    canvas.width = 1;
    canvas.height = 1;
    const pen = canvas.getContext('2d');
    pen?.drawImage(video, video.videoWidth / 4, video.videoHeight / 4, 1, 1, 0, 0, 1, 1);
    return pen?.getImageData(0, 0, 1, 1).data.join(',') ?? null;
  }, selector);
}

/** Waits until a video shows at least three colours, one after the other: pictures come in and change. */
export async function expectMovingPixels(page: Page, selector = 'video'): Promise<void> {
  const seen = new Set<string>();
  await expect
    .poll(
      async () => {
        const colour = await colourOf(page, selector);
        if (colour !== null && colour !== '0,0,0,255') seen.add(colour);
        return seen.size;
      },
      { timeout: 20_000, intervals: [100] },
    )
    .toBeGreaterThan(2);
}
