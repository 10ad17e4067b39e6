// Where this page came from, and what came with it: `site.json` says where the register's API is,
// `trust.json` holds the anchors (docs/protocol.md, section 12). Every address is relative to this
// file, so that any host may serve the page in any folder.

import { readTrust } from './verify/trust.js';

const ROOT = new URL('./', import.meta.url);

async function readFile(name) {
  const response = await fetch(new URL(name, ROOT), { cache: 'no-cache' });
  if (!response.ok) throw new Error(`${name}: HTTP ${response.status}`);
  return response.text();
}

async function apiBase() {
  try {
    const { api } = JSON.parse(await readFile('site.json'));
    return new URL(api.endsWith('/') ? api : `${api}/`, ROOT);
  } catch {
    // Without the file the API is where the page is.
    return ROOT;
  }
}

async function anchors() {
  try {
    const trust = await readFile('trust.json');
    return { trust, anchors: readTrust(trust) };
  } catch (error) {
    return { fault: error.message };
  }
}

/** The site: {root, api: URL, trust (text), anchors (as readTrust)}, or `fault` without anchors. */
export async function loadSite() {
  const [api, trusted] = await Promise.all([apiBase(), anchors()]);
  return { root: ROOT, api, ...trusted };
}
