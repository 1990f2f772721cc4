import { as, atWork, event, ref, type Part, type Scenario } from '../scenario.ts';
import {
  actionLead,
  agenda,
  cadence,
  decided,
  decides,
  decision,
  group,
  groupLead,
  meeting,
  member,
  organisation,
  person,
  role,
  start,
} from '../setup.ts';
import { known } from '../impact.ts';
import { movement } from './movement.ts';
import { impact } from './s1-impact.ts';
import { closing, money, releases } from './s1-money.ts';

const backOffice = as('back-office', 'coordinator-antwerpen');
const secretary = as('secretary', 'secretary-antwerpen');
const leadWonen = as('lead', 'lead-wonen');
const leadPreventie = as('lead', 'lead-preventie');

/** 18 seats in the collective; the first six organisations have 14 of them. */
const SEATS = {
  jeugdhulp: 3,
  huisvesting: 3,
  welzijn: 3,
  'stad-antwerpen': 2,
  tewerkstelling: 2,
  jongerenraad: 1,
  onderwijs: 2,
  justitie: 1,
  'vrije-tijd': 1,
};
const FOURTEEN_SEATS = ['jeugdhulp', 'huisvesting', 'welzijn', 'stad-antwerpen', 'tewerkstelling', 'jongerenraad'];

const collectiveMeeting = (name: string, plannedOn: string, on: string, title: string) =>
  meeting(backOffice, secretary, name, {
    network: 'antwerpen',
    body: 'collectief',
    plannedOn,
    on,
    title: `Collectief, ${title}`,
    present: FOURTEEN_SEATS,
  });

