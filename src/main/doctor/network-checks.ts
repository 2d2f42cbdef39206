import { isIP } from 'node:net';
import type { DoctorCheck } from '../../common/model/doctor';
import type { NetworkAddress } from '../../common/model/network-address';
import { AGAIN, CHOOSE_ADDRESS, ok, SHOW_CODE, trouble, unknown, warning } from './check';
import type { DoctorParts, Examine } from './parts';

const NETWORK = { id: 'network', title: 'Network' };
const ADDRESS = { id: 'address', title: 'Address in the QR code' };
const VPN = { id: 'vpn', title: 'VPN' };
const SECURE = { id: 'secure-arrived', title: 'Phones reach the secure page' };
const ARRIVED = { id: 'arrived', title: 'Phones reach this laptop' };

/** So long a code may hang on the screen before silence means something, ms (docs: the one reliable sign). */
const SILENCE_MS = 60_000;

const reachesPhones = ({ kind }: NetworkAddress): boolean =>
  kind === 'wifi' || kind === 'ethernet' || kind === 'hotspot' || kind === 'lan';

const shown = ({ address, interfaceName }: NetworkAddress): string => `${address} (${interfaceName})`;

/** Which network this laptop is in. */
export const examineNetwork: Examine = (parts) => {
  const addresses = parts.addresses();
  const good = addresses.filter(reachesPhones);
  const network =
    good.length > 0
      ? ok(NETWORK, `This laptop is at ${good.map(shown).join(', ')}.`)
      : trouble(
          NETWORK,
          'This laptop is in no network that phones can join. Connect it to the WiFi the phones use, or start its own hotspot.',
          AGAIN,
        );
  return [network, addressCheck(parts.selectedAddress(), addresses), vpnCheck(addresses)];
};

function addressCheck(selected: string | null, addresses: readonly NetworkAddress[]) {
  if (selected === null) return unknown(ADDRESS, 'The hub is not running, so there is no QR code yet.');
  const chosen = addresses.find(({ address }) => address === selected);
  if (!chosen && isIP(selected) === 0) {
    return warning(
      ADDRESS,
      `The QR code holds the name ${selected}, which many Android phones can not look up. An address of this laptop serves all.`,
      CHOOSE_ADDRESS,
    );
  }
  if (!chosen || chosen.kind === 'loopback') {
    return trouble(ADDRESS, `The QR code holds ${selected}, which only this laptop itself can open.`, CHOOSE_ADDRESS);
  }
  if (reachesPhones(chosen)) return ok(ADDRESS, `The QR code holds ${shown(chosen)}.`);
  const why = {
    vpn: 'belongs to a VPN: phones on the WiFi can not reach it',
    virtual: 'belongs to virtual machines or containers: phones can not reach it',
    'link-local': 'is one a laptop gives itself when no router answers: few phones reach it',
  }[chosen.kind as 'vpn' | 'virtual' | 'link-local'];
  return warning(ADDRESS, `The QR code holds ${shown(chosen)}, which ${why}.`, CHOOSE_ADDRESS);
}

function vpnCheck(addresses: readonly NetworkAddress[]) {
  const tunnels = addresses.filter(({ kind }) => kind === 'vpn');
  if (tunnels.length === 0) return ok(VPN, 'No VPN or tunnel is on.');
  return warning(
    VPN,
    `A VPN or tunnel is on: ${tunnels.map(shown).join(', ')}. If phones can not reach this laptop, turn it off: many block the local network.`,
    AGAIN,
  );
}

const ASK_THE_HUB = 'Only the running hub knows: open Tools, then Doctor, in its control room.';

const minutes = (ms: number): string => (ms < 120_000 ? 'minute' : `${Math.floor(ms / 60_000)} minutes`);

/** Whether anything of another machine ever arrived, on either port: what proves the whole way at once. */
export const examineArrivals: Examine = (parts) => [arrivalCheck(parts), ...secureCheck(parts)];

function arrivalCheck(parts: DoctorParts): DoctorCheck {
  const reachedVia = parts.reachedVia();
  if (reachedVia === undefined || parts.listening() === null) return unknown(ARRIVED, ASK_THE_HUB);
  if (reachedVia !== null) return ok(ARRIVED, `Reached via ${reachedVia}: the way to this laptop is open.`);
  const shownForMs = parts.codeShownForMs();
  if (shownForMs === null || shownForMs < SILENCE_MS) {
    return unknown(ARRIVED, 'No phone has come yet. Scan the QR code with one.', SHOW_CODE);
  }
  return warning(
    ARRIVED,
    `Nothing has arrived in the ${minutes(shownForMs)} since the QR code was first shown. If a phone has scanned the QR code, the WiFi probably keeps its guests apart (client isolation, usual on guest networks) or a firewall stops them: put phones and laptop into the same WiFi, with mobile data and VPN off, or start a hotspot on this laptop.`,
    SHOW_CODE,
  );
}

/** Without TLS there is no such page; the line on it says so. */
function secureCheck(parts: DoctorParts): readonly DoctorCheck[] {
  const listening = parts.listening();
  const reach = parts.secureReach();
  if (reach === undefined || listening === null) return [unknown(SECURE, ASK_THE_HUB)];
  const { httpPort, tlsPort } = listening;
  if (tlsPort === null) return [];
  if (reach === 'page') return [ok(SECURE, `A phone has opened it on port ${tlsPort}.`)];
  const reachedForMs = parts.reachedForMs();
  if (reachedForMs === null) return [unknown(SECURE, 'No phone has come yet.')];
  // The guide knocks there by itself as soon as it is open.
  if (reachedForMs < SILENCE_MS)
    return [unknown(SECURE, 'The guide was reached just now, the secure page not yet.', AGAIN)];
  if (reach === 'port') {
    return [
      warning(
        SECURE,
        `Phones get through to port ${tlsPort}, but none has opened the secure page: they do not trust its certificate yet. Follow the guide on the phone to its end.`,
        SHOW_CODE,
      ),
    ];
  }
  return [
    warning(
      SECURE,
      `The guide on port ${httpPort} was reached, the secure page on port ${tlsPort} never: a firewall lets only the first through. Let TCP port ${tlsPort} in as well, then check again.`,
      AGAIN,
    ),
  ];
}
