// What a server without the register's keys could make of evidence, in the form of
// docs/protocol.md, section 7.

const decoded = (base64) => Buffer.from(base64, 'base64');

/** Base64 with one bit of the byte at a place turned over; a negative one counts from the end. */
export function flipped(base64, at = 0) {
  const bytes = decoded(base64);
  bytes[at < 0 ? bytes.length + at : at] ^= 1;
  return bytes.toString('base64');
}

/** An evidence file with its parts changed by `change`. */
export function edited(body, change) {
  const file = JSON.parse(body);
  change(file);
  return Buffer.from(JSON.stringify(file));
}

/** A file with the character at a share of its length replaced by another one. */
export function oneByteChanged(body, share) {
  const bytes = Buffer.from(body);
  const at = Math.floor(bytes.length * share);
  bytes[at] = bytes[at] === 0x41 ? 0x42 : 0x41;
  return bytes;
}

const numberOf = ({ number = '0' }) => number;

/** The subject of a file that its question is about. */
export function asked({ question, evidence }) {
  return evidence.subjects.find((each) => numberOf(each) === question.practitioner);
}

// The entries of a subject: each {frame, type, token}, with the length before it in its frame.
function entriesOf({ entries }) {
  const bytes = decoded(entries);
  const found = [];
  for (let at = 0; at < bytes.length; at += 2 + bytes.readUInt16BE(at)) {
    const frame = bytes.subarray(at, at + 2 + bytes.readUInt16BE(at));
    const token = /eyJ[\w-]+\.[\w-]+\.[\w-]+$/.exec(frame.toString('latin1'))[0];
    const [, payload] = token.split('.');
    const { vct } = JSON.parse(Buffer.from(payload, 'base64url'));
    found.push({ frame, token, type: vct.split(':')[2] });
  }
  return found;
}

/** Leaves out the entries of a type; how many those were. */
export function hide(subject, type) {
  const all = entriesOf(subject);
  const left = all.filter((entry) => entry.type !== type);
  subject.entries = Buffer.concat(left.map(({ frame }) => frame)).toString('base64');
  return all.length - left.length;
}

/** Changes the claims of the entries of a type by `change`, which must not change their length. */
export function rewrite(subject, type, change) {
  const frames = entriesOf(subject).map(({ frame, token, type: own }) => {
    if (own !== type) return frame;
    const [header, payload, signature] = token.split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url'));
    change(claims);
    const changed = Buffer.from(JSON.stringify(claims)).toString('base64url');
    const head = frame.subarray(0, frame.length - token.length);
    return Buffer.concat([head, Buffer.from(`${header}.${changed}.${signature}`)]);
  });
  subject.entries = Buffer.concat(frames).toString('base64');
}
