// Every case of docs/verdict.md, asked with real signatures and proofs.

import assert from 'node:assert/strict';
import test from 'node:test';
import { CaseWorld, readCases } from './case_table.js';
import { checkFile } from '../../web/verify/verify.js';

const told = (reasons) =>
  reasons.map(({ code, detail }) => (detail ? `${code} (${detail})` : code)).join(', ');
const spoken = (outcome) => outcome.replace('_', ' ');

function besides({ scheme, schemeVersionFrom, updateNeeded, legs }) {
  if (updateNeeded) return 'besides update_needed';
  if (scheme === undefined) return 'besides no_scheme';
  const none = legs.some(({ reasons }) => reasons.some(({ code }) => code === 'no_rules_on_day'));
  return none && schemeVersionFrom === '' ? 'besides no_rules_on_day' : undefined;
}

// The lines of the page for a verdict; the last two are written only where the case is about them.
function lines(verdict, expected) {
  const { outcome, holdsUntil, legs, warnings, negatives, conditions, weakestGrade } = verdict;
  const until = holdsUntil ? ` until ${holdsUntil}` : '';
  const found = [`**${spoken(outcome)}${until}**`];
  for (const leg of legs.filter((each) => each.decides && each.outcome !== 'YES')) {
    const why = told(leg.reasons).replace('(rqf ', '(RQF ').replace('(own ', '(OWN ');
    found.push(`because ${leg.name.toLowerCase()} is ${spoken(leg.outcome)}: ${why}`);
  }
  if (warnings.length > 0) found.push(`warned ${told(warnings)}`);
  if (negatives.length > 0) found.push(`shown ${told(negatives)}`);
  for (const condition of conditions) found.push(`condition ${told([condition])}`);
  found.push(besides(verdict));
  if (expected.some((line) => line.startsWith('weakest'))) found.push(`weakest ${weakestGrade}`);
  if (expected.some((line) => line.startsWith('informed'))) {
    const leg = legs.find((each) => !each.decides);
    const why = leg.reasons.length > 0 ? `: ${told(leg.reasons)}` : '';
    found.push(`informed ${leg.name.toLowerCase()} is ${spoken(leg.outcome)}${why}`);
  }
  return found.filter((line) => line !== undefined).sort();
}

const cases = readCases();
test('the page has its cases', () => assert.ok(cases.length > 150, `${cases.length} cases`));

for (const { name, filed, asked, answer } of cases) {
  test(name, async () => {
    const world = new CaseWorld(filed);
    for (const entry of world.register.entries) entry.unknown = entry.type === 'teleportation';
    const question = world.question(asked);
    const { register } = world;
    const nowMs = Math.max(register.clockMs, question.knownAtMs) + 1000;
    const head = register.head({ timeMs: nowMs });
    const file = register.file(question, head);
    const found = await checkFile({ trust: register.trust(), file, nowMs });
    assert.ok(found.ok, `${found.reason}: ${found.message} (${found.where})`);
    assert.deepEqual(lines(found.verdict, answer), [...answer].sort());
  });
}