const setup: Part = {
  name: 'antwerpen-setup',
  steps: [
    organisation('2019-01-14', 'jeugdhulp', 'Jeugdhulp Antwerpen', 'youth-care', { number: '0999.000.030' }),
    organisation('2019-01-14', 'huisvesting', 'Huisvestingsmaatschappij', 'housing', { number: '0999.000.129' }),
    organisation('2019-01-14', 'welzijn', 'Centrum voor welzijnswerk', 'welfare', { number: '0999.000.228' }),
    organisation('2019-01-14', 'stad-antwerpen', 'Stad Antwerpen', 'local-government', { number: '0999.000.327' }),
    organisation('2019-01-14', 'tewerkstelling', 'Dienst voor werk', 'work'),
    organisation('2019-01-14', 'onderwijs', 'Scholengroep', 'education'),
    organisation('2019-01-14', 'vrije-tijd', 'Jeugdhuis', 'leisure'),
    organisation('2019-01-14', 'justitie', 'Justitiehuis', 'justice'),
    organisation('2019-01-14', 'jongerenraad', 'Jongerenraad thuisloosheid', 'target-group'),
    member('2019-01-14', backOffice, 'antwerpen', 'jeugdhulp', 'care', 'jeugdhulp'),
    member('2019-01-14', backOffice, 'antwerpen', 'huisvesting', 'housing', 'sociale huisvesting'),
    member('2019-01-14', backOffice, 'antwerpen', 'welzijn', 'welfare', 'algemeen welzijnswerk'),
    member('2019-01-14', backOffice, 'antwerpen', 'stad-antwerpen', 'local-government', 'lokaal bestuur'),
    member('2019-01-14', backOffice, 'antwerpen', 'tewerkstelling', 'work', 'werk'),
    member('2019-01-14', backOffice, 'antwerpen', 'onderwijs', 'education', 'onderwijs'),
    member('2019-01-14', backOffice, 'antwerpen', 'vrije-tijd', 'leisure', 'vrije tijd'),
    member('2019-01-14', backOffice, 'antwerpen', 'justitie', 'justice', 'justitie'),
    member('2019-01-14', backOffice, 'antwerpen', 'jongerenraad', 'target-group', 'jongeren', true),

    person('2019-01-21', 'secretary-antwerpen', 'Verslaggever collectief'),
    role('2019-01-21', backOffice, 'secretary', 'secretary-antwerpen', 'antwerpen', 'stad-antwerpen'),
    ...(
      [
        ['preventie', 'Preventie', 'onderwijs'],
        ['wonen', 'Wonen', 'huisvesting'],
        ['zorgcontinuiteit', 'Zorgcontinuïteit', 'jeugdhulp'],
        ['netwerken', 'Netwerken', 'welzijn'],
      ] as const
    ).flatMap(([name, title, organisation]) => [
      person('2019-01-21', `lead-${name}`, `Trekker ${title.toLowerCase()}`),
      role('2019-01-21', backOffice, 'back-office', `lead-${name}`, 'antwerpen', organisation),
      role('2019-01-21', backOffice, 'lead', `lead-${name}`, 'antwerpen', organisation),
      group('2019-01-21', backOffice, 'antwerpen', name, title, 'action-group'),
      groupLead('2019-01-21', backOffice, name, `lead-${name}`),
    ]),
    group('2019-01-21', backOffice, 'antwerpen', 'collectief', 'Collectief', 'collective'),
    cadence('2019-01-21', backOffice, 'collectief', 3),
    decides('2019-01-21', backOffice, 'collectief', 10, SEATS),
    {
      on: '2019-01-21',
      as: backOffice,
      command: 'SetPolicy',
      target: 'antwerpen',
      body: {
        requiredSectors: ['care', 'housing', 'work', 'education', 'leisure', 'justice'],
        mandates: { action: ref('collectief'), agenda: ref('collectief') },
      },
    },
    ...agenda('2019-11-18', backOffice, 'antwerpen', {
      ambition: 'Alle jongvolwassenen in Antwerpen hebben een veilige thuis; niemand is dakloos.',
      problem: 'Eén op vijf dak- en thuisloze volwassenen is jonger dan 26.',
      objectives: {
        O1: 'Structurele preventie',
        O2: 'Zorgcontinuïteit',
        O3: 'Vroege interventie',
        O4: 'Preventie van uithuiszetting',
        O5: 'Woonstabiliteit',
      },
    }),

    ...collectiveMeeting('collectief-2020-1', '2020-01-13', '2020-02-13', 'eerste samenkomst van 2020'),
    decision('2020-02-13', secretary, 'd-agenda', {
      network: 'antwerpen',
      body: 'collectief',
      meeting: 'collectief-2020-1',
      present: FOURTEEN_SEATS,
      agenda: 'antwerpen-agenda',
      proposal: 'De gemeenschappelijke agenda met vijf doelstellingen wordt aangenomen.',
      rationale: 'De vijf niveaus van preventie van de roadmap.',
    }),
    {
      on: '2020-02-13',
      as: secretary,
      command: 'AdoptAgendaVersion',
      target: 'antwerpen-agenda',
      name: 'antwerpen-agenda-v1',
      body: { decisionRef: ref('d-agenda') },
    },
  ],
};

const WMB_PLAN = 'Twintig begeleide woonplaatsen met een vaste begeleider per jongere.';

