import { as, document, event, ref, type Part, type Scenario } from '../scenario.ts';
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
import { coalition, movement } from './movement.ts';
import { impact } from './s2-impact.ts';

/** With Antwerpen, Leuven and Gent: thirteen. */
const coalitions: Part = {
  name: 'coalitions',
  steps: [
    ...coalition('2019-02-04', 'mechelen', 'A Way Home Mechelen', '12025'),
    ...coalition('2019-02-04', 'turnhout', 'A Way Home Turnhout', '13040'),
    ...coalition('2019-06-03', 'brugge', 'A Way Home Brugge', '31005'),
    ...coalition('2019-06-03', 'kortrijk', 'A Way Home Kortrijk', '34022'),
    ...coalition('2019-10-07', 'oostende', 'A Way Home Oostende', '35013'),
    ...coalition('2019-10-07', 'aalst', 'A Way Home Aalst', '41002'),
    ...coalition('2020-01-06', 'sint-niklaas', 'A Way Home Sint-Niklaas', '46021'),
    ...coalition('2020-09-07', 'hasselt', 'A Way Home Hasselt', '71022'),
    ...coalition('2020-09-07', 'genk', 'A Way Home Genk', '71016'),
    ...coalition('2021-03-01', 'roeselare', 'A Way Home Roeselare', '36015'),
  ],
};

const officeLeuven = as('back-office', 'coordinator-leuven');
const secretaryLeuven = as('secretary', 'coordinator-leuven');
const leadLeuven = as('lead', 'lead-leuven');

