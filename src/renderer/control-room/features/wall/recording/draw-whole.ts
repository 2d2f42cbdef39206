/** Draws a picture as large as fits whole, black around it: turned by its phone it has another shape. */
export function drawWhole(pen: CanvasRenderingContext2D, picture: HTMLImageElement): void {
  const { width, height } = pen.canvas;
  const { naturalWidth, naturalHeight } = picture;
  const scale = Math.min(width / naturalWidth, height / naturalHeight);
  const [drawnWidth, drawnHeight] = [naturalWidth * scale, naturalHeight * scale];
  pen.fillStyle = '#000';
  pen.fillRect(0, 0, width, height);
  pen.drawImage(picture, (width - drawnWidth) / 2, (height - drawnHeight) / 2, drawnWidth, drawnHeight);
}
