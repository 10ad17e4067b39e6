// Ed25519 (RFC 8032): which keys are accepted, and verification where the platform has none
// (docs/protocol.md, section 1). Slow and not of constant time, which verifying need not be.

const P = 2n ** 255n - 19n;
const L = 2n ** 252n + 27742317777372353535851937790883648493n;

const mod = (a) => ((a % P) + P) % P;

function power(base, exponent) {
  let result = 1n;
  for (let b = base; exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) result = (result * b) % P;
    b = (b * b) % P;
  }
  return result;
}

const D = mod(-121665n * power(121666n, P - 2n));
const ROOT_OF_MINUS_ONE = power(2n, (P - 1n) / 4n);
const NEUTRAL = [0n, 1n, 1n, 0n];

function littleEndian(bytes) {
  let value = 0n;
  for (let i = bytes.length - 1; i >= 0; i -= 1) value = (value << 8n) | BigInt(bytes[i]);
  return value;
}

// Extended coordinates [X, Y, Z, T]; undefined where the encoding is not canonical or no point.
function decodePoint(bytes) {
  const encoded = littleEndian(bytes);
  const y = encoded & (2n ** 255n - 1n);
  const sign = encoded >> 255n;
  if (y >= P) return undefined;
  const u = mod(y * y - 1n);
  const v = mod(D * y * y + 1n);
  let x = mod(u * power(v, 3n) * power(mod(u * power(v, 7n)), (P - 5n) / 8n));
  if (mod(v * x * x) === mod(-u)) x = mod(x * ROOT_OF_MINUS_ONE);
  if (mod(v * x * x) !== u) return undefined;
  if (x === 0n && sign === 1n) return undefined;
  if ((x & 1n) !== sign) x = P - x;
  return [x, y, 1n, mod(x * y)];
}

function encodePoint([x, y, z]) {
  const inverse = power(z, P - 2n);
  let encoded = mod(y * inverse) | ((mod(x * inverse) & 1n) << 255n);
  return Uint8Array.from({ length: 32 }, () => {
    const byte = Number(encoded & 255n);
    encoded >>= 8n;
    return byte;
  });
}

function add([x1, y1, z1, t1], [x2, y2, z2, t2]) {
  const a = mod((y1 - x1) * (y2 - x2));
  const b = mod((y1 + x1) * (y2 + x2));
  const c = mod(2n * D * t1 * t2);
  const d = mod(2n * z1 * z2);
  const [e, f, g, h] = [b - a, d - c, d + c, b + a];
  return [mod(e * f), mod(g * h), mod(f * g), mod(e * h)];
}

// [s]base + [k]point, both scalars bit by bit together.
function addMultiples(s, base, k, point) {
  const both = add(base, point);
  let sum = NEUTRAL;
  for (let bit = 255n; bit >= 0n; bit -= 1n) {
    sum = add(sum, sum);
    const choice = ((s >> bit) & 1n) * 2n + ((k >> bit) & 1n);
    if (choice > 0n) sum = add(sum, choice === 3n ? both : choice === 2n ? base : point);
  }
  return sum;
}

const BASE_Y = mod(4n * power(5n, P - 2n));
const BASE = decodePoint(
  Uint8Array.from({ length: 32 }, (_, i) => Number((BASE_Y >> BigInt(8 * i)) & 255n)),
);

/** What is wrong with a public key of 32 bytes: undefined, 'key_encoding' or 'key_point'. */
export function ed25519KeyFault(bytes) {
  if (bytes.length !== 32 || (littleEndian(bytes) & (2n ** 255n - 1n)) >= P) return 'key_encoding';
  let point = decodePoint(bytes);
  if (!point) return 'key_point';
  for (let i = 0; i < 3; i += 1) point = add(point, point);
  return point[0] === 0n && point[1] === point[2] ? 'key_point' : undefined;
}

/** Whether a signature is 64 bytes with S < L. */
export function ed25519SignatureFits(signature) {
  return signature.length === 64 && littleEndian(signature.subarray(32)) < L;
}

/**
 * Verifies without the cofactor: the encoding of [S]B - [k]A is R, byte by byte.
 * @param {Uint8Array} hash SHA-512 of R, key and message.
 */
export function ed25519Verify(key, signature, hash) {
  const point = decodePoint(key);
  if (!point || !ed25519SignatureFits(signature)) return false;
  const [x, y, z, t] = point;
  const s = littleEndian(signature.subarray(32));
  const k = littleEndian(hash) % L;
  const found = encodePoint(addMultiples(s, BASE, k, [mod(-x), y, z, mod(-t)]));
  return found.every((byte, i) => byte === signature[i]);
}
