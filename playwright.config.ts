import { defineConfig } from '@playwright/test';
import type { RoomHost } from './test/helpers/control-room';

/** Specs in which browsers encode and decode live video. */
const VIDEO = /(plain-webrtc|pulled-screens|recordings|share-hostile|share-life|shares|signaling)\.spec\.ts$/;

export default defineConfig<object, { roomHost: RoomHost }>({
  testDir: 'test/e2e',
  outputDir: 'test-results/e2e',
  globalSetup: './test/e2e/global-setup.ts',
  // Most tests wait more than they work: two files at a time, but never two that encode video.
  workers: 2,
  // What passes only at the second try is told as flaky; a machine that others use must not decide what lands.
  retries: process.env.CI ? 1 : 0,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
  projects: [
    { name: 'desktop', testDir: 'test/e2e/desktop' },
    { name: 'control-room-desktop', testDir: 'test/e2e/control-room', use: { roomHost: 'desktop' } },
    { name: 'control-room-browser', testDir: 'test/e2e/control-room', use: { roomHost: 'browser' } },
    { name: 'video', testDir: 'test/e2e/field', testMatch: VIDEO, workers: 1 },
    { name: 'field', testDir: 'test/e2e/field', testIgnore: VIDEO },
  ],
});
