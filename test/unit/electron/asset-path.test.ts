import { expect, test } from 'vitest';
import { findAsset } from '../../../src/main/electron/asset-path';

test.each([
  ['/room', '/app/control-room.html', 'text/html; charset=utf-8'],
  ['/assets/main-1.js', '/app/assets/main-1.js', 'text/javascript; charset=utf-8'],
  ['/assets/fonts/inter.woff2', '/app/assets/fonts/inter.woff2', 'font/woff2'],
  ['/assets/a%20b.css', '/app/assets/a b.css', 'text/css; charset=utf-8'],
])('%s is served', (pathname, path, contentType) => {
  expect(findAsset('/app', pathname)).toEqual({ path, contentType });
});

test.each([
  '/',
  '/control-room.html',
  '/phone.html',
  '/assets',
  '/assets/',
  '/assets/../control-room.html',
  '/assets/%2e%2e/%2e%2e/etc/shadow.json',
  '/assets/..%2f..%2fetc%2fsecret.json',
  '/assets/%5c..%5csecret.json',
  '/assets/%00.js',
  '/assets/%zz.js',
  '/assets/main-1.js.map',
  '/assetsX/a.js',
])('%s is not', (pathname) => {
  expect(findAsset('/app', pathname)).toBeNull();
});
