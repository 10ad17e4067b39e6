// The treatments that have rules, as a hint for the form: the schemes that subject 0 lists
// (docs/protocol.md, section 4). What is asked is then proven by the evidence.

import { fromBase64, fromBase64Url } from './verify/base64.js';
import { fromUtf8 } from './verify/bytes.js';
import { readEventEntry, readFrames } from './verify/entry.js';

const MAX_PAGES = 80;
const MAX_ENTRIES = 250;

function claimsOf(bytes) {
  const token = fromUtf8(readEventEntry(bytes).token, 'json_utf8');
  return JSON.parse(fromUtf8(fromBase64Url(token.split('.')[1]), 'json_utf8'));
}

/**
 * The schemes of a register: [{treatment, territory}], in the order of the log.
 * @throws {ApiFault|Refusal}
 */
export async function listSchemes(api) {
  const found = [];
  let pageToken = '';
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const { evidence, nextPageToken = '' } = await api.subject(0n, pageToken);
    for (const { entries = '' } of evidence?.subjects ?? []) {
      for (const { vct, treatment, territory } of readFrames(fromBase64(entries), MAX_ENTRIES)
        .map(claimsOf)) {
        if (vct === 'urn:bonafide:scheme:v1') found.push({ treatment, territory });
      }
    }
    if (nextPageToken === '') break;
    pageToken = nextPageToken;
  }
  return found;
}
