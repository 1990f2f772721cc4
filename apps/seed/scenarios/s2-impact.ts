import { indicator, measure, session, year } from '../impact.ts';
import { as, event, ref, refs, type Part, type Step } from '../scenario.ts';
import { decides, decision, group, member, person, role } from '../setup.ts';

const movementOffice = as('back-office', 'coordinator-movement');
const movementSecretary = as('secretary', 'coordinator-movement');
const officeOf = (network: string) => as('back-office', `coordinator-${network}`);

/** Eleven of the thirteen. */
const PRESENT = [
  'antwerpen',
  'leuven',
  'gent',
  'mechelen',
  'turnhout',
  'brugge',
  'kortrijk',
  'aalst',
  'sint-niklaas',
  'hasselt',
  'genk',
];

const coached = (on: string, network: string, phase: string, plannedUntil?: string): Step => ({
  on,
  as: movementOffice,
  command: 'StartEngagement',
  name: `coaching-${network}`,
  body: {
    network: ref(network),
    organisations: [ref('knowledge-centre')],
    coaches: [ref('coach-movement')],
    purpose: 'Van losse partners naar een coalitie met een gedeelde agenda.',
    phases: ['verkennen', 'opstarten', 'verankeren'],
    ...(plannedUntil !== undefined && { plannedUntil }),
  },
});

const days = (network: string, value: readonly [number, number]): Step =>
  measure('2022-12-31', officeOf(network), 'ind-dagen', { network, period: year(2022), value });

const adopted = (network: string, child: string, nis: string): Step => ({
  on: '2021-03-15',
  as: officeOf(network),
  command: 'AdoptPractice',
  target: 'practice-abdij',
  name: `practice-${network}`,
  children: [child],
  body: {
    network: ref(network),
    adaptations: 'Een leegstaande pastorie in plaats van een abdij.',
    regions: [nis],
    partners: [],
  },
});

