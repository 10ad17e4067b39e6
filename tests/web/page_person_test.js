// Who the page says a practitioner is: what was withheld or does not hold yet names nobody.

import assert from 'node:assert/strict';
import { webcrypto } from 'node:crypto';
import test from 'node:test';
import { Language } from '../../web/language.js';
import { legView } from '../../web/leg_view.js';
import { photoView } from '../../web/paper_view.js';
import { personOf } from '../../web/person.js';
import { Names } from '../../web/reason_text.js';
import { recordView } from '../../web/record_view.js';
import cy from '../../web/texts/cy.js';
import en from '../../web/texts/en.js';
import { parseDay } from '../../web/verify/day.js';
import { checkFile } from '../../web/verify/verify.js';
import { installDocument } from './page_document.js';
import { INSURANCE, makeWorld, NOW_MS, QUESTION, TRAINING } from './world.js';

globalThis.crypto ??= webcrypto;
installDocument();

const language = new Language('en', en);
const LANGUAGES = [language, new Language('cy', cy)];
const NUMBER = BigInt(QUESTION.practitioner);
const PHOTO = { sha256: 'ab'.repeat(32), type: 'image/jpeg' };
const OTHER_PHOTO = { sha256: 'cd'.repeat(32), type: 'image/jpeg' };

// A world in which Ada's details were amended: [from, slots] each.
function amended(...amendments) {
  const world = makeWorld();
  for (const [from, slots] of amendments) {
    world.register.log('practitioner-amended', {
      by: world.clinic, sub: QUESTION.practitioner, claims: { from }, slots,
    });
  }
  return world;
}

// What a test calls the value of a disclosure: a text itself, a paper by its digest.
function calledIn(entry, disclosure) {
  const value = JSON.parse(Buffer.from(disclosure, 'base64url'))[2];
  if (!Array.isArray(value)) return value.sha256 ?? value;
  const slots = Object.keys(entry.payload.personal);
  return slots[entry.disclosures.indexOf(disclosure)].replace('_', ' ');
}

// The answer about Ada, where the server leaves out what discloses these values.
async function answerOf({ register }, withheld = []) {
  for (const entry of register.entries) {
    entry.disclosures = entry.disclosures.filter((each) =>
      !withheld.includes(calledIn(entry, each)));
  }
  const file = register.file(QUESTION, register.head({ timeMs: NOW_MS }));
  const answer = await checkFile({ trust: register.trust(), file, nowMs: NOW_MS });
  assert.ok(answer.ok, `${answer.reason} ${answer.message}`);
  assert.equal(answer.verdict.outcome, 'YES');
  return answer;
}
const person = ({ subjects }, on = QUESTION.on) => personOf(subjects, NUMBER, parseDay(on));

function registrationText(answer, said = language) {
  const { legs } = answer.verdict;
  const context = {
    language: said, names: new Names(answer.subjects), question: answer.question,
    person: person(answer),
  };
  return legView(context, legs.find((leg) => leg.name === 'REGISTRATION'), legs).textContent;
}

test('the newest name, town and photograph in force are those of the person', async () => {
  const world = amended(
    ['2024-02-01', { name: 'Ada Renamed', photo: PHOTO }],
    ['2024-03-01', { name: 'Ada Again' }]);
  const answer = await answerOf(world);
  const found = person(answer);
  assert.deepEqual([found.name, found.town], ['Ada Again', 'Exampleham']);
  assert.deepEqual(found.photo, PHOTO);
  assert.deepEqual(found.withheld, []);
  assert.deepEqual(found.earlier.sort(), ['Ada Example', 'Ada Renamed']);
  assert.doesNotMatch(registrationText(answer), /not shown/);
});

test('a name that is withheld is not answered with the former one', async () => {
  const world = amended(['2024-02-01', { name: 'Ada Renamed' }]);
  const answer = await answerOf(world, ['Ada Renamed']);
  const found = person(answer);
  assert.equal(found.name, undefined);
  assert.deepEqual(found.withheld, ['name']);
  assert.equal(found.town, 'Exampleham');
  for (const said of LANGUAGES) {
    assert.ok(registrationText(answer, said).includes(said.say('person.withheld_name')));
  }
  assert.match(registrationText(answer), /name.* is filed, but not shown to you/);
});

test('the name withheld of an amendment not in force takes nothing away', async () => {
  const world = amended(['2030-01-01', { name: 'Ada Tomorrow' }]);
  const found = person(await answerOf(world, ['Ada Tomorrow']));
  assert.equal(found.name, 'Ada Example');
  assert.deepEqual(found.withheld, []);
});

