// node --import register.ts: `import 'electron'` and `require('electron')` give the stand-in.
import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import { isMainThread } from 'node:worker_threads';

const standIn = new URL('./electron.ts', import.meta.url).href;
const names = new Set(['electron', 'electron/main', 'electron/common']);

// Workers inherit --import; they have no Electron.
if (isMainThread) {
  registerHooks({
    resolve: (specifier, context, next) =>
      names.has(specifier)
        ? { url: standIn, shortCircuit: true, format: 'module-typescript' }
        : next(specifier, context),
  });
  for (const path of JSON.parse(process.env.STAND_IN_REQUIRE ?? '[]') as string[]) {
    await import(pathToFileURL(path).href);
  }
}
