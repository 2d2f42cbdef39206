// `npm test`: every check there is, those first that find a fault cheapest. Ends with `N passed, N failed`.
import { spawn, spawnSync } from 'node:child_process';
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

/** Runs beside others: what it prints is kept until it ends. */
const runBeside = (command, args) =>
  new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
    child.once('error', (error) => resolve({ passed: false, output: String(error) }));
    child.once('close', (code) => resolve({ passed: code === 0, output }));
  });

const bin = (name) => join(root, 'node_modules', '.bin', process.platform === 'win32' ? `${name}.cmd` : name);

/** One check that passes or fails as a whole. */
const check = async (title, command, args) => {
  const startedAt = performance.now();
  const { passed, output } = await runBeside(command, args);
  tally[passed ? 'passed' : 'failed'] += 1;
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(`\n${output.trim()}\n── ${title}: ${passed ? 'passed' : 'FAILED'} in ${seconds} s`);
  return passed;
};

/** Checks that change nothing, two at a time: the longest first. */
const checkAll = async (checks) => {
  const waiting = [...checks];
  const desk = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await check(...next);
  };
  await Promise.all([desk(), desk()]);
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

await checkAll([
  ['lint with types (eslint)', bin('eslint'), ['.', '--max-warnings', '0']],
  ['format and lint (biome)', bin('biome'), ['ci', '.']],
  ...['src/common', 'src/main', 'src/preload', 'src/renderer', 'test', 'bench'].map((part) => [
    `types: ${part}`,
    bin('tsc'),
    ['-p', part],
  ]),
  [
    'rooms and circles (dependency-cruiser)',
    bin('depcruise'),
    ['--config', '.dependency-cruiser.mjs', 'src', 'test', 'bench', '--output-type', 'err'],
  ],
  ['unused exports and dependencies (knip)', bin('knip'), []],
  ['third-party licences', process.execPath, ['scripts/licences.mjs', '--check']],
]);
const isBuilt = await check('build', bin('electron-vite'), ['build']);
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
