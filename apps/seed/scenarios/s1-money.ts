import { as, document, event, ref, type Part, type Step } from '../scenario.ts';
import {
  allocate,
  award,
  closeGrant,
  commit,
  finalReport,
  receive,
  scheme,
  spend,
  supplier,
  verify,
} from '../money.ts';
import { person, role } from '../setup.ts';

const backOffice = as('back-office', 'coordinator-antwerpen');
const finance = as('finance', 'finance-antwerpen');
const verifier = as('verifier', 'verifier-antwerpen');

const period = { from: '2020-09-01', until: '2022-12-31' };
const spentIn = { from: '2020-10-01', until: '2021-03-31' };

/** The grant of S1, up to what was accepted. */
export const money: Part = {
  name: 'antwerpen-money',
  steps: [
    scheme('2019-01-14', 'scheme-stad', 'Projectsubsidie stad', 'stad-antwerpen', {
      maxPublicShare: { num: 4, den: 5 },
      instalments: [
        { code: 'voorschot', share: { num: 1, den: 2 } },
        { code: 'tussentijds', share: { num: 3, den: 10 } },
        { code: 'saldo', share: null },
      ],
    }),
    person('2019-01-21', 'finance-antwerpen', 'Financieel medewerker'),
    role('2019-01-21', backOffice, 'finance', 'finance-antwerpen', 'antwerpen', 'stad-antwerpen'),
    person('2019-01-21', 'verifier-antwerpen', 'Controleur uitgaven'),
    role('2019-01-21', backOffice, 'verifier', 'verifier-antwerpen', 'antwerpen', 'stad-antwerpen'),
    person('2019-01-21', 'auditor-antwerpen', 'Externe auditor'),
    role('2019-01-21', backOffice, 'auditor', 'auditor-antwerpen', 'antwerpen'),

    // 3
    {
      on: '2020-06-11',
      as: as('lead', 'lead-wonen'),
      command: 'RequestFunding',
      target: 'wmb',
      body: { amountCents: 6_000_000, purpose: 'Huurwaarborgen en begeleiding' },
    },
    award('2020-09-15', finance, 'g-s1', {
      network: 'antwerpen',
      title: 'Projectsubsidie stad',
      funder: 'stad-antwerpen',
      scheme: 'scheme-stad',
      amountCents: 8_500_000,
      period,
      reference: 'CBS 2020/07412',
    }),
    allocate('2020-09-15', finance, 'g-s1', 'wmb', 6_000_000, 'd1'),
    receive('2020-09-15', finance, 'g-s1', 'voorschot', '2020/259/0117'),

    // 5
    commit('2020-10-05', finance, 'g-s1', 'c-huur', {
      action: 'wmb',
      title: 'Huurwaarborgen',
      amountCents: 3_000_000,
      supplier: supplier('Huisvestingsmaatschappij', '0999.000.129'),
    }),
    commit('2020-10-05', finance, 'g-s1', 'c-begeleiding', {
      action: 'wmb',
      title: 'Begeleidingsuren',
      amountCents: 2_400_000,
      supplier: supplier('Centrum voor welzijnswerk', '0999.000.228'),
    }),

    // 6
    spend('2021-03-31', finance, 'g-s1', 'e-huur', {
      commitment: 'c-huur',
      number: 'HM-2021-0331',
      date: '2021-03-31',
      grossCents: 3_500_000,
      supplier: supplier('Huisvestingsmaatschappij', '0999.000.129'),
      period: spentIn,
      split: { grantCents: 2_800_000, ownCents: 700_000 },
    }),
    spend('2021-03-31', finance, 'g-s1', 'e-begeleiding', {
      commitment: 'c-begeleiding',
      number: 'CW-2021-118',
      date: '2021-03-31',
      grossCents: 2_500_000,
      supplier: supplier('Centrum voor welzijnswerk', '0999.000.228'),
      period: spentIn,
      split: { grantCents: 2_000_000, ownCents: 500_000 },
    }),

    // 7
    verify('2021-04-15', verifier, 'g-s1', 'e-huur'),
    verify('2021-04-15', verifier, 'g-s1', 'e-begeleiding', {
      outcome: 'partly',
      eligibleCents: 2_400_000,
      refusals: [{ cents: 100_000, reason: 'Verplaatsingen buiten de actie.' }],
    }),
    {
      on: '2021-05-20',
      as: backOffice,
      command: 'RegisterEvidence',
      body: {
        network: ref('antwerpen'),
        ...document('Gesprekken met jongeren, lente 2021', 'survey', 'Centrum voor welzijnswerk'),
      },
    },
  ],
};

const release = (commitment: string): Step => ({
  on: '2022-12-31',
  as: finance,
  command: 'ReleaseCommitment',
  target: 'g-s1',
  body: { commitment: event(commitment) },
});

/** 14: what is still ordered is freed before the action closes … */
export const releases: readonly Step[] = [
  {
    on: '2022-12-31',
    as: backOffice,
    command: 'CloseAction',
    target: 'wmb',
    body: { outcome: 'achieved', learnings: [] },
    refused: 'open-commitments',
    why: 'Er staat nog 6 000 euro vastgelegd.',
  },
  release('c-huur'),
  release('c-begeleiding'),
];

/** … and what is left of the grant lapses after it. */
export const closing: readonly Step[] = [
  finalReport('2022-12-31', finance, 'g-s1', period),
  closeGrant('2022-12-31', finance, 'g-s1'),
  {
    on: '2022-12-31',
    as: finance,
    command: 'Allocate',
    target: 'g-s1',
    body: { action: ref('wmb'), amountCents: 1, decisionRef: ref('d1') },
    refused: 'grant-closed',
    why: 'Een afgesloten subsidie neemt niets meer aan.',
  },
];
