// The page a patient meets: finds a person, asks the register, checks what it sends, answers.

import { readAddress, writeAddress } from './address.js';
import { announcementOf, answerView } from './answer_view.js';
import { element, sign } from './element.js';
import { failureText, failureView } from './failure_view.js';
import { acceptDrops, fileDropView } from './file_drop.js';
import { HeadMemory } from './head_memory.js';
import { Inquiry } from './inquiry.js';
import { keepView } from './keep_view.js';
import { chooseLanguage, Language, LANGUAGE_NAMES } from './language.js';
import { QuestionForm } from './question_form.js';
import { RegisterApi } from './register_api.js';
import { listSchemes } from './schemes.js';
import { loadSite } from './site.js';
import { trustView } from './trust_view.js';
import { formatDay } from './verify/day.js';

const at = (id) => document.getElementById(id);

function browserStorage() {
  try {
    return globalThis.localStorage;
  } catch {
    // A browser that forbids it throws already here.
    return undefined;
  }
}

async function loadLanguage(code) {
  return new Language(code, (await import(`./texts/${code}.js`)).default);
}

class Page {
  constructor(site) {
    this.site = site;
    this.api = new RegisterApi(site.api);
    this.memory = new HeadMemory(browserStorage());
    this.inquiry = new Inquiry(site, this.api, this.memory);
    // Counts what was asked, so that a late answer to an earlier question is not shown.
    this.turn = 0;
  }

  /** Speaks a language, with all that stands on the page. */
  speak(language) {
    this.language = language;
    document.documentElement.lang = language.code;
    document.title = language.say('page.title');
    for (const node of document.querySelectorAll('[data-say]')) {
      node.textContent = language.say(node.dataset.say);
    }
    at('unreviewed').textContent = language.say('language.unreviewed');
    at('origin').textContent = this.site.anchors?.origin ?? '';
    at('languages').setAttribute('aria-label', language.say('page.languages'));
    const others = Object.keys(LANGUAGE_NAMES).filter((code) => code !== language.code);
    at('languages').replaceChildren(...others.map((code) => this.languageButton(code)));
    const values = this.form?.values();
    this.form = new QuestionForm(language, {
      ask: (question) => this.ask(question),
      search: (wanted) => this.search(wanted),
      refuse: () => this.clear(),
    });
    if (values) this.form.fill(values);
    if (this.schemes) this.form.showSchemes(this.schemes);
    at('question').replaceChildren(this.form.node);
    at('file-drop').replaceChildren(fileDropView(language, (file) => this.open(file)));
    at('foot').replaceChildren(...trustView(language, this.site));
    if (this.shown) this.shown();
    else this.introduce();
  }

  languageButton(code) {
    const choose = async () => {
      // Without the network only a language that was read before can be had.
      const language = await loadLanguage(code).catch(() => this.language);
      this.speak(language);
      at('languages').querySelector('button').focus();
    };
    const attributes = { type: 'button', lang: code, onclick: choose };
    return element('button', attributes, LANGUAGE_NAMES[code]);
  }

  introduce() {
    const { language } = this;
    this.shown = undefined;
    at('ask').open = true;
    document.body.classList.remove('answered');
    at('ask-heading').textContent = language.say('ask.heading');
    at('result').replaceChildren(element('section', { class: 'intro' },
      element('h2', {}, language.say('intro.heading')),
      element('ul', {}, ['YES', 'NO', 'CANNOT_SAY', 'FAILED'].map((outcome) =>
        element('li', { class: outcome }, sign(outcome), element('div', {},
          element('strong', {}, language.say(`outcome.${outcome}`)),
          element('p', {}, language.say(`intro.${outcome}`))))))));
  }

  /** Shows what `make` makes, now and again in another language; announces it. */
  show(make, announce, takesFocus) {
    this.shown = () => {
      at('ask-heading').textContent = this.language.say('ask.again');
      at('result').replaceChildren(...make());
    };
    this.shown();
    at('status').textContent = announce();
    document.body.classList.add('answered');
    // On a telephone the answer would stand below a long form.
    if (matchMedia('(max-width: 61.99rem)').matches) at('ask').open = false;
    if (takesFocus) at('result').querySelector('h2').focus();
  }

  /** Takes away what was asked and answered; an answer that is under way is not shown. */
  clear() {
    this.turn += 1;
    at('status').textContent = '';
    this.introduce();
    return this.turn;
  }

  begin(key) {
    this.turn += 1;
    at('status').textContent = this.language.say(key);
    this.shown = undefined;
    const working = element('p', { class: 'working' }, this.language.say(key));
    at('result').replaceChildren(working);
    return this.turn;
  }

  showFound(found, retry, takesFocus) {
    const page = () => ({
      language: this.language, api: this.api, site: this.site, memory: this.memory, retry,
      askAt: (clinic) => this.askAgain(found, { at: clinic }),
      askOn: (day) => this.askAgain(found, { on: day }),
    });
    const outcome = () => this.language.say(
      `outcome.${found.kind === 'answer' ? found.verdict.outcome : 'FAILED'}`);
    if (found.kind !== 'answer') {
      const announce = () => this.language.say('answer.announce', {
        outcome: outcome(), sentence: failureText(this.language, found),
      });
      this.show(() => failureView(page(), found), announce, takesFocus);
      return;
    }
    const announce = () => this.language.say('answer.announce', {
      outcome: outcome(), sentence: announcementOf(this.language, found),
    });
    const make = () => [...answerView(page(), found), keepView(page(), found)];
    this.show(make, announce, takesFocus);
  }

