import { join, resolve } from 'node:path';
import { Command, CommanderError, Option } from 'commander';
import { version } from '../../../package.json';
import { LIMITS } from '../../common/wire/limits';
import { drillHubFrom } from '../drill';
import { defaultDataFolder } from './data-folder';
import { runDoctorCommand } from './doctor-command';
import { CommandFailure, EXIT } from './exit-code';
import { type ExportCommandOptions, runExport } from './export-command';
import { type HubCommandOptions, runHub } from './hub-command';
import { runKeys, runSessions } from './list-commands';
import {
  collect,
  parseBytes,
  parseConnections,
  parsePort,
  parsePositive,
  parseRateLimit,
  parseShare,
  parseTime,
  parseWholeFrom0,
} from './parse-options';
import { runSimulate, type SimulateCommandOptions } from './simulate-command';

/**
 * Runs the command line.
 * @param args without node and script. @param outDir where the built main process is; the pages are beside it.
 * @returns the exit code.
 */
export async function runCommandLine(args: readonly string[], outDir: string): Promise<number> {
  const program = new Command('perch').description('The laptop hub for field teams.').version(version);
  addHub(program, outDir);
  addExport(program);
  addLists(program);
  addDoctor(program);
  addSimulate(program);
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({ writeErr: () => {} });
  }
  try {
    await program.parseAsync(args, { from: 'user' });
    return EXIT.done;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return EXIT.done;
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(`${message.replace(/^error: /, '')}\n`);
    if (error instanceof CommanderError) return EXIT.usage;
    return error instanceof CommandFailure ? error.exitCode : EXIT.failed;
  }
}

const dataOption = (): Option =>
  new Option('--data <folder>', 'where everything is kept')
    .default(defaultDataFolder())
    .argParser((text) => resolve(text));

function addHub(program: Command, outDir: string): void {
  program
    .command('hub', { isDefault: true })
    .description('run the hub (this is what happens without a command)')
    .addOption(dataOption())
    .option('--host <address>', 'address to listen on', '0.0.0.0')
    .option('--port <number>', 'plain port, 0 = any', parsePort, 8080)
    .option('--tls-port <number>', 'TLS port, 0 = any', parsePort, 8443)
    .option('--no-tls', 'no TLS: phones have no position, camera or motion')
    .option('--cert <file>', "your own certificate (PEM), instead of the hub's own")
    .option('--key <file>', 'its private key (PEM)')
    .addOption(new Option('--access <mode>', 'who may send').choices(['paired', 'open']).default('paired'))
    .option('--public-host <name>', 'another name or address of this hub (may be repeated)', collect, [])
    .option('--allow-origin <url>', 'another origin that may open /console (may be repeated)', collect, [])
    .option('--trust-proxy <address>', 'a proxy whose X-Forwarded-For is believed (may be repeated)', collect, [])
    .option('--keys <file>', 'keys file, default keys.json in the data folder')
    .option('--session <name>', 'resume the newest session of this name, else start it')
    .option('--rate-limit <rate>', 'frames a device may send: N/s or N/min', parseRateLimit, LIMITS.frameRate)
    .option('--max-message-bytes <bytes>', 'of one message', parseBytes, LIMITS.messageBytes)
    .option('--max-connections <number>', 'phones and readers at once', parseConnections, LIMITS.connections)
    .addOption(
      new Option('--log-level <level>', 'of the log on stderr')
        .choices(['debug', 'info', 'warn', 'error', 'silent'])
        .default('warn'),
    )
    .option('--json', 'one JSON event a line on stdout', false)
    .action(async ({ data, keys, session, tls, tlsPort, ...options }: HubFlags) => {
      if ((options.cert === undefined) !== (options.key === undefined)) {
        throw new CommandFailure(EXIT.usage, '--cert and --key go together.');
      }
      await runHub({
        ...options,
        dataDir: data,
        keysFile: keys,
        sessionName: session,
        tlsPort: tls ? tlsPort : null,
        publicHosts: options.publicHost,
        allowOrigins: options.allowOrigin,
        trustProxies: options.trustProxy,
        staticDir: join(outDir, '../renderer'),
        startDrillHub: drillHubFrom(join(outDir, 'headless.js')),
        version,
      });
    });
}

