import type { DoctorCheck } from '../../common/model/doctor';
import { AGAIN, ok, type Rung, trouble, unknown, warning } from './check';
import { type Answer, askOwnAddress } from './own-address';
import type { DoctorParts, Examine } from './parts';

const PORTS = { id: 'ports', title: 'Ports' };
const PLAIN = { id: 'plain', title: 'Guide at each own address' };
const TLS = { id: 'tls', title: 'Secure page at each own address' };

/** Codes of Node and OpenSSL for a certificate that does not fit. */
const CERTIFICATE_FAULT = /ALTNAME|CERT|SIGNATURE|ISSUER|SELF_SIGNED/;

/** Whether this laptop reaches itself the way a phone would. */
export const examineListening: Examine = async (parts) => {
  const listening = parts.listening();
  if (listening === null) {
    const sentence = 'The hub is not running: start it, then check again.';
    return [await freePorts(parts), unknown(PLAIN, sentence, AGAIN), unknown(TLS, sentence, AGAIN)];
  }
  const { httpPort, tlsPort } = listening;
  const both = tlsPort === null ? `${httpPort}` : `${httpPort} and ${tlsPort}`;
  const ports = parts.wantedPorts.every((port) => port === httpPort || port === tlsPort)
    ? ok(PORTS, `The hub listens on ${both}.`)
    : warning(
        PORTS,
        `The hub listens on ${both}, not on its usual ports ${parts.wantedPorts.join(' and ')}: phones paired before look for it there.`,
      );
  const own = parts
    .addresses()
    .filter(({ kind }) => kind !== 'loopback' && kind !== 'virtual')
    .map(({ address }) => address);
  const plain = await ask(own, (address) => askOwnAddress(address, httpPort, null));
  return [ports, reachCheck(PLAIN, httpPort, plain), await tlsCheck(parts, own, tlsPort)];
};

async function freePorts(parts: DoctorParts): Promise<DoctorCheck> {
  for (const port of parts.wantedPorts) {
    const holder = await parts.portHolder(port);
    if (holder !== null) {
      return trouble(PORTS, `Port ${port} is held by ${holder}: quit it, or start the hub on another port.`, AGAIN);
    }
  }
  return ok(PORTS, `No other program holds ${parts.wantedPorts.join(' or ')}.`);
}

async function tlsCheck(parts: DoctorParts, own: readonly string[], tlsPort: number | null): Promise<DoctorCheck> {
  if (tlsPort === null) {
    return warning(TLS, 'The hub was started without TLS: phones have no position, camera or motion.');
  }
  const caPem = await parts.caPem();
  const answers = await ask(own, (address) => askOwnAddress(address, tlsPort, { caPem }));
  const unfit = answers.filter(({ answer }) => 'error' in answer && CERTIFICATE_FAULT.test(answer.error));
  if (unfit.length > 0) {
    const where = unfit.map(({ address }) => address).join(', ');
    return warning(
      TLS,
      `The certificate does not hold for ${where}: phones see a warning there. The next lines say why.`,
    );
  }
  return reachCheck(TLS, tlsPort, answers);
}

interface Asked {
  readonly address: string;
  readonly answer: Answer;
}

const ask = (own: readonly string[], one: (address: string) => Promise<Answer>): Promise<readonly Asked[]> =>
  Promise.all(own.map(async (address) => ({ address, answer: await one(address) })));

function reachCheck(rung: Rung, port: number, answers: readonly Asked[]): DoctorCheck {
  if (answers.length === 0) return unknown(rung, 'This laptop has no address but its own loopback.');
  const silent = answers.flatMap(({ address, answer }) => ('error' in answer ? [`${address} (${answer.error})`] : []));
  const where = `port ${port}`;
  if (silent.length === 0) return ok(rung, `${answers.map(({ address }) => address).join(', ')}, ${where}.`);
  const sentence = `The hub does not answer on ${where} at ${silent.join(', ')}: a firewall or VPN on this laptop is in the way, or the hub was told to listen elsewhere (--host).`;
  return silent.length === answers.length ? trouble(rung, sentence, AGAIN) : warning(rung, sentence, AGAIN);
}