test('a town that is withheld is not answered with the former one', async () => {
  const world = amended(['2024-02-01', { town: 'Newexample' }]);
  const answer = await answerOf(world, ['Newexample']);
  assert.equal(person(answer).town, undefined);
  assert.deepEqual(person(answer).withheld, ['town']);
  assert.match(registrationText(answer), /town is filed, but not shown to you/);
});

test('a photograph that is withheld is neither the former one nor none', async () => {
  const world = amended(['2024-02-01', { photo: PHOTO }], ['2024-03-01', { photo: OTHER_PHOTO }]);
  const answer = await answerOf(world, [OTHER_PHOTO.sha256]);
  const found = person(answer);
  assert.equal(found.photo, undefined);
  assert.deepEqual(found.withheld, ['photo']);
  for (const said of LANGUAGES) {
    for (const offline of [true, false]) {
      const { textContent } = photoView({ language: said, offline }, found);
      assert.ok(textContent.includes(said.say('person.photo_withheld')));
      assert.ok(!textContent.includes(said.say('person.photo_none')));
    }
  }
  assert.match(registrationText(answer), /photograph is filed, but not shown to you/);
});

test('without a photograph the page says that none is filed', async () => {
  const { textContent } = photoView({ language }, person(await answerOf(makeWorld())));
  assert.ok(textContent.includes(en['person.photo_none']));
});

test('a name that is not in force yet is no earlier name', async () => {
  const world = amended(
    ['2024-02-01', { name: 'Ada Renamed' }], ['2030-01-01', { name: 'Ada Tomorrow' }]);
  const answer = await answerOf(world);
  assert.deepEqual(person(answer).earlier, ['Ada Example']);
  assert.deepEqual(person(answer, '2030-01-01').earlier.sort(), ['Ada Example', 'Ada Renamed']);
  assert.deepEqual(person(answer, '2024-01-20').earlier, []);
});

test('a name that holds no longer is an earlier one', async () => {
  const world = amended();
  const { register } = world;
  const { id } = register.log('practitioner-amended', {
    by: world.clinic, sub: QUESTION.practitioner, claims: { from: '2024-02-01' },
    slots: { name: 'Ada Renamed' },
  });
  register.log('withdrawal', {
    by: world.clinic, sub: QUESTION.practitioner,
    claims: { target: id, reason: 'other', from: '2024-03-01' },
  });
  const found = person(await answerOf(world));
  assert.equal(found.name, 'Ada Example');
  assert.deepEqual(found.earlier, ['Ada Renamed']);
});

// What the page shows of a certificate with these slots.
async function certificateText(slots, withheld, said = language) {
  const world = makeWorld({ papers: false });
  const { register } = world;
  register.log('training', { by: world.body, sub: QUESTION.practitioner, claims: TRAINING, slots });
  register.log('insurance', { by: world.insurer, sub: QUESTION.practitioner, claims: INSURANCE });
  const { verdict, subjects } = await answerOf(world, withheld);
  const { restsOn } = verdict.legs.find((leg) => leg.name === 'TRAINING');
  const record = restsOn.find(({ event }) => event.type === 'training');
  return recordView({ language: said, names: new Names(subjects) }, record).textContent;
}

test('the name on a paper is shown, said to be withheld, or not there', async () => {
  const slots = { name_on_paper: 'Ada Example', certificate_number: 'EX-3' };
  assert.match(await certificateText(slots), /Name on the paper Ada Example/);
  for (const said of LANGUAGES) {
    const row = `${said.say('record.name_on_paper')} ${said.say('record.withheld')} `;
    const text = await certificateText(slots, ['Ada Example'], said);
    assert.ok(text.includes(row), text);
  }
  const without = await certificateText({ certificate_number: 'EX-3' });
  assert.doesNotMatch(without, /Name on the paper|not disclosed/);
});

test('public papers are shown, or said to be withheld', async () => {
  const slots = { public_papers: [PHOTO, OTHER_PHOTO] };
  assert.match(await certificateText(slots), /Papers .*1 \(JPG\).*2 \(JPG\)/);
  assert.match(await certificateText(slots, ['public papers']), /Papers not disclosed/);
});

test('a slot that is not for everybody is not said to be withheld', async () => {
  const slots = { certificate_number: 'EX-3', papers: [PHOTO] };
  const text = await certificateText(slots, ['EX-3', 'papers']);
  assert.doesNotMatch(text, /EX-3|not disclosed|Papers/);
});
