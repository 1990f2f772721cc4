import { scheme } from '../money.ts';
import { as, ref, refs, type Part, type Step } from '../scenario.ts';
import { organisation, person, role } from '../setup.ts';

const backOffice = as('back-office', 'coordinator-oudenaarde');
const finance = as('finance', 'finance-oudenaarde');

const PARTNERS = ['stad-oudenaarde', 'ocmw-oudenaarde', 'kansen-voor-cultuur', 'verenigingen'];

interface Drafted {
  readonly kind: string;
  readonly title: string;
  readonly period: { readonly from: string; readonly until?: string };
  readonly parties: readonly string[];
  readonly more?: Readonly<Record<string, unknown>>;
}

const drafted = (on: string, name: string, { kind, title, period, parties, more }: Drafted): Step => ({
  on,
  as: backOffice,
  command: 'DraftAgreement',
  name,
  body: { network: ref('oudenaarde'), kind, title, period, parties: refs(parties), ...more },
});

const step = (on: string, command: string, target: string, body = {}): Step => ({
  on,
  as: backOffice,
  command,
  target,
  body,
});

const signed = (on: string, agreement: string, parties: readonly string[]): readonly Step[] =>
  parties.map((party) => step(on, 'SignAgreement', agreement, { organisation: ref(party) }));

/** An agreement under the scheme, from its draft until it holds. */
const schemePeriod = (
  name: string,
  period: Drafted['period'],
  dates: Readonly<Record<'drafted' | 'signed' | 'submitted' | 'approved' | 'inForce', string>>,
  more = {},
): Step[] => [
  drafted(dates.drafted, name, {
    kind: 'scheme-period',
    title: `Afsprakennota ${period.from.slice(0, 4)}-${period.until!.slice(0, 4)}`,
    period,
    parties: PARTNERS,
    more: { scheme: ref('scheme-participatie'), ...more },
  }),
  ...signed(dates.signed, name, PARTNERS),
  step(dates.submitted, 'SubmitAgreement', name),
  step(dates.approved, 'ApproveAgreement', name),
  step(dates.inForce, 'EnterAgreementIntoForce', name),
];

const onRight = (on: string, command: string, body: Step['body']): Step => ({
  on,
  as: finance,
  command,
  target: 'trekkingsrecht',
  body,
});

const own = (on: string, year: number, from: string, amountCents: number, more: Step['body'] = {}): Step =>
  onRight(on, 'RegisterOwnContribution', { year, kind: 'own', organisation: ref(from), amountCents, ...more });

const draw = (on: string, year: number, amountCents: number): Step => onRight(on, 'DrawDown', { year, amountCents });

const settle = (on: string, year: number): Step => onRight(on, 'SettleYear', { year });

