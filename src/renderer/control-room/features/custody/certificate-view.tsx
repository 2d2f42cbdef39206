import type { CertificateAmendment, Custody, CustodyCertificate } from '../../../../common/model/custody';
import { formatBytes, formatCount, MISSING } from '../../format/quantity';
import { formatDelay } from '../../format/time';
import styles from './certificate.module.css';
import { certificateSentence, formatUtc } from './certificate-words';
import { nameRanges, refusedWords } from './custody-sentence';

/** A certificate as a page to read and to print. */
export function CertificateView({ certificate }: { readonly certificate: CustodyCertificate }) {
  const { session, devices, isFinal, issuedAtMs, hubId, hubVersion, sha256, lateAfterMs, amendment } = certificate;
  const end = session.endedAtMs === null ? 'now, still recording' : formatUtc(session.endedAtMs);
  return (
    <article className={styles.page} data-testid="certificate">
      <h2>{certificateSentence(devices)}</h2>
      <p>
        {formatUtc(session.startedAtMs)} to {end}.
        {!isFinal && ' The session goes on: the counts are those of this moment.'}
      </p>
      {devices.length > 0 && <CountsTable devices={devices} />}
      <HoleList devices={devices} />
      {amendment && <Amendment amendment={amendment} />}
      <p className={styles.legend}>
        <strong>Stored</strong>: on the disk of this laptop, once each. <strong>Again</strong>: came more than once,
        stored once. <strong>Given up</strong>: the phone said that it dropped them. <strong>Missing</strong>: numbers
        that never came between the first and the last that did. <strong>Before the first</strong>: numbers of a phone’s
        count below the first that came, which may have been another hub’s. <strong>Late</strong>: more than{' '}
        {lateAfterMs / 1000} s after capture. <strong>Captured</strong>: what the phone itself reported.
      </p>
      <p className={styles.legend}>
        Issued {formatUtc(issuedAtMs)} by hub {hubId}, Perch {hubVersion}. SHA-256 of the canonical JSON:{' '}
        <code>{sha256}</code>
      </p>
    </article>
  );
}

function Amendment({ amendment: { atMs, sessionName, devices } }: { readonly amendment: CertificateAmendment }) {
  return (
    <section data-testid="certificate-amendment">
      <h3>Since it was issued</h3>
      <p>
        As of {formatUtc(atMs)}: erased on request, named otherwise, or delivered late. What is above is as it was
        issued.
        {sessionName !== null && ` The session is now called ${sessionName === '' ? 'nothing' : `“${sessionName}”`}.`}
      </p>
      {devices.length > 0 && <CountsTable devices={devices} />}
    </section>
  );
}

function CountsTable({ devices }: { readonly devices: readonly Custody[] }) {
  const shown = {
    erased: devices.some(({ erased }) => erased > 0),
    beforeFirst: devices.some(({ beforeFirst }) => beforeFirst > 0),
  };
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Person</th>
            <th scope="col">Captured</th>
            <th scope="col">Received</th>
            <th scope="col">Stored</th>
            <th scope="col">Again</th>
            <th scope="col">Refused</th>
            {shown.erased && <th scope="col">Erased on request</th>}
            <th scope="col">Given up</th>
            <th scope="col">Missing</th>
            {shown.beforeFirst && <th scope="col">Before the first</th>}
            <th scope="col">Late</th>
            <th scope="col">Delay p50</th>
            <th scope="col">p95</th>
            <th scope="col">max</th>
            <th scope="col">Size</th>
          </tr>
        </thead>
        <tbody>
          {devices.map((one) => (
            <CountsRow key={one.deviceId} custody={one} shown={shown} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface CountsRowProps {
  readonly custody: Custody;
  /** Columns that only some certificates have. */
  readonly shown: { readonly erased: boolean; readonly beforeFirst: boolean };
}

function CountsRow({ custody, shown }: CountsRowProps) {
  const { captured, delay } = custody;
  return (
    <tr data-testid="certificate-row" data-device-id={custody.deviceId}>
      <th scope="row">
        {custody.name}
        {custody.merged.length > 0 && <span className={styles.merged}>with {custody.merged.join(', ')}</span>}
      </th>
      <td>{captured === null ? MISSING : formatCount(captured)}</td>
      <td>{formatCount(custody.received)}</td>
      <td>{formatCount(custody.stored)}</td>
      <td>{formatCount(custody.duplicate)}</td>
      <td>{refusedWords(custody)}</td>
      {shown.erased && <td>{formatCount(custody.erased)}</td>}
      <td>{formatCount(custody.dropped)}</td>
      <td data-some={custody.missing > 0}>{formatCount(custody.missing)}</td>
      {shown.beforeFirst && <td>{formatCount(custody.beforeFirst)}</td>}
      <td>{formatCount(custody.late)}</td>
      <td>{delay ? formatDelay(delay.p50Ms) : MISSING}</td>
      <td>{delay ? formatDelay(delay.p95Ms) : MISSING}</td>
      <td>{delay ? formatDelay(delay.maxMs) : MISSING}</td>
      <td>{formatBytes(custody.bytes)}</td>
    </tr>
  );
}

function HoleList({ devices }: { readonly devices: readonly Custody[] }) {
  const holes = devices.flatMap(({ deviceId, name, holes: ofDevice }) =>
    ofDevice.map(({ boot, ranges }) => ({ deviceId, name, boot, ranges })),
  );
  if (holes.length === 0) return null;
  return (
    <>
      <h3>What is missing</h3>
      <ul className={styles.holes}>
        {holes.map(({ deviceId, name, boot, ranges }) => (
          <li key={`${deviceId} ${boot} ${ranges[0]?.join()}`}>
            {name}, count <code>{boot}</code>: {nameRanges(ranges, ranges.length)}
          </li>
        ))}
      </ul>
    </>
  );
}
