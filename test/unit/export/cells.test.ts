import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../src/common/model/frame';
import type { ExportRow } from '../../../src/main/export';
import { cellsOf, csvOf, readCsv, rowOf } from './export-fixture';

const SHA = 'ab'.repeat(32);

/** Of every row: who, when, from where. */
const OWNERS = {
  frame_id: '1',
  session_id: 's1',
  session_name: 'North',
  device_id: 'd1',
  device_name: 'Ann',
  received_at: '2026-11-21T20:05:35.080Z',
  received_at_ms: '1795291535080',
  source: 'perch',
};

/** A rule of docs/wire-protocol.md, section 8: stored frame (and row) in, cells beside {@link OWNERS} out. */
interface Rule {
  readonly rule: string;
  readonly data: JsonObject;
  readonly row?: Partial<ExportRow>;
  readonly cells: Record<string, string>;
}

const RULES: readonly Rule[] = [
  { rule: 'an empty frame has empty cells', data: {}, cells: {} },
  {
    rule: 'position in W3C names',
    data: {
      gps: {
        latitude: 47.61119999999999,
        longitude: -122.3246000000001,
        altitude: 12.5,
        accuracy: 5,
        altitudeAccuracy: 0,
        heading: 359.9,
        speed: 0.1,
      },
    },
    cells: {
      latitude_deg: '47.61119999999999',
      longitude_deg: '-122.3246000000001',
      altitude_m: '12.5',
      accuracy_m: '5',
      altitude_accuracy_m: '0',
      heading_deg: '359.9',
      speed_mps: '0.1',
    },
  },
  {
    rule: 'null is empty, and not in extra',
    data: { gps: { latitude: 1, longitude: 2, altitude: null, speed: null }, weather: null, photoBlob: null },
    cells: { latitude_deg: '1', longitude_deg: '2' },
  },
  {
    rule: 'orientation.absolute has no column',
    data: { orientation: { alpha: 0, beta: -179.5, gamma: -4.5, absolute: true } },
    cells: { alpha_deg: '0', beta_deg: '-179.5', gamma_deg: '-4.5', extra: '{"orientation":{"absolute":true}}' },
  },
  {
    rule: 'motion',
    data: {
      motion: {
        accelerationX: -0.1,
        accelerationY: 0.2,
        accelerationZ: 9.7,
        rotationAlpha: 1,
        rotationBeta: -2,
        rotationGamma: 3,
      },
    },
    cells: {
      acceleration_x_mps2: '-0.1',
      acceleration_y_mps2: '0.2',
      acceleration_z_mps2: '9.7',
      rotation_alpha_dps: '1',
      rotation_beta_dps: '-2',
      rotation_gamma_dps: '3',
    },
  },
  {
    rule: 'weather direct',
    data: { weather: { temperature: -11.4, windSpeed: 9.2, windDirection: 205, weatherCode: 61, cached: true } },
    cells: {
      temperature_c: '-11.4',
      wind_speed_kmh: '9.2',
      wind_direction_deg: '205',
      weather_code: '61',
      extra: '{"weather":{"cached":true}}',
    },
  },
  {
    rule: 'weather inside data',
    data: {
      weather: { data: { humidity: 81, precipitation: 0.1, cloudCover: 92, uv: 3 }, status: 'success', message: 'ok' },
    },
    cells: {
      humidity_pct: '81',
      precipitation_mm: '0.1',
      cloud_cover_pct: '92',
      extra: '{"weather":{"data":{"uv":3},"status":"success","message":"ok"}}',
    },
  },
  {
    rule: 'weather without data',
    data: { weather: { data: null, status: 'error' } },
    cells: { extra: '{"weather":{"status":"error"}}' },
  },
  {
    rule: 'what the phone detected and saw stays JSON, with all its members',
    data: { objectsDetected: [{ class: 'dog', score: 0.9, bbox: [1, 2, 3, 4] }], colorPalette: ['#fff'] },
    cells: {
      objects_detected: '[{"class":"dog","score":0.9,"bbox":[1,2,3,4]}]',
      color_palette: '["#fff"]',
    },
  },
  { rule: 'nothing detected', data: { objectsDetected: [] }, cells: { objects_detected: '[]' } },
  {
    rule: 'media by the name of their files',
    data: {
      photo: { sha256: SHA, bytes: 3, mime: 'image/jpeg' },
      audio: { sha256: 'cd'.repeat(32), bytes: 4, mime: 'audio/mp4' },
    },
    row: {
      media: [
        { sha256: 'cd'.repeat(32), extension: 'm4a' },
        { sha256: SHA, extension: 'jpg' },
      ],
    },
    cells: { photo: `media/${SHA}.jpg`, audio: `media/${'cd'.repeat(32)}.m4a` },
  },
  {
    rule: 'a photo whose file is not known stays in extra',
    data: { photo: { sha256: SHA, bytes: 3, mime: 'image/jpeg' } },
    cells: { extra: `{"photo":{"sha256":"${SHA}","bytes":3,"mime":"image/jpeg"}}` },
  },
  {
    rule: "the client's id and unknown fields land in extra; nulls and empty objects are dropped at any depth",
    data: {
      id: 'x1',
      tags: [null, { a: null, b: 1 }],
      deep: { none: { nil: null }, some: { x: 0, n: null } },
      off: false,
    },
    cells: { extra: '{"id":"x1","tags":[null,{"b":1}],"deep":{"some":{"x":0}},"off":false}' },
  },
  {
    rule: 'a value that is not what its column holds stays in extra',
    data: { gps: { latitude: 1, longitude: 2, speed: 'fast' }, text: 7 },
    cells: { latitude_deg: '1', longitude_deg: '2', extra: '{"gps":{"speed":"fast"},"text":7}' },
  },
  {
    rule: 'names that mean something to JavaScript are only names',
    data: JSON.parse('{"constructor":1,"__proto__":{"text":"x"}}') as JsonObject,
    cells: { extra: '{"constructor":1,"__proto__":{"text":"x"}}' },
  },
  {
    rule: 'times in UTC with milliseconds',
    data: { timestamp: '2026-11-21T21:05:35.007+01:00' },
    row: { capturedAtMs: 1_795_291_535_007, correctedAtMs: 1_795_291_535_000 },
    cells: {
      captured_at: '2026-11-21T20:05:35.007Z',
      captured_at_ms: '1795291535007',
      corrected_at_ms: '1795291535000',
    },
  },
  {
    rule: 'a time no calendar has is a number only',
    data: {},
    row: { capturedAtMs: 8e18 },
    cells: { captured_at_ms: '8000000000000000000' },
  },
  { rule: 'battery of the frame', data: { battery: 0.815 }, row: { batteryPct: 81.5 }, cells: { battery_pct: '81.5' } },
  { rule: 'battery of the last status', data: {}, row: { batteryPct: 80 }, cells: { battery_pct: '80' } },
  {
    rule: 'a battery out of range is not lost',
    data: { battery: 7 },
    row: { batteryPct: 80, flags: 'out_of_range:battery' },
    cells: { battery_pct: '80', flags: 'out_of_range:battery', extra: '{"battery":7}' },
  },
  {
    rule: 'flags joined',
    data: {},
    row: { flags: 'clock_skew;out_of_range:gps.heading' },
    cells: { flags: 'clock_skew;out_of_range:gps.heading' },
  },
  {
    rule: 'text and capture method',
    data: { text: 'found "it",\r\nat the ridge – 雪', captureMethod: 'live_streaming' },
    cells: { text: 'found "it",\r\nat the ridge – 雪', capture_method: 'live_streaming' },
  },
];

test.each(RULES)('$rule', async ({ data, row, cells }) => {
  expect(await cellsOf(data, row)).toEqual({ ...OWNERS, ...cells });
});

describe('formulas', () => {
  test.each(['=1+1', '+1', '-1+cmd', '@SUM(A1)', '\tx', '\rx', '-'])('text %j gets an apostrophe', async (text) => {
    expect(await cellsOf({ text })).toMatchObject({ text: `'${text}` });
  });

  test.each(['1-1', ' =1', "'=1", '\n=1', 'a@b', ''])('text %j does not', async (text) => {
    const [row] = readCsv(await csvOf([rowOf({ text })]));
    expect(row?.text).toBe(text);
  });

  test('every text cell is guarded', async () => {
    const row = { sessionId: '=s', sessionName: '=n', deviceId: '-d', deviceName: '+a', source: '@s', flags: '=f' };
    expect(await cellsOf({ captureMethod: '=c' }, row)).toMatchObject({
      session_id: "'=s",
      session_name: "'=n",
      device_id: "'-d",
      device_name: "'+a",
      source: "'@s",
      flags: "'=f",
      capture_method: "'=c",
    });
  });
});
