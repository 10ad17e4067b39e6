// Every text of the page in Welsh, not yet reviewed by a speaker. `{name}` stands for a value.
// en.js has the same keys.

export default {
  'language.unreviewed': 'Nid yw’r testun Cymraeg wedi ei adolygu eto gan siaradwr Cymraeg.',

  'day.months': 'Ionawr Chwefror Mawrth Ebrill Mai Mehefin Gorffennaf Awst Medi Hydref Tachwedd '
    + 'Rhagfyr',

  'page.title': 'Gwirio ymarferydd',
  'page.skip': 'Neidio i’r ateb',
  'page.lead': 'Cyn eich apwyntiad: a yw’r hyfforddiant a’r yswiriant mewn trefn? Mae’r dudalen '
    + 'hon yn chwilio am y papurau wedi eu llofnodi ac yn gwirio pob llofnod ei hun, yn eich '
    + 'porwr.',
  'page.languages': 'Iaith',

  'ask.heading': 'Eich cwestiwn',
  'ask.again': 'Gofyn eto',
  'ask.person': 'Rhif cofrestru neu enw',
  'ask.person_hint': 'Mae’r rhif ar y cod QR neu’r bathodyn, fel 0000-4711-30. Gydag enw, mae '
    + 'tref yn helpu: Ada Example, Westexample.',
  'ask.treatment': 'Triniaeth',
  'ask.treatment_choose': 'Dewiswch driniaeth',
  'ask.treatment_in': '{treatment} ({territory})',
  'ask.treatments_failed': 'Ni ellid llwytho’r rhestr o driniaethau. Llwythwch y dudalen eto.',
  'ask.on': 'Diwrnod yr apwyntiad',
  'ask.more': 'Mwy am yr apwyntiad',
  'ask.at': 'Rhif cofrestru’r clinig',
  'ask.at_hint': 'Mae ambell yswiriant yn cynnwys y gwaith mewn un clinig yn unig.',
  'ask.claim_on': 'Diwrnod hawliad',
  'ask.claim_on_hint': 'Pe bai rhywbeth yn mynd o’i le: a fyddai hawliad ar y diwrnod '
    + 'diweddarach hwn wedi ei yswirio?',
  'ask.under_18': 'Mae’r cleient dan 18 oed',
  'ask.submit': 'Gwirio',
  'ask.retry': 'Rhoi cynnig arall arni',
  'ask.working': 'Yn nôl y papurau ac yn eu gwirio …',
  'ask.searching': 'Yn chwilio …',

  'fault.person': 'Rhowch rif cofrestru neu enw.',
  'fault.registration_number': 'Nid rhif cofrestru yw hwn: mae ganddo 10 digid neu fwy, fel '
    + '0000-4711-30.',
  'fault.registration_number_check': 'Mae camgymeriad yn y rhif hwn: nid yw’r ddau ddigid olaf '
    + 'yn cyd-fynd â’r lleill. Cymharwch ef unwaith eto.',
  'fault.treatment': 'Dewiswch y driniaeth.',
  'fault.on': 'Dewiswch ddiwrnod yr apwyntiad.',
  'fault.claim_on': 'Ni all diwrnod hawliad fod cyn yr apwyntiad.',
  'fault.claim_on_unread': 'Ni ellir darllen diwrnod yr hawliad yn y ddolen hon. Dewiswch ef, neu '
    + 'gadewch ef yn wag.',

  'intro.heading': 'Beth welwch chi',
  'intro.YES': 'Mae’r papurau a ffeiliwyd yn bodloni’r rheolau ar gyfer y driniaeth hon ar y '
    + 'diwrnod hwn.',
  'intro.NO': 'Nid oes dim a ffeiliwyd yn dangos hynny, neu mae’r person wedi ei atal.',
  'intro.CANNOT_SAY': 'Mae rhywbeth wedi ei ffeilio, ond heb ei gadarnhau’n ddigonol. Cewch '
    + 'wybod pwy i’w holi.',
  'intro.FAILED': 'Nid yw’r prawf yn dal, neu ni chafwyd ateb. Ni ddangosir ateb bryd hynny.',

  'search.heading': 'Pwy sydd gennych mewn golwg?',
  'search.hint': 'Canlyniadau chwilio yn unig yw’r rhain: nid oes dim wedi ei brofi eto. '
    + 'Dewiswch berson, a chaiff y papurau eu gwirio.',
  'search.none': 'Ni chafwyd hyd i neb o dan yr enw hwn. Rhowch gynnig ar sillafiad arall, neu '
    + 'gofynnwch i’r ymarferydd am y rhif cofrestru.',
  'search.capped': 'Mae mwy o bobl yn cyfateb. Ychwanegwch weddill yr enw, neu’r dref ar ôl coma.',
  'search.more': 'Dangos mwy o bobl',
  'search.also': 'hefyd: {names}',

  'outcome.YES': 'YDYN',
  'outcome.NO': 'NAC YDYN',
  'outcome.CANNOT_SAY': 'NI ELLIR DWEUD',
  'outcome.FAILED': 'METHU GWIRIO',

  'answer.announce': 'Ateb: {outcome}. {sentence}',
  'answer.YES': 'Mae’r papurau a ffeiliwyd ar gyfer {name} yn bodloni’r rheolau ar gyfer '
    + '{treatment} ({territory}) ar {day}.',
  'answer.NO': 'Nid yw’r papurau a ffeiliwyd ar gyfer {name} yn bodloni’r rheolau ar gyfer '
    + '{treatment} ({territory}) ar {day}.',
  'answer.CANNOT_SAY': 'O’r papurau a ffeiliwyd ar gyfer {name} ni all neb ddweud a ydynt yn '
    + 'bodloni’r rheolau ar gyfer {treatment} ({territory}) ar {day}.',
  'answer.NOBODY': 'Nid oes ymarferydd wedi ei gofrestru o dan y rhif {number}.',
  'answer.because': 'Y prif reswm:',
  'answer.advice_YES': 'Gwnewch yn siŵr mai {name} yw’r person o’ch blaen. Nid yw hyn yn addewid '
    + 'y byddai hawliad yn cael ei dalu.',
  'answer.advice_NO': 'Peidiwch â bwrw ymlaen ar sail y papurau hyn. Holwch {name} am y rhesymau '
    + 'isod yn gyntaf.',
  'answer.advice_CANNOT_SAY': 'Peidiwch â chymryd hyn fel cadarnhad. Isod mae’r hyn a ffeiliwyd, '
    + 'a phwy i’w holi.',
  'answer.advice_NOBODY': 'Cymharwch y rhif unwaith eto â’r un a gawsoch, neu chwiliwch am yr '
    + 'enw. Peidiwch â derbyn rhif nad yw wedi ei gofrestru.',
  'answer.ahead': 'Gofynnwch eto ar y diwrnod: gall papurau gael eu tynnu’n ôl cyn hynny.',
  'answer.past': 'Gofynnoch am {day}, sydd wedi mynd heibio.',
  'answer.past_today': 'O ofyn am heddiw, yr ateb yw {outcome}.',
  'answer.ask_today': 'Gofyn am heddiw',
  'answer.saved': 'Ateb a gadwyd yw hwn, nid un cyfredol. Gofynnwch i’r gofrestr eto cyn dibynnu '
    + 'arno.',
  'answer.saved_on': 'fel yr oedd ar {time}',
  'answer.asked': 'Gofynnwyd',
  'answer.at': 'yn {clinic}',
  'answer.under_18': 'ar gyfer cleient dan 18 oed',
  'answer.claim_on': 'hawliad ar {day}',
  'answer.nobody': 'rhif {number}',
  'answer.the_practitioner': 'yr ymarferydd',
  'answer.holds_until': 'Yn dal tan',
  'answer.holds_hint': 'fel y mae’r papurau wedi eu ffeilio nawr',
  'answer.as_of': 'Fel yr oedd ar',
  'answer.weakest': 'Y dystiolaeth wannaf',
  'answer.scheme': 'Rheolau',
  'answer.scheme_from': '{scheme}, fersiwn {day}',
  'answer.legs': 'Yr ateb fesul rhan',
  'answer.notes': 'Sylwer',
  'answer.checked': 'Gwiriwyd yn y porwr hwn: {signatures} llofnod, {entries} cofnod.',

  'person.heading': 'Y person',
  'person.number': 'Rhif cofrestru',
  'person.town': 'Tref',
  'person.also': 'Enwau blaenorol',
  'person.photo': 'Ffotograff o {name}, fel y’i ffeiliwyd',
  'person.photo_check': 'Ai dyma’r person o’ch blaen?',
  'person.photo_none': 'Ni ffeiliwyd ffotograff. Gofynnwch am weld dogfen adnabod, rhag i rywun '
    + 'fenthyg y rhif hwn.',
  'person.photo_withheld': 'Ffeiliwyd ffotograff, ond nid yw’n cael ei ddangos i chi. Gofynnwch '
    + 'am weld dogfen adnabod, rhag i rywun fenthyg y rhif hwn.',
  'person.photo_missing': 'Ni ellid llwytho’r ffotograff, felly nid yw’n cael ei ddangos.',
  'person.photo_wrong': 'Anfonodd y gweinydd lun gwahanol i’r un a lofnodwyd. Nid yw’n cael ei '
    + 'ddangos.',
  'person.withheld_name': 'Ffeiliwyd yr enw, ond nid yw’n cael ei ddangos i chi.',
  'person.withheld_town': 'Ffeiliwyd y dref, ond nid yw’n cael ei dangos i chi.',
  'person.withheld_photo': 'Ffeiliwyd y ffotograff, ond nid yw’n cael ei ddangos i chi.',

  'leg.REGISTRATION': 'Cofrestriad',
  'leg.TRAINING': 'Hyfforddiant',
  'leg.INSURANCE_ON_DAY': 'Yswiriant ar y diwrnod',
  'leg.INSURANCE_IF_CLAIMED': 'Yswiriant os byddwch yn hawlio',
  'leg.STANDING': 'Ataliadau ac amodau',
  'leg.outcome_YES': 'Mewn trefn',
  'leg.outcome_NO': 'Ddim mewn trefn',
  'leg.outcome_CANNOT_SAY': 'Ni ellir dweud',
  'leg.informs': 'er gwybodaeth: nid yw’n cyfrif yn yr ateb',
  'leg.registered': 'Cofrestrwyd gan {signer} ar {day}.',
  'leg.standing_clear': 'Nid oes ataliad, dilead nac amod ar gyfer y driniaeth hon wedi ei '
    + 'ffeilio ar gyfer y diwrnod hwn.',
  'leg.same_policy': 'Y polisi a enwir o dan “Yswiriant ar y diwrnod”.',
  'leg.occurrence': 'Mae’n yswirio’r hyn sy’n digwydd tra bydd yn rhedeg, pryd bynnag y gwneir '
    + 'yr hawliad.',
  'leg.claims_made': 'Mae’n yswirio hawliadau a wneir tra bydd yn rhedeg yn unig. Wedi hynny, '
    + 'rhaid i bolisi diweddarach ymestyn yn ôl.',
  'leg.same_reasons': 'Yr un peth ag o dan “Yswiriant ar y diwrnod”.',
  'leg.paper': 'Y papur dan sylw',
  'leg.holds_until': 'Yn dal tan {day}.',

  'record.certificate': 'Tystysgrif',
  'record.qualification': 'Cymhwyster',
  'record.level': 'lefel {level} ({framework})',
  'record.awarded_on': 'Dyfarnwyd ar',
  'record.awarded_by': 'Dyfarnwyd gan',
  'record.name_on_paper': 'Yr enw ar y papur',
  'record.insurer': 'Yswiriwr',
  'record.intermediary': 'Trefnwyd drwy',
  'record.cover': 'Cyfnod yr yswiriant',
  'record.period': '{from} hyd {to}',
  'record.from': 'o {from}',
  'record.sections': 'Beth sydd wedi ei yswirio',
  'record.per_claim': '{limit} fesul hawliad',
  'record.aggregate': '{limit} i gyd',
  'record.excess': 'tâl dros ben o {limit}',
  'record.no_limit': 'ni nodwyd terfyn',
  'record.treatments': 'Triniaethau a gynhwysir',
  'record.not_covered': 'Heb eu cynnwys',
  'record.except': '{treatment}, {exceptions}',
  'record.territories': 'Ble',
  'record.retroactive': 'Yn ymestyn yn ôl hyd',
  'record.unlimited': 'heb derfyn',
  'record.extended_until': 'Gellir hawlio o hyd tan',
  'record.clinic': 'Dim ond wrth weithio i',
  'record.signed_by': 'Llofnodwyd gan',
  'record.signed': '{signer}, ffeiliwyd {day}',
  'record.known': 'Sut y gwyddys hyn',
  'record.confirmed': 'cadarnhawyd gyda {with} ar {day}, {how}',
  'record.seen_on': 'gwelwyd ar {day}',
  'record.papers': 'Papurau',
  'record.paper': 'Nôl papur {index} ({type})',
  'record.paper_checking': 'Yn nôl …',
  'record.paper_save': 'Cadw papur {index} ({type})',
  'record.paper_hint': 'Dyma’r union bapur y llofnodwyd ar ei gyfer.',
  'record.paper_wrong': 'Anfonodd y gweinydd bapur gwahanol i’r un y llofnodwyd ar ei gyfer.',
  'record.paper_missing': 'Ni ellid nôl y papur.',
  'record.sanction': 'Mesur',
  'record.barred': 'Gwaharddwyd rhag',
  'record.text': 'Mewn geiriau',
  'record.withheld': 'heb ei ddatgelu',

  'how.email': 'drwy e-bost',
  'how.telephone': 'dros y ffôn',
  'how.portal': 'yn ei borth',
  'how.letter': 'drwy lythyr',
  'how.api': 'o system i system',
  'grade.self_declared': 'yr ymarferydd yn unig sy’n dweud hynny',
  'grade.document_seen': 'gwelwyd y papur, ond nis cadarnhawyd',
  'grade.issuer_confirmed': 'cadarnhawyd gyda’r cyhoeddwr',
  'grade.issuer_signed': 'llofnodwyd gan y cyhoeddwr ei hun',
  'sanction.suspension': 'Ataliad',
  'sanction.removal': 'Dileu o’r gofrestr',
  'sanction.conditions': 'Amodau',
  'except.under_18': 'nid ar gyfer cleientiaid dan 18 oed',
  'except.no_patch_test': 'nid heb brawf croen',
  'except.no_consent': 'nid heb gydsyniad ysgrifenedig',
  'why.false': 'mae’n ffug',
  'why.error': 'ffeiliwyd mewn camgymeriad',
  'why.cancelled': 'canslwyd',
  'why.unpaid': 'ni thalwyd amdano',
  'why.superseded': 'disodlwyd gan un arall',
  'why.fraud': 'twyll',
  'why.other': 'ni roddwyd rheswm penodol',
  'since.start': 'o’r cychwyn',
  'since.day': 'o {day} ymlaen',
  'code.treatment_risk': 'risg y driniaeth',
  'code.public_liability': 'atebolrwydd cyhoeddus',
  'code.gb': 'y Deyrnas Unedig',
  'code.gb-eng': 'Lloegr',
  'code.gb-wls': 'Cymru',
  'code.gb-sct': 'yr Alban',
  'code.gb-nir': 'Gogledd Iwerddon',

  'reason.number_not_registered': 'Nid yw’r gofrestr wedi rhoi’r rhif hwn i neb.',
  'reason.not_a_practitioner': 'Mae’r rhif hwn yn perthyn i sefydliad neu i set o reolau, nid i '
    + 'ymarferydd.',
  'reason.registration_void': 'Nid yw’r cofrestriad yn cyfrif: cafodd yr allwedd a’i llofnododd '
    + 'ei dwyn, neu nid oedd hawl gan ei pherchennog i gofrestru neb.',
  'reason.erased': 'Dilëwyd y manylion personol. Nid yw rhif heb enw yn tystio dros neb.',
  'reason.no_scheme': 'Nid oes rheoleiddiwr wedi gosod rheolau ar gyfer y driniaeth hon yma.',
  'reason.no_rules_on_day': 'Nid oedd rheolau mewn grym ar y diwrnod hwn.',
  'reason.update_needed': 'Mae’r gofrestr yn defnyddio rhywbeth mwy newydd nag y mae’r dudalen '
    + 'hon yn ei adnabod. Llwythwch y dudalen eto.',
  'reason.training_none': 'Nid oes tystysgrif wedi ei ffeilio ar gyfer: {detail}.',
  'reason.training_none_at_all': 'Nid oes tystysgrif wedi ei ffeilio.',
  'reason.training_for_other_treatment': 'Ffeiliwyd tystysgrif, ond ar gyfer rhywbeth arall: '
    + '{detail}.',
  'reason.training_refresher_only': 'Cwrs gloywi yn unig a ffeiliwyd, nid yr hyfforddiant ei '
    + 'hun: {detail}.',
  'reason.training_withdrawn': 'Tynnwyd y dystysgrif yn ôl {since}: {why}.',
  'reason.training_not_yet_awarded': 'Ar {day} y dyfernir y dystysgrif.',
  'reason.training_level_differs': 'Mae’r dystysgrif yn nodi lefel wahanol i lefel y cymhwyster '
    + 'hwn: {detail}.',
  'reason.training_owner_differs': 'Daw’r dystysgrif oddi wrth {detail}, nad yw’n berchen ar y '
    + 'cymhwyster hwn.',
  'reason.training_owner_missing': 'Nid oes neb wedi sefydlu mai {detail} yw perchennog y '
    + 'cymhwyster hwn.',
  'reason.training_outside_window': 'Dyddiad y dystysgrif yw {day}, pan na ellid dyfarnu’r '
    + 'cymhwyster hwn.',
  'reason.training_no_longer_accepted': 'Derbyniwyd y cymhwyster hŷn hwn tan {day} yn unig.',
  'reason.training_expired': 'Bu’r hyfforddiant yn ddilys tan {day}, ac ni ffeiliwyd cwrs gloywi.',
  'reason.awarding_body_not_standing': 'Nid oedd {organisation} wedi ei achredu ar gyfer y '
    + 'cymhwyster hwn pan ddyfarnwyd ef.',
  'reason.grade_too_low': 'Heb ei gadarnhau’n ddigonol yn ôl y rheolau: {grade}.',
  'reason.confirmation_too_old': 'Gwiriwyd y papur ddiwethaf ar {day}, rhy bell yn ôl yn ôl y '
    + 'rheolau.',
  'reason.attested_by_own_clinic': 'Clinig yr ymarferydd ei hun yn unig sy’n tystio i’r papur: '
    + '{organisation}.',
  'reason.insurance_none': 'Nid oes yswiriant wedi ei ffeilio.',
  'reason.insurance_treatment_not_listed': 'Nid yw’r polisi’n rhestru’r driniaeth hon: {words}.',
  'reason.insurance_treatment_excluded': 'Mae’r polisi’n eithrio’r driniaeth hon: {words}.',
  'reason.insurance_other_territory': 'Nid yw’r polisi’n cynnwys triniaethau yma: {words}.',
  'reason.insurance_not_started': 'Ar {day} y mae’r yswiriant yn dechrau.',
  'reason.insurance_ended': 'Daeth yr yswiriant i ben ar {day}, ac ni ffeiliwyd un arall.',
  'reason.insurance_not_renewed_yet': 'Daw’r yswiriant a ffeiliwyd hyd yn hyn i ben ar {day}. '
    + 'Efallai y caiff ei adnewyddu.',
  'reason.insurance_cancelled': 'Daeth y polisi i ben {since}: {why}.',
  'reason.insurance_withdrawn': 'Tynnwyd papur yr yswiriwr yn ôl {since}: {why}.',
  'reason.insurance_section_missing': 'Nid yw’r polisi’n yswirio’r hyn y mae’r rheolau’n gofyn '
    + 'amdano: {words}.',
  'reason.insurance_limit_too_low': 'Mae’r polisi’n talu llai nag y mae’r rheolau’n gofyn '
    + 'amdano: {words}.',
  'reason.insurance_limit_missing': 'Ni ffeiliwyd faint y mae’r polisi’n ei dalu: {words}.',
  'reason.insurance_currency_differs': 'Mae’r terfyn mewn arian gwahanol i’r rheolau: {words}.',
  'reason.covered_only_at_clinic': 'Mae’r polisi’n yswirio’r gwaith yn {organisation} yn unig. '
    + 'Ai yno y cewch eich trin?',
  'reason.insurance_only_at_other_clinic': 'Mae’r polisi’n yswirio’r gwaith yn {organisation} yn '
    + 'unig.',
  'reason.affiliation_missing': 'Mae’r polisi’n yswirio’r gwaith yn {organisation} yn unig, ac '
    + 'nid yw’r clinig hwnnw wedi ffeilio bod yr ymarferydd yn gweithio yno ar y diwrnod hwn.',
  'reason.affiliation_unconfirmed': 'Nid oes cofrestrydd wedi cadarnhau bod yr ymarferydd yn '
    + 'gweithio yn {organisation}.',
  'reason.insurance_excludes_under_18': 'Nid yw’r yswiriant yn cynnwys cleientiaid dan 18 oed.',
  'reason.insurance_excludes_no_patch_test': 'Nid yw’r yswiriant yn cynnwys triniaeth heb brawf '
    + 'croen ymlaen llaw. Gofynnwch am un.',
  'reason.insurance_excludes_no_consent': 'Nid yw’r yswiriant yn cynnwys triniaeth heb eich '
    + 'cydsyniad ysgrifenedig. Gofynnwch am y ffurflen.',
  'reason.insurer_not_standing': 'Nid oedd {organisation} wedi ei achredu ar gyfer yr yswiriant '
    + 'hwn ar y diwrnod hwn.',
  'reason.retroactive_missing': 'Mae’r driniaeth cyn dechrau’r polisi hwn, ac ni ffeiliwyd pa '
    + 'mor bell yn ôl y mae’n ymestyn.',
  'reason.retroactive_after_day': 'Mae’r polisi’n yswirio triniaethau o {day} ymlaen yn unig.',
  'reason.claim_before_cover': 'Byddai’r hawliad cyn i’r polisi ddechrau, ar {day}.',
  'reason.claim_after_cover': 'Byddai’r hawliad ar ôl y diwrnod olaf ar gyfer hawliadau, {day}.',
  'reason.suspended': 'Mae’r ymarferydd wedi ei atal ar y diwrnod hwn.',
  'reason.removed': 'Mae’r ymarferydd wedi ei ddileu o’r gofrestr.',
  'reason.conditions_bar_treatment': 'Ni chaiff yr ymarferydd wneud y driniaeth hon.',
  'reason.conditions_unclear': 'Mae’r ymarferydd yn gweithio o dan amodau sydd mewn geiriau’n '
    + 'unig. Darllenwch hwy, neu holwch y rheoleiddiwr.',
  'reason.conditions_on_other_treatments': 'Mae amodau mewn grym, ond ar gyfer triniaethau '
    + 'eraill: {detail}.',
  'reason.name_differs': 'Nid yw’r enw ar y papur yn un y bu gan yr ymarferydd hwn.',
  'reason.filed_after_day': 'Ar {day} y’i ffeiliwyd, ar ôl y diwrnod yr ydych yn holi amdano.',
  'reason.title_differs': 'Mae teitl y dystysgrif yn wahanol i deitl y cymhwyster: {detail}.',
  'reason.issuer_number_missing': 'Nid yw {detail} wedi ei enwi gyda’i rif, felly ni ofynnodd '
    + 'neb a oedd wedi ei achredu.',
  'reason.qualification_check_digit': 'Mae rhif y cymhwyster {detail} yn edrych fel camdeipiad; '
    + 'felly ambell un dilys hefyd.',
  'reason.disputed': 'Mae’r ymarferydd yn anghytuno â’r papur neu’r mesur hwn.',
  'reason.other': 'Rheswm nad oes gan y dudalen hon eiriau amdano: {code} {detail}.',
  'reason.other_number': 'Fe’i ffeiliwyd o dan rif arall y person, {number}.',
  'reason.filed': 'Ffeiliwyd gan {signer}, {day}.',

  'help.heading': 'Pwy i’w holi',
  'help.issuer': '{name}, a gyhoeddodd y papur: a yw’n ei gadarnhau? Gall cofrestrydd ffeilio '
    + 'hynny wedyn.',
  'help.clinic': '{name}: gofynnwch i’r clinig drefnu i gofrestrydd gadarnhau pwy sy’n gweithio '
    + 'yno.',
  'help.regulator': '{name}, a ffeiliodd y mesur.',
  'help.practitioner': 'Yr ymarferydd: cewch ofyn am weld y dystysgrif a’r polisi cyn yr '
    + 'ymgynghoriad.',
  'help.registered_by': '{name}, a gofrestrodd y person hwn.',
  'help.at_clinic': 'Ie, yno y caf fy nhrin: gwirio eto',

  'failed.sentence': 'Ni ellid gwirio’r ateb. Peidiwch â dibynnu ar ddim am y person hwn nes y '
    + 'gellir gwneud hynny.',
  'failed.why': 'Pam',
  'failed.reason': 'Rheswm: {reason}',
  'failed.where': 'Wrth ddarllen: {where}',
  'failed.unreachable': 'Ni ellir cyrraedd y gofrestr. Ydych chi ar-lein? Rhowch gynnig arall '
    + 'arni yn y man.',
  'failed.busy': 'Mae gan y gofrestr ormod i’w wneud ar hyn o bryd. Rhowch gynnig arall arni '
    + 'mewn munud.',
  'failed.refused': 'Nid atebodd y gofrestr y cwestiwn: {detail}',
  'failed.not_json': 'Nid cofrestr yw’r hyn a atebodd.',
  'failed.proof': 'Nid yw’r dystiolaeth yn profi ateb: {detail}',
  'failed.head_too_old': 'Mae’r hyn a anfonodd y gofrestr wedi dyddio, felly gall rhywbeth mwy '
    + 'newydd fod wedi ei gadw’n ôl. A yw cloc y ddyfais hon yn gywir?',
  'failed.head_in_future': 'Mae dyddiad yr hyn a anfonodd y gofrestr yn y dyfodol. A yw cloc y '
    + 'ddyfais hon yn gywir?',
  'failed.question_differs': 'Atebodd y gofrestr gwestiwn gwahanol i’ch un chi.',
  'failed.no_crypto': 'Ni all y porwr hwn wirio llofnodion ar y dudalen hon. Agorwch hi gyda '
    + 'https, neu defnyddiwch borwr mwy newydd.',
  'failed.no_anchors': 'Daeth y dudalen hon heb ei hangorau ymddiriedaeth (trust.json), felly ni '
    + 'all wirio dim.',
  'failed.too_large': 'Mae’r ffeil hon yn rhy fawr i fod yn dystiolaeth a gadwyd.',
  'failed.fork': 'Mae’r gofrestr yn dangos dau hanes. Nid yw’r hyn a welodd y porwr hwn o’r '
    + 'blaen yn rhan o’r hyn a ddangosir iddo nawr. Efallai fod rhywun yn cuddio rhywbeth '
    + 'rhagoch.',
  'failed.older': 'Atebodd y gofrestr o gyflwr hŷn nag y mae’r porwr hwn wedi ei weld o’r blaen. '
    + 'Gall rhywbeth mwy newydd fod wedi ei gadw’n ôl. Rhowch gynnig arall arni mewn munud.',
  'failed.history': 'Ni allai’r gofrestr brofi mai tyfu’n unig a wnaeth ei hanes ers eich '
    + 'ymweliad diwethaf.',
  'failed.internal': 'Methodd y dudalen hon yn ei gwaith: {detail}',
  'failed.advice': 'Beth allwch chi ei wneud: rhoi cynnig arall arni, defnyddio rhwydwaith arall '
    + 'neu westeiwr arall i’r dudalen hon, neu wirio gyda’r rhaglen llinell orchymyn. Gofynnwch '
    + 'i’r ymarferydd am y papurau eu hunain.',
  'fork.before': 'Gwelwyd o’r blaen',
  'fork.now': 'Dangosir nawr',
  'fork.head': '{size} cofnod, gwreiddyn {root}',
  'fork.save': 'Cadw’r ddau ben wedi eu llofnodi',
  'fork.save_hint': 'Gyda’i gilydd maent yn brawf. Anfonwch hwy at y rheoleiddiwr neu at '
    + 'archwilydd.',
  'fork.forget': 'Anghofio’r hyn a welwyd o’r blaen',
  'fork.forget_hint': 'Dim ond os gwyddoch pam y dechreuodd y gofrestr o’r newydd, er enghraifft '
    + 'arddangosiad.',

  'keep.heading': 'Cadwch ef',
  'keep.save': 'Cadw’r dystiolaeth',
  'keep.save_hint': 'Ffeil sy’n profi’r ateb hwn, hyd yn oed heb y gofrestr.',
  'keep.print': 'Argraffu crynodeb',
  'keep.link': 'Dolen i’r ymarferydd hwn',
  'keep.qr': 'Cod QR: yn arwain at wirio {number}',
  'keep.qr_hint': 'Sganiwch i wirio eto',
  'keep.badge': 'I’r ymarferydd: bathodyn ar gyfer eich gwefan eich hun',
  'keep.badge_hint': 'Mae’n dangos enw a rhif ac yn arwain yma. Nid yw byth yn dangos yr ateb: '
    + 'gellir copïo llun.',
  'keep.badge_image': 'Y bathodyn',
  'keep.snippet': 'HTML i’w ludo',

  'file.heading': 'Gwirio ffeil a gadwyd',
  'file.hint': 'Dewiswch dystiolaeth a gadwyd, neu gollyngwch hi unrhyw le ar y dudalen hon. '
    + 'Fe’i gwirir yn y porwr hwn ac nid yw’n mynd i unman.',
  'file.choose': 'Dewis ffeil',

  'steps.heading': 'Sut y gwiriwyd hyn?',
  'steps.lead': 'Ni chredir dim a ddywed y gweinydd: cyfrifwyd hyn i gyd yn y porwr hwn.',
  'steps.anchors': 'Y gofrestr yw’r un y mae’r dudalen hon yn ei phinio',
  'steps.anchors_text': '{origin}, allwedd y log {key}, cofnod cyntaf {genesis}.',
  'steps.head': 'Mae ei phen wedi ei lofnodi',
  'steps.head_text': '{size} cofnod, gwreiddyn {root}, o {time}.',
  'steps.head_new': 'Mae mor newydd ag y mae’r dudalen hon yn gofyn amdano.',
  'steps.head_saved': 'Ffeil a gadwyd oedd hon: ni farnwyd ei hoedran.',
  'steps.cosigned': 'Fe’i llofnodwyd gan eraill hefyd: {cosigners}, {time}.',
  'steps.cosigned_none': 'Nid yw angorau’r dudalen hon yn gofyn am gydlofnodwr.',
  'steps.history': 'Cymharwyd â’ch ymweliad diwethaf',
  'steps.history_first': 'Nid oedd y porwr hwn wedi gweld pen y gofrestr hon o’r blaen.',
  'steps.history_same': 'Yr un pen ag ar eich ymweliad diwethaf: {size} cofnod.',
  'steps.history_grown': 'Tyfu’n unig a wnaeth yr hanes, o {before} i {size} cofnod: profwyd '
    + 'gyda {hashes} hash.',
  'steps.history_saved': 'Ffeil a gadwyd: cymharwyd â phen o’r un maint yn unig.',
  'steps.state': 'Mae’r cyflwr presennol yn perthyn i’r pen hwnnw',
  'steps.state_text': '{subjects} testun, gwreiddyn {root}.',
  'steps.subjects': 'Mae popeth a ffeiliwyd am bawb dan sylw yno, heb gadw dim yn ôl',
  'steps.subjects_text': '{subjects} testun gyda {entries} cofnod i gyd, pob un wedi ei brofi’n '
    + 'gyflawn:',
  'steps.subject': '{number} {name}: {entries} cofnod, gwreiddyn {root}',
  'steps.signatures': 'Mae pob llofnod yn gywir, ac roedd hawl gan ei lofnodwr i lofnodi',
  'steps.signatures_text': 'Gwiriwyd {signatures} llofnod.',
  'steps.disclosed': 'Mae’r manylion personol yn cyd-fynd â’u crynodebau',
  'steps.disclosed_text': '{disclosed} wedi eu datgelu, {withheld} wedi eu cadw rhag pawb neu eu '
    + 'dileu.',
  'steps.verdict': 'Cyfrifwyd yr ateb o’r papurau hyn yn unig',
  'steps.verdict_text': '{scheme}; fel y gwyddys ar {time}.',
  'steps.no_scheme': 'ni chafwyd hyd i reolau',

  'trust.heading': 'Yr hyn y mae’r dudalen hon yn ymddiried ynddo',
  'trust.lead': 'Daeth yr angorau hyn gyda’r dudalen, yn trust.json. Cymharwch hwy â’r hyn y '
    + 'mae’r gofrestr yn ei gyhoeddi mewn mannau eraill.',
  'trust.origin': 'Cofrestr',
  'trust.log_key': 'Allwedd y log',
  'trust.genesis': 'Cofnod cyntaf',
  'trust.policy': 'Cydlofnodwyr y gofynnir amdanynt',
  'trust.policy_none': 'dim',
  'trust.max_age': 'Yr ateb hynaf a dderbynnir',
  'trust.seconds': '{seconds} eiliad',
  'trust.limits': 'Yr hyn na all y dudalen hon eich gwarchod rhagddo',
  'trust.limits_text': 'Mae’r dudalen yn gwirio popeth y mae storfeydd, drychau a chronfeydd '
    + 'data yn ei anfon. Ond mae pwy bynnag sy’n gweini’r dudalen hefyd yn gweini’r rhaglen sy’n '
    + 'gwirio. Pe bai gweithredwr y gofrestr ei hun am eich twyllo, ni allai tudalen ganddo atal '
    + 'hynny.',
  'trust.limits_do': 'Yna defnyddiwch yr un dudalen oddi ar westeiwr arall, er enghraifft '
    + 'cymdeithas cleifion, neu gwiriwch y dystiolaeth a gadwyd gyda’r rhaglen llinell orchymyn: '
    + 'bonafide check.',
  'trust.privacy': 'Dim cwcis, dim trydydd partïon. Mae’r porwr hwn yn cofio un peth: y pen olaf '
    + 'a welodd.',
};