const actions: Part = {
  name: 'antwerpen-actions',
  steps: [
    // 1
    {
      on: '2020-06-10',
      as: leadWonen,
      command: 'ProposeAction',
      name: 'wmb',
      body: {
        network: ref('antwerpen'),
        title: { nl: 'Wonen met begeleiding', en: 'Supported housing' },
        group: ref('wonen'),
        objectives: ['O5'],
        targetGroup: 'Dak- en thuisloze jongeren van 17 tot 25 jaar',
        regions: ['11002'],
        intendedChange: 'Jongeren wonen stabiel en houden die woonst.',
        horizon: 'medium',
        plan: { text: WMB_PLAN, from: '2020-10-01', until: '2022-12-31' },
        partners: [
          { organisation: ref('jeugdhulp'), role: 'begeleidt' },
          { organisation: ref('huisvesting'), role: 'verhuurt' },
          { organisation: ref('welzijn'), role: 'leidt toe' },
        ],
      },
    },

    // 2
    {
      on: '2020-06-10',
      as: backOffice,
      command: 'PlanMeeting',
      name: 'collectief-2020-2',
      body: {
        network: ref('antwerpen'),
        body: ref('collectief'),
        startsAt: atWork('2020-06-25'),
        title: 'Collectief, tweede samenkomst van 2020',
      },
    },
    {
      on: '2020-06-11',
      as: backOffice,
      command: 'AddAgendaItem',
      target: 'collectief-2020-2',
      body: { title: 'Wonen met begeleiding', subject: { kind: 'action', id: ref('wmb') } },
    },
    {
      on: '2020-06-18',
      as: secretary,
      command: 'RecordInput',
      target: 'collectief-2020-2',
      body: {
        item: 1,
        organisation: ref('jongerenraad'),
        text: 'Laat jongeren hun begeleider mee kiezen.',
      },
    },
    {
      on: '2020-06-25',
      as: secretary,
      command: 'RecordAttendance',
      target: 'collectief-2020-2',
      body: {
        present: FOURTEEN_SEATS.map(ref),
        excused: [ref('onderwijs'), ref('vrije-tijd')],
      },
    },
    { on: '2020-06-25', as: secretary, command: 'HoldMeeting', target: 'collectief-2020-2', body: {} },
    decision('2020-06-25', secretary, 'd1', {
      network: 'antwerpen',
      body: 'collectief',
      meeting: 'collectief-2020-2',
      present: FOURTEEN_SEATS,
      actions: ['wmb'],
      proposal: 'Wonen met begeleiding start in het najaar.',
      rationale: 'Een stabiele woonst eerst; van daaruit de rest.',
      more: {
        alternatives: ['Eerst een proef met vijf jongeren'],
        dissent: [
          { organisation: ref('tewerkstelling'), text: 'Twintig plaatsen tegelijk is veel om mee te beginnen.' },
        ],
      },
    }),
    decided('2020-06-25', secretary, 'wmb', 'd1'),

    // 3
    {
      ...start('2020-07-01', backOffice, 'wmb'),
      refused: 'lead-required',
      why: 'Een actie start met een trekker.',
    },
    actionLead('2020-07-01', backOffice, 'wmb', 'lead-wonen'),

    // 4
    start('2020-10-01', backOffice, 'wmb'),
    {
      on: '2020-11-05',
      as: leadWonen,
      command: 'JoinPartner',
      target: 'wmb',
      name: 'wmb-werk',
      // Registered three weeks late: what held and what was known differ in between.
      body: { organisation: ref('tewerkstelling'), role: 'zoekt werk of opleiding', occurredAt: '2020-10-15' },
    },
    ...meeting(backOffice, secretary, 'collectief-2020-3', {
      network: 'antwerpen',
      body: 'collectief',
      plannedOn: '2020-09-14',
      on: '2020-11-12',
      title: 'Collectief, derde samenkomst van 2020',
      cancelled: { on: '2020-11-02', reason: 'Samenkomen mag niet door de coronamaatregelen.' },
    }),

    // 13, first half: the pilot
    {
      on: '2021-01-20',
      as: leadPreventie,
      command: 'ProposeAction',
      name: 'nachtopvang',
      body: {
        network: ref('antwerpen'),
        title: { nl: 'Nachtopvang pilot' },
        group: ref('preventie'),
        objectives: ['O3'],
        targetGroup: 'Jongeren van 18 tot 25 jaar die op straat slapen',
        regions: ['11002'],
        intendedChange: 'Geen jongere slaapt nog op straat.',
        horizon: 'short',
        plan: { text: 'Tien bedden, elke nacht open, zonder intake.' },
        partners: [{ organisation: ref('welzijn') }, { organisation: ref('stad-antwerpen') }],
      },
    },
    ...collectiveMeeting('collectief-2021-1', '2021-01-11', '2021-02-11', 'eerste samenkomst van 2021'),
    decision('2021-02-11', secretary, 'd-nachtopvang', {
      network: 'antwerpen',
      body: 'collectief',
      meeting: 'collectief-2021-1',
      present: FOURTEEN_SEATS,
      actions: ['nachtopvang'],
      proposal: 'De nachtopvang start als proef.',
      rationale: 'De winter wacht niet; een proef toont of het werkt.',
    }),
    decided('2021-02-11', secretary, 'nachtopvang', 'd-nachtopvang'),
    actionLead('2021-02-15', backOffice, 'nachtopvang', 'lead-preventie'),
    start('2021-03-01', leadPreventie, 'nachtopvang'),

    // 9 (with the values of step 8, as known on their date)
    {
      on: '2021-05-20',
      as: leadWonen,
      command: 'EvaluateAction',
      target: 'wmb',
      name: 'wmb-interim',
      body: {
        kind: 'interim',
        period: { from: '2020-10-01', until: '2021-05-10' },
        method: 'Registratie van de woonplaatsen en gesprekken met begeleiders.',
        questions: {
          worked: 'De vaste begeleider.',
          workedNot: 'De wachttijd voor de intake.',
          forWhom: 'Jongeren die uit de jeugdhulp komen.',
          why: 'Wie lang wacht, haakt af.',
        },
        verdict: 'works-partly',
        confidence: 2,
        indicatorSnapshot: [known('ind-gehuisvest', '2021-05-10'), known('ind-stabiel', '2021-05-10')],
        learnings: [
          { text: 'Wie weken op een intake wacht, haakt af.', tag: 'wachttijd', polarity: 'does-not-work' },
          { text: 'Eén vaste begeleider geeft vertrouwen.', tag: 'vaste-begeleider', polarity: 'works' },
        ],
        voices: [{ source: 'staff', n: 6 }],
        nextStep: 'adjust',
        evaluators: [ref('jeugdhulp'), ref('huisvesting')],
        confirmedBy: ref('wonen'),
      },
    },
    {
      on: '2021-05-20',
      as: leadWonen,
      command: 'AdjustAction',
      target: 'wmb',
      name: 'wmb-v2',
      body: {
        plan: { text: `${WMB_PLAN} De intake volgt binnen 10 dagen.`, from: '2020-10-01', until: '2022-12-31' },
        basis: { kind: 'evaluation', ref: event('wmb-interim') },
        reason: { text: { nl: 'De wachttijd doet jongeren afhaken.' } },
      },
    },
    ...collectiveMeeting('collectief-2021-2', '2021-05-10', '2021-06-17', 'tweede samenkomst van 2021'),
    ...collectiveMeeting('collectief-2021-3', '2021-09-06', '2021-10-14', 'derde samenkomst van 2021'),
    ...collectiveMeeting('collectief-2022-1', '2022-01-10', '2022-02-10', 'eerste samenkomst van 2022'),

    // 10
    {
      on: '2022-05-18',
      as: leadWonen,
      command: 'EvaluateAction',
      target: 'wmb',
      name: 'wmb-final',
      body: {
        kind: 'final',
        period: { from: '2020-10-01', until: '2022-05-01' },
        method: 'Registratie van de woonplaatsen en een gespreksavond met jongeren.',
        questions: {
          worked: 'De vaste begeleider en de snelle intake.',
          workedNot: 'Te weinig kleine woningen.',
          forWhom: 'Jongeren van 17 tot 25 jaar, ook met een zorgvraag.',
          why: 'Wie blijft wonen, krijgt de rest ook geregeld.',
        },
        verdict: 'works',
        confidence: 3,
        indicatorSnapshot: [known('ind-stabiel')],
        learnings: [
          { text: 'Een vaste begeleider houdt jongeren aan boord.', tag: 'vaste-begeleider', polarity: 'works' },
        ],
        voices: [{ source: 'target-group', n: 1 }],
        nextStep: 'broaden',
        evaluators: [ref('jeugdhulp'), ref('huisvesting'), ref('jongerenraad')],
        confirmedBy: ref('wonen'),
      },
    },

    // 11
    ...collectiveMeeting('collectief-2022-2', '2022-05-09', '2022-06-16', 'tweede samenkomst van 2022'),
    decision('2022-06-16', secretary, 'd2', {
      network: 'antwerpen',
      body: 'collectief',
      meeting: 'collectief-2022-2',
      present: FOURTEEN_SEATS,
      actions: ['wmb'],
      proposal: 'Wonen met begeleiding wordt verbreed naar Leuven en Gent.',
      rationale: 'Vier van de vijf jongeren wonen na een half jaar nog stabiel.',
      more: { grounds: [{ kind: 'evaluation', ref: event('wmb-final') }] },
    }),
    {
      on: '2022-06-16',
      as: backOffice,
      command: 'BroadenAction',
      target: 'wmb',
      name: 'wmb-broadened',
      children: ['wmb-leuven', 'wmb-gent'],
      body: {
        decisionRef: ref('d2'),
        evaluationRef: event('wmb-final'),
        kind: 'region',
        targets: [
          {
            network: ref('leuven'),
            regions: ['24062'],
            partners: [],
            adaptations: 'Studentenhuisvesting betrekken.',
            leadHint: 'het lokaal bestuur',
          },
          { network: ref('gent'), regions: ['44021'], partners: [] },
        ],
        carried: {
          method: 'Een vaste begeleider en een intake binnen 10 dagen.',
          indicators: ['Stabiel na 6 maanden'],
          learnings: ['Een vaste begeleider houdt jongeren aan boord.'],
        },
      },
    },

    // 13, second half
    {
      on: '2022-09-12',
      as: leadPreventie,
      command: 'EvaluateAction',
      target: 'nachtopvang',
      name: 'nachtopvang-final',
      body: {
        kind: 'final',
        period: { from: '2021-03-01', until: '2022-08-31' },
        method: 'Nachtregister en gesprekken met bezoekers.',
        questions: { workedNot: 'Een bed voor één nacht leidt nergens toe.' },
        verdict: 'does-not-work',
        confidence: 3,
        indicatorSnapshot: [{ label: 'Nadien in een woonst', rba: 'better-off', numerator: 2, denominator: 61 }],
        learnings: [
          { text: 'Opvang zonder begeleiding lost niets op.', tag: 'losse-opvang', polarity: 'does-not-work' },
        ],
        voices: [{ source: 'target-group', n: 9 }],
        nextStep: 'close',
        evaluators: [ref('welzijn'), ref('stad-antwerpen')],
      },
    },
    ...collectiveMeeting('collectief-2022-3', '2022-09-05', '2022-10-20', 'derde samenkomst van 2022'),
    decision('2022-10-20', secretary, 'd4', {
      network: 'antwerpen',
      body: 'collectief',
      meeting: 'collectief-2022-3',
      present: FOURTEEN_SEATS,
      actions: ['nachtopvang'],
      proposal: 'De nachtopvang stopt.',
      rationale: 'De proef toont dat het zo niet werkt; de les blijft.',
      more: { grounds: [{ kind: 'evaluation', ref: event('nachtopvang-final') }] },
    }),
    {
      on: '2022-10-20',
      as: backOffice,
      command: 'CloseAction',
      target: 'nachtopvang',
      name: 'nachtopvang-closed',
      body: { outcome: 'stopped', learnings: [], decisionRef: ref('d4') },
    },

    // 14
    ...releases,
    {
      on: '2022-12-31',
      as: backOffice,
      command: 'CloseAction',
      target: 'wmb',
      name: 'wmb-closed',
      body: {
        outcome: 'achieved',
        learnings: [{ text: 'Kleine woningen zijn de schaarste.', tag: 'kleine-woningen', polarity: 'does-not-work' }],
      },
    },
    ...closing,
  ],
};

/**
 * S1 Mind the Gap Antwerpen: an action from proposal to close, measured, adjusted and broadened; what it and another one taught
 * becomes a recommendation; a third one is stopped.
 */
export const s1: Scenario = { name: 'S1', parts: [movement, setup, impact, actions, money] };
