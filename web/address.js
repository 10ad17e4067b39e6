// The question in the page's own address, so that a link or a QR code can ask it:
// `?number=0000-4711-30&treatment=…&territory=…&on=YYYY-MM-DD[&at=…][&claim_on=…][&under_18=true]`.

import { formatRegistrationNumber } from './verify/registration_number.js';

/** What an address asks, as QuestionForm.fill takes it; what it does not say is undefined. */
export function readAddress(search) {
  const query = new URLSearchParams(search);
  const get = (name) => query.get(name) ?? undefined;
  const [treatment = '', territory = ''] = [get('treatment'), get('territory')];
  return {
    person: get('number'),
    scheme: treatment || territory ? `${treatment} ${territory}` : undefined,
    on: get('on'),
    at: get('at'),
    claimOn: get('claim_on'),
    under18: get('under_18') === 'true',
    lang: get('lang'),
  };
}

/** The address of a question, behind `?`. */
export function writeAddress(question, lang) {
  const { practitioner, treatment, territory, on, at, claimOn, under18 } = question;
  const query = new URLSearchParams({
    number: formatRegistrationNumber(practitioner), treatment, territory, on,
  });
  if (at !== undefined) query.set('at', formatRegistrationNumber(at));
  if (claimOn !== undefined) query.set('claim_on', claimOn);
  if (under18) query.set('under_18', 'true');
  if (lang) query.set('lang', lang);
  return `?${query}`;
}
