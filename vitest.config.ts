import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { build, type Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

const workers = join(import.meta.dirname, 'node_modules/.cache/perch-workers');

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
      const outDir = join(workers, createHash('sha256').update(entry).digest('hex').slice(0, 16));
      const file = `${process.pid}.mjs`;
      await build({
        configFile: false,
        logLevel: 'warn',
        plugins: [modulePath()],
        build: {
          ssr: entry,
          outDir,
          emptyOutDir: false,
          target: 'node20',
          rolldownOptions: { output: { entryFileNames: file, chunkFileNames: `${process.pid}-[hash].mjs` } },
        },
      });
      return `export default ${JSON.stringify(join(outDir, file))};`;
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
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