const leuven: Part = {
  name: 'leuven',
  steps: [
    organisation('2019-01-07', 'kerkraad', 'Kerkraad van de abdij', 'other'),
    organisation('2019-01-07', 'stad-leuven', 'Stad Leuven', 'local-government', { number: '0999.000.525' }),
    organisation('2019-01-07', 'jongeren-leuven', 'Jongerengroep Leuven', 'target-group'),
    member('2019-01-07', officeLeuven, 'leuven', 'kerkraad', 'other', 'eigenaar van de abdij'),
    member('2019-01-07', officeLeuven, 'leuven', 'stad-leuven', 'local-government', 'lokaal bestuur'),
    member('2019-01-07', officeLeuven, 'leuven', 'jongeren-leuven', 'target-group', 'jongeren', true),
    role('2019-01-07', officeLeuven, 'secretary', 'coordinator-leuven', 'leuven'),
    person('2019-01-07', 'lead-leuven', 'Trekker wonen Leuven'),
    role('2019-01-07', officeLeuven, 'back-office', 'lead-leuven', 'leuven', 'stad-leuven'),
    role('2019-01-07', officeLeuven, 'lead', 'lead-leuven', 'leuven', 'stad-leuven'),
    group('2019-01-07', officeLeuven, 'leuven', 'kern-leuven', 'Kerngroep Leuven', 'collective'),
    groupLead('2019-01-07', officeLeuven, 'kern-leuven', 'lead-leuven'),
    decides('2019-01-07', officeLeuven, 'kern-leuven', 2, { kerkraad: 1, 'stad-leuven': 1, 'jongeren-leuven': 1 }),
    ...agenda('2019-01-07', officeLeuven, 'leuven', {
      ambition: 'Geen jongere in Leuven is dakloos.',
      problem: 'Kamers zijn duur en er is geen plek om op adem te komen.',
      objectives: { O1: 'Een plek om te wonen voor elke jongere' },
    }),
    decision('2019-01-21', secretaryLeuven, 'd-agenda-leuven', {
      network: 'leuven',
      body: 'kern-leuven',
      present: ['kerkraad', 'stad-leuven'],
      agenda: 'leuven-agenda',
      proposal: 'De agenda van Leuven wordt aangenomen.',
      rationale: 'Eén doelstelling om mee te beginnen.',
    }),
    {
      on: '2019-01-21',
      as: secretaryLeuven,
      command: 'AdoptAgendaVersion',
      target: 'leuven-agenda',
      body: { decisionRef: ref('d-agenda-leuven') },
    },
    {
      on: '2019-03-04',
      as: leadLeuven,
      command: 'ProposeAction',
      name: 'abdij',
      body: {
        network: ref('leuven'),
        title: { nl: 'Opvang in abdij' },
        group: ref('kern-leuven'),
        objectives: ['O1'],
        targetGroup: 'Dakloze jongeren tot 25 jaar',
        regions: ['24062'],
        intendedChange: 'Jongeren komen op adem en stromen door naar een eigen woonst.',
        horizon: 'medium',
        plan: { text: 'Negen kamers in een vleugel van de abdij.' },
        partners: [
          { organisation: ref('kerkraad'), role: 'stelt het gebouw ter beschikking' },
          { organisation: ref('stad-leuven'), role: 'begeleidt' },
        ],
      },
    },
    decision('2019-03-21', secretaryLeuven, 'd-abdij', {
      network: 'leuven',
      body: 'kern-leuven',
      present: ['kerkraad', 'stad-leuven', 'jongeren-leuven'],
      actions: ['abdij'],
      proposal: 'De abdij opent negen kamers.',
      rationale: 'Het gebouw staat leeg en de nood is er.',
    }),
    decided('2019-03-21', secretaryLeuven, 'abdij', 'd-abdij'),
    actionLead('2019-04-01', officeLeuven, 'abdij', 'lead-leuven'),
    start('2019-05-01', leadLeuven, 'abdij'),
    {
      on: '2020-11-16',
      as: leadLeuven,
      command: 'EvaluateAction',
      target: 'abdij',
      name: 'abdij-final',
      body: {
        kind: 'final',
        period: { from: '2019-05-01', until: '2020-10-31' },
        method: 'Register van de verblijven en gesprekken bij vertrek.',
        questions: { worked: 'De rust van de plek.', forWhom: 'Jongeren zonder netwerk.' },
        verdict: 'works',
        confidence: 3,
        indicatorSnapshot: [
          { label: 'Plaatsen', rba: 'how-much', numerator: 9 },
          { label: 'Verblijven', rba: 'how-much', numerator: 31 },
          { label: 'Doorgestroomd naar een stabiele woonst', rba: 'better-off', numerator: 22, denominator: 31 },
        ],
        learnings: [{ text: 'Een onverwachte partner opent deuren.', tag: 'onverwachte-partner', polarity: 'works' }],
        voices: [{ source: 'target-group', n: 1 }],
        nextStep: 'continue',
        evaluators: [ref('kerkraad'), ref('stad-leuven'), ref('jongeren-leuven')],
      },
    },
  ],
};

const officeGent = as('back-office', 'coordinator-gent');
const secretaryGent = as('secretary', 'coordinator-gent');
const leadGent = as('lead', 'lead-gent');

