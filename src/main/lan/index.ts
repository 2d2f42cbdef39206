import { networkInterfaces } from 'node:os';
import { LIMITS } from '../../common/wire/limits';
import { watchAddresses } from './address-watch';
import { offeredAddresses } from './addresses';
import type { CertificateAuthority } from './ca';
import { openCertificates } from './certificates';
import { createDoors } from './doors';
import { sayGoodbye } from './goodbye';
import type { Arrival, Lan, LanOptions, LanTiming, Listening } from './lan';
import { keepLeafCurrent, type LeafRenewal } from './leaf-renewal';
import { type Listeners, openListeners } from './listening';
import { createSignal } from './signal';
import { registerStaticPages } from './static-pages';

export { rankAddresses } from './addresses';
export { inspectCertificates } from './inspect';
export { isLoopbackAddress } from './ip-address';
export { registerKeyProof } from './key-proof';
export type { KeyVault } from './key-vault';
export type { KeyIdentity, KeyRing, Lan, LanOptions, Listening } from './lan';
export { findPortHolder } from './port-holder';
export { PortInUseError } from './port-in-use-error';

const DEFAULT_TIMING: LanTiming = {
  heartbeatMs: LIMITS.heartbeatMs,
  firstMessageMs: LIMITS.firstMessageMs,
  addressPollMs: 5000,
  wrongKeyDelayMs: 2000,
  closeMs: 2000,
};

/**
 * Prepares everything that listens; nothing is bound before `start`. Makes the hub's CA on first use.
 * @throws Error with a sentence: a certificate that can't be read, a trusted proxy that is no address.
 */
export async function createLan(options: LanOptions): Promise<Lan> {
  const { log } = options;
  const timing = { ...DEFAULT_TIMING, ...options.timing };
  const hasTls = options.tlsPort !== null;
  const certificates = hasTls ? await openCertificates(options, options.now ?? Date.now, log) : null;
  const authority = (): CertificateAuthority | null => certificates?.authority ?? null;
  const watch = watchAddresses(options.networkInterfaces ?? networkInterfaces, timing.addressPollMs);
  const reached = createSignal<[arrival: Arrival]>();
  const securePort = createSignal<[]>();
  const renewed = createSignal<[]>();
  const wrongKey = createSignal<[address: string, countInMinute: number]>();
  let listeners: Listeners | null = null;
  let isStopping = false;
  let isClosed = false;
  let renewal: LeafRenewal | null = null;

  const secureHost = (): string | null => certificates?.secureHost(watch.all()) ?? null;
  const tlsPort = (): number | null => listeners?.listening.tlsPort ?? null;
  const doors = createDoors({
    options,
    timing,
    watch,
    ports: () => [listeners?.listening.httpPort, listeners?.listening.tlsPort].filter((port) => port != null),
    isStopping: () => isStopping,
    certificateNames: certificates?.ownNames ?? [],
    onReached: reached.emit,
    onWrongKey: wrongKey.emit,
  });
  await registerStaticPages(doors.http, { staticDir: options.staticDir, authority, tlsPort, secureHost });

  const start = async (chosen: { readonly port?: number; readonly tlsPort?: number } = {}): Promise<Listening> => {
    if (listeners !== null || isClosed) throw new Error('Only a hub that does not listen yet can start to.');
    await doors.http.ready();
    const where = {
      host: options.host,
      port: chosen.port ?? options.port,
      tlsPort: chosen.tlsPort ?? options.tlsPort ?? 0,
      leaf: certificates === null ? null : await certificates.leafFor(watch.all()),
    };
    const onTlsConnection = (remoteAddress: string): void => {
      if (!watch.all().includes(remoteAddress)) securePort.emit();
    };
    const { maxConnections } = options;
    listeners = await openListeners(where, { ...doors.entrance, onTlsConnection, maxConnections, log });
    if (certificates) renewal = keepLeafCurrent(certificates, watch, listeners.renew, renewed.emit, log);
    if (where.leaf?.isRenewed === true) renewed.emit();
    return listeners.listening;
  };

  const close = async (): Promise<void> => {
    isStopping = true;
    isClosed = true;
    renewal?.stop();
    watch.stop();
    doors.stop();
    const open = listeners;
    listeners = null;
    await open?.close();
    await doors.http.close();
  };

  return {
    http: doors.http,
    socket: doors.sockets.add,
    start,
    addresses: watch.ranked,
    offLan: watch.offLan,
    onAddressesChanged: (listener) => watch.onChanged(() => listener(watch.ranked())),
    offered: () => offeredAddresses(watch.ranked(), secureHost(), (name) => certificates?.holdsFor(name) ?? true),
    secureHost,
    onReached: reached.on,
    onSecurePortReached: securePort.on,
    onRenewed: renewed.on,
    onWrongKey: wrongKey.on,
    get caFingerprint() {
      return authority()?.fingerprint ?? null;
    },
    closeWhere: (fits) => doors.seats.clear(fits) + doors.openRequests.cut((identity) => fits(identity, null)),
    guesses: doors.guesses,
    get caName() {
      return authority()?.name ?? null;
    },
    replaceAuthority: async () => {
      if (!certificates || !renewal) throw new Error('The hub serves no TLS.');
      await renewal.after(() => certificates.replaceAuthority());
    },
    certificate: () => certificates?.state() ?? null,
    get connections() {
      return doors.seats.count;
    },
    stopAccepting: () => {
      isStopping = true;
      listeners?.stop();
    },
    shutdownSockets: async (message) => {
      doors.sockets.closeWaiting();
      await sayGoodbye(doors.seats.sockets(), message, timing.closeMs);
    },
    close,
  };
}
