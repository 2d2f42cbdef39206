// Source text of what is injected into a page: functions of page/, which use nothing from outside their bodies.
import { readFileSync } from 'node:fs';
import { createCodec } from './page/codec.ts';
import { isolatedWorld } from './page/isolated-world.ts';
import { mainWorld } from './page/main-world.ts';
import type { PageInfo } from './page/messages.ts';
import { createPacker } from './page/packer.ts';
import { askForPermissions } from './page/permissions.ts';

/** For the page's own world. */
export function mainWorldScript(info: PageInfo): string {
  return [
    `(${askForPermissions.toString()})();`,
    `(${mainWorld.toString()})((${createPacker.toString()})(), ${JSON.stringify(info)});`,
    '//# sourceURL=stand-in-main-world.js',
  ].join('\n');
}

export const ISOLATED_SCRIPT_URL = 'stand-in-isolated-world.js';

/** For the preload's world; the preload file is taken as it is. */
export function isolatedWorldScript(info: PageInfo, preloadPath: string): string {
  const preload = readFileSync(preloadPath, 'utf8');
  return [
    `(${isolatedWorld.toString()})((${createCodec.toString()})(), (${createPacker.toString()})(), ${JSON.stringify(info)},`,
    `function (require, module, exports, process) {\n${preload}\n});`,
    `//# sourceURL=${ISOLATED_SCRIPT_URL}`,
  ].join('\n');
}
