// `npm run licences`: writes the licences of everything that is shipped into resources. `--check` fails when it is out of date.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const target = join(root, 'resources/third-party-licences.txt');
const packageJson = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** Development tools are not shipped; these development dependencies are bundled into the pages. */
const BUNDLED = [
  '@fontsource-variable/inter',
  '@mantine/core',
  '@mantine/hooks',
  '@mantine/notifications',
  '@noble/hashes',
  '@tabler/icons-react',
  '@tanstack/react-virtual',
  'idb',
  'leaflet',
  'qrcode',
  'react',
  'react-dom',
  'react-leaflet',
  'topojson-client',
  'world-atlas',
  'zustand',
];

/** The folder of a package as seen from another one: Node's own search, without asking for an entry point. */
const folderOf = (name, from) => {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name);
    if (existsSync(join(candidate, 'package.json'))) return candidate;
    if (folder === dirname(folder)) return null;
  }
};

const collect = () => {
  const found = new Map();
  const visit = (name, from) => {
    const folder = folderOf(name, from);
    if (!folder || found.has(folder)) return;
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    found.set(folder, manifest);
    for (const dependency of Object.keys(manifest.dependencies ?? {})) visit(dependency, folder);
  };
  for (const name of [...Object.keys(packageJson.dependencies), ...BUNDLED, 'electron']) visit(name, root);
  return [...found].filter(([, { name }]) => !isInstallerOnly(name));
};

/** Electron's own dependencies only fetch its binary. */
const electronRequire = createRequire(join(root, 'node_modules/electron/package.json'));
const installers = new Set(Object.keys(electronRequire('./package.json').dependencies ?? {}));
const isInstallerOnly = (name) => installers.has(name);

const textOf = (folder) => {
  const file = readdirSync(folder).find((name) => /^(licen[cs]e|copying)/i.test(name));
  return file ? readFileSync(join(folder, file), 'utf8').trim() : '(no licence file in the package)';
};

/** Comes inside sharp's package for each platform, with the same version on all: named here, so that the list is the same too. */
const libvips = {
  title: `libvips ${JSON.parse(readFileSync(join(root, 'node_modules/sharp/package.json'), 'utf8')).optionalDependencies['@img/sharp-libvips-linux-x64']} (@img/sharp-libvips)`,
  license: 'LGPL-3.0-or-later',
  text: `A dynamically linked library that may be replaced. Source, build and the licences of what it contains:
https://github.com/lovell/sharp-libvips (THIRD-PARTY-NOTICES.md). Licence: https://www.gnu.org/licenses/lgpl-3.0.txt`,
};

const entries = collect()
  .map(([folder, { name, version, license }]) => ({
    title: `${name} ${version}`,
    license: String(license),
    text: textOf(folder),
  }))
  .concat(libvips)
  .sort((a, b) => (a.title < b.title ? -1 : 1));
const text = `Perch contains the following third-party software.\n\n${entries
  .map((entry) => `${'='.repeat(78)}\n${entry.title}: ${entry.license}\n${'-'.repeat(78)}\n${entry.text}\n`)
  .join('\n')}`;

if (process.argv.includes('--check')) {
  const isCurrent = existsSync(target) && readFileSync(target, 'utf8') === text;
  if (!isCurrent) console.error('resources/third-party-licences.txt is out of date: run npm run licences.');
  process.exitCode = isCurrent ? 0 : 1;
} else {
  writeFileSync(target, text);
  console.log(`${entries.length} packages: ${[...new Set(entries.map((entry) => entry.license))].join(', ')}`);
}
