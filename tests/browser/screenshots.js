// Takes the pictures of the page in docs/page again, or into another folder:
//
//   node tests/browser/demo.js node tests/browser/screenshots.js [FOLDER]

import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Scene } from './scene.js';

const folder = process.argv[2] ?? fileURLToPath(new URL('../../docs/page', import.meta.url));

// Each picture, by the outcome that it shows: its sizes, and what leads to it.
const TELEPHONE = { width: 390, height: 1500 };
const DESK = { width: 1280, height: 1100 };
const PICTURES = {
  yes: [[TELEPHONE, DESK], async (reader, { yes }) => {
    await reader.opens(`/p/${yes}`);
    await reader.sees('#outcome', 'YES');
    await reader.page.waitForSelector('.photo img');
    await reader.page.waitForSelector('.qr img');
  }],
  refused: [[{ ...TELEPHONE, height: 820 }], async (reader, { server, yes }) => {
    server.lie = (path) => (path.includes('/evidence') ? { body: Buffer.from('{}') } : undefined);
    await reader.opens(`/p/${yes}`);
    await reader.sees('#outcome', 'COULD NOT CHECK');
    server.repent();
  }],
};

const scene = new Scene();
try {
  await scene.open();
  await mkdir(folder, { recursive: true });
  for (const [name, [sizes, reach]] of Object.entries(PICTURES)) {
    for (const size of sizes) {
      for (const scheme of ['light', 'dark']) {
        const reader = await scene.deceived({ scheme, ...size });
        await reach(reader, scene);
        const path = `${folder}/${name}-${size.width}-${scheme}.jpg`;
        await reader.page.screenshot({ path, type: 'jpeg', quality: 72 });
        await reader.leaves();
      }
    }
  }
} finally {
  await scene.close();
}
