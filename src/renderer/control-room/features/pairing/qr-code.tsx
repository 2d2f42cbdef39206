import { create } from 'qrcode';
import { useMemo } from 'react';

/** Light modules around the code that readers need (ISO/IEC 18004: four). */
const QUIET_ZONE = 4;

interface Props {
  readonly url: string;
  readonly sizePx: number;
  /** For who does not see it. */
  readonly label?: string;
  readonly testId?: string;
}

/** A text, a join URL for one, as a QR code: dark on white in both themes, as some phones read nothing else. */
export function QrCode({ url, sizePx, label = 'QR code that opens the phone page', testId = 'qr' }: Props) {
  const { path, size } = useMemo(() => toPath(url), [url]);
  return (
    <svg
      width={sizePx}
      height={sizePx}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
      role="img"
      aria-label={label}
      data-testid={testId}
      data-join-url={url}
    >
      <rect width={size} height={size} fill="#ffffff" />
      <path d={path} fill="#10161c" />
    </svg>
  );
}

/** The dark modules as one path of horizontal runs. */
function toPath(url: string): { readonly path: string; readonly size: number } {
  const { modules } = create(url, { errorCorrectionLevel: 'M' });
  let path = '';
  for (let row = 0; row < modules.size; row += 1) {
    for (let column = 0; column < modules.size; column += 1) {
      if (modules.get(row, column) === 0) continue;
      path += `M${column + QUIET_ZONE} ${row + QUIET_ZONE}h1v1h-1z`;
    }
  }
  return { path, size: modules.size + 2 * QUIET_ZONE };
}
