// The second verifier on the command line, for Node: checks evidence files without the register.
//
//   node web/verify/cli.js check --trust FILE EVIDENCE_FILE [--now-ms N] [--json]
//   node web/verify/cli.js batch   lines of {"trust", "file" (base64), "now_ms", "saved"} on stdin
//
// Exit codes of check: 0 yes, 1 no, 2 cannot say, 3 could not check, 64 usage.

import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fromBase64 } from './base64.js';
import { Refusal } from './refusal.js';
import { formatRegistrationNumber } from './registration_number.js';
import { verdictJson } from './verdict_json.js';
import { checkFile } from './verify.js';

const EXIT = { YES: 0, NO: 1, CANNOT_SAY: 2 };
const COULD_NOT_CHECK = 3;
const USAGE = 64;
const USAGE_TEXT =
  'usage: cli.js check --trust FILE EVIDENCE_FILE [--now-ms N] [--json]\n       cli.js batch\n';

const jsonOf = (answer) =>
  answer.ok
    ? { ok: true, verdict: verdictJson(answer.verdict) }
    : { ok: false, reason: answer.reason };

function print({ verdict, question, steps }) {
  const number = formatRegistrationNumber(question.practitioner);
  console.log(`${verdict.outcome.replace('_', ' ')}: ${number}, ${question.treatment}`);
  for (const { name, outcome, reasons } of verdict.legs) {
    const why = reasons.map(({ code, detail }) => (detail ? `${code} (${detail})` : code));
    const said = `${outcome.replace('_', ' ')} ${why.join(', ')}`;
    console.log(`  ${name.toLowerCase()}: ${said.trimEnd()}`);
  }
  for (const { code, detail } of verdict.warnings) console.log(`  warning: ${code} ${detail}`);
  if (verdict.holdsUntil) console.log(`  holds until ${verdict.holdsUntil}`);
  console.log(`  as of ${verdict.asOf}, head of ${steps.origin} at size ${steps.treeSize}`);
}

function readArguments(words) {
  const given = { nowMs: String(Date.now()), json: false, files: [] };
  for (let i = 0; i < words.length; i += 1) {
    if (words[i] === '--json') given.json = true;
    else if (words[i] === '--trust') given.trust = words[(i += 1)];
    else if (words[i] === '--now-ms') given.nowMs = words[(i += 1)];
    else if (words[i].startsWith('-')) return undefined;
    else given.files.push(words[i]);
  }
  const complete = given.trust !== undefined && /^[0-9]{1,16}$/.test(given.nowMs ?? '');
  return complete && given.files.length === 1 ? given : undefined;
}

async function check(words) {
  const given = readArguments(words);
  if (!given) {
    process.stderr.write(USAGE_TEXT);
    return USAGE;
  }
  let answer;
  try {
    const [trust, file] = [given.trust, given.files[0]].map((path) => readFileSync(path));
    answer = await checkFile({ trust, file, nowMs: BigInt(given.nowMs) });
  } catch (error) {
    answer = { ok: false, reason: 'file', message: error.message, where: '' };
  }
  if (given.json) console.log(JSON.stringify(jsonOf(answer)));
  else if (answer.ok) print(answer);
  else console.log(`COULD NOT CHECK: ${answer.reason}: ${answer.message} (${answer.where})`);
  return answer.ok ? EXIT[answer.verdict.outcome] : COULD_NOT_CHECK;
}

async function answerLine(line) {
  try {
    const { trust, file, now_ms: nowMs, saved } = JSON.parse(line);
    return jsonOf(await checkFile({ trust, file: fromBase64(file), nowMs, saved }));
  } catch (error) {
    return { ok: false, reason: error instanceof Refusal ? error.reason : 'line' };
  }
}

async function batch() {
  for await (const line of createInterface({ input: process.stdin })) {
    if (line !== '') console.log(JSON.stringify(await answerLine(line)));
  }
  return 0;
}

const [command, ...words] = process.argv.slice(2);
if (command === 'check') process.exitCode = await check(words);
else if (command === 'batch') process.exitCode = await batch();
else {
  process.stderr.write(USAGE_TEXT);
  process.exitCode = USAGE;
}