const gent: Part = {
  name: 'gent',
  steps: [
    organisation('2019-01-14', 'woonzorg', 'Woonzorgcentra Gent', 'care'),
    organisation('2019-01-14', 'stad-gent', 'Stad Gent', 'local-government'),
    member('2019-01-14', officeGent, 'gent', 'woonzorg', 'care', 'woonzorg'),
    member('2019-01-14', officeGent, 'gent', 'stad-gent', 'local-government', 'lokaal bestuur'),
    role('2019-01-14', officeGent, 'secretary', 'coordinator-gent', 'gent'),
    person('2019-01-14', 'lead-gent', 'Trekker wonen Gent'),
    role('2019-01-14', officeGent, 'back-office', 'lead-gent', 'gent', 'stad-gent'),
    role('2019-01-14', officeGent, 'lead', 'lead-gent', 'gent', 'stad-gent'),
    group('2019-01-14', officeGent, 'gent', 'kern-gent', 'Kerngroep Gent', 'collective'),
    groupLead('2019-01-14', officeGent, 'kern-gent', 'lead-gent'),
    decides('2019-01-14', officeGent, 'kern-gent', 2, { woonzorg: 1, 'stad-gent': 1 }),
    ...agenda('2019-01-14', officeGent, 'gent', {
      ambition: 'Elke jongere in Gent heeft een thuis.',
      problem: 'Er zijn te weinig betaalbare woningen.',
      objectives: { O1: 'Meer woonplekken voor jongeren' },
    }),
    decision('2019-02-11', secretaryGent, 'd-agenda-gent', {
      network: 'gent',
      body: 'kern-gent',
      present: ['woonzorg', 'stad-gent'],
      agenda: 'gent-agenda',
      proposal: 'De agenda van Gent wordt aangenomen.',
      rationale: 'Wonen eerst.',
    }),
    {
      on: '2019-02-11',
      as: secretaryGent,
      command: 'AdoptAgendaVersion',
      target: 'gent-agenda',
      body: { decisionRef: ref('d-agenda-gent') },
    },
    {
      on: '2021-04-12',
      as: leadGent,
      command: 'ProposeAction',
      name: 'leegstand',
      body: {
        network: ref('gent'),
        kind: 'exploratory',
        title: { nl: 'Leegstaande woningen woonzorg' },
        group: ref('kern-gent'),
        objectives: ['O1'],
        targetGroup: 'Jongeren van 18 tot 25 jaar zonder woonst',
        regions: ['44021'],
        intendedChange: 'Leegstaande assistentiewoningen worden tijdelijke woonplekken.',
        horizon: 'medium',
        plan: { text: 'Nagaan welke woningen leegstaan en wat er nodig is.' },
        partners: [{ organisation: ref('woonzorg') }, { organisation: ref('stad-gent') }],
      },
    },
    decision('2021-04-26', secretaryGent, 'd-leegstand', {
      network: 'gent',
      body: 'kern-gent',
      present: ['woonzorg', 'stad-gent'],
      actions: ['leegstand'],
      proposal: 'De verkenning kan beginnen.',
      rationale: 'Eerst weten wat er is.',
    }),
    decided('2021-04-26', secretaryGent, 'leegstand', 'd-leegstand'),
    actionLead('2021-04-26', officeGent, 'leegstand', 'lead-gent'),
    start('2021-05-03', leadGent, 'leegstand'),
    {
      on: '2021-09-20',
      as: leadGent,
      command: 'AttachEvidence',
      target: 'leegstand',
      name: 'leegstand-inventory',
      body: {
        evidence: [document('Inventaris leegstaande woningen woonzorg', 'inventory', 'Stad Gent (demo)')],
        note: '14 woningen staan leeg.',
      },
    },
    {
      on: '2021-10-11',
      as: leadGent,
      command: 'EvaluateAction',
      target: 'leegstand',
      name: 'leegstand-interim',
      body: {
        kind: 'interim',
        period: { from: '2021-05-03', until: '2021-09-30' },
        method: 'Inventaris en gesprekken met de woonzorgcentra.',
        questions: { why: 'Er woont nog niemand.' },
        verdict: 'too-early',
        confidence: 1,
        indicatorSnapshot: [{ label: 'Leegstaande woningen', rba: 'how-much', numerator: 14 }],
        learnings: [],
        voices: [{ source: 'partner', n: 4 }],
        nextStep: 'continue',
        evaluators: [ref('woonzorg'), ref('stad-gent')],
      },
    },
    {
      on: '2021-11-08',
      as: officeGent,
      command: 'BroadenAction',
      target: 'leegstand',
      body: {
        evaluationRef: event('leegstand-interim'),
        kind: 'region',
        targets: [{ network: ref('mechelen'), regions: ['12025'], partners: [] }],
        carried: { indicators: [], learnings: [] },
      },
      refused: 'verdict-not-works',
      why: 'Verbreed wordt wat werkt; dat is nog niet geweten.',
    },
  ],
};

/** S2 A Way Home: a movement of thirteen coalitions; an action that works, and one of which that is not known yet. */
export const s2: Scenario = { name: 'S2', parts: [movement, coalitions, leuven, gent, impact] };
