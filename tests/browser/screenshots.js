// Takes the pictures of the page in docs/page again, or into another folder:
//
//   node tests/browser/demo.js node tests/browser/screenshots.js [FOLDER]

import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Browser } from './browser.js';
import { openDemo } from './demo.js';
import { HostileServer } from './hostile_server.js';

const folder = process.argv[2] ?? fileURLToPath(new URL('../../docs/page', import.meta.url));

// Each picture, by the outcome that it shows: its sizes, and what leads to it.
const TELEPHONE = { width: 390, height: 1500 };
const DESK = { width: 1280, height: 1100 };
const PICTURES = {
  yes: [[TELEPHONE, DESK], async (reader, { cases }) => {
    await reader.opens(`/p/${cases['everything is in order'].number}`);
    await reader.sees('#outcome', 'YES');
    await reader.page.waitForSelector('.photo img');
    await reader.page.waitForSelector('.qr img');
  }],
  refused: [[{ ...TELEPHONE, height: 820 }], async (reader, { cases }, server) => {
    server.lie = (path) => (path.includes('/evidence') ? { body: Buffer.from('{}') } : undefined);
    await reader.opens(`/p/${cases['everything is in order'].number}`);
    await reader.sees('#outcome', 'COULD NOT CHECK');
    server.repent();
  }],
};

const demo = await openDemo();
const browser = await Browser.open();
const server = await HostileServer.open(demo);
try {
  await mkdir(folder, { recursive: true });
  for (const [name, [sizes, reach]] of Object.entries(PICTURES)) {
    for (const size of sizes) {
      for (const scheme of ['light', 'dark']) {
        const reader = await browser.reader({ base: server.base, scheme, ...size });
        await reach(reader, demo, server);
        const path = `${folder}/${name}-${size.width}-${scheme}.jpg`;
        await reader.page.screenshot({ path, type: 'jpeg', quality: 72 });
        await reader.leaves();
      }
    }
  }
} finally {
  await browser.close();
  await server.close();
  await demo.stop();
}
