// Every text of the page in English. `{name}` stands for a value. cy.js has the same keys.

export default {
  'language.unreviewed': '',

  'day.months': 'January February March April May June July August September October November '
    + 'December',

  'page.title': 'Check a practitioner',
  'page.skip': 'Skip to the answer',
  'page.lead': 'Before your appointment: are the training and the insurance in order? This page '
    + 'looks up the signed papers and checks every signature itself, in your browser.',
  'page.languages': 'Language',

  'ask.heading': 'Your question',
  'ask.again': 'Ask again',
  'ask.person': 'Registration number or name',
  'ask.person_hint': 'The number is on the QR code or the badge, like 0000-4711-30. For a name, '
    + 'a town helps: Ada Example, Westexample.',
  'ask.treatment': 'Treatment',
  'ask.treatment_choose': 'Choose a treatment',
  'ask.treatment_in': '{treatment} ({territory})',
  'ask.treatments_failed': 'The list of treatments could not be loaded. Load the page again.',
  'ask.on': 'Day of the appointment',
  'ask.more': 'More about the appointment',
  'ask.at': 'Registration number of the clinic',
  'ask.at_hint': 'Some insurance covers only the work at one clinic.',
  'ask.claim_on': 'Day of a claim',
  'ask.claim_on_hint': 'If something went wrong: would a claim made on this later day find cover?',
  'ask.under_18': 'The client is under 18',
  'ask.submit': 'Check',
  'ask.retry': 'Try again',
  'ask.working': 'Fetching the papers and checking them …',
  'ask.searching': 'Searching …',

  'fault.person': 'Enter a registration number or a name.',
  'fault.registration_number': 'This is not a registration number: it has 10 digits or more, '
    + 'like 0000-4711-30.',
  'fault.registration_number_check': 'There is a mistake in this number: its last two digits do '
    + 'not fit the others. Compare it once more.',
  'fault.treatment': 'Choose the treatment.',
  'fault.on': 'Choose the day of the appointment.',
  'fault.claim_on': 'The day of a claim cannot be before the appointment.',
  'fault.claim_on_unread': 'The day of the claim in this link cannot be read. Choose it, or leave '
    + 'it empty.',

  'intro.heading': 'What you will see',
  'intro.YES': 'The papers filed meet the rules for this treatment on this day.',
  'intro.NO': 'Nothing filed shows it, or the person is suspended.',
  'intro.CANNOT_SAY': 'Something is filed, but not known well enough. You learn whom to ask.',
  'intro.FAILED': 'The proof does not hold, or nobody answered. No answer is shown then.',

  'search.heading': 'Who do you mean?',
  'search.hint': 'These are only search results: nothing about them is proven yet. Choose a '
    + 'person, and the papers are checked.',
  'search.none': 'Nobody was found under this name. Try another spelling, or ask the '
    + 'practitioner for the registration number.',
  'search.capped': 'More people fit. Add the rest of the name, or the town after a comma.',
  'search.more': 'Show more people',
  'search.also': 'also known as {names}',

  'outcome.YES': 'YES',
  'outcome.NO': 'NO',
  'outcome.CANNOT_SAY': 'CANNOT SAY',
  'outcome.FAILED': 'COULD NOT CHECK',

  'answer.announce': 'Answer: {outcome}. {sentence}',
  'answer.YES': 'The papers filed for {name} meet the rules for {treatment} in {territory} on '
    + '{day}.',
  'answer.NO': 'The papers filed for {name} do not meet the rules for {treatment} in {territory} '
    + 'on {day}.',
  'answer.CANNOT_SAY': 'From the papers filed for {name} nobody can say whether they meet the '
    + 'rules for {treatment} in {territory} on {day}.',
  'answer.NOBODY': 'No practitioner is registered under the number {number}.',
  'answer.because': 'Main reason:',
  'answer.advice_YES': 'See that the person before you is {name}. This is not a promise that a '
    + 'claim would be paid.',
  'answer.advice_NO': 'Do not go ahead on the strength of these papers. Ask {name} about the '
    + 'reasons below first.',
  'answer.advice_CANNOT_SAY': 'Do not take this for a yes. Below is what is filed, and whom to '
    + 'ask.',
  'answer.advice_NOBODY': 'Compare the number once more with the one you were given, or search '
    + 'for the name. Do not accept a number that is not registered.',
  'answer.ahead': 'Ask again on the day: papers can be withdrawn until then.',
  'answer.past': 'You asked about {day}, which has passed.',
  'answer.past_today': 'Asked for today, the answer is {outcome}.',
  'answer.ask_today': 'Ask for today',
  'answer.saved': 'This is a saved answer, not a current one. Ask the register again before you '
    + 'rely on it.',
  'answer.saved_on': 'as of {time}',
  'answer.asked': 'Asked',
  'answer.at': 'at {clinic}',
  'answer.under_18': 'for a client under 18',
  'answer.claim_on': 'claim made on {day}',
  'answer.nobody': 'number {number}',
  'answer.the_practitioner': 'the practitioner',
  'answer.holds_until': 'Holds until',
  'answer.holds_hint': 'as the papers are filed now',
  'answer.as_of': 'As of',
  'answer.weakest': 'Weakest evidence',
  'answer.scheme': 'Rules',
  'answer.scheme_from': '{scheme}, version of {day}',
  'answer.legs': 'The answer in parts',
  'answer.notes': 'Please note',
  'answer.checked': 'Checked in this browser: {signatures} signatures, {entries} entries.',

  'person.heading': 'The person',
  'person.number': 'Registration number',
  'person.town': 'Town',
  'person.also': 'Earlier names',
  'person.photo': 'Photograph of {name}, as filed',
  'person.photo_check': 'Is this the person before you?',
  'person.photo_none': 'No photograph is filed. Ask to see an identity document, so that nobody '
    + 'borrows this number.',
  'person.photo_withheld': 'A photograph is filed, but not shown to you. Ask to see an identity '
    + 'document, so that nobody borrows this number.',
  'person.photo_missing': 'The photograph could not be loaded, so it is not shown.',
  'person.photo_wrong': 'The server sent another picture than the one that was signed. It is not '
    + 'shown.',
  'person.withheld_name': 'The name is filed, but not shown to you.',
  'person.withheld_town': 'The town is filed, but not shown to you.',
  'person.withheld_photo': 'The photograph is filed, but not shown to you.',

  'leg.REGISTRATION': 'Registration',
  'leg.TRAINING': 'Training',
  'leg.INSURANCE_ON_DAY': 'Insurance on the day',
  'leg.INSURANCE_IF_CLAIMED': 'Insurance if you claim',
  'leg.STANDING': 'Suspensions and conditions',
  'leg.outcome_YES': 'In order',
  'leg.outcome_NO': 'Not in order',
  'leg.outcome_CANNOT_SAY': 'Cannot say',
  'leg.informs': 'for information: does not count in the answer',
  'leg.registered': 'Registered by {signer} on {day}.',
  'leg.standing_clear': 'No suspension, removal or condition for this treatment is filed for '
    + 'this day.',
  'leg.same_policy': 'The policy named under “Insurance on the day”.',
  'leg.occurrence': 'It covers what happens while it runs, whenever the claim is made.',
  'leg.claims_made': 'It covers only claims made while it runs. After it ends, a later policy '
    + 'has to reach back.',
  'leg.same_reasons': 'The same as under “Insurance on the day”.',
  'leg.paper': 'The paper in question',
  'leg.holds_until': 'Holds until {day}.',

  'record.certificate': 'Certificate',
  'record.qualification': 'Qualification',
  'record.level': 'level {level} ({framework})',
  'record.awarded_on': 'Awarded on',
  'record.awarded_by': 'Awarded by',
  'record.name_on_paper': 'Name on the paper',
  'record.insurer': 'Insurer',
  'record.intermediary': 'Arranged through',
  'record.cover': 'Cover',
  'record.period': '{from} to {to}',
  'record.from': 'from {from}',
  'record.sections': 'What is insured',
  'record.per_claim': '{limit} per claim',
  'record.aggregate': '{limit} in all',
  'record.excess': '{limit} excess',
  'record.no_limit': 'no limit written down',
  'record.treatments': 'Treatments covered',
  'record.not_covered': 'Not covered',
  'record.except': '{treatment}, {exceptions}',
  'record.territories': 'Where',
  'record.retroactive': 'Reaches back to',
  'record.unlimited': 'without limit',
  'record.extended_until': 'Claims may still be made until',
  'record.clinic': 'Only while working for',
  'record.signed_by': 'Signed by',
  'record.signed': '{signer}, filed {day}',
  'record.known': 'How it is known',
  'record.confirmed': 'confirmed with {with} on {day}, {how}',
  'record.seen_on': 'seen on {day}',
  'record.papers': 'Papers',
  'record.paper': 'Fetch paper {index} ({type})',
  'record.paper_checking': 'Fetching …',
  'record.paper_save': 'Save paper {index} ({type})',
  'record.paper_hint': 'It is the very paper that was signed for.',
  'record.paper_wrong': 'The server sent another paper than the one that was signed for.',
  'record.paper_missing': 'The paper could not be fetched.',
  'record.sanction': 'Measure',
  'record.barred': 'Barred from',
  'record.text': 'In words',
  'record.withheld': 'not disclosed',

  'how.email': 'by e-mail',
  'how.telephone': 'by telephone',
  'how.portal': 'in its portal',
  'how.letter': 'by letter',
  'how.api': 'from system to system',
  'grade.self_declared': 'only the practitioner says so',
  'grade.document_seen': 'the paper was seen, not confirmed',
  'grade.issuer_confirmed': 'confirmed with the issuer',
  'grade.issuer_signed': 'signed by the issuer itself',
  'sanction.suspension': 'Suspension',
  'sanction.removal': 'Removal from the register',
  'sanction.conditions': 'Conditions',
  'except.under_18': 'not for clients under 18',
  'except.no_patch_test': 'not without a patch test',
  'except.no_consent': 'not without written consent',
  'why.false': 'it is false',
  'why.error': 'filed in error',
  'why.cancelled': 'cancelled',
  'why.unpaid': 'not paid for',
  'why.superseded': 'replaced by another',
  'why.fraud': 'fraud',
  'why.other': 'no particular reason given',
  'since.start': 'from the start',
  'since.day': 'from {day} on',
  'code.treatment_risk': 'treatment risk',
  'code.public_liability': 'public liability',
  'code.gb': 'United Kingdom',
  'code.gb-eng': 'England',
  'code.gb-wls': 'Wales',
  'code.gb-sct': 'Scotland',
  'code.gb-nir': 'Northern Ireland',

  'reason.number_not_registered': 'The register has given this number to nobody.',
  'reason.not_a_practitioner': 'This number belongs to an organisation or a set of rules, not to '
    + 'a practitioner.',
  'reason.registration_void': 'The registration does not count: the key that signed it had been '
    + 'stolen, or its owner was not allowed to register anybody.',
  'reason.erased': 'The personal details were erased. A number without a name vouches for nobody.',
  'reason.no_scheme': 'No regulator has set rules for this treatment here.',
  'reason.no_rules_on_day': 'No rules were in force on this day.',
  'reason.update_needed': 'The register uses something newer than this page knows. Load the page '
    + 'again.',
  'reason.training_none': 'No certificate is filed for: {detail}.',
  'reason.training_none_at_all': 'No certificate is filed.',
  'reason.training_for_other_treatment': 'A certificate is filed, but for something else: '
    + '{detail}.',
  'reason.training_refresher_only': 'Only a refresher is filed, not the training itself: {detail}.',
  'reason.training_withdrawn': 'The certificate was withdrawn {since}: {why}.',
  'reason.training_not_yet_awarded': 'The certificate is awarded only on {day}.',
  'reason.training_level_differs': 'The certificate states another level than this qualification '
    + 'has: {detail}.',
  'reason.training_owner_differs': 'The certificate is from {detail}, to whom this qualification '
    + 'does not belong.',
  'reason.training_owner_missing': 'Nobody has established that this qualification belongs to '
    + '{detail}.',
  'reason.training_outside_window': 'The certificate is dated {day}, when this qualification '
    + 'could not be awarded.',
  'reason.training_no_longer_accepted': 'This older qualification was accepted only until {day}.',
  'reason.training_expired': 'The training was valid until {day}, and no refresher is filed.',
  'reason.awarding_body_not_standing': '{organisation} was not accredited for this qualification '
    + 'when it was awarded.',
  'reason.grade_too_low': 'Not known well enough for the rules: {grade}.',
  'reason.confirmation_too_old': 'The paper was last checked on {day}, too long ago for the rules.',
  'reason.attested_by_own_clinic': 'Only the practitioner’s own clinic vouches for the paper: '
    + '{organisation}.',
  'reason.insurance_none': 'No insurance is filed.',
  'reason.insurance_treatment_not_listed': 'The policy does not list this treatment: {words}.',
  'reason.insurance_treatment_excluded': 'The policy excludes this treatment: {words}.',
  'reason.insurance_other_territory': 'The policy does not cover treatments here: {words}.',
  'reason.insurance_not_started': 'The cover begins only on {day}.',
  'reason.insurance_ended': 'The cover ended on {day}, and no other is filed.',
  'reason.insurance_not_renewed_yet': 'The cover filed so far ends on {day}. A renewal may follow.',
  'reason.insurance_cancelled': 'The policy was ended {since}: {why}.',
  'reason.insurance_withdrawn': 'The insurer’s paper was withdrawn {since}: {why}.',
  'reason.insurance_section_missing': 'The policy does not insure what the rules ask for: {words}.',
  'reason.insurance_limit_too_low': 'The policy pays less than the rules ask for: {words}.',
  'reason.insurance_limit_missing': 'How much the policy pays is not filed: {words}.',
  'reason.insurance_currency_differs': 'The limit is in another currency than the rules: {words}.',
  'reason.covered_only_at_clinic': 'The policy covers only the work at {organisation}. Will you '
    + 'be treated there?',
  'reason.insurance_only_at_other_clinic': 'The policy covers only the work at {organisation}.',
  'reason.affiliation_missing': 'The policy covers only the work at {organisation}, and that '
    + 'clinic has not filed that the practitioner works there on this day.',
  'reason.affiliation_unconfirmed': 'No registrar has confirmed that the practitioner works at '
    + '{organisation}.',
  'reason.insurance_excludes_under_18': 'The insurance does not cover clients under 18.',
  'reason.insurance_excludes_no_patch_test': 'The insurance does not cover treatment without a '
    + 'patch test before. Ask for one.',
  'reason.insurance_excludes_no_consent': 'The insurance does not cover treatment without your '
    + 'written consent. Ask for the form.',
  'reason.insurer_not_standing': '{organisation} was not accredited for this insurance on this '
    + 'day.',
  'reason.retroactive_missing': 'The treatment is before this policy began, and how far back the '
    + 'policy reaches is not filed.',
  'reason.retroactive_after_day': 'The policy covers only treatments from {day} on.',
  'reason.claim_before_cover': 'The claim would come before the policy begins, on {day}.',
  'reason.claim_after_cover': 'The claim would come after the last day for claims, {day}.',
  'reason.suspended': 'The practitioner is suspended on this day.',
  'reason.removed': 'The practitioner has been removed from the register.',
  'reason.conditions_bar_treatment': 'The practitioner may not do this treatment.',
  'reason.conditions_unclear': 'The practitioner works under conditions that are only written in '
    + 'words. Read them, or ask the regulator.',
  'reason.conditions_on_other_treatments': 'Conditions are in force, but for other treatments: '
    + '{detail}.',
  'reason.name_differs': 'The name on the paper is none that this practitioner has held.',
  'reason.filed_after_day': 'It was filed only on {day}, after the day you ask about.',
  'reason.title_differs': 'The title on the certificate differs from that of the qualification: '
    + '{detail}.',
  'reason.issuer_number_missing': '{detail} is not named by its number, so nobody asked whether '
    + 'it stood accredited.',
  'reason.qualification_check_digit': 'The qualification number {detail} looks mistyped; a few '
    + 'genuine ones do.',
  'reason.disputed': 'The practitioner disputes this paper or measure.',
  'reason.other': 'A reason that this page has no words for: {code} {detail}.',
  'reason.other_number': 'It is filed under the person’s other number, {number}.',
  'reason.filed': 'Filed by {signer}, {day}.',

  'help.heading': 'Whom to ask',
  'help.issuer': '{name}, whose paper it is: does it confirm the paper? A registrar can then '
    + 'file that.',
  'help.clinic': '{name}: ask the clinic to have a registrar confirm who works there.',
  'help.regulator': '{name}, who filed the measure.',
  'help.practitioner': 'The practitioner: you may ask to see the certificate and the policy '
    + 'before the consultation.',
  'help.registered_by': '{name}, who registered this person.',
  'help.at_clinic': 'Yes, I will be treated there: check again',

  'failed.sentence': 'The answer could not be checked. Do not rely on anything about this person '
    + 'until it can be.',
  'failed.why': 'Why',
  'failed.reason': 'Reason: {reason}',
  'failed.where': 'While reading: {where}',
  'failed.unreachable': 'The register cannot be reached. Are you online? Try again in a moment.',
  'failed.busy': 'The register has too much to do at the moment. Try again in a minute.',
  'failed.refused': 'The register did not answer the question: {detail}',
  'failed.not_json': 'What answered is not a register.',
  'failed.proof': 'The evidence does not prove an answer: {detail}',
  'failed.head_too_old': 'What the register sent is out of date, so something newer may be kept '
    + 'back. Is the clock of this device right?',
  'failed.head_in_future': 'What the register sent is dated in the future. Is the clock of this '
    + 'device right?',
  'failed.question_differs': 'The register answered another question than yours.',
  'failed.no_crypto': 'This browser cannot check signatures on this page. Open it with https, or '
    + 'use a newer browser.',
  'failed.no_anchors': 'This page came without its trust anchors (trust.json), so it cannot '
    + 'check anything.',
  'failed.too_large': 'This file is too large to be saved evidence.',
  'failed.fork': 'The register shows two histories. What this browser saw before is not part of '
    + 'what it is shown now. Somebody may be hiding something from you.',
  'failed.older': 'The register answered from an older state than this browser has seen before. '
    + 'Something newer may be kept back. Try again in a minute.',
  'failed.history': 'The register could not prove that its history only grew since your last '
    + 'visit.',
  'failed.internal': 'This page failed at its work: {detail}',
  'failed.advice': 'What you can do: try again, use another network or another host of this '
    + 'page, or check with the command line program. Ask the practitioner for the papers '
    + 'themselves.',
  'fork.before': 'Seen before',
  'fork.now': 'Shown now',
  'fork.head': '{size} entries, root {root}',
  'fork.save': 'Save both signed heads',
  'fork.save_hint': 'Together they prove it. Send them to the regulator or to an auditor.',
  'fork.forget': 'Forget what was seen before',
  'fork.forget_hint': 'Only if you know why the register began anew, for example a demonstration.',

  'keep.heading': 'Keep it',
  'keep.save': 'Save the evidence',
  'keep.save_hint': 'A file that proves this answer, even without the register.',
  'keep.print': 'Print a summary',
  'keep.link': 'Link to this practitioner',
  'keep.qr': 'QR code: leads to the check of {number}',
  'keep.qr_hint': 'Scan to check again',
  'keep.badge': 'For the practitioner: a badge for your own web site',
  'keep.badge_hint': 'It shows name and number and leads here. It never shows the answer: a '
    + 'picture can be copied.',
  'keep.badge_image': 'The badge',
  'keep.snippet': 'HTML to paste',

  'file.heading': 'Check a saved file',
  'file.hint': 'Choose saved evidence, or drop it anywhere on this page. It is checked in this '
    + 'browser and goes nowhere.',
  'file.choose': 'Choose a file',

  'steps.heading': 'How was this checked?',
  'steps.lead': 'Nothing the server says is believed: all of this was computed in this browser.',
  'steps.anchors': 'The register is the one this page pins',
  'steps.anchors_text': '{origin}, log key {key}, first entry {genesis}.',
  'steps.head': 'Its head is signed',
  'steps.head_text': '{size} entries, root {root}, of {time}.',
  'steps.head_new': 'It is as new as this page asks for.',
  'steps.head_saved': 'The file was saved: its age was not judged.',
  'steps.cosigned': 'Others signed it too: {cosigners}, {time}.',
  'steps.cosigned_none': 'This page’s anchors ask for no cosigner.',
  'steps.history': 'Compared with your last visit',
  'steps.history_first': 'This browser had seen no head of this register before.',
  'steps.history_same': 'The same head as at your last visit: {size} entries.',
  'steps.history_grown': 'History only grew, from {before} to {size} entries: proven with '
    + '{hashes} hashes.',
  'steps.history_saved': 'A saved file: compared only with a head of the same size.',
  'steps.state': 'The present state belongs to that head',
  'steps.state_text': '{subjects} subjects, root {root}.',
  'steps.subjects': 'Everything filed for everybody concerned is there, nothing kept back',
  'steps.subjects_text': '{subjects} subjects with {entries} entries in all, each proven complete:',
  'steps.subject': '{number} {name}: {entries} entries, root {root}',
  'steps.signatures': 'Every signature is right, and its signer was allowed to sign',
  'steps.signatures_text': '{signatures} signatures verified.',
  'steps.disclosed': 'Personal details fit their digests',
  'steps.disclosed_text': '{disclosed} disclosed, {withheld} withheld from everybody or erased.',
  'steps.verdict': 'The answer was computed from these papers alone',
  'steps.verdict_text': '{scheme}; as known on {time}.',
  'steps.no_scheme': 'no rules found',

  'trust.heading': 'What this page trusts',
  'trust.lead': 'These anchors came with the page, in trust.json. Compare them with what the '
    + 'register publishes elsewhere.',
  'trust.origin': 'Register',
  'trust.log_key': 'Log key',
  'trust.genesis': 'First entry',
  'trust.policy': 'Cosigners asked for',
  'trust.policy_none': 'none',
  'trust.max_age': 'Oldest answer accepted',
  'trust.seconds': '{seconds} seconds',
  'trust.limits': 'What this page cannot guard you from',
  'trust.limits_text': 'The page checks all that caches, mirrors and databases send. But whoever '
    + 'serves you the page also serves you the program that checks. If the register’s own '
    + 'operator wished to deceive you, a page from the operator could not stop that.',
  'trust.limits_do': 'Then use the same page from another host, for example a patients’ '
    + 'association, or check the saved evidence with the command line program: bonafide check.',
  'trust.privacy': 'No cookies, no third parties. This browser remembers one thing: the last '
    + 'head it saw.',
};
