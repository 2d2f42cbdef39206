import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

// One folder a run, gone after it: runs may overlap.
const workers = join(import.meta.dirname, 'node_modules/.cache/perch-workers', String(process.pid));
process.once('exit', () => rmSync(workers, { recursive: true, force: true }));

/**
 * `import path from './worker?modulePath'` as electron-vite means it: the path of that module bundled for Node. Below
 * node_modules, so that its external imports resolve.
 */
function modulePath(): Plugin {
  const suffix = '?modulePath';
  return {
    name: 'perch:module-path',
    enforce: 'pre',
    async resolveId(source, importer) {
      if (!source.endsWith(suffix)) return null;
      const found = await this.resolve(source.slice(0, -suffix.length), importer);
      return found === null ? null : found.id + suffix;
    },
    async load(id) {
      if (!id.endsWith(suffix)) return null;
      const entry = id.slice(0, -suffix.length);
      const name = createHash('sha256').update(entry).digest('hex').slice(0, 16);
      await build({
        configFile: false,
        logLevel: 'warn',
        plugins: [modulePath()],
        build: {
          ssr: entry,
          outDir: workers,
          emptyOutDir: false,
          target: 'node20',
          rolldownOptions: { output: { entryFileNames: `${name}.mjs`, chunkFileNames: '[hash].mjs' } },
        },
      });
      return `export default ${JSON.stringify(join(workers, `${name}.mjs`))};`;
    },
  };
}

export default defineConfig({
  plugins: [modulePath()],
  test: {
    include: ['test/{unit,contract,integration}/**/*.test.ts'],
    // Two cores and a real disk: each file gets a process of its own, two at a time.
    pool: 'forks',
    maxWorkers: 2,
    // As in playwright.config.ts.
    retry: process.env.CI ? 1 : 0,
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
