// Signatures of the two algorithms (docs/protocol.md, section 1), by WebCrypto.

import { concat } from './bytes.js';
import { ed25519SignatureFits, ed25519Verify } from './ed25519.js';

const N = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const P = 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n;
const B = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn;

const bigEndian = (bytes) => bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);

/** Whether two coordinates of 32 bytes are a point of P-256. */
export function isP256Point(xBytes, yBytes) {
  const [x, y] = [bigEndian(xBytes), bigEndian(yBytes)];
  return x < P && y < P && (y * y - x * x * x + 3n * x - B) % P === 0n;
}

let platform;

// Node 18 may lack the global; a browser never gets to the import.
function webCrypto() {
  platform ??= globalThis.crypto?.subtle
    ? Promise.resolve(globalThis.crypto.subtle)
    : import('node:crypto').then((module) => module.webcrypto.subtle);
  return platform;
}

// A key signs many events, and importing it costs as much as verifying.
const imports = new WeakMap();

function imported(subtle, key, raw, algorithm) {
  if (!imports.has(key)) {
    imports.set(key, subtle.importKey('raw', raw, algorithm, false, ['verify']));
  }
  return imports.get(key);
}

async function es256(subtle, key, message, signature) {
  const r = bigEndian(signature.subarray(0, 32));
  const s = bigEndian(signature.subarray(32));
  if (r === 0n || s === 0n || r >= N || s >= N) return false;
  const raw = concat(Uint8Array.of(4), key.x, key.y);
  const handle = await imported(subtle, key, raw, { name: 'ECDSA', namedCurve: 'P-256' });
  return subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, handle, signature, message);
}

async function ed25519(subtle, key, message, signature) {
  if (!ed25519SignatureFits(signature)) return false;
  let handle;
  try {
    handle = await imported(subtle, key, key.x, { name: 'Ed25519' });
  } catch {
    return ed25519Own(subtle, key, message, signature);
  }
  return subtle.verify({ name: 'Ed25519' }, handle, signature, message);
}

async function ed25519Own(subtle, key, message, signature) {
  const input = concat(signature.subarray(0, 32), key.x, message);
  const hash = new Uint8Array(await subtle.digest('SHA-512', input));
  return ed25519Verify(key.x, signature, hash);
}

/**
 * Whether a signature of 64 bytes is one of the key's over the message. Never rejects.
 * @param {{alg: string, x: Uint8Array, y?: Uint8Array}} key
 * @param {{ownEd25519?: boolean}} how `ownEd25519`: without the platform's Ed25519.
 */
export async function verifySignature(key, message, signature, how = {}) {
  if (signature.length !== 64) return false;
  const subtle = await webCrypto();
  try {
    if (key.alg === 'ES256') return await es256(subtle, key, message, signature);
    const check = how.ownEd25519 ? ed25519Own : ed25519;
    return await check(subtle, key, message, signature);
  } catch {
    return false;
  }
}
