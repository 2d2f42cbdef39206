import { createHash } from 'node:crypto';
import type { CertificateAmendment, Custody, CustodyCertificate } from '../../common/model/custody';

const STYLE = `
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1a; background: #fff }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums }
th, td { border-bottom: 1px solid #ccc; padding: .4rem .6rem; text-align: right }
th:first-child, td:first-child { text-align: left; overflow-wrap: anywhere }
code { overflow-wrap: anywhere }
@media print { body { margin: 0; max-width: none } }
`;

const STYLE_HASH = `sha256-${createHash('sha256').update(STYLE).digest('base64')}`;

/** The certificate as one page to read and to print: no script, nothing loaded. `styleHash`: for the CSP. */
export function certificatePage(certificate: CustodyCertificate): {
  readonly html: string;
  readonly styleHash: string;
} {
  const { session, devices, hubId, hubVersion, issuedAtMs, isFinal, sha256 } = certificate;
  const title = session.name === '' ? `Session of ${time(session.startedAtMs)}` : session.name;
  const html = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Custody: ${escapeHtml(title)}</title><style>${STYLE}</style></head>
<body>
<h1>Custody of ${escapeHtml(title)}</h1>
<p>${time(session.startedAtMs)} to ${session.endedAtMs === null ? 'now, still recording' : time(session.endedAtMs)}.
${escapeHtml(summary(devices))}</p>
${table(devices)}
${holeList(devices)}
${certificate.amendment ? amendment(certificate.amendment) : ''}
<h2>How to read it</h2>
<p>Stored: on the disk of this laptop, once each. Again: came again and was not stored twice. Given up: the phone said it dropped them.
Missing: numbers that never came between the first and the last that did. Before the first: numbers of a phone's count below the first
that came, which may have been another hub's. Late: more than ${certificate.lateAfterMs / 1000} s after capture.
Captured: what the phone itself reported, where it did.</p>
<p>Issued ${time(issuedAtMs)} by hub <code>${escapeHtml(hubId)}</code>, Perch ${escapeHtml(hubVersion)}${isFinal ? '' : '; the session was still going on'}.${standsFor(certificate)}<br>
SHA-256 of the certificate, less the amendment, as canonical JSON: <code>${escapeHtml(sha256)}</code></p>
</body>
</html>
`;
  return { html, styleHash: STYLE_HASH };
}

const table = (devices: readonly Custody[]): string => `<table>
<thead><tr><th>Person</th><th>Captured</th><th>Received</th><th>Stored</th><th>Again</th><th>Refused</th><th>Erased on request</th><th>Given up</th><th>Missing</th><th>Before the first</th><th>Late</th><th>Delay p50</th><th>p95</th><th>max</th><th>Bytes</th></tr></thead>
<tbody>
${devices.map(row).join('\n')}
</tbody>
</table>`;

function amendment({ atMs, sessionName, devices }: CertificateAmendment): string {
  const name =
    sessionName === null ? '' : `<p>The session is now called ${escapeHtml(sessionName) || 'nothing'}.</p>\n`;
  const counts = devices.length === 0 ? '' : table(devices);
  return `<h2>Since it was issued</h2>
<p>As of ${time(atMs)}: erased on request, named otherwise, or delivered late. What is above is as it was issued.</p>
${name}${counts}`;
}

function summary(devices: readonly Custody[]): string {
  const sum = (count: (one: Custody) => number): number => devices.reduce((total, one) => total + count(one), 0);
  const stored = sum((one) => one.stored);
  const missing = sum((one) => one.missing);
  const dropped = sum((one) => one.dropped);
  const whole = missing + dropped === 0 ? 'none is missing' : `${missing} missing, ${dropped} given up by phones`;
  return `${devices.length} ${devices.length === 1 ? 'person' : 'people'}, ${stored} frames stored, ${whole}.`;
}

function row(one: Custody): string {
  const refused = Object.entries(one.refused).map(([code, count]) => `${count} ${code}`);
  const cells = [
    one.captured ?? '–',
    one.received,
    one.stored,
    one.duplicate,
    refused.length === 0 ? 0 : refused.join(', '),
    one.erased,
    one.dropped,
    one.missing,
    one.beforeFirst,
    one.late,
    delay(one.delay?.p50Ms),
    delay(one.delay?.p95Ms),
    delay(one.delay?.maxMs),
    one.bytes,
  ];
  const merged = one.merged.length === 0 ? '' : `<br>with <code>${escapeHtml(one.merged.join(', '))}</code>`;
  return `<tr><td>${escapeHtml(one.name)}${merged}</td>${cells.map((cell) => `<td>${escapeHtml(String(cell))}</td>`).join('')}</tr>`;
}

const standsFor = ({ standsFor: hashes = [] }: CustodyCertificate): string =>
  hashes.length === 0
    ? ''
    : `<br>\nA name was erased from it on request; it stands for ${hashes.map((one) => `<code>${escapeHtml(one)}</code>`).join(', ')}`;

function holeList(devices: readonly Custody[]): string {
  const lines = devices.flatMap(({ name, holes }) =>
    holes.map(({ boot, ranges }) => {
      const shown = ranges.map(([from, to]) => (from === to ? `${from}` : `${from} to ${to}`)).join(', ');
      return `<li>${escapeHtml(name)}, count <code>${escapeHtml(boot)}</code>: ${shown}</li>`;
    }),
  );
  return lines.length === 0 ? '' : `<h2>What is missing</h2>\n<ul>\n${lines.join('\n')}\n</ul>`;
}

const delay = (ms: number | undefined): string =>
  ms === undefined ? '–' : `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 0)} s`;

const time = (ms: number): string => new Date(ms).toISOString().replace('T', ' ').slice(0, 19).concat(' UTC');

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
