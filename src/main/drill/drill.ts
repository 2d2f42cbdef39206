import { randomBytes } from 'node:crypto';
import { Capturing } from './capturing';
import { Ending } from './ending';
import { type DrillOptions, type DrillProgress, endpointOf } from './options';
import { DrillPhone } from './phone';
import { createRandom } from './random';
import type { DrillResult } from './result';
import { inOneSentence } from './sentence';
import { Tally } from './tally';
import { type Place, Walk } from './walk';

/** How long the last acks are waited for, s. */
const DRAIN_S = 30;
/** A phone's person thinks the hub gone by then, s. */
const ACK_S = 30;
/** How often phones look for answers that never came: it is counted in seconds, ms. */
const LOOK_MS = 250;
/** Seattle's Discovery Park: where the fixtures walk too. */
const PLACE: Place = { latitude: 47.6573, longitude: -122.4055 };

/**
 * Lets phones walk and send to a hub, and counts what it acks.
 * @param onProgress once a second, and at the end.
 * @throws DrillRefused when the hub takes none of them.
 */
export async function runDrill(
  options: DrillOptions,
  onProgress: (progress: DrillProgress) => void = () => {},
): Promise<DrillResult> {
  const endpoint = endpointOf(options.url);
  const tally = new Tally();
  const startedAt = performance.now();
  const elapsedS = (): number => (performance.now() - startedAt) / 1000;
  const ended = new Ending(options.signal);
  const phones = makePhones(options, endpoint, tally, ended);
  const tell = (): void => {
    const { captured, sent, acked, lost } = tally.counts;
    const { p50: p50Ms, p99: p99Ms } = tally.latency();
    onProgress({ elapsedS: elapsedS(), connected: tally.connected, captured, sent, acked, lost, p50Ms, p99Ms });
  };
  const ticker = setInterval(tell, 1000);
  const looker = setInterval(() => {
    for (const phone of phones) phone.giveUpSilence();
  }, LOOK_MS);
  const captures = phones.map((phone, index) => new Capturing(phone, index, options, tally, ended));
  try {
    await Promise.all(captures.map((capturing) => capturing.finished));
    const capturedS = elapsedS();
    await ended.drained(phones, (options.drainSeconds ?? DRAIN_S) * 1000);
    tell();
    const took = elapsedS();
    const { counts, latencyMs } = tally.snapshot();
    const isComplete = counts.captured > 0 && counts.acked === counts.captured;
    const { phones: number, rateHz } = options;
    const facts = { phones: number, rateHz, seconds: capturedS, elapsedS: took, counts, latencyMs, isComplete };
    return { ...facts, sentence: inOneSentence(facts) };
  } finally {
    clearInterval(ticker);
    clearInterval(looker);
    for (const capturing of captures) capturing.stop();
    await Promise.all(phones.map((phone) => phone.close()));
  }
}

function makePhones(options: DrillOptions, endpoint: URL, tally: Tally, ended: Ending): readonly DrillPhone[] {
  const run = options.run ?? randomBytes(3).toString('hex');
  const seed = randomBytes(4).readUInt32LE();
  return Array.from({ length: options.phones }, (_, index) => {
    const random = createRandom(seed + index);
    const number = String(index + 1).padStart(4, '0');
    return new DrillPhone({
      endpoint,
      key: options.key,
      deviceId: `drill-${run}-${number}`,
      name: `Drill ${number}`,
      walk: new Walk(options.place ?? PLACE, random),
      random,
      dropRate: options.dropRate ?? 0,
      reconnectEvery: options.reconnectEvery ?? null,
      ackSeconds: options.ackSeconds ?? ACK_S,
      ca: options.ca,
      tally,
      onSettled: () => ended.look(),
      onForbidden: (error) => ended.fail(error),
    });
  });
}
