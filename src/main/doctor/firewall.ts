import type { DoctorCheck } from '../../common/model/doctor';
import { AGAIN, copy, ok, unknown, warning } from './check';
import type { DoctorParts, Examine } from './parts';

const FIREWALL = { id: 'firewall', title: 'Firewall' };

/** A firewall of this laptop, as far as this user may see it. Once a phone came through, on each port, there is nothing to say. */
export const examineFirewall: Examine = async (parts) => {
  if (portsOf(parts).length === 0) return [ok(FIREWALL, 'Phones came through.')];
  switch (parts.platform) {
    case 'linux':
      return [await onLinux(parts)];
    case 'win32':
      return [await onWindows(parts)];
    case 'darwin':
      return [await onMac(parts)];
    default:
      return [unknown(FIREWALL, 'This system does not tell. If no phone gets through, look at its firewall.')];
  }
};

/** Those to which nothing of another machine has come yet. */
function portsOf(parts: DoctorParts): readonly number[] {
  const listening = parts.listening();
  if (listening === null) return parts.wantedPorts;
  const hasReached = typeof parts.reachedVia() === 'string';
  const hasReachedTls = parts.secureReach() === 'port' || parts.secureReach() === 'page';
  // A firewall may let one port through and not the other.
  return [hasReached ? null : listening.httpPort, hasReachedTls ? null : listening.tlsPort].filter(
    (port) => port !== null,
  );
}

async function onLinux(parts: DoctorParts): Promise<DoctorCheck> {
  const ports = portsOf(parts);
  if (/^ENABLED=yes/im.test((await parts.read('/etc/ufw/ufw.conf')) ?? '')) {
    const command = ports.map((port) => `sudo ufw allow ${port}/tcp`).join(' && ');
    return warning(
      FIREWALL,
      `The firewall ufw is on. If phones do not get through, let them in: ${command}`,
      copy('Copy the command', command),
    );
  }
  if ((await parts.run('firewall-cmd', ['--state']))?.trim() === 'running') {
    const open = new Set(((await parts.run('firewall-cmd', ['--list-ports'])) ?? '').trim().split(/\s+/));
    if (ports.every((port) => open.has(`${port}/tcp`))) return ok(FIREWALL, 'firewalld lets the hub’s ports through.');
    const command = ports.map((port) => `sudo firewall-cmd --add-port=${port}/tcp`).join(' && ');
    return warning(
      FIREWALL,
      `The firewall firewalld is on and its zone does not list ${ports.length === 1 ? 'this port' : 'the hub’s ports'}. Let phones in: ${command}`,
      copy('Copy the command', command),
    );
  }
  const rules = await parts.run('nft', ['list', 'ruleset']);
  if (rules !== null && /hook input[^\n]*policy (drop|reject)/.test(rules)) {
    return warning(
      FIREWALL,
      `A firewall (nftables) drops what it does not know: let TCP ${ports.join(' and ')} in.`,
      AGAIN,
    );
  }
  if (rules !== null) return ok(FIREWALL, 'No firewall of this laptop is on.');
  return ok(FIREWALL, 'Neither ufw nor firewalld is on; other rules only an administrator can see.');
}

async function onWindows(parts: DoctorParts): Promise<DoctorCheck> {
  const text = await parts.run('powershell', [
    '-NoProfile',
    '-Command',
    '(Get-NetConnectionProfile).NetworkCategory -join ","',
  ]);
  if (text === null) {
    return unknown(FIREWALL, 'Windows did not tell. Let Perch through for private and public networks when it asks.');
  }
  if (/public/i.test(text)) {
    return warning(
      FIREWALL,
      'Windows counts this network as public and keeps phones out. Open Settings, Network & internet, the WiFi’s properties, and choose Private network.',
      copy('Copy the command', 'Set-NetConnectionProfile -NetworkCategory Private'),
    );
  }
  return ok(FIREWALL, 'Windows counts this network as private. If it asked about Perch, it must have been allowed.');
}

async function onMac(parts: DoctorParts): Promise<DoctorCheck> {
  const text = await parts.run('/usr/libexec/ApplicationFirewall/socketfilterfw', ['--getglobalstate']);
  if (text !== null && /enabled|State = [12]/.test(text)) {
    return warning(
      FIREWALL,
      'The firewall of macOS is on. Open System Settings, Network, Firewall, Options, and allow incoming connections for Perch; and in Privacy & Security, Local Network, switch Perch on.',
      AGAIN,
    );
  }
  return ok(
    FIREWALL,
    'The firewall of macOS is off. In System Settings, Privacy & Security, Local Network, Perch must be switched on.',
  );
}
