// `npm test`: every check there is, in the order in which a fault is cheapest to find. Ends with `N passed, N failed`.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureChromium } from './ensure-chromium.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const results = join(root, 'test-results');
const unitReport = join(results, 'unit.json');
const browserReport = join(results, 'e2e.json');

const tally = { passed: 0, failed: 0 };

const run = (command, args, env = {}) => {
  const { status } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    shell: false,
    env: { ...process.env, ...env },
  });
  return status === 0;
};

const bin = (name) => join(root, 'node_modules', '.bin', process.platform === 'win32' ? `${name}.cmd` : name);

/** One check that passes or fails as a whole. */
const step = (title, action) => {
  const startedAt = performance.now();
  console.log(`\n── ${title}`);
  const passed = action();
  tally[passed ? 'passed' : 'failed'] += 1;
  console.log(
    `── ${title}: ${passed ? 'passed' : 'FAILED'} in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`,
  );
  return passed;
};

/** A test runner: its own tests are counted; a run that reported none has failed. */
const suite = (title, action, countOf) => {
  const startedAt = performance.now();
  console.log(`\n── ${title}`);
  const exitedWell = action();
  const { passed, failed } = countOf();
  const didRun = passed + failed > 0;
  tally.passed += passed;
  tally.failed += failed + (!didRun || (!exitedWell && failed === 0) ? 1 : 0);
  console.log(
    `── ${title}: ${passed} passed, ${failed} failed in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`,
  );
};

const readReport = (path) => (existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null);

const countUnit = () => {
  const report = readReport(unitReport);
  return { passed: report?.numPassedTests ?? 0, failed: report?.numFailedTests ?? 0 };
};

const countBrowser = () => {
  const stats = readReport(browserReport)?.stats;
  // A skipped test proves nothing: it counts as failed.
  return {
    passed: (stats?.expected ?? 0) + (stats?.flaky ?? 0),
    failed: (stats?.unexpected ?? 0) + (stats?.skipped ?? 0),
  };
};

rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });
console.log(`Node ${process.version}, ${process.platform} ${process.arch}`);

step('format and lint (biome)', () => run(bin('biome'), ['ci', '.']));
step('lint with types (eslint)', () => run(bin('eslint'), ['.', '--max-warnings', '0']));
for (const part of ['src/common', 'src/main', 'src/preload', 'src/renderer', 'test', 'bench']) {
  step(`types: ${part}`, () => run(bin('tsc'), ['-p', part]));
}
step('rooms and circles (dependency-cruiser)', () =>
  run(bin('depcruise'), ['--config', '.dependency-cruiser.mjs', 'src', 'test', 'bench', '--output-type', 'err']),
);
step('unused exports and dependencies (knip)', () => run(bin('knip'), []));
step('third-party licences', () => run(process.execPath, ['scripts/licences.mjs', '--check']));
const isBuilt = step('build', () => run(bin('electron-vite'), ['build']));
if (isBuilt) {
  const chromium = ensureChromium();
  if (!chromium) tally.failed += 1;
  const env = chromium ? { PERCH_CHROMIUM: chromium } : {};
  suite(
    'unit, contract and integration tests (vitest)',
    () => run(bin('vitest'), ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${unitReport}`], env),
    countUnit,
  );
  if (chromium)
    suite('end to end in a browser (playwright)', () => run(bin('playwright'), ['test'], env), countBrowser);
}

console.log(`\n${tally.passed} passed, ${tally.failed} failed`);
process.exitCode = tally.failed === 0 ? 0 : 1;
