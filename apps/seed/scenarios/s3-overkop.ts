import { as, ref, type Part, type Scenario, type Step } from '../scenario.ts';
import {
  actionLead,
  agenda,
  decided,
  decides,
  decision,
  group,
  groupLead,
  member,
  organisation,
  person,
  role,
  start,
} from '../setup.ts';

import { impact } from './s3-impact.ts';
import { money } from './s3-money.ts';

const backOffice = as('back-office', 'coordinator-overkop');
const secretary = as('secretary', 'secretary-overkop');
const lead = as('lead', 'lead-overkop');
const PARTNERS = ['jeugdwerk', 'jeugdhulp-kust', 'ggz'];

const written = (on: string, name: string, action: string, proposal: string, rationale: string): Step =>
  decision(on, secretary, name, {
    network: 'overkop',
    body: 'stuurgroep-overkop',
    present: PARTNERS,
    actions: [action],
    proposal,
    rationale,
  });

const maturity = (on: string, stage: string, findings: string): Step => ({
  on,
  as: backOffice,
  command: 'AssessMaturity',
  target: 'overkop',
  body: { stage, findings },
});

/** Proposed, approved, with a lead, started. */
const attempt = (name: string, number: number, dates: readonly [string, string, string], plan: string): Step[] => [
  {
    on: dates[0],
    as: lead,
    command: 'ProposeAction',
    name,
    body: {
      network: ref('overkop'),
      title: { nl: `Integratiepoging ${number}` },
      group: ref('stuurgroep-overkop'),
      objectives: ['O1'],
      targetGroup: 'Jongeren tot 25 jaar in Oostende',
      regions: ['35013'],
      intendedChange: 'Jongeren lopen binnen en vinden hulp zonder etiket.',
      horizon: 'medium',
      plan: { text: plan },
      partners: PARTNERS.map((organisation) => ({ organisation: ref(organisation) })),
    },
  },
  written(
    dates[1],
    `d-${name}`,
    name,
    `Poging ${number} mag starten.`,
    'Samen onder één dak werkt beter dan naast elkaar.',
  ),
  decided(dates[1], secretary, name, `d-${name}`),
  actionLead(dates[1], backOffice, name, 'lead-overkop'),
  start(dates[2], lead, name),
];

const obstacle = (on: string, action: string, kind: string, text: string, confidential: boolean): Step => ({
  on,
  as: lead,
  command: 'AddObstacle',
  target: action,
  name: `${action}-obstacle`,
  body: { class: kind, text, confidential },
});

/** Evaluated as not working, and stopped by a decision. */
const stopped = (action: string, from: string, evaluatedOn: string, closedOn: string, lesson: string): Step[] => [
  {
    on: evaluatedOn,
    as: lead,
    command: 'EvaluateAction',
    target: action,
    name: `${action}-final`,
    body: {
      kind: 'final',
      period: { from, until: evaluatedOn },
      method: 'Gesprekken met de partners.',
      questions: { workedNot: lesson },
      verdict: 'does-not-work',
      confidence: 3,
      indicatorSnapshot: [],
      learnings: [{ text: lesson, tag: 'samenwerking', polarity: 'does-not-work' }],
      voices: [{ source: 'partner', n: 3 }],
      nextStep: 'close',
      evaluators: PARTNERS.map(ref),
    },
  },
  written(closedOn, `d-${action}-stop`, action, 'De poging stopt.', lesson),
  {
    on: closedOn,
    as: backOffice,
    command: 'CloseAction',
    target: action,
    name: `${action}-closed`,
    body: { outcome: 'stopped', learnings: [], decisionRef: ref(`d-${action}-stop`) },
  },
];

const replaces = (on: string, action: string, former: string): Step => ({
  on,
  as: lead,
  command: 'LinkActions',
  target: action,
  body: { kind: 'replaces', action: ref(former) },
});

