// The question: a person by number or name, the treatment, the day, and more on demand.

import { disclosure, element } from './element.js';
import { capital, today } from './language.js';
import { parseDay } from './verify/day.js';
import { formatRegistrationNumber, parseRegistrationNumber } from './verify/registration_number.js';

// The days that a question may name.
const DAYS = { min: '1900-01-01', max: '2199-12-31' };

/** The registration number in what somebody typed: {number}, {fault}, or {} where it is a name. */
export function readNumber(text) {
  if (!/^[0-9][0-9 -]*$/.test(text)) return {};
  try {
    return { number: parseRegistrationNumber(text) };
  } catch (error) {
    return { fault: error.reason };
  }
}

/** A name and, behind a comma, a town. */
export function readName(text) {
  const [name, ...town] = text.split(',');
  return { name: name.trim(), town: town.join(',').trim() };
}

const schemeValue = ({ treatment, territory }) => `${treatment} ${territory}`;

export class QuestionForm {
  /**
   * @param {Language} language
   * @param {{ask, search, refuse}} listeners `ask` takes a question, `search` {name, town};
   *     `refuse` is called where something is wrong, before the form names it
   */
  constructor(language, listeners) {
    this.language = language;
    this.listeners = listeners;
    this.faults = new Map();
    this.fields = {
      person: element('input', {
        id: 'person', type: 'text', autocomplete: 'off', spellcheck: 'false', required: true,
        maxlength: 200, autocapitalize: 'words',
      }),
      treatment: element('select', { id: 'treatment', required: true }),
      on: element('input', { id: 'on', type: 'date', required: true, ...DAYS }),
      at: element('input', { id: 'at', type: 'text', autocomplete: 'off', maxlength: 32 }),
      claim_on: element('input', { id: 'claim_on', type: 'date', ...DAYS }),
      under_18: element('input', { id: 'under_18', type: 'checkbox' }),
    };
    this.listed = [];
    this.build();
    this.fill({});
  }

  field(name, hasHint) {
    const { language } = this;
    const input = this.fields[name];
    const fault = element('p', { class: 'fault', id: `${name}-fault`, hidden: true });
    this.faults.set(name, fault);
    const hint = hasHint && element('p', { class: 'hint', id: `${name}-hint` },
      language.say(`ask.${name}_hint`));
    input.setAttribute('aria-describedby', `${hint ? `${name}-hint ` : ''}${name}-fault`);
    return element('div', { class: 'field' },
      element('label', { for: name }, language.say(`ask.${name}`)), hint, fault, input);
  }

  build() {
    const { language } = this;
    this.more = disclosure(language.say('ask.more'), { class: 'inner' },
      this.field('at', true), this.field('claim_on', true),
      element('div', { class: 'check' }, this.fields.under_18,
        element('label', { for: 'under_18' }, language.say('ask.under_18'))));
    this.schemesFault = element('p', { class: 'fault', hidden: true },
      language.say('ask.treatments_failed'));
    this.node = element('form', { novalidate: true, class: 'question' },
      this.field('person', true), this.field('treatment'), this.schemesFault, this.field('on'),
      this.more,
      element('button', { type: 'submit', class: 'primary' }, language.say('ask.submit')));
    this.fields.on.addEventListener('input', () => { this.isDayChosen = true; });
    this.node.addEventListener('submit', (event) => {
      event.preventDefault();
      this.submit();
    });
  }

  // Treatments are told apart by their territory only where there are several.
  label({ treatment, territory }) {
    const { language } = this;
    const name = capital(language.words(treatment));
    const alone = this.schemes.every((each) => each.territory === territory);
    return alone ? name : language.say('ask.treatment_in', {
      treatment: name, territory: language.words(territory),
    });
  }

  /** Offers these treatments beside the one that is chosen. */
  showSchemes(schemes) {
    this.listed = schemes;
    this.offer(this.fields.treatment.value);
  }

  // With no treatment chosen only the sole one there is stands chosen.
  offer(chosen) {
    const { treatment: select } = this.fields;
    const values = new Set([...this.listed.map(schemeValue), ...(chosen ? [chosen] : [])]);
    this.schemes = [...values].map((value) => {
      const [treatment, territory] = value.split(' ');
      return { treatment, territory };
    });
    const options = this.schemes.map((each) =>
      element('option', { value: schemeValue(each) }, this.label(each)));
    const choose = element('option', { value: '' }, this.language.say('ask.treatment_choose'));
    const isSole = options.length === 1 && !this.mustChoose;
    select.replaceChildren(...(isSole ? [] : [choose]), ...options);
    if (chosen) select.value = chosen;
  }

