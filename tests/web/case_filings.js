// What the table of cases in docs/verdict.md can file: each word of the table is a method, which
// logs the event on its day.

const TITLES = {
  '999/0001/4': 'Level 4 Certificate in Scalp Pigmentation',
  '999/0002/6': 'Level 4 Certificate in Face Pigmentation',
  '999/0004/X': 'Scalp Pigmentation Refresher',
};
const titleOf = (number) => TITLES[number] ?? `Example Certificate ${number}`;

export const clausesOf = (text) => text.split(', ').filter((clause) => clause !== '');

// Reads clauses by patterns: [pattern, effect]; the first that fits takes the clause.
export function take(clauses, patterns) {
  for (const clause of clauses) {
    const found = patterns.some(([pattern, effect]) => {
      const match = pattern.exec(clause);
      if (match) effect(...match.slice(1));
      return match;
    });
    if (!found) throw new Error(`a clause that the test does not know: ${clause}`);
  }
}

/** The filings. Needs `register`, `labels`, `scheme`, `grants` and the organisations by name. */
export class Filings {
  // What training and insurance say alike.
  paperPatterns(made) {
    return [
      [/^filed (.*)/, (day) => { made.day = day; }],
      [/^confirmed by (.*) on (.*)/, (by, on) => {
        Object.assign(made, { by, known: on });
        made.claims.grade = 'issuer_confirmed';
        made.claims.confirmed = { with: 'Example Desk', on, how: 'telephone' };
      }],
      [/^seen by (.*) on (.*)/, (by, on) => {
        Object.assign(made, { by, known: on });
        Object.assign(made.claims, { grade: 'document_seen', seen_on: on });
      }],
      [/^declared by (.*)/, (by) => {
        made.by = by;
        made.claims.grade = 'self_declared';
      }],
      [/^signed by (.*)/, (by) => { made.by = by; }],
      [/^issuer not on the register$/, () => { delete made.claims.issuer.number; }],
      [/^issuer (.*)/, (name) => {
        made.claims.issuer = { name: made.keepName ?? this[name].name, number: this[name].number };
      }],
      [/^recognition (.*)/, (recognition) => { made.claims.issuer.recognition = recognition; }],
      [/^name on paper (.*)/, (name) => { made.slots.name_on_paper = name; }],
      [/^replaces (.*)/, (label) => { made.replaces = label; }],
    ];
  }

  filePaper(label, type, made) {
    this.on(made.day, () => {
      if (made.replaces) made.claims.replaces = this.labels.get(made.replaces).id;
      const { claims, slots } = made;
      this.log(label, type, 11, { by: this[made.by], claims, slots });
    });
  }

  training(label, clauses) {
    const made = {
      by: 'the awarding body',
      keepName: 'Example Awarding Body',
      slots: { certificate_number: 'EX-1' },
      claims: {
        framework: 'rqf', level: 4, qualification: '999/0001/4', awarded_on: '2019-11-20',
        issuer: { name: 'Example Awarding Body', number: 2 }, grade: 'issuer_signed',
      },
    };
    const { claims } = made;
    take(clauses, [
      [/^number (.*)/, (number) => { claims.qualification = number; }],
      [/^awarded (.*)/, (day) => { claims.awarded_on = day; }],
      [/^level (.*)/, (level) => { claims.level = Number(level); }],
      [/^framework (.*)/, (framework) => { claims.framework = framework.toLowerCase(); }],
      [/^titled (.*)/, (title) => { claims.title = title; }],
      ...this.paperPatterns(made),
    ]);
    claims.title ??= titleOf(claims.qualification);
    made.day ??= made.known ?? '2020-02-01';
    this.filePaper(label, 'training', made);
  }

