import { isNodeNewEnough, runWithInstalledNode } from './cli/node-version';

// Nothing else is imported before the check: on an older Node, SQLite's binding would crash the process.
const args = process.argv.slice(2);
process.exitCode = isNodeNewEnough()
  ? await (await import('./cli/main')).runCommandLine(args, import.meta.dirname)
  : await runWithInstalledNode(import.meta.dirname, args);
