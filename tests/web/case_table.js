// The table of cases in docs/verdict.md, read as it is written there: each row becomes a register,
// a question and the answer that the page promises.

import { readFileSync } from 'node:fs';
import { clausesOf, Filings, take } from './case_filings.js';
import { Register } from './issuer.js';

const PAGE = new URL('../../docs/verdict.md', import.meta.url);

// What a filing is called where it is given no name.
const LABELS = {
  training: 'T', insurance: 'P', sanction: 'S', link: 'L', affiliation: 'W', dispute: 'D',
};

/** The rows of the table: {name, filed, asked, answer}. */
export function readCases() {
  const page = readFileSync(PAGE, 'utf8');
  const table = page.slice(page.indexOf('<!-- cases -->'), page.indexOf('<!-- end of cases -->'));
  const rows = table.split('\n').filter((line) => line.startsWith('| '));
  return rows
    .map((row) => row.slice(2, -2).split(' | ').map((cell) => cell.trim()))
    .filter(([name]) => name !== 'case')
    .map(([name, filed, asked, answer]) => ({
      name, filed: filed === '' ? [] : filed.split('<br>'), asked, answer: answer.split('<br>'),
    }));
}

const endOf = (day) => Date.parse(`${day}T23:59:59.999Z`);
const noonOf = (day) => Date.parse(`${day}T12:00:00Z`);
/** The register that a row describes. */
export class CaseWorld extends Filings {
  constructor(filed) {
    super();
    this.register = new Register();
    this.plan = [];
    this.labels = new Map();
    this.order = 0;
    this.registered = { day: '2020-01-05', by: 'the north clinic' };
    this.makeOrganisations();
    const kinds = filed.map((line) => line.split(/[ :]/)[0]);
    const none = (kind) => filed.includes(`no ${kind}`);
    for (const line of filed) this.read(line);
    if (!kinds.includes('rules')) this.rules('', []);
    if (!kinds.includes('training') && !none('training')) this.training('T', []);
    if (!kinds.includes('insurance') && !none('insurance')) this.insurance('P', []);
    this.planRegistrations();
    const timeOf = (filing) => noonOf(filing.day);
    this.plan.sort((a, b) => timeOf(a) - timeOf(b) || a.rank - b.rank || a.order - b.order);
    for (const filing of this.plan) {
      this.register.at(timeOf(filing));
      filing.file();
    }
  }

  makeOrganisations() {
    const { register } = this;
    register.genesis();
    const sections = ['treatment_risk', 'public_liability'];
    const make = (name, kind, legal, recognition) => {
      this[name] = register.organisation(kind, legal, { recognition });
      return this[name];
    };
    const registrar = make('the registrar', 'registrar', 'Example Registrar');
    const body = make('the awarding body', 'awarding_body', 'Example Awarding Body', 'EX1001');
    const other = make('the other body', 'awarding_body', 'Another Awarding Body', 'EX2002');
    const insurer = make('the insurer', 'insurer', 'Example Insurer');
    const coverholder = make('the coverholder', 'coverholder', 'Example Coverholder');
    const north = make('the north clinic', 'clinic', 'Example Clinic North');
    const south = make('the south clinic', 'clinic', 'Example Clinic South');
    const second = make('the other insurer', 'insurer', 'Another Insurer');
    const plain = make('the body without a number', 'awarding_body', 'Plain Awarding Body');
    this['the regulator'] = register.regulator;
    const scheme = register.log('scheme', {
      claims: { treatment: 'scalp_pigmentation', territory: 'exampleland', name: 'Example Scheme' },
    });
    this.scheme = scheme.number;
    this.grants = new Map();
    for (const each of [body, other, plain]) {
      this.grants.set(each, register.grant(each, 'issue_training', ['*']));
    }
    for (const each of [insurer, second]) {
      this.grants.set(each, register.grant(each, 'issue_insurance', sections));
      const forOne = { insurer: each.number };
      const forIt = register.grant(coverholder, 'issue_insurance', sections, forOne);
      this.grants.set(`${coverholder.number} ${each.number}`, forIt);
    }
    for (const each of [registrar, north, south]) {
      register.grant(each, 'register', ['*']);
      register.grant(each, 'attest', ['issuer_confirmed']);
    }
    this.Ada = { number: 11 };
    this['the second number'] = { number: 12 };
    this['the third number'] = { number: 13 };
  }

  // Plans a filing; `rank` orders filings of one day: registrations go first.
  on(day, file, rank = 1) {
    this.plan.push({ day, file, rank, order: (this.order += 1) });
  }

  log(label, type, about, rest) {
    const filed = this.register.log(type, { sub: about, ...rest });
    if (label) this.labels.set(label, { ...filed, by: rest.by, about });
    return filed;
  }

  planRegistrations() {
    const { day, by } = this.registered;
    this.on(day, () => {
      this.labels.set('Ada', this.register.practitioner(this[by], { name: 'Ada Example' }));
      this.register.practitioner(this['the south clinic'], { name: 'Ben Example' });
      this.register.practitioner(this['the south clinic'], { name: 'Cy Example' });
    }, 0);
  }

  read(line) {
    if (line.startsWith('no ')) return;
    const [, kind, label, rest] = /^([a-z]+)(?: ([A-Z][A-Za-z0-9]*):)?(?: (.*))?$/.exec(line);
    const clauses = clausesOf((rest ?? '').replace(/^usual$/, ''));
    if (typeof this[kind] !== 'function') throw new Error(`a filing unknown to the test: ${line}`);
    this[kind](label ?? LABELS[kind] ?? '', clauses);
  }

  registration(_, clauses) {
    take(clauses, [
      [/^filed (.*)/, (day) => { this.registered.day = day; }],
      [/^by (.*)/, (by) => { this.registered.by = by; }],
    ]);
  }

  /** The question of a row, as of the end of the day it is asked. */
  question(asked) {
    const question = {
      practitioner: 11, treatment: 'scalp_pigmentation', territory: 'exampleland',
    };
    let known;
    take(clausesOf(asked), [
      [/^on (.*)/, (day) => { question.on = day; }],
      [/^about number (.*)/, (number) => { question.practitioner = Number(number); }],
      [/^about (.*)/, (name) => { question.practitioner = this[name].number; }],
      [/^known (.*)/, (day) => { known = day; }],
      [/^for (.*)/, (name) => { question.treatment = name; }],
      [/^in (.*)/, (name) => { question.territory = name; }],
      [/^claim on (.*)/, (day) => { question.claimOn = day; }],
      [/^at (.*)/, (name) => { question.at = this[name].number; }],
      [/^under 18/, () => { question.under18 = true; }],
    ]);
    question.knownAtMs = endOf(known ?? question.on);
    return question;
  }
}