/** What the movement does together: coaching, a shared indicator, a practice that others take over. */
export const impact: Part = {
  name: 'movement-impact',
  steps: [
    // 1
    person('2018-09-03', 'coach-movement', 'Coach kenniscentrum'),
    coached('2018-09-03', 'antwerpen', 'verkennen'),
    coached('2018-10-01', 'leuven', 'verkennen', '2022-11-30'),
    coached('2018-11-05', 'gent', 'verkennen'),
    coached('2019-02-04', 'mechelen', 'verkennen'),
    {
      on: '2019-03-04',
      as: officeOf('leuven'),
      command: 'ChangePhase',
      target: 'coaching-leuven',
      body: { phase: 'opstarten', note: 'De agenda is aangenomen en de eerste actie ligt voor.' },
    },

    // 2
    {
      on: '2019-05-06',
      as: as('lead', 'lead-leuven'),
      command: 'ContributeInKind',
      target: 'abdij',
      body: {
        organisation: ref('kerkraad'),
        what: 'Een vleugel van de abdij met negen kamers',
        amountCents: 1_800_000,
        basis: 'per-year',
        method: 'Huur van een vergelijkbaar gebouw in Leuven',
      },
    },

    // 6
    {
      on: '2021-02-01',
      as: officeOf('leuven'),
      command: 'PublishPractice',
      name: 'practice-abdij',
      body: {
        network: ref('leuven'),
        action: ref('abdij'),
        title: { nl: 'Opvang in een leegstaand religieus gebouw', en: 'Shelter in an empty religious building' },
        method: { nl: 'Een onverwachte partner stelt een gebouw ter beschikking; het lokaal bestuur begeleidt.' },
        context: { nl: 'Een stad met leegstand en weinig betaalbare kamers.' },
        evaluation: event('abdij-final'),
      },
    },
    adopted('mechelen', 'opvang-mechelen', '12025'),
    adopted('turnhout', 'opvang-turnhout', '13040'),
    member('2021-04-12', officeOf('turnhout'), 'turnhout', 'department', 'local-government', 'waarnemer'),
    group('2021-04-12', officeOf('turnhout'), 'turnhout', 'kern-turnhout', 'Kerngroep Turnhout', 'collective'),
    decides('2021-04-12', officeOf('turnhout'), 'kern-turnhout', 1, { department: 1 }),
    role('2021-04-12', officeOf('turnhout'), 'secretary', 'coordinator-turnhout', 'turnhout'),
    decision('2021-05-10', as('secretary', 'coordinator-turnhout'), 'd-turnhout', {
      network: 'turnhout',
      body: 'kern-turnhout',
      present: ['department'],
      actions: ['opvang-turnhout'],
      proposal: 'De opvang in een religieus gebouw wordt niet overgenomen.',
      rationale: 'Er staat in Turnhout geen geschikt gebouw leeg.',
      more: { outcome: 'decline' },
    }),
    {
      on: '2021-05-10',
      as: as('secretary', 'coordinator-turnhout'),
      command: 'DecideAction',
      target: 'opvang-turnhout',
      name: 'opvang-turnhout-declined',
      body: {
        decisionRef: ref('d-turnhout'),
        reason: { text: { nl: 'Er staat geen geschikt gebouw leeg.' } },
      },
    },

    // 4
    member('2021-09-06', movementOffice, 'movement', 'knowledge-centre', 'other', 'ondersteuning'),
    member('2021-09-06', movementOffice, 'movement', 'department', 'local-government', 'opdrachtgever'),
    role('2021-09-06', movementOffice, 'secretary', 'coordinator-movement', 'movement', 'knowledge-centre'),
    group('2021-09-06', movementOffice, 'movement', 'kern-movement', 'Kerngroep beweging', 'collective'),
    decides('2021-09-06', movementOffice, 'kern-movement', 2, { 'knowledge-centre': 1, department: 1 }),
    session('2021-11-15', movementOffice, 'session-meting', {
      network: 'movement',
      kind: 'workshop',
      title: 'Gedeelde meting',
      topic: 'shared-measurement',
      organisations: ['knowledge-centre', 'department'],
      participants: 34,
      more: { networks: refs(PRESENT), facilitator: { organisation: ref('knowledge-centre') } },
    }),
    {
      on: '2021-11-15',
      as: movementOffice,
      command: 'RecordOutcome',
      target: 'session-meting',
      body: { text: 'Elke coalitie meet hoeveel dagen het duurt tot een jongere bij de juiste instantie is.' },
    },
    {
      on: '2021-11-15',
      as: movementOffice,
      command: 'AgreeStep',
      target: 'session-meting',
      name: 'session-meting-step',
      body: { text: 'De definitie uitschrijven en voorleggen.', owner: ref('knowledge-centre'), dueOn: '2021-12-15' },
    },
    indicator('2021-12-06', movementOffice, 'ind-dagen', {
      network: 'movement',
      code: 'dagen-tot-juiste-instantie',
      title: 'Dagen tot juiste instantie',
      definition: 'Dagen van het eerste contact tot de eerste afspraak bij de juiste instantie, per jongere.',
      unit: 'days',
      rba: 'how-well',
      aggregation: 'ratio-of-sums',
      frequency: 'yearly',
      validFrom: '2022-01-01',
      more: { ascending: false },
    }),
    {
      on: '2021-12-06',
      as: movementOffice,
      command: 'CompleteStep',
      target: 'session-meting',
      body: { number: 1, note: 'Versie 1 ligt voor.' },
    },
    decision('2021-12-13', movementSecretary, 'd-dagen', {
      network: 'movement',
      body: 'kern-movement',
      present: ['knowledge-centre', 'department'],
      proposal: 'De dagen tot de juiste instantie worden in elke coalitie op dezelfde manier gemeten.',
      rationale: 'Elf van de dertien coalities vroegen erom.',
      more: { subjects: [{ kind: 'indicator', id: ref('ind-dagen') }] },
    }),
    {
      on: '2021-12-13',
      as: movementSecretary,
      command: 'AdoptIndicator',
      target: 'ind-dagen',
      body: { decisionRef: ref('d-dagen') },
    },

    // 5
    days('antwerpen', [1_240, 62]),
    days('leuven', [540, 36]),
    days('gent', [900, 50]),
    days('mechelen', [330, 22]),
    {
      ...measure('2022-12-31', officeOf('brugge'), 'ind-dagen', {
        network: 'brugge',
        period: { from: '2022-01-01', until: '2022-06-30' },
        value: [100, 10],
      }),
      refused: 'period-unfit',
      why: 'De indicator wordt per kalenderjaar gemeten.',
    },

    // 8
    {
      on: '2022-12-31',
      as: movementOffice,
      command: 'DefineVersion',
      target: 'ind-dagen',
      body: {
        definition: { nl: 'Dagen van de aanmelding tot het eerste gesprek bij de juiste instantie, per jongere.' },
        validFrom: '2023-01-01',
      },
    },
  ],
};
