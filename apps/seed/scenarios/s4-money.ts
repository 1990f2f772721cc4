import { allocate, award, scheme, spend, supplier, verify } from '../money.ts';
import { as, document, ref, type Part, type Step } from '../scenario.ts';
import {
  actionLead,
  agenda,
  decided,
  decides,
  decision,
  group,
  member,
  organisation,
  person,
  role,
  start,
} from '../setup.ts';

const programmeOffice = as('back-office', 'coordinator-gezin');
const finance = as('finance', 'finance-gezin');
const verifier = as('verifier', 'verifier-gezin');
const secretary = as('secretary', 'secretary-gezin');
const lead = as('lead', 'lead-gezin');

const officeOf = (project: string) => as('back-office', `coordinator-${project}`);

const year = { from: '2019-01-01', until: '2019-12-31' };

const grant = (project: string, title: string): Step[] => [
  role('2018-11-05', officeOf(project), 'finance', 'finance-gezin', project, 'dop'),
  award('2018-12-10', finance, `g-${project}`, {
    network: project,
    title: `1 Gezin 1 Plan 2019, ${title}`,
    funder: 'jeugdhulp-vlaanderen',
    scheme: 'scheme-1g1p',
    amountCents: 100_000_000,
    period: year,
    reference: `MB 1G1P 2018 ${title}`,
  }),
];

interface Coached {
  readonly project: string;
  readonly nis: string;
  readonly title: string;
  readonly objective: string;
  readonly amountCents: number;
}

/** Where a worker's time is charged: an action with money, on decisions of a steering group. */
const action = (name: string, { project, nis, title, objective, amountCents }: Coached): Step[] => {
  const office = officeOf(project);
  const body = `stuurgroep-${project}`;
  const written = { network: project, body, present: ['dop'] };
  return [
    member('2018-11-12', office, project, 'dop', 'youth-care', 'inrichter'),
    role('2018-11-12', office, 'secretary', 'secretary-gezin', project, 'dop'),
    role('2018-11-12', office, 'lead', 'lead-gezin', project, 'dop'),
    role('2018-11-12', office, 'verifier', 'verifier-gezin', project, 'dop'),
    group('2018-11-12', office, project, body, 'Stuurgroep', 'steering-group'),
    decides('2018-11-12', office, body, 1, { dop: 1 }),
    ...agenda('2018-11-26', office, project, {
      ambition: 'Elk gezin krijgt hulp uit één hand.',
      problem: 'Gezinnen vertellen hun verhaal telkens opnieuw.',
      objectives: { O1: objective },
    }),
    decision('2018-11-26', secretary, `d-agenda-${project}`, {
      ...written,
      agenda: `${project}-agenda`,
      proposal: 'De agenda van het project wordt aangenomen.',
      rationale: 'Eén plan per gezin vraagt één doel.',
    }),
    {
      on: '2018-11-26',
      as: secretary,
      command: 'AdoptAgendaVersion',
      target: `${project}-agenda`,
      body: { decisionRef: ref(`d-agenda-${project}`) },
    },
    {
      on: '2018-12-03',
      as: lead,
      command: 'ProposeAction',
      name,
      body: {
        network: ref(project),
        title: { nl: title },
        group: ref(body),
        objectives: ['O1'],
        targetGroup: 'Gezinnen met een vraag naar hulp',
        regions: [nis],
        intendedChange: 'Het gezin houdt zelf de regie over zijn plan.',
        horizon: 'short',
        plan: { text: 'Eén aanspreekpunt per gezin, één plan.', ...year },
        partners: [{ organisation: ref('dop') }, { organisation: ref('gezinnen') }],
      },
    },
    decision('2018-12-10', secretary, `d-${name}`, {
      ...written,
      actions: [name],
      proposal: `${title} start op 1 januari en krijgt zijn geld.`,
      rationale: 'Zonder mensen geen plan.',
    }),
    decided('2018-12-10', secretary, name, `d-${name}`),
    actionLead('2018-12-10', office, name, 'lead-gezin'),
    allocate('2018-12-10', finance, `g-${project}`, name, amountCents, `d-${name}`),
    start('2019-01-01', lead, name),
  ];
};

interface Agreed {
  readonly receiver: string;
  readonly title: string;
  readonly fteBp: number;
  readonly more?: Readonly<Record<string, unknown>>;
}

const seconded = (on: string, name: string, { receiver, title, fteBp, more }: Agreed): Step => ({
  on,
  as: programmeOffice,
  command: 'AgreeSecondment',
  name: `secondment-${name}`,
  body: {
    network: ref('gezin'),
    secondee: ref(name),
    sender: ref('dop'),
    receiver: ref(receiver),
    function: title,
    fteBp,
    from: '2019-01-01',
    ...more,
  },
});

