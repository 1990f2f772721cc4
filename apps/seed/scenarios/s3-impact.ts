import { indicator, measure, session, year } from '../impact.ts';
import { as, ref, type Part, type Step } from '../scenario.ts';
import { person, role } from '../setup.ts';

const backOffice = as('back-office', 'coordinator-overkop');
const steward = as('data-steward', 'steward-overkop');

const PARTNERS = ['jeugdwerk', 'jeugdhulp-kust', 'ggz'];
const CONTRACTOR = { external: 'Bureau Samenspraak (demo)' };

/** Eight interviews and four sessions in which a plan was made; what was said there stays there. */
const talks: readonly Step[] = [
  ['2020-10-05', 'jeugdwerk'],
  ['2020-10-12', 'jeugdhulp-kust'],
  ['2020-10-19', 'ggz'],
  ['2020-10-26', 'jeugdwerk'],
  ['2020-11-09', 'jeugdhulp-kust'],
  ['2020-11-16', 'ggz'],
  ['2020-11-23', 'stad-oostende'],
  ['2020-11-30', 'stad-oostende'],
].map(([on, organisation], index) =>
  session(on!, backOffice, `overkop-interview-${index + 1}`, {
    network: 'overkop',
    kind: 'interview',
    title: `Diepte-interview ${index + 1}`,
    topic: 'mutually-reinforcing',
    organisations: [organisation!],
    participants: 2,
    confidentiality: 'participants-only',
    more: { facilitator: CONTRACTOR },
  }),
);

const making = ['2020-12-07', '2021-01-11', '2021-01-25', '2021-02-08'].map((on, index) =>
  session(on, backOffice, `overkop-cocreatie-${index + 1}`, {
    network: 'overkop',
    kind: 'co-creation',
    title: `Co-creatie ${index + 1}`,
    topic: 'common-agenda',
    organisations: PARTNERS,
    participants: 9,
    confidentiality: 'participants-only',
    more: { facilitator: CONTRACTOR },
  }),
);

interface Tally {
  readonly name: string;
  readonly title: string;
  readonly definition: string;
  readonly value: number;
  readonly sensitivity: string;
}

/** Walk in, walk out: numbers, and never who. */
const TALLIES: readonly Tally[] = [
  {
    name: 'bezoeken',
    title: 'Bezoeken',
    definition: 'Keren dat een jongere binnenliep.',
    value: 4_812,
    sensitivity: 'open',
  },
  {
    name: 'eerste-bezoeken',
    title: 'Eerste bezoeken',
    definition: 'Jongeren die voor het eerst binnenliepen.',
    value: 389,
    sensitivity: 'open',
  },
  {
    name: 'gesprekken',
    title: 'Gesprekken',
    definition: 'Gesprekken waarin een jongere om een luisterend oor vroeg.',
    value: 1_127,
    sensitivity: 'open',
  },
  {
    name: 'naar-therapie',
    title: 'Naar therapie',
    definition: 'Jongeren die via het huis therapeutische hulp begonnen.',
    value: 3,
    sensitivity: 'small-numbers',
  },
];

/** 4 and 10: what was worked out together, and what the house counted in its first year. */
export const impact: Part = {
  name: 'overkop-impact',
  steps: [
    {
      on: '2018-01-15',
      as: backOffice,
      command: 'TagCohort',
      target: 'overkop',
      body: { tags: ['pionier-2018'] },
    },
    // 4
    ...talks,
    ...making,
    {
      on: '2021-02-08',
      as: backOffice,
      command: 'RecordOutcome',
      target: 'overkop-cocreatie-4',
      body: { text: 'De frustraties zijn benoemd; de drie partners zien de meerwaarde van één onthaal.' },
    },
    {
      on: '2021-02-08',
      as: backOffice,
      command: 'AgreeStep',
      target: 'overkop-cocreatie-4',
      name: 'overkop-step-plan',
      body: { text: 'Het operationeel plan uitschrijven.', owner: ref('jeugdwerk'), dueOn: '2021-03-31' },
    },
    {
      on: '2021-03-22',
      as: backOffice,
      command: 'CompleteStep',
      target: 'overkop-cocreatie-4',
      body: { number: 1, note: 'Het plan ligt voor aan de stuurgroep.' },
    },

    // 10
    person('2021-05-03', 'steward-overkop', 'Databeheerder OverKop'),
    role('2021-05-03', backOffice, 'data-steward', 'steward-overkop', 'overkop', 'jeugdwerk'),
    ...TALLIES.map(({ name, title, definition, sensitivity }) =>
      indicator('2021-05-03', steward, `ind-${name}`, {
        network: 'overkop',
        code: name,
        title,
        definition,
        unit: 'count',
        rba: name === 'naar-therapie' ? 'better-off' : 'how-much',
        aggregation: 'sum',
        frequency: 'yearly',
        validFrom: '2021-01-01',
        more: { sensitivity, objectives: ['O1'] },
      }),
    ),
    ...TALLIES.map(({ name, value }) =>
      measure('2022-01-10', steward, `ind-${name}`, { network: 'overkop', period: year(2021), value }),
    ),
    role('2022-01-17', backOffice, 'data-steward', 'coordinator-overkop', 'overkop', 'stad-oostende'),
    {
      on: '2022-01-17',
      as: steward,
      command: 'PrepareRelease',
      name: 'overkop-2021',
      body: {
        network: ref('overkop'),
        table: 'jaarcijfers',
        title: { nl: 'OverKop Oostende in 2021', en: 'OverKop Oostende in 2021' },
        indicators: TALLIES.map(({ name }) => ref(`ind-${name}`)),
        periods: [year(2021)],
      },
    },
    { on: '2022-01-17', as: steward, command: 'CheckRelease', target: 'overkop-2021', body: {} },
    {
      on: '2022-01-17',
      as: steward,
      command: 'PublishRelease',
      target: 'overkop-2021',
      body: {},
      refused: 'four-eyes',
      why: 'Wie de tabel klaarzet, geeft haar niet zelf vrij.',
    },
    {
      on: '2022-01-24',
      as: as('data-steward', 'coordinator-overkop'),
      command: 'PublishRelease',
      target: 'overkop-2021',
      body: {},
    },
    {
      on: '2022-01-17',
      as: backOffice,
      command: 'AssessMaturity',
      target: 'overkop',
      body: { stage: 'integrated', findings: 'Drie partners, één onthaal, één plan.' },
    },
  ],
};
