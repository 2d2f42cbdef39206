// Part of the build of the pages: the service worker at /sw.js with the list of what the phone page loads, and its manifest.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Plugin, Rolldown } from 'vite';

const resource = (name: string): Buffer =>
  readFileSync(fileURLToPath(new URL(`../resources/${name}`, import.meta.url)));
const shortHash = (content: string | Buffer): string => createHash('sha256').update(content).digest('hex').slice(0, 8);

/** Files that a chunk brings along, itself included, imports and lazy parts too. */
function filesOf(bundle: Rolldown.OutputBundle, fileName: string, seen = new Set<string>()): Set<string> {
  const chunk = bundle[fileName];
  if (seen.has(fileName) || chunk?.type !== 'chunk') return seen;
  seen.add(fileName);
  for (const file of [...(chunk.viteMetadata?.importedCss ?? []), ...(chunk.viteMetadata?.importedAssets ?? [])])
    seen.add(file);
  for (const next of [...chunk.imports, ...chunk.dynamicImports]) filesOf(bundle, next, seen);
  return seen;
}

function manifest(icons: readonly object[]): string {
  return JSON.stringify({
    name: 'Perch',
    short_name: 'Perch',
    start_url: '/join',
    scope: '/join',
    display: 'standalone',
    orientation: 'portrait',
    background_color: '#0c1418',
    theme_color: '#0c1418',
    icons,
  });
}

export function phoneWorker(): Plugin {
  return {
    name: 'perch-phone-worker',
    enforce: 'post',
    transformIndexHtml: {
      order: 'post',
      handler: (_html, { path }) =>
        path.endsWith('phone.html')
          ? [{ tag: 'link', attrs: { rel: 'manifest', href: '/manifest.webmanifest' }, injectTo: 'head' }]
          : [],
    },
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const sources = [
          ['icon.svg', 'image/svg+xml', 'any'],
          ['icon.png', 'image/png', '512x512'],
        ] as const;
        const icons = sources.map(([name, type, sizes]) => {
          const source = resource(name);
          const fileName = `assets/phone-${shortHash(source)}-${name}`;
          this.emitFile({ type: 'asset', fileName, source });
          return { src: `/${fileName}`, type, sizes, purpose: 'any' };
        });
        this.emitFile({ type: 'asset', fileName: 'manifest.webmanifest', source: manifest(icons) });
        const chunks = Object.values(bundle).filter((one) => one.type === 'chunk');
        const page = chunks.find(({ name, isEntry }) => isEntry && name === 'phone');
        const worker = chunks.find(({ fileName }) => fileName === 'sw.js');
        if (!page || !worker) return this.error('the phone page or its worker is not in the bundle');
        if (worker.imports.length > 0) this.error('the service worker must be one file');
        const files = [...filesOf(bundle, page.fileName)].map((file) => `/${file}`).sort();
        worker.code = `const PERCH_ASSETS=${JSON.stringify(files)},PERCH_VERSION=${JSON.stringify(shortHash(files.join()))};\n${worker.code}`;
      },
    },
  };
}
