import { attach, indicator, measure, session, year } from '../impact.ts';
import { as, document, ref, refs, type Part, type Step } from '../scenario.ts';
import { agenda, decided, decides, decision, group, member, role, start, actionLead } from '../setup.ts';

const office = as('back-office', 'coordinator-gezin');
const secretary = as('secretary', 'secretary-gezin');
const lead = as('lead', 'lead-gezin');
const officeOf = (project: string) => as('back-office', `coordinator-${project}`);

const written = { network: 'gezin', body: 'stuurgroep-gezin', present: ['dop'] };

/** Families, and how many of them were answered within a month. */
const counted = (project: string, families: number, answered: number, on = '2019-12-31'): Step[] => [
  measure(on, officeOf(project), 'ind-gezinnen', { network: project, period: year(2019), value: families }),
  measure(on, officeOf(project), 'ind-antwoord', {
    network: project,
    period: year(2019),
    value: [answered, families],
  }),
];

/** The six days of the training offer; 118 took part in all. */
const TRAINING = [
  ['2019-03-12', 22],
  ['2019-04-09', 18],
  ['2019-05-14', 21],
  ['2019-09-17', 19],
  ['2019-10-15', 20],
  ['2019-11-12', 18],
] as const;

/** What the programme promised, and what its three projects reached. */
export const impact: Part = {
  name: 'gezin-impact',
  steps: [
    member('2018-11-19', office, 'gezin', 'dop', 'youth-care', 'inrichter'),
    role('2018-11-19', office, 'secretary', 'secretary-gezin', 'gezin', 'dop'),
    role('2018-11-19', office, 'lead', 'lead-gezin', 'gezin', 'dop'),
    group('2018-11-19', office, 'gezin', 'stuurgroep-gezin', 'Stuurgroep programma', 'steering-group'),
    decides('2018-11-19', office, 'stuurgroep-gezin', 1, { dop: 1 }),
    ...agenda('2018-11-19', office, 'gezin', {
      ambition: 'Elk gezin in Oost-Vlaanderen met een vraag krijgt één plan.',
      problem: 'Hulp is versnipperd; gezinnen wachten te lang op een antwoord.',
      objectives: { O1: 'Meer gezinnen krijgen de hulp die ze willen', O2: 'Elke vraag krijgt snel antwoord' },
    }),
    decision('2018-11-26', secretary, 'd-agenda-gezin', {
      ...written,
      agenda: 'gezin-agenda',
      proposal: 'De agenda van het programma wordt aangenomen.',
      rationale: 'Drie projecten, één visie.',
    }),
    {
      on: '2018-11-26',
      as: secretary,
      command: 'AdoptAgendaVersion',
      target: 'gezin-agenda',
      body: { decisionRef: ref('d-agenda-gezin') },
    },

    // 2
    indicator('2018-12-03', office, 'ind-gezinnen', {
      network: 'gezin',
      code: 'extra-gezinnen',
      title: 'Extra gezinnen',
      definition: 'Gezinnen die in het jaar een eigen plan kregen en die er zonder het project geen hadden.',
      unit: 'count',
      rba: 'how-much',
      aggregation: 'sum',
      frequency: 'yearly',
      validFrom: '2019-01-01',
      more: { objectives: ['O1'], owner: ref('dop') },
    }),
    indicator('2018-12-03', office, 'ind-antwoord', {
      network: 'gezin',
      code: 'antwoord-30-dagen',
      title: 'Antwoord binnen 30 dagen',
      definition: 'Gezinnen die binnen 30 dagen een antwoord op hun vraag kregen, van alle extra gezinnen.',
      unit: 'percent',
      rba: 'how-well',
      aggregation: 'ratio-of-sums',
      frequency: 'yearly',
      validFrom: '2019-01-01',
      more: { objectives: ['O2'], owner: ref('dop') },
    }),
    decision('2018-12-10', secretary, 'd-doel-2019', {
      ...written,
      proposal: 'In 2019 krijgen 600 extra gezinnen een plan, in elk project minstens 200.',
      rationale: 'Zo staat het in de overeenkomst met Vlaanderen.',
      more: { subjects: [{ kind: 'indicator', id: ref('ind-gezinnen') }] },
    }),
    {
      on: '2018-12-10',
      as: office,
      command: 'SetTarget',
      target: 'ind-gezinnen',
      body: { period: year(2019), numerator: 600, floorPerChild: 200, decisionRef: ref('d-doel-2019') },
    },
    ...['samen1plan', 'tafels', 'waas'].flatMap((project) => [
      attach('2019-01-07', office, 'ind-gezinnen', project),
      attach('2019-01-07', office, 'ind-antwoord', project),
    ]),

    // 8
    {
      on: '2019-01-14',
      as: lead,
      command: 'ProposeAction',
      name: 'vorming',
      body: {
        network: ref('gezin'),
        kind: 'supporting-offer',
        title: { nl: 'Vormingsaanbod voor de projecten' },
        group: ref('stuurgroep-gezin'),
        objectives: ['O1'],
        targetGroup: 'Medewerkers van de drie projecten',
        regions: ['44021', '43005', '46021'],
        intendedChange: 'Medewerkers werken vraaggericht en vanuit krachten.',
        horizon: 'short',
        plan: { text: 'Zes dagen over het hele jaar.', from: '2019-02-01', until: '2019-12-31' },
        partners: refs(['dop', 'gezinnen']).map((organisation) => ({ organisation })),
        inspiredBy: refs(['gezinnen-samen1plan', 'gezinnen-tafels']),
      },
    },
    decision('2019-01-21', secretary, 'd-vorming', {
      ...written,
      actions: ['vorming'],
      proposal: 'Het vormingsaanbod start in februari.',
      rationale: 'De projecten vroegen erom.',
    }),
    decided('2019-01-21', secretary, 'vorming', 'd-vorming'),
    actionLead('2019-01-28', office, 'vorming', 'lead-gezin'),
    start('2019-02-01', lead, 'vorming'),
    ...TRAINING.map(([on, participants], index) =>
      session(on, office, `vorming-${index + 1}`, {
        network: 'gezin',
        kind: 'training',
        title: `Vorming ${index + 1}: van aanbod naar vraag`,
        topic: 'mutually-reinforcing',
        organisations: ['dop'],
        participants,
        more: { networks: refs(['samen1plan', 'tafels', 'waas']), action: ref('vorming') },
      }),
    ),
    ...([2, 4] as const).map((score, index): Step => ({
      on: index === 0 ? '2019-02-04' : '2019-12-09',
      as: office,
      command: 'AssessSystemChange',
      target: 'gezin',
      body: {
        code: 'vraaggericht',
        from: 'Het aanbod bepaalt de hulp',
        to: 'De vraag van het gezin bepaalt de hulp',
        score,
        evidence: [document(`Zelfevaluatie ${index + 1} 2019`, 'survey', 'D.O.P. Oost-Vlaanderen')],
      },
    })),

    // 6, 7
    ...counted('samen1plan', 214, 201),
    // Two families were counted late: the first value stays visible.
    ...counted('tafels', 185, 160),
    ...counted('waas', 203, 190),
    ...counted('tafels', 187, 160, '2020-01-13'),
  ],
};