interface HubFlags
  extends Pick<
    HubCommandOptions,
    | 'host'
    | 'port'
    | 'access'
    | 'rateLimit'
    | 'maxMessageBytes'
    | 'maxConnections'
    | 'cert'
    | 'key'
    | 'logLevel'
    | 'json'
  > {
  readonly data: string;
  readonly keys?: string;
  readonly session?: string;
  readonly tls: boolean;
  readonly tlsPort: number;
  readonly publicHost: readonly string[];
  readonly allowOrigin: readonly string[];
  readonly trustProxy: readonly string[];
}

function addExport(program: Command): void {
  program
    .command('export')
    .description('write a session to a file; works while the hub runs')
    .addOption(dataOption())
    .requiredOption('--session <id>', 'a session id, latest or all')
    .addOption(new Option('--format <format>', 'of the file').choices(['csv']).default('csv'))
    .requiredOption('--out <file>', 'where to, - for stdout')
    .option('--device <id>', 'only this device')
    .option('--from <time>', 'received at or after, RFC 3339', parseTime)
    .option('--to <time>', 'received at or before, RFC 3339', parseTime)
    .action(({ data, ...options }: Omit<ExportCommandOptions, 'dataDir'> & { data: string }) =>
      runExport({ ...options, dataDir: data }),
    );
}

function addLists(program: Command): void {
  program
    .command('sessions')
    .description('list the sessions')
    .addOption(dataOption())
    .option('--json', 'as JSON', false)
    .action(({ data, json }: { data: string; json: boolean }) => runSessions({ dataDir: data, json }));
  program
    .command('keys')
    .description('print join, viewer and admin key')
    .addOption(dataOption())
    .option('--keys <file>', 'keys file, default keys.json in the data folder')
    .option('--json', 'as JSON', false)
    .action(({ data, keys, json }: { data: string; keys?: string; json: boolean }) =>
      runKeys({ dataDir: data, keysFile: keys, json }),
    );
}

function addDoctor(program: Command): void {
  program
    .command('doctor')
    .description('examine this laptop; works while the hub runs; fails when something is in trouble')
    .addOption(dataOption())
    .option('--port <number>', 'plain port of a hub that does not run', parsePort, 8080)
    .option('--tls-port <number>', 'its TLS port', parsePort, 8443)
    .option('--json', 'one JSON check a line', false)
    .action(({ data, ...options }: { data: string; port: number; tlsPort: number; json: boolean }) =>
      runDoctorCommand({ ...options, dataDir: data, version }),
    );
}

function addSimulate(program: Command): void {
  program
    .command('simulate')
    .description('let phones walk and send to a hub; fails unless every frame was acked')
    .requiredOption('--url <url>', 'of the hub, such as ws://127.0.0.1:8080')
    .option('--key <key>', 'a join key')
    .option('--ca <file>', "the CA to trust with wss (PEM), such as tls/ca.pem of the hub's data folder")
    .option('--phones <number>', 'how many', parseConnections, 10)
    .option('--rate <hz>', 'frames a second of each phone', parsePositive, 1)
    .option('--seconds <number>', 'how long they send', parsePositive, 10)
    .option('--photos <number>', 'each phone takes in that time', parseWholeFrom0, 0)
    .option('--drop-rate <share>', 'of messages lost with their connection, 0 to 1', parseShare, 0)
    .option('--reconnect-every <seconds>', 'each phone loses its connection', parsePositive)
    .option('--json', 'the result as JSON', false)
    .action(({ rate, ...options }: Omit<SimulateCommandOptions, 'rateHz'> & { rate: number }) =>
      runSimulate({ ...options, rateHz: rate }),
    );
}
