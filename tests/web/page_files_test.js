// The files of the page: all modules that a first answer needs are preloaded, nothing is inline or
// foreign, nothing is large.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { gzipSync } from 'node:zlib';

const WEB = new URL('../../web/', import.meta.url);
const read = (url) => readFileSync(url, 'utf8');
const html = read(new URL('index.html', WEB));

// The modules that a module imports, directly and through others.
function modulesOf(url, found = new Set()) {
  if (found.has(url.href)) return found;
  found.add(url.href);
  for (const [, path] of read(url).matchAll(/^(?:import|export) [^;]*?from '(\.[^']+)';$/gms)) {
    modulesOf(new URL(path, url), found);
  }
  return found;
}
const modules = [...modulesOf(new URL('page.js', WEB))].map((href) => href.slice(WEB.href.length));
// Those that wait until somebody needs them.
const later = modules.flatMap((path) =>
  [...read(new URL(path, WEB)).matchAll(/\bimport\('\.\/([^']+)'\)/g)].map(([, name]) => name));

test('index.html preloads every module, so that none waits for another', () => {
  const links = html.matchAll(/<link rel="modulepreload" href="([^"]+)">/g);
  const preloaded = [...links].map(([, path]) => path);
  assert.deepEqual(preloaded, modules.filter((path) => path !== 'page.js').sort());
});

test('no inline script or style, no foreign address, no address from the root', () => {
  assert.doesNotMatch(html, /<style|style=|<script(?![^>]* src=)|\son[a-z]+=/i);
  for (const [, path] of html.matchAll(/(?:href|src)="([^"]*)"/g)) {
    assert.doesNotMatch(path, /^(\/|[a-z]+:)/);
  }
  for (const css of ['style.css', 'print.css']) {
    assert.doesNotMatch(read(new URL(css, WEB)), /url\(|@import/);
  }
  assert.deepEqual(later.sort(), ['consistency.js', 'search_view.js']);
  for (const path of [...modules, ...later]) {
    const source = read(new URL(path, WEB));
    assert.doesNotMatch(source, /innerHTML|outerHTML|insertAdjacentHTML|\beval\(/, path);
  }
});

test('nothing is stored but the last head', () => {
  const stores = /localStorage|sessionStorage|indexedDB|document\.cookie|caches\./;
  const storing = modules.filter((path) => stores.test(read(new URL(path, WEB))));
  assert.deepEqual(storing, ['page.js']);
});

// What travels: file by file, as a server compresses them.
test('the page with its verifier is under 150 kB', () => {
  const files = ['index.html', 'style.css', 'print.css', 'icon.svg', 'texts/en.js', ...modules];
  const sizes = files.map((path) => gzipSync(readFileSync(new URL(path, WEB))).length);
  const sizeBytes = sizes.reduce((sum, size) => sum + size, 0);
  assert.ok(sizeBytes < 150000, `${sizeBytes} bytes`);
});
