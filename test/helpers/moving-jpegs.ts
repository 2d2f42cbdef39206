import sharp from 'sharp';
import type { FakeScreenStream } from './fake-screen-stream';

const SIZE = { width: 360, height: 640 };

/** Pictures of a blue screen on which a white bar moves, as an app sends them. */
export async function drawJpegs(count = 12): Promise<readonly Buffer[]> {
  return Promise.all(
    Array.from({ length: count }, (_, index) => {
      const bar = { create: { width: SIZE.width, height: 60, channels: 3, background: 'white' } } as const;
      return sharp({ create: { ...SIZE, channels: 3, background: '#2020c0' } })
        .composite([{ input: bar, left: 0, top: Math.floor((index / count) * (SIZE.height - 60)) }])
        .jpeg()
        .toBuffer();
    }),
  );
}

/** Sends them round and round, ten a second. @returns what stops it */
export function sendMoving(screen: FakeScreenStream, jpegs: readonly Buffer[]): () => void {
  let index = 0;
  const timer = setInterval(() => {
    const jpeg = jpegs[index % jpegs.length];
    index += 1;
    if (jpeg) screen.show(jpeg);
  }, 100);
  return () => clearInterval(timer);
}
