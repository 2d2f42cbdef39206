import { defineConfig } from '@playwright/test';
import type { RoomHost } from './test/helpers/control-room';

export default defineConfig<object, { roomHost: RoomHost }>({
  testDir: 'test/e2e',
  outputDir: 'test-results/e2e',
  globalSetup: './test/e2e/global-setup.ts',
  // One hub, one window, two cores: tests side by side would only measure each other.
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
  projects: [
    { name: 'desktop', testDir: 'test/e2e/desktop' },
    { name: 'control-room-desktop', testDir: 'test/e2e/control-room', use: { roomHost: 'desktop' } },
    { name: 'control-room-browser', testDir: 'test/e2e/control-room', use: { roomHost: 'browser' } },
    { name: 'field', testDir: 'test/e2e/field' },
  ],
});