/** The person, and what D.O.P. agrees for them. */
const fromDop = (name: string, what: Agreed): Step[] => [
  person('2018-12-03', name, what.title),
  seconded('2018-12-10', name, what),
];

/** A share of the yearly salary of 54 000.00, on one and the same statement of it. */
const salary = (on: string, project: string, name: string, shareBp: number, more: object = {}): Step =>
  spend(on, finance, `g-${project}`, name, {
    action: `gezinnen-${project}`,
    number: 'LOON-2019-W1',
    date: '2019-12-31',
    grossCents: 5_400_000,
    eligibleCents: (5_400_000 * shareBp) / 10_000,
    supplier: supplier('D.O.P. Oost-Vlaanderen', '0999.000.822'),
    period: year,
    more: {
      staff: { secondee: ref('worker'), shareBp },
      evidence: [
        document('Tijdsregistratie 2019 W1', 'timesheet', 'Personeelsdienst D.O.P.'),
        document('Loonfiches 2019 W1', 'payslip', 'Personeelsdienst D.O.P.'),
      ],
      ...more,
    },
  });

/** The grants of S4, who is seconded, and whose salary is charged to which grant. */
export const money: Part = {
  name: 'gezin-money',
  steps: [
    // 1
    organisation('2018-09-10', 'jeugdhulp-vlaanderen', 'Vlaamse jeugdhulp', 'youth-care', { number: '0999.000.921' }),
    organisation('2018-09-10', 'gezinnen', 'Gezinnen aan het woord', 'target-group'),
    scheme('2018-09-10', 'scheme-1g1p', '1G1P', 'jeugdhulp-vlaanderen', { maxPublicShare: { num: 1, den: 1 } }),
    person('2018-11-05', 'finance-gezin', 'Financieel medewerker programma'),
    person('2018-11-05', 'verifier-gezin', 'Controleur uitgaven programma'),
    person('2018-11-05', 'secretary-gezin', 'Verslaggever stuurgroepen'),
    person('2018-11-05', 'lead-gezin', 'Trekker gezinnen'),
    ...grant('samen1plan', 'Samen1Plan Gent'),
    ...grant('tafels', 'RTJ De Tafels'),
    ...grant('waas', 'Krachtgericht RTJ Waas en Dender'),

    // 3
    ...fromDop('coordinator-verbindingsteam', {
      receiver: 'samen1plan',
      title: 'Coördinator verbindingsteam',
      fteBp: 10_000,
    }),
    ...fromDop('coordinator-tafelteam', { receiver: 'tafels', title: 'Coördinator tafelteam', fteBp: 10_000 }),
    ...fromDop('worker', { receiver: 'tafels', title: 'Gezinswerker', fteBp: 8_000 }),
    ...fromDop('coach', { receiver: 'waas', title: 'Gezinsplancoach', fteBp: 8_000 }),
    person('2018-12-03', 'temporary', 'Tijdelijke gezinswerker'),
    // Registered three weeks late: what held and what was known differ in between.
    seconded('2019-01-21', 'temporary', {
      receiver: 'samen1plan',
      title: 'Tijdelijke gezinswerker',
      fteBp: 5_000,
      more: { until: '2019-06-30', temporary: true, occurredAt: '2019-01-01' },
    }),

    // 4
    {
      ...seconded('2019-02-04', 'worker', { receiver: 'samen1plan', title: 'Gezinswerker', fteBp: 3_000 }),
      name: 'secondment-worker-more',
      refused: 'fte-over-100',
      why: 'Vier dagen van vijf zijn al afgesproken.',
    },

    // 5
    ...action('gezinnen-samen1plan', {
      project: 'samen1plan',
      nis: '44021',
      title: 'Verbindingsteam',
      objective: 'Gezinnen krijgen antwoord',
      amountCents: 2_000_000,
    }),
    ...action('gezinnen-tafels', {
      project: 'tafels',
      nis: '43005',
      title: 'Tafelteam',
      objective: 'Gezinnen zitten mee aan tafel',
      amountCents: 5_000_000,
    }),
    // The year is over when it is known.
    salary('2020-01-13', 'tafels', 'e-worker-tafels', 8_000, { occurredAt: '2019-12-31' }),
    verify('2020-01-20', verifier, 'g-tafels', 'e-worker-tafels'),
    {
      ...salary('2020-01-27', 'samen1plan', 'e-worker-too-much', 2_500),
      refused: 'staff-cost-over-100',
      why: 'Vier vijfde van het loon staat al bij De Tafels.',
    },
    salary('2020-02-03', 'samen1plan', 'e-worker-samen1plan', 2_000),
    verify('2020-02-10', verifier, 'g-samen1plan', 'e-worker-samen1plan'),
  ],
};
