/** A picture that moves, for laptops without a camera. */
function testPicture(): MediaStream {
  const canvas = document.createElement('canvas');
  canvas.width = 640;
  canvas.height = 360;
  const pen = canvas.getContext('2d');
  if (!pen) throw new Error('This browser can not draw.');
  const startedAt = performance.now();
  const draw = (): void => {
    const seconds = (performance.now() - startedAt) / 1000;
    pen.fillStyle = `hsl(${(seconds * 90) % 360} 70% 45%)`;
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.fillStyle = '#ffffff';
    pen.fillRect((seconds * 120) % canvas.width, 0, 24, canvas.height);
    pen.font = '96px sans-serif';
    pen.textAlign = 'center';
    pen.fillText(seconds.toFixed(1), canvas.width / 2, canvas.height / 2 + 32);
  };
  draw();
  const timer = setInterval(draw, 1000 / 15);
  const stream = canvas.captureStream(15);
  // `ended` is not sent to the page that stops a track itself: it asks here whether anybody still looks.
  const watch = setInterval(() => {
    if (stream.active) return;
    clearInterval(timer);
    clearInterval(watch);
  }, 1000);
  return stream;
}

/** Where each kind of share comes from. The browser asks its user. */
export const SOURCES: Readonly<Record<'canvas' | 'camera' | 'screen', () => Promise<MediaStream>>> = {
  canvas: () => Promise.resolve(testPicture()),
  camera: () => navigator.mediaDevices.getUserMedia({ video: true, audio: false }),
  screen: () => navigator.mediaDevices.getDisplayMedia({ video: true, audio: false }),
};