const overkop: Part = {
  name: 'overkop',
  steps: [
    organisation('2016-01-11', 'stad-oostende', 'Stad Oostende', 'local-government', { number: '0999.000.624' }),
    organisation('2016-01-11', 'jeugdwerk', 'Jeugdwerk Oostende', 'youth-work', { number: '0999.000.723' }),
    organisation('2016-01-11', 'jeugdhulp-kust', 'Jeugdhulp aan zee', 'youth-care'),
    organisation('2016-01-11', 'ggz', 'Geestelijke gezondheidszorg aan zee', 'mental-health'),
    {
      on: '2016-01-11',
      as: 'operator',
      command: 'FoundNetwork',
      name: 'overkop',
      body: {
        kind: 'integrated-partnership',
        name: 'OverKop Oostende',
        regions: ['35013'],
        sponsor: ref('stad-oostende'),
      },
    },
    person('2016-01-11', 'coordinator-overkop', 'Coördinator OverKop'),
    role('2016-01-11', 'operator', 'back-office', 'coordinator-overkop', 'overkop', 'stad-oostende'),
    person('2016-01-11', 'secretary-overkop', 'Verslaggever stuurgroep OverKop'),
    role('2016-01-11', backOffice, 'secretary', 'secretary-overkop', 'overkop', 'stad-oostende'),
    person('2016-01-11', 'lead-overkop', 'Trekker OverKop-huis'),
    role('2016-01-11', backOffice, 'lead', 'lead-overkop', 'overkop', 'jeugdwerk'),
    member('2016-01-11', backOffice, 'overkop', 'jeugdwerk', 'youth-work', 'jeugdwerk'),

    // 1
    maturity('2016-03-14', 'single', 'Eén organisatie draagt het huis.'),
    member('2017-10-02', backOffice, 'overkop', 'jeugdhulp-kust', 'youth-care', 'jeugdhulp'),
    member('2017-10-02', backOffice, 'overkop', 'ggz', 'mental-health', 'geestelijke gezondheidszorg'),
    group('2017-10-02', backOffice, 'overkop', 'stuurgroep-overkop', 'Stuurgroep', 'steering-group'),
    groupLead('2017-10-02', backOffice, 'stuurgroep-overkop', 'lead-overkop'),
    decides('2017-10-02', backOffice, 'stuurgroep-overkop', 2, { jeugdwerk: 1, 'jeugdhulp-kust': 1, ggz: 1 }),
    ...agenda('2017-10-02', backOffice, 'overkop', {
      ambition: 'Elke jongere in Oostende vindt een luisterend oor.',
      problem: 'Het aanbod is versnipperd en de drempel is hoog.',
      objectives: { O1: 'Eén geïntegreerde werking onder één dak' },
    }),
    decision('2017-11-06', secretary, 'd-agenda-overkop', {
      network: 'overkop',
      body: 'stuurgroep-overkop',
      present: PARTNERS,
      agenda: 'overkop-agenda',
      proposal: 'De agenda van OverKop Oostende wordt aangenomen.',
      rationale: 'Zonder gedeelde agenda geen gedeelde werking.',
    }),
    {
      on: '2017-11-06',
      as: secretary,
      command: 'AdoptAgendaVersion',
      target: 'overkop-agenda',
      body: { decisionRef: ref('d-agenda-overkop') },
    },
    maturity('2018-01-15', 'ad-hoc', 'Partners springen bij als het past.'),

    // 2
    ...attempt('poging-1', 1, ['2018-01-22', '2018-02-05', '2018-02-19'], 'Eén onthaal voor de drie organisaties.'),
    obstacle('2018-06-11', 'poging-1', 'history', 'Een oud conflict tussen twee partners staat in de weg.', true),
    ...stopped('poging-1', '2018-02-19', '2018-12-03', '2018-12-17', 'Oude wonden laten geen gedeeld onthaal toe.'),
    ...attempt(
      'poging-2',
      2,
      ['2019-01-14', '2019-01-28', '2019-02-11'],
      'Elke partner neemt één dag voor zijn rekening.',
    ),
    replaces('2019-01-14', 'poging-2', 'poging-1'),
    obstacle('2019-05-13', 'poging-2', 'vision', 'Jeugdwerk en hulpverlening zien het huis anders.', false),
    ...stopped(
      'poging-2',
      '2019-02-11',
      '2019-11-18',
      '2019-12-02',
      'Zonder gedeelde visie blijft het naast elkaar werken.',
    ),

    // 3
    ...attempt(
      'poging-3',
      3,
      ['2020-01-13', '2020-01-27', '2020-02-10'],
      'Met een externe begeleider tot één plan komen.',
    ),
    replaces('2020-01-13', 'poging-3', 'poging-2'),
    {
      on: '2020-03-16',
      as: lead,
      command: 'SuspendAction',
      target: 'poging-3',
      name: 'poging-3-suspended',
      body: { code: 'force-majeure', reason: { text: { nl: 'Het huis moet dicht door de coronamaatregelen.' } } },
    },
    {
      on: '2020-09-01',
      as: lead,
      command: 'ResumeAction',
      target: 'poging-3',
      name: 'poging-3-resumed',
      body: { note: 'Het huis mag weer open, met een beperkt aantal jongeren tegelijk.' },
    },
  ],
};

/** S3 OverKop Oostende: two attempts that failed and stay visible, a third one that had to wait; a grant gated by conditions. */
export const s3: Scenario = { name: 'S3', parts: [overkop, money, impact] };