  /** Says that the treatments could not be listed. */
  showSchemesFault() {
    this.schemesFault.hidden = false;
  }

  /** What stands in the form: its fields' values, as `fill` takes them. */
  values() {
    const { person, treatment, on, at, claim_on: claimOn, under_18: under18 } = this.fields;
    return {
      person: person.value, scheme: treatment.value || (this.mustChoose ? '' : undefined),
      on: this.isDayChosen ? on.value : undefined, at: at.value,
      claimOn: claimOn.value || this.unreadClaim, under18: under18.checked,
    };
  }

  // The day in the form. One that nobody chose is the reader's own: midnight may have passed since.
  day() {
    if (!this.isDayChosen) this.fields.on.value = today();
    return this.fields.on.value;
  }

  /** Fills in every field: what is given, else as in a new form. */
  fill({ person, scheme, on, at, claimOn, under18 }) {
    const { fields } = this;
    for (const name of this.faults.keys()) this.setFault(name);
    fields.person.value = person ?? '';
    const isWhole = /^\S+ \S+$/.test(scheme ?? '');
    // Half a treatment is none, and stands for no other.
    this.mustChoose = scheme !== undefined && !isWhole;
    this.offer(isWhole ? scheme : '');
    this.isDayChosen = on !== undefined;
    // A field for days is empty where it is given what is none.
    fields.on.value = on ?? today();
    fields.at.value = at ?? '';
    fields.claim_on.value = claimOn ?? '';
    // Such a field may be left empty, so that it is named as wrong once.
    this.unreadClaim = parseDay(claimOn) === undefined ? claimOn ?? '' : '';
    fields.under_18.checked = under18 === true;
    this.more.open = Boolean(at || claimOn || under18);
  }

  setFault(name, key) {
    const [input, fault] = [this.fields[name], this.faults.get(name)];
    fault.textContent = key ? this.language.say(`fault.${key}`) : '';
    fault.hidden = !key;
    if (key) input.setAttribute('aria-invalid', 'true');
    else input.removeAttribute('aria-invalid');
  }

  // What is wrong: [field, text] in the order of the fields.
  faultsIn(values, person, at) {
    const found = [];
    if (values.person.trim() === '') found.push(['person', 'person']);
    else if (person.fault) found.push(['person', person.fault]);
    if (person.number === undefined && !person.fault) return found;
    if (!values.scheme) found.push(['treatment', 'treatment']);
    if (parseDay(values.on) === undefined) found.push(['on', 'on']);
    if (values.at.trim() !== '' && at.number === undefined) {
      found.push(['at', at.fault ?? 'registration_number']);
    }
    if (values.claimOn !== '') {
      if (parseDay(values.claimOn) === undefined) found.push(['claim_on', 'claim_on_unread']);
      else if (values.claimOn < values.on) found.push(['claim_on', 'claim_on']);
    }
    return found;
  }

  /** Reads the form and hands on the question or the name; else names what is wrong. */
  submit() {
    const values = { ...this.values(), on: this.day() };
    const person = readNumber(values.person.trim());
    const at = readNumber(values.at.trim());
    const wrong = this.faultsIn(values, person, at);
    for (const name of this.faults.keys()) this.setFault(name);
    if (wrong.length > 0) {
      this.listeners.refuse();
      for (const [name, key] of wrong) this.setFault(name, key);
      if (wrong.some(([name]) => name === 'claim_on')) this.unreadClaim = '';
      const [[name]] = wrong;
      if (['at', 'claim_on'].includes(name)) this.more.open = true;
      this.fields[name].focus();
      return;
    }
    if (person.number === undefined) {
      this.listeners.search(readName(values.person));
      return;
    }
    this.fields.person.value = formatRegistrationNumber(person.number);
    const [treatment, territory] = values.scheme.split(' ');
    this.listeners.ask({
      practitioner: person.number, treatment, territory, on: values.on,
      ...(values.claimOn ? { claimOn: values.claimOn } : {}),
      ...(at.number === undefined ? {} : { at: at.number }),
      ...(values.under18 ? { under18: true } : {}),
    });
  }
}