  /** Shows an address for what is asked now; `stay` where going back would lead to it anyway. */
  moveTo(address, stay = false) {
    if (stay) history.replaceState(null, '', address);
    else history.pushState(null, '', address);
    this.followed = location.search;
  }

  /** Asks the register; `quiet` where the reader did not press anything, `stay` at this address. */
  async ask(question, { quiet = false, stay = false } = {}) {
    const turn = this.begin('ask.working');
    const { lang } = readAddress(location.search);
    // A short link becomes the whole question, so that going back to it asks no other.
    const address = writeAddress(question, lang);
    this.moveTo(address, stay);
    const found = await this.inquiry.ask(question);
    if (turn !== this.turn) return;
    this.showFound(found, () => this.ask(question, { stay: true }), !quiet);
  }

  /** Fills the form with a question of readQuestion, changed; returns it as it is asked. */
  fillWith({ practitioner, treatment, territory, at: clinic, under18, ...days }, changes = {}) {
    const asked = {
      practitioner, treatment, territory, on: formatDay(days.on), ...changes,
    };
    const claimOn = days.claimOn === undefined ? '' : formatDay(days.claimOn);
    if (claimOn !== '' && claimOn >= asked.on) asked.claimOn = claimOn;
    if (clinic !== undefined) asked.at ??= clinic;
    if (under18) asked.under18 = true;
    this.form.fill(readAddress(writeAddress(asked)));
    return asked;
  }

  // The same question, for treatment at a clinic or on another day.
  askAgain({ question }, changes) {
    this.ask(this.fillWith(question, changes));
  }

  /** Looks for a name. */
  async search({ name, town }) {
    const turn = this.begin('ask.searching');
    const page = () => ({
      language: this.language,
      hrefOf: (number) => `?${new URLSearchParams({ number })}`,
      choose: (number) => {
        this.form.fill({ ...this.form.values(), person: number });
        // Something may be missing in it, and is named there.
        at('ask').open = true;
        this.form.submit();
      },
    });
    try {
      const found = await this.api.names(name, town);
      const { searchView } = await import('./search_view.js'); // which most never see
      if (turn !== this.turn) return;
      const next = (token) => this.api.names(name, town, token);
      this.show(() => searchView(page(), found, next),
        () => this.language.say('search.heading'), true);
    } catch ({ code, detail, reason }) {
      if (turn !== this.turn) return;
      const failure = { kind: 'failure', code: code ?? 'internal', detail, reason };
      this.showFound(failure, () => this.search({ name, town }), true);
    }
  }

  /** Checks a saved file. */
  async open(file) {
    const turn = this.begin('ask.working');
    // What was asked before is not what the file is about.
    const { lang } = readAddress(location.search);
    const address = lang ? `?${new URLSearchParams({ lang })}` : location.pathname;
    if (readAddress(location.search).person) this.moveTo(address);
    this.form.fill({});
    const found = await this.inquiry.open(file);
    if (turn !== this.turn) return;
    if (found.kind === 'answer') this.fillWith(found.question);
    this.showFound(found, () => this.open(file), true);
  }

  /** Asks what the page's address asks, where it asks anything. */
  async followAddress() {
    this.followed = location.search;
    const turn = this.clear();
    const asked = readAddress(location.search);
    this.form.fill(asked);
    if (!asked.person) return;
    // A link that names no treatment waits for the list: it may hold only one.
    if (!asked.scheme) await this.schemesRead;
    if (turn !== this.turn) return;
    // Somebody may have typed while it waited.
    this.form.fill(asked);
    const { ask } = this.form.listeners;
    this.form.listeners.ask = (question) => this.ask(question, { quiet: true, stay: true });
    this.form.submit();
    this.form.listeners.ask = ask;
  }

  async loadSchemes() {
    try {
      this.schemes = await listSchemes(this.api);
      this.form.showSchemes(this.schemes);
    } catch {
      this.form.showSchemesFault();
    }
  }

  async start() {
    acceptDrops((file) => this.open(file));
    // Going to a part of the page is no other question.
    addEventListener('popstate', () => {
      if (location.search !== this.followed) this.followAddress();
    });
    if (this.site.fault) {
      const failure = { kind: 'failure', code: 'no_anchors' };
      this.showFound(failure, () => location.reload(), false);
      return;
    }
    this.schemesRead = this.loadSchemes();
    await this.followAddress();
  }
}

const wishes = [readAddress(location.search).lang, ...(navigator.languages ?? [])];
const [site, language] = await Promise.all([loadSite(), loadLanguage(chooseLanguage(wishes))]);
const page = new Page(site);
page.speak(language);
document.body.classList.remove('loading');
await page.start();
