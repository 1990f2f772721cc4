import { attach, indicator, measure, works } from '../impact.ts';
import { as, event, ref, refs, type Part } from '../scenario.ts';
import { actionLead, decided, decision, person, role, start } from '../setup.ts';

const backOffice = as('back-office', 'coordinator-antwerpen');
const secretary = as('secretary', 'secretary-antwerpen');
const steward = as('data-steward', 'steward-antwerpen');
const leadWonen = as('lead', 'lead-wonen');
const leadZorg = as('lead', 'lead-zorgcontinuiteit');

const PRESENT = ['jeugdhulp', 'huisvesting', 'welzijn', 'stad-antwerpen', 'tewerkstelling', 'jongerenraad'];
const untilSpring = { from: '2020-10-01', until: '2021-05-10' };

/** Who counts what, and what actions taught: from measurements to a recommendation that is answered. */
export const impact: Part = {
  name: 'antwerpen-impact',
  steps: [
    {
      on: '2020-01-27',
      as: backOffice,
      command: 'DraftTheoryOfChange',
      target: 'antwerpen-agenda',
      body: {
        nodes: [
          { code: 'P1', kind: 'problem', text: { nl: 'Jongeren verliezen hun woonst na de jeugdhulp.' } },
          { code: 'A1', kind: 'assumption', text: { nl: 'Een vertrouwde begeleider blijft welkom.' } },
          { code: 'U1', kind: 'output', text: { nl: 'Elke jongere heeft een vaste begeleider.' } },
          { code: 'E1', kind: 'outcome', text: { nl: 'Jongeren wonen na zes maanden nog op dezelfde plek.' } },
          { code: 'D5', kind: 'objective', text: { nl: 'Woonstabiliteit' }, ref: 'O5' },
          { code: 'I1', kind: 'impact', text: { nl: 'Niemand is dakloos.' } },
        ],
        edges: [
          { from: 'A1', to: 'U1' },
          { from: 'U1', to: 'E1', strength: 'moderate' },
          { from: 'E1', to: 'D5', strength: 'strong' },
          { from: 'D5', to: 'I1', strength: 'moderate' },
        ],
      },
    },
    person('2020-09-21', 'steward-antwerpen', 'Databeheerder'),
    role('2020-09-21', backOffice, 'data-steward', 'steward-antwerpen', 'antwerpen', 'welzijn'),
    indicator('2020-09-21', steward, 'ind-gehuisvest', {
      network: 'antwerpen',
      code: 'gehuisvest',
      title: 'Gehuisvest',
      definition: 'Jongeren in begeleiding die in een eigen woonst wonen, van alle jongeren in begeleiding.',
      unit: 'percent',
      rba: 'how-well',
      aggregation: 'ratio-of-sums',
      frequency: 'irregular',
      validFrom: '2020-10-01',
      more: { objectives: ['O5'], sensitivity: 'small-numbers' },
    }),
    indicator('2020-09-21', steward, 'ind-stabiel', {
      network: 'antwerpen',
      code: 'stabiel-6',
      title: 'Stabiel na 6 maanden',
      definition: 'Jongeren die zes maanden na de start nog in dezelfde woonst wonen, van wie toen startte.',
      unit: 'percent',
      rba: 'better-off',
      level: 'outcome',
      aggregation: 'ratio-of-sums',
      frequency: 'irregular',
      validFrom: '2020-10-01',
      more: { objectives: ['O5'], sensitivity: 'small-numbers' },
    }),
    attach('2020-10-01', steward, 'ind-gehuisvest', 'antwerpen', 'wmb'),
    attach('2020-10-01', steward, 'ind-stabiel', 'antwerpen', 'wmb'),

    // The input of the young people got its answer.
    {
      on: '2020-11-16',
      as: backOffice,
      command: 'AnswerInput',
      target: 'collectief-2020-2',
      body: {
        item: 1,
        organisation: ref('jongerenraad'),
        text: 'Elke jongere kiest uit twee begeleiders; dat staat in de werkwijze.',
      },
    },
    {
      on: '2020-11-23',
      as: backOffice,
      command: 'LogCommunication',
      target: 'antwerpen',
      body: {
        channel: 'newsletter',
        audience: 'Leden van het collectief',
        title: 'Wonen met begeleiding is gestart',
        reach: 240,
      },
    },

    // 8
    measure('2021-05-10', leadWonen, 'ind-gehuisvest', {
      network: 'antwerpen',
      action: 'wmb',
      period: untilSpring,
      value: [17, 22],
    }),
    measure('2021-05-10', leadWonen, 'ind-stabiel', {
      network: 'antwerpen',
      action: 'wmb',
      period: untilSpring,
      value: [12, 17],
    }),

    // 12
    {
      on: '2021-05-17',
      as: leadZorg,
      command: 'ProposeAction',
      name: 'warme-overgang',
      body: {
        network: ref('antwerpen'),
        title: { nl: 'Warme overgang jeugdhulp', en: 'A warm hand-over from youth care' },
        group: ref('zorgcontinuiteit'),
        objectives: ['O2'],
        targetGroup: 'Jongeren van 17 tot 19 jaar die de jeugdhulp verlaten',
        regions: ['11002'],
        intendedChange: 'Wie 18 wordt, valt niet tussen twee stoelen.',
        horizon: 'short',
        plan: { text: 'De begeleider van de jeugdhulp blijft een jaar aan boord.' },
        partners: refs(['jeugdhulp', 'welzijn']).map((organisation) => ({ organisation })),
      },
    },
    decision('2021-06-17', secretary, 'd-warm', {
      network: 'antwerpen',
      body: 'collectief',
      meeting: 'collectief-2021-2',
      present: PRESENT,
      actions: ['warme-overgang'],
      proposal: 'Warme overgang jeugdhulp start in de zomer.',
      rationale: 'Een vaste begeleider werkte al bij Wonen met begeleiding.',
    }),
    decided('2021-06-17', secretary, 'warme-overgang', 'd-warm'),
    actionLead('2021-06-21', backOffice, 'warme-overgang', 'lead-zorgcontinuiteit'),
    start('2021-07-01', leadZorg, 'warme-overgang'),
    measure('2022-05-10', leadWonen, 'ind-stabiel', {
      network: 'antwerpen',
      action: 'wmb',
      period: { from: '2021-05-11', until: '2022-05-01' },
      value: [15, 19],
    }),
    works('2022-05-30', leadZorg, 'warme-overgang', 'warm-final', {
      from: '2021-07-01',
      until: '2022-05-15',
      method: 'Opvolging van elke overgang en een gespreksgroep.',
      worked: 'De begeleider kent de jongere al.',
      value: ['Nog in begeleiding na een jaar', 21, 26],
      learning: ['Wie dezelfde begeleider houdt, haakt niet af.', 'vaste-begeleider'],
      voices: 8,
      evaluators: ['welzijn', 'jongerenraad'],
    }),
    {
      on: '2022-06-20',
      as: backOffice,
      command: 'ConfirmPattern',
      name: 'p-begeleider',
      body: {
        network: ref('antwerpen'),
        tag: 'vaste-begeleider',
        polarity: 'works',
        statement: { nl: 'Een vaste begeleider houdt jongeren aan boord, ook bij een overgang.' },
        actions: refs(['wmb', 'warme-overgang']),
      },
    },
    {
      on: '2022-07-04',
      as: backOffice,
      command: 'DraftRecommendation',
      name: 'r-begeleider',
      body: {
        network: ref('antwerpen'),
        title: { nl: 'Eén begeleider over de grens van 18 jaar heen' },
        text: { nl: 'Laat de begeleider uit de jeugdhulp tot een jaar na de achttiende verjaardag betaald worden.' },
        patterns: [ref('p-begeleider')],
      },
    },
    decision('2022-10-20', secretary, 'd3', {
      network: 'antwerpen',
      body: 'collectief',
      meeting: 'collectief-2022-3',
      present: PRESENT,
      proposal: 'De aanbeveling over de vaste begeleider gaat naar de Vlaamse overheid.',
      rationale: 'Twee acties tonen hetzelfde.',
      more: { subjects: [{ kind: 'recommendation', id: ref('r-begeleider') }] },
    }),
    {
      on: '2022-10-20',
      as: secretary,
      command: 'AdoptRecommendation',
      target: 'r-begeleider',
      body: { decisionRef: ref('d3') },
    },
    {
      on: '2022-10-27',
      as: backOffice,
      command: 'SubmitRecommendation',
      target: 'r-begeleider',
      body: { level: 'flemish', addressee: 'Kabinet Welzijn (demo)' },
    },
    {
      on: '2022-12-05',
      as: backOffice,
      command: 'AnswerRecommendation',
      target: 'r-begeleider',
      body: { answer: 'partly', text: 'De verlenging kan in proefprojecten; een recht wordt het niet.' },
    },
    {
      on: '2022-12-12',
      as: leadWonen,
      command: 'StateContribution',
      target: 'wmb',
      body: {
        what: 'Meer jongeren wonen na een half jaar nog op dezelfde plek.',
        forWhom: 'Dak- en thuisloze jongeren van 17 tot 25 jaar in Antwerpen',
        howMuch: 'Van 70,59 naar 78,95 procent',
        contribution: 'De vaste begeleider en de intake binnen 10 dagen.',
        otherExplanations: 'In dezelfde tijd kwamen er kleine sociale woningen bij.',
        strength: 'moderate',
        evaluation: event('wmb-final'),
      },
    },
  ],
};
