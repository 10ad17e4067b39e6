// A question from asking to the checked answer. Whatever fails on the way leaves no answer
// (docs/protocol.md, section 7).

import { today } from './language.js';
import { ApiFault } from './register_api.js';
import { formatDay } from './verify/day.js';
import { parseJson } from './verify/json.js';
import { readQuestion } from './verify/question.js';
import { Refusal } from './verify/refusal.js';
import { checkEvidence, checkFile } from './verify/verify.js';

const MAX_FILE_BYTES = 48 * 1024 * 1024;
const TELLING = ['head_too_old', 'head_in_future'];

const failure = (code, rest = {}) => ({ kind: 'failure', code, ...rest });

function refusalFailure({ reason, message, where }) {
  const code = TELLING.includes(reason) ? reason : reason === 'internal' ? 'internal' : 'proof';
  return failure(code, { reason, detail: message, where });
}

/** Whether two questions as readQuestion returns them are the same. */
export function sameQuestion(a, b) {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].every((name) => a[name] === b[name]);
}

export class Inquiry {
  /** @param {{trust, fault}} site @param {RegisterApi} api @param {HeadMemory} memory */
  constructor(site, api, memory) {
    this.site = site;
    this.api = api;
    this.memory = memory;
  }

  cannotCheck() {
    if (this.site.fault) return failure('no_anchors', { detail: this.site.fault });
    if (!globalThis.crypto?.subtle) return failure('no_crypto');
    return undefined;
  }

  async checked(bytes, saved) {
    const { trust } = this.site;
    const answer = await checkFile({ trust, file: bytes, nowMs: Date.now(), saved });
    if (!answer.ok) return refusalFailure(answer);
    const { origin, treeSize, root } = answer.steps;
    const note = parseJson(bytes).get('evidence').get('checkpoint');
    const head = { size: treeSize, root, note };
    const history = saved
      ? this.memory.compareSaved(origin, head)
      : await this.memory.compare(origin, head, (...sizes) => this.api.consistencyProof(...sizes));
    if (['fork', 'older', 'history'].includes(history.kind)) {
      return failure(history.kind, { origin, before: history.before, now: head });
    }
    return { kind: 'answer', ...answer, bytes, history, saved };
  }

  async asked(question, cache) {
    const bytes = await this.api.evidence(question, cache);
    const found = await this.checked(bytes, false);
    if (found.kind === 'answer' && !sameQuestion(found.question, readQuestion(question))) {
      return failure('question_differs');
    }
    return found;
  }

  // What the same evidence says of today, where the day that was asked for has passed: evidence is
  // the same for every day, and what is filed by now may speak against the person.
  async withToday(found) {
    const { question, bytes } = found;
    const on = today();
    if (found.kind !== 'answer' || formatDay(question.on) >= on) return found;
    const claimOn = question.claimOn === undefined ? '' : formatDay(question.claimOn);
    const { ok, verdict } = await checkEvidence({
      trust: this.site.trust,
      evidence: JSON.parse(new TextDecoder().decode(bytes)).evidence,
      question: { ...question, on, claimOn: claimOn < on ? '' : claimOn },
      nowMs: Date.now(),
    });
    return ok ? { ...found, verdictToday: verdict } : found;
  }

  /**
   * Asks the register and checks what it sends.
   * @param question {practitioner: bigint, treatment, territory, on, claimOn?, at?, under18?}
   * @returns {Promise<object>} {kind: 'answer', verdict, question, steps, subjects, bytes, history,
   *     saved, verdictToday?} or {kind: 'failure', code, …}; never rejects; `verdictToday` where
   *     the day has passed
   */
  async ask(question) {
    try {
      const cannot = this.cannotCheck();
      if (cannot) return cannot;
      const found = await this.asked(question);
      // An old answer may lie in a cache on the way: one that went past it is asked for once.
      const newest = found.code === 'older' ? await this.asked(question, 'reload') : found;
      return await this.withToday(newest);
    } catch (error) {
      return this.failed(error);
    }
  }

  /** Checks a saved file, without the register. As `ask`. */
  async open(file) {
    try {
      const cannot = this.cannotCheck();
      if (cannot) return cannot;
      if (file.size > MAX_FILE_BYTES) return failure('too_large');
      return await this.checked(new Uint8Array(await file.arrayBuffer()), true);
    } catch (error) {
      return this.failed(error);
    }
  }

  failed(error) {
    if (error instanceof ApiFault) {
      return failure(error.code, { detail: error.detail, reason: error.reason });
    }
    return error instanceof Refusal
      ? refusalFailure(error)
      : failure('internal', { detail: String(error) });
  }
}