  insurance(label, clauses) {
    const section = (name) => ({ section: name, currency: 'GBP', per_claim_minor: 1000000 });
    const treatment = { treatment: 'scalp_pigmentation' };
    const made = {
      by: 'the insurer',
      slots: { policy_number: 'EX-2' },
      claims: {
        issuer: { name: 'Example Insurer', number: 4 }, basis: 'occurrence', from: '2025-01-01',
        until: '2025-12-31', territories: ['exampleland'],
        sections: [section('treatment_risk'), section('public_liability')],
        treatments: [treatment], grade: 'issuer_signed',
      },
    };
    const { claims } = made;
    const sectionOf = (name) => claims.sections.find((each) => each.section === name);
    const exclude = (what) => (treatment.excludes ??= []).push(what);
    take(clauses, [
      [/^from (.*)/, (day) => { claims.from = day; }],
      [/^until (.*)/, (day) => { claims.until = day; }],
      [/^for (.*)/, (name) => { treatment.treatment = name; }],
      [/^not for (.*)/, (name) => { claims.not_covered = [name]; }],
      [/^in (.*)/, (name) => { claims.territories = [name]; }],
      [/^without (.*)/, (name) => {
        claims.sections = claims.sections.filter((each) => each.section !== name);
      }],
      [/^limit (.*) unstated/, (name) => { delete sectionOf(name).per_claim_minor; }],
      [/^limit (.*) (.*)/, (name, limit) => { sectionOf(name).per_claim_minor = Number(limit); }],
      [/^aggregate (.*) (.*)/, (name, limit) => {
        for (const each of claims.sections) each.aggregate_minor ??= 1000000;
        sectionOf(name).aggregate_minor = Number(limit);
      }],
      [/^currency (.*) (.*)/, (name, currency) => { sectionOf(name).currency = currency; }],
      [/^excludes under 18/, () => exclude('under_18')],
      [/^excludes no patch test/, () => exclude('no_patch_test')],
      [/^excludes no consent/, () => exclude('no_consent')],
      [/^claims made/, () => { claims.basis = 'claims_made'; }],
      [/^retroactive to (.*)/, (day) => { claims.retroactive = day; }],
      [/^retroactive without limit/, () => { claims.retroactive = 'unlimited'; }],
      [/^extended until (.*)/, (day) => { claims.extended_until = day; }],
      [/^only while working for (.*)/, (name) => {
        claims.only_while_working_for = this[name].number;
      }],
      ...this.paperPatterns(made),
    ]);
    made.day ??= made.known ?? claims.from;
    this.filePaper(label, 'insurance', made);
  }

  rules(label, clauses) {
    const qualification = (number) => ({
      number, title: titleOf(number), framework: 'rqf', level: 4, owner: 'EX1001',
    });
    const required = (section) => ({ section, currency: 'GBP', per_claim_minor: 1000000 });
    const claims = {
      rules: 1, from: '2020-01-01', zone: 'Europe/London',
      training: [{ name: 'scalp', any_of: [qualification('999/0001/4')] }],
      training_grade: 'issuer_confirmed',
      insurance: [required('treatment_risk'), required('public_liability')],
      insurance_grade: 'issuer_confirmed', own_clinic_may_attest: false, spent_after_days: 1825,
    };
    let last = claims.training[0].any_of[0];
    let filed = '2020-01-01';
    const add = (place, number) => place.push((last = qualification(number)));
    take(clauses, [
      [/^filed (.*)/, (day) => { filed = day; }],
      [/^from (.*)/, (day) => { claims.from = day; }],
      [/^in a newer language/, () => { claims.rules = 2; }],
      [/^(training|insurance) grade (.*)/, (kind, grade) => { claims[`${kind}_grade`] = grade; }],
      [/^(training|insurance) age days (.*)/, (kind, days) => {
        claims[`${kind}_max_age_days`] = Number(days);
      }],
      [/^own clinic may attest/, () => { claims.own_clinic_may_attest = true; }],
      [/^and also (.*)/, (number) => {
        claims.training.push({ name: 'hygiene', any_of: [] });
        add(claims.training[1].any_of, number);
      }],
      [/^or (.*)/, (number) => add(claims.training[0].any_of, number)],
      [/^operational from (.*)/, (day) => { last.operational_start = day; }],
      [/^certified until (.*)/, (day) => { last.certification_end = day; }],
      [/^awarded from (.*)/, (day) => { last.awarded_from = day; }],
      [/^awarded to (.*)/, (day) => { last.awarded_to = day; }],
      [/^accepted until (.*)/, (day) => { last.accepted_until = day; }],
      [/^valid for months (.*)/, (months) => { last.valid_for_months = Number(months); }],
      [/^refreshed by (.*)/, (number) => { last.refreshers = [number]; }],
      [/^aggregate too/, () => {
        for (const each of claims.insurance) each.aggregate_minor = 1000000;
      }],
    ]);
    this.on(filed, () => this.log(label, 'scheme-version', this.scheme, { claims }));
  }