/** The agreements of S5, and the drawing right with what was done of it. */
export const money: Part = {
  name: 'oudenaarde-money',
  steps: [
    organisation('2009-01-05', 'cultuur-vlaanderen', 'Vlaamse participatie', 'other'),
    scheme('2009-01-05', 'scheme-participatie', 'Participatie', 'cultuur-vlaanderen', {
      maxPublicShare: { num: 1, den: 3 },
      minOwnPerGrant: { num: 2, den: 1 },
    }),
    person('2009-01-05', 'finance-oudenaarde', 'Financieel medewerker'),
    role('2009-01-05', backOffice, 'finance', 'finance-oudenaarde', 'oudenaarde', 'stad-oudenaarde'),

    // 1
    ...schemePeriod(
      'agreement-1',
      { from: '2009-01-01', until: '2013-12-31' },
      {
        drafted: '2009-01-05',
        signed: '2009-01-05',
        submitted: '2009-02-02',
        approved: '2009-02-16',
        inForce: '2009-02-16',
      },
    ),
    ...schemePeriod(
      'agreement-2',
      { from: '2014-01-01', until: '2019-12-31' },
      {
        drafted: '2013-11-04',
        signed: '2013-11-04',
        submitted: '2013-12-02',
        approved: '2013-12-16',
        inForce: '2014-01-06',
      },
      { succeeds: ref('agreement-1'), objectives: { carriedOver: ['O1', 'O2', 'O3'], ended: [] } },
    ),
    {
      ...drafted('2013-12-09', 'agreement-overlapping', {
        kind: 'scheme-period',
        title: 'Afsprakennota 2013-2015',
        period: { from: '2013-01-01', until: '2015-12-31' },
        parties: PARTNERS,
        more: { scheme: ref('scheme-participatie') },
      }),
      refused: 'agreement-overlap',
      why: 'Voor die jaren gelden al afspraken.',
    },

    // 2
    {
      on: '2014-01-06',
      as: finance,
      command: 'GrantDrawingRight',
      name: 'trekkingsrecht',
      body: {
        network: ref('oudenaarde'),
        scheme: ref('scheme-participatie'),
        funder: ref('cultuur-vlaanderen'),
        amountCents: 661_300,
        basis: 'per-year',
        years: { from: 2014, until: 2019 },
        agreement: ref('agreement-2'),
        funderDecision: { reference: 'MB trekkingsrecht 2014-2019', date: '2013-12-16' },
      },
    },

    // Schools and their platform are no partners; this agreement carries the way to families.
    drafted('2014-01-20', 'agreement-lop', {
      kind: 'working-arrangement',
      title: 'Werkafspraken met LOP en scholen',
      period: { from: '2014-01-20' },
      parties: ['stad-oudenaarde'],
      more: {
        thirdParties: ['LOP Oudenaarde (demo)', 'Basisscholen Oudenaarde (demo)'],
        actions: refs(['communicatie']),
      },
    }),
    ...signed('2014-01-20', 'agreement-lop', ['stad-oudenaarde']),
    step('2014-01-20', 'EnterAgreementIntoForce', 'agreement-lop'),

    // 3
    own('2014-10-20', 2014, 'stad-oudenaarde', 900_000),
    own('2014-10-20', 2014, 'ocmw-oudenaarde', 300_000),
    draw('2014-11-20', 2014, 661_300),
    {
      ...draw('2014-11-20', 2014, 1),
      name: 'drawn-too-much',
      refused: 'right-exceeded',
      why: 'Het recht van het jaar is opgenomen.',
    },
    // Registered a month late: what held and what was known differ in between.
    own('2015-02-02', 2014, 'verenigingen', 122_600, {
      kind: 'solidarity',
      valuation: 'Kortingen op 613 inschrijvingen, telkens 2 euro.',
      occurredAt: '2014-12-31',
    }),
    settle('2015-02-09', 2014),

    // 4
    own('2015-10-05', 2015, 'stad-oudenaarde', 900_000),
    own('2015-10-05', 2015, 'ocmw-oudenaarde', 300_000),
    own('2015-10-05', 2015, 'verenigingen', 100_000, {
      kind: 'solidarity',
      valuation: 'Kortingen op 500 inschrijvingen, telkens 2 euro.',
    }),
    draw('2015-11-09', 2015, 661_300),
    settle('2016-02-08', 2015),
    onRight('2016-03-07', 'RepayDrawn', { year: 2015, amountCents: 11_300, bankReference: '2016/067/0021' }),

    // 5
    own('2016-11-07', 2016, 'stad-oudenaarde', 600_000),
    own('2016-11-07', 2016, 'ocmw-oudenaarde', 250_000),
    own('2016-11-07', 2016, 'kansen-voor-cultuur', 150_000, {
      kind: 'in-kind',
      valuation: '100 uren van vrijwilligers bij OK Swaree, 15 euro per uur.',
    }),
    draw('2016-11-07', 2016, 500_000),
    settle('2017-02-06', 2016),

    // 9
    drafted('2015-11-09', 'agreement-zwalm', {
      kind: 'inter-network',
      title: 'Oudenaarde en Zwalm stemmen hun passen af',
      period: { from: '2016-01-01', until: '2019-12-31' },
      parties: ['stad-oudenaarde', 'gemeente-zwalm'],
      more: { withNetworks: refs(['zwalm']), actions: refs(['uitstraling']) },
    }),
    ...signed('2015-12-07', 'agreement-zwalm', ['stad-oudenaarde', 'gemeente-zwalm']),
    step('2015-12-07', 'EnterAgreementIntoForce', 'agreement-zwalm'),
  ],
};
