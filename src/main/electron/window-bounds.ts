import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

/** Pixels that must be on a screen for the window to be found and dragged. */
const MIN_VISIBLE_PX = 100;

const boundsSchema = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().min(1024),
  height: z.number().int().min(640),
  isMaximized: z.boolean(),
});

/** Where the window was, in screen pixels; the size is the restored one. */
export type WindowBounds = z.infer<typeof boundsSchema>;

interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * What `saveBounds` wrote.
 * @param screens work areas of today's displays: a window whose display is gone is forgotten
 * @returns null when there is nothing usable; the window then opens at its default size
 */
export function loadBounds(file: string, screens: readonly Area[]): WindowBounds | null {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    // First start, or a folder we may not read: the default size serves.
    return null;
  }
  const parsed = boundsSchema.safeParse(parseJson(text));
  return parsed.success && screens.some((screen) => isReachable(parsed.data, screen)) ? parsed.data : null;
}

/** @throws when the folder can't be written. */
export function saveBounds(file: string, bounds: WindowBounds): void {
  writeFileSync(file, JSON.stringify(bounds));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Its title bar, which is how a window is moved, overlaps the screen. */
function isReachable(bounds: WindowBounds, screen: Area): boolean {
  const overlap = Math.min(bounds.x + bounds.width, screen.x + screen.width) - Math.max(bounds.x, screen.x);
  return overlap >= MIN_VISIBLE_PX && bounds.y >= screen.y && bounds.y < screen.y + screen.height - MIN_VISIBLE_PX;
}