  withdrawal(_, clauses) {
    const made = {};
    take(clauses, [
      [/^of (.*)/, (label) => { made.label = label; }],
      [/^from (.*)/, (day) => { made.from = day; }],
      [/^because (.*)/, (reason) => { made.reason = reason; }],
      [/^by (.*)/, (by) => { made.by = by; }],
      [/^filed (.*)/, (day) => { made.day = day; }],
    ]);
    this.on(made.day ?? made.from, () => {
      const { id: target, about } = this.labels.get(made.label);
      const claims = { target, ...(made.from ? { from: made.from } : {}), reason: made.reason };
      this.log('', 'withdrawal', about, { by: this[made.by], claims });
    }, 2);
  }

  erasure(_, [what, filed]) {
    this.on(filed.replace('filed ', ''), () => {
      const label = what.replace('of ', '');
      const claims = label === 'everything' ? {} : { target: this.labels.get(label).id };
      this.log('', 'erasure', 11, { claims });
    }, 2);
  }

  stolen(_, [whose, cut, filed]) {
    this.on(filed.replace('filed ', ''), () => {
      const owner = this[whose.replace('key of ', '')];
      const { index } = this.labels.get(cut.replace('cut at ', ''));
      const claims = { key: owner.key.kid, cut: index, reason: 'compromised' };
      this.log('', 'key-revoked', owner.number, { claims });
    }, 2);
  }

  unknown(_, [where, filed]) {
    this.on(filed.replace('filed ', ''), () => {
      const name = where.replace('event on ', '');
      this.log('', 'teleportation', this[name].number, { claims: { beam: 'wide' } });
    }, 2);
  }

  sanction(label, [kind, ...clauses]) {
    const claims = { kind };
    let [about, day] = [11, undefined];
    take(clauses, [
      [/^on (.*)/, (name) => { about = this[name].number; }],
      [/^barring (.*)/, (name) => { (claims.barred ??= []).push(name); }],
      [/^from (.*)/, (from) => { claims.from = from; }],
      [/^until (.*)/, (until) => { claims.until = until; }],
      [/^filed (.*)/, (filed) => { day = filed; }],
    ]);
    const slots = { text: 'Invented reasons.' };
    this.on(day ?? claims.from, () => this.log(label, 'sanction', about, { claims, slots }));
  }

  link(label, [of, with_, filed]) {
    const about = this[of.replace('of ', '')].number;
    const other = this[with_.replace('with ', '')].number;
    this.on(filed.replace('filed ', ''), () => {
      const claims = { other, other_anchor: this.register.subjects[other][0].id };
      this.log(label, 'same-person', about, { by: this['the registrar'], claims });
    });
  }

  affiliation(label, clauses) {
    const made = { claims: {} };
    take(clauses, [
      [/^with (.*)/, (clinic) => { made.by = this[clinic]; }],
      [/^from (.*)/, (day) => { made.claims.from = day; }],
      [/^until (.*)/, (day) => { made.claims.until = day; }],
      [/^filed (.*)/, (day) => { made.day = day; }],
    ]);
    made.claims.clinic = made.by.number;
    this.on(made.day ?? made.claims.from, () => this.log(label, 'affiliation', 11, made));
  }

  confirmation(_, [of, filed]) {
    this.about('affiliation-confirmed', of, filed);
  }

  dispute(label, [of, filed]) {
    this.about('dispute', of, filed, label, { text: 'That is not so.' });
  }

  about(type, of, filed, label = '', slots = undefined) {
    this.on(filed.replace('filed ', ''), () => {
      const { id: target } = this.labels.get(of.replace('of ', ''));
      this.log(label, type, 11, { by: this['the registrar'], claims: { target }, slots });
    }, 2);
  }

  amendment(label, clauses) {
    const slots = {};
    const claims = {};
    let filed;
    take(clauses, [
      [/^named (.*)/, (name) => { slots.name = name; }],
      [/^from (.*)/, (day) => { claims.from = day; }],
      [/^filed (.*)/, (day) => { filed = day; }],
    ]);
    this.on(filed ?? claims.from, () => {
      this.log(label, 'practitioner-amended', 11, { by: this['the north clinic'], claims, slots });
    });
  }

  ended(_, [whose, last, filed]) {
    const [name, insurer] = whose.replace('accreditation of ', '').split(' for ');
    const owner = this[name];
    const grant = this.grants.get(insurer ? `${owner.number} ${this[insurer].number}` : owner);
    const claims = { target: grant.id, last_day: last.replace('last day ', '') };
    this.on(filed.replace('filed ', ''), () => {
      this.log('', 'accreditation-ended', owner.number, { claims });
    }, 0);
  }
}
