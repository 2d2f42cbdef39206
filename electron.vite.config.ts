import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { phoneWorker } from './scripts/phone-worker-plugin';

const here = import.meta.dirname;

export default defineConfig({
  main: {
    build: {
      sourcemap: true,
      rollupOptions: {
        input: { index: resolve(here, 'src/main/index.ts'), headless: resolve(here, 'src/main/headless.ts') },
      },
    },
  },
  preload: {
    build: {
      // A sandboxed preload is one CommonJS file: nothing may stay external but electron.
      externalizeDeps: false,
      rollupOptions: {
        input: { index: resolve(here, 'src/preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    // Pages are served at /join and /room by the hub and at app://perch/ by Electron: assets are always at /assets/.
    base: '/',
    build: {
      minify: true,
      rollupOptions: {
        input: {
          'control-room': resolve(here, 'src/renderer/control-room.html'),
          phone: resolve(here, 'src/renderer/phone.html'),
          'test-signaling': resolve(here, 'src/renderer/test-signaling.html'),
          sw: resolve(here, 'src/renderer/phone/worker/service-worker.ts'),
        },
        // A service worker is found at one address for ever.
        output: { entryFileNames: ({ name }) => (name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js') },
      },
    },
    plugins: [react(), phoneWorker()],
  },
});
