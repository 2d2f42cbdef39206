import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium } from '@playwright/test';
import { findChromium, isChromiumSandboxed } from './find-chromium';
import { removeFolder, temporaryFolder } from './temporary-folder';

/** A browser whose owner installed the hub's certificate. */
export interface TrustedChromium {
  readonly browser: Browser;
  /** Closes the browser and removes its trust store. */
  readonly close: () => Promise<void>;
}

/** Where a hub keeps the certificate that phones are told to trust; there once the hub has started with TLS. */
export const caFileOf = (dataDir: string): string => join(dataDir, 'tls', 'ca.pem');

/**
 * Starts Chromium with certificates in its trust store, as on a phone whose owner followed the guide: pages of the hub
 * open without a warning, without any switch that ignores errors, and have a service worker.
 * @param caFiles PEM files of certificate authorities, see {@link caFileOf}
 * @param args further switches, such as those for a fake camera
 * @throws with a sentence when NSS's certutil is not there: browser tests fail, they never skip
 */
export async function launchTrustedChromium(
  caFiles: readonly string[],
  args: readonly string[] = [],
): Promise<TrustedChromium> {
  const home = temporaryFolder();
  try {
    fillTrustStore(join(home, '.pki', 'nssdb'), caFiles);
    const browser = await chromium.launch({
      executablePath: findChromium(),
      chromiumSandbox: isChromiumSandboxed,
      args: ['--disable-background-networking', ...args],
      // On Linux Chromium's own trust store is the NSS database below the user's home.
      env: { ...inherited(), HOME: home },
    });
    const close = async (): Promise<void> => {
      await browser.close();
      removeFolder(home);
    };
    return { browser, close };
  } catch (error) {
    removeFolder(home);
    throw error;
  }
}

function fillTrustStore(folder: string, caFiles: readonly string[]): void {
  mkdirSync(folder, { recursive: true });
  const store = `sql:${folder}`;
  certutil(['-N', '-d', store, '--empty-password']);
  caFiles.forEach((file, index) => {
    // C: trusted to issue certificates of servers.
    certutil(['-A', '-d', store, '-t', 'C,,', '-n', `perch ${index}`, '-i', file]);
  });
}

function certutil(args: readonly string[]): void {
  const { error, status, stderr } = spawnSync('certutil', args, { encoding: 'utf8' });
  if (error) {
    throw new Error(
      'These tests put a certificate into the trust store of Chromium, and certutil is not there: install it ' +
        '(Debian: apt-get install libnss3-tools).',
      { cause: error },
    );
  }
  if (status !== 0) throw new Error(`certutil ${args.join(' ')} failed: ${stderr}`);
}

function inherited(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((each): each is [string, string] => each[1] !== undefined),
  );
}
