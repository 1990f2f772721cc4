import type { Event, Meta, Recorded } from '#kernel';
import type {
  ActionEvent,
  DocumentEvent,
  DrawingRightEvent,
  GrantEvent,
  NetworkEvent,
  OrganisationEvent,
  SecondmentEvent,
} from '#domain';
import {
  actionProposed,
  at,
  decisionRecorded,
  doubleOwnTerms,
  idOf,
  LEUVEN,
  log,
  NETWORK,
  on,
  schemeTerms,
  stream,
  type Fact,
  type StreamFacts,
} from '#testkit';

type Data<T extends GrantEvent['type']> = Extract<GrantEvent, { readonly type: T }>['data'];

export const GRANT = idOf('g-s1');
export const [WMB, PILOT] = [idOf('wmb'), idOf('pilot')];
export const [D1, D2] = [idOf('d1'), idOf('d2')];
export const [RENT_ORDER, SUPPORT_ORDER] = [idOf('c-huur'), idOf('c-begeleiding')];
export const [RENT, SUPPORT, OVERHEAD] = [idOf('e-huur'), idOf('e-begeleiding'), idOf('e-forfait')];
export const [RENT_BILL, SUPPORT_BILL] = [idOf('factuur huur'), idOf('factuur begeleiding')];
export const CITY = idOf('stad');
export const HOUSING = idOf('huisvesting');
export const HOUSING_NUMBER = '0999000129';

export const awarded = (data: Partial<Data<'GrantAwarded'>> = {}): Data<'GrantAwarded'> => ({
  title: 'Projectsubsidie stad',
  funder: CITY,
  scheme: idOf('scheme'),
  schemeVersion: 1,
  terms: schemeTerms,
  amountCents: 8_500_000,
  period: { from: '2020-09-01', until: '2022-12-31' },
  area: null,
  funderDecision: { reference: 'CBS 2020/07412', date: '2020-09-10' },
  conditions: [],
  instalments: [{ code: 'voorschot', cents: null, share: { num: 1, den: 2 }, dueOn: null, requires: [] }],
  externalCodes: [],
  ...data,
});

const split = (grantCents: number, ownCents: number) => ({
  grantCents,
  ownCents,
  otherGrantCents: 0,
  solidarityCents: 0,
  inKindCents: 0,
});
const general = { action: WMB, category: 'general' };
export const evidence = (title: string) => ({
  sha256: 'b'.repeat(64),
  mediaType: 'application/pdf',
  class: 'order',
  title,
  heldBy: 'Dienst financiën',
});
const housing = { name: 'Huisvesting', enterpriseNumber: HOUSING_NUMBER };
const welfare = { name: 'Welzijnswerk', enterpriseNumber: '0999000228' };
const bill = (supplier: typeof housing, number: string, grossCents: number) => ({
  supplier,
  number,
  date: '2021-03-31',
  grossCents,
  sha256: 'a'.repeat(64),
});
const [rentBill, supportBill] = [bill(housing, 'H-1', 3_500_000), bill(welfare, 'W-1', 2_500_000)];
const spentIn = { from: '2020-10-01', until: '2021-03-31' };

type Said = Partial<Meta> & { readonly late?: string };
/** Something that happened on a day; `late` says when it was registered. */
export const fact = <E extends Event>(
  day: string,
  event: E & { readonly id?: string },
  { late = day, ...meta }: Said = {},
): Fact<E> => ({ ...event, meta: { ...at(on(day), on(late)), ...meta } });

const finance = { actor: { subject: idOf('finance'), role: 'finance' } };
const verifier = { actor: { subject: idOf('verifier'), role: 'verifier' } };

/** The grant of S1 (`domain.md` §7) up to what was accepted; the cost reckoned at a flat rate is not of S1. */
const s1: readonly Fact<GrantEvent>[] = [
  fact('2020-09-15', { type: 'GrantAwarded', data: awarded() }, finance),
  fact(
    '2020-09-16',
    { type: 'Allocated', data: { ...general, amountCents: 6_000_000 } },
    { ...finance, decisionRef: D1 },
  ),
  fact('2020-09-17', {
    type: 'InstalmentReceived',
    data: { instalment: 'voorschot', amountCents: 4_250_000, bankReference: 'B1' },
  }),
  fact(
    '2020-10-05',
    {
      id: RENT_ORDER,
      type: 'Committed',
      data: { ...general, amountCents: 3_000_000, title: 'Waarborgen', supplier: housing },
    },
    { ...finance, evidence: [evidence('Bestelbon')] },
  ),
  fact(
    '2020-10-05',
    {
      id: SUPPORT_ORDER,
      type: 'Committed',
      data: { ...general, amountCents: 2_400_000, title: 'Begeleiding', supplier: welfare },
    },
    finance,
  ),
  fact(
    '2021-03-31',
    {
      id: RENT,
      type: 'ExpenditureRecorded',
      data: {
        ...general,
        commitment: RENT_ORDER,
        document: RENT_BILL,
        supporting: rentBill,
        claim: idOf('claim huur'),
        period: spentIn,
        eligibleCents: 3_500_000,
        split: split(2_800_000, 700_000),
      },
    },
    { ...finance, late: '2021-04-02', evidence: [evidence('Betaling')] },
  ),
  fact(
    '2021-03-31',
    {
      id: SUPPORT,
      type: 'ExpenditureRecorded',
      data: {
        ...general,
        commitment: SUPPORT_ORDER,
        document: SUPPORT_BILL,
        supporting: supportBill,
        claim: idOf('claim begeleiding'),
        period: spentIn,
        eligibleCents: 2_500_000,
        split: split(2_000_000, 500_000),
      },
    },
    { ...finance, evidence: [evidence('Betaling begeleiding')] },
  ),
  fact(
    '2021-04-15',
    {
      type: 'ExpenditureVerified',
      data: {
        ...general,
        expenditure: RENT,
        outcome: 'accept',
        eligibleCents: 3_500_000,
        split: split(2_800_000, 700_000),
        reduced: split(0, 0),
        refusals: [],
      },
    },
    verifier,
  ),
  fact(
    '2021-04-15',
    {
      type: 'ExpenditureVerified',
      data: {
        ...general,
        expenditure: SUPPORT,
        outcome: 'partly',
        eligibleCents: 2_400_000,
        split: split(1_920_000, 480_000),
        reduced: split(80_000, 20_000),
        refusals: [{ cents: 100_000, reason: 'Verplaatsingen buiten de actie' }],
      },
    },
    verifier,
  ),
];

/** What is not of S1: a cost without evidence, a finding with its correction, another action, a payment to a partner. */
const more: readonly Fact<GrantEvent>[] = [
  fact(
    '2021-05-01',
    {
      id: OVERHEAD,
      type: 'SimplifiedCostRecorded',
      data: {
        ...general,
        period: spentIn,
        eligibleCents: 100_000,
        split: split(80_000, 20_000),
        method: 'overhead',
        base: [RENT],
        baseCents: 3_500_000,
        quantity: 0,
      },
    },
    finance,
  ),
  fact('2021-06-01', {
    id: idOf('vaststelling'),
    type: 'AuditFindingRaised',
    data: { text: 'Dubbele waarborg', expenditure: RENT, amountCents: 50_000 },
  }),
  fact('2021-06-15', {
    type: 'ExpenditureCorrected',
    data: {
      ...general,
      expenditure: RENT,
      amountCents: 50_000,
      to: 'corrected',
      ground: 'Dubbele waarborg',
      finding: idOf('vaststelling'),
      recoveryCents: 0,
    },
  }),
  fact('2021-06-20', {
    type: 'AuditFindingClosed',
    data: { finding: idOf('vaststelling'), outcome: 'upheld', text: 'Rechtgezet' },
  }),
  fact(
    '2021-07-01',
    {
      type: 'Transferred',
      data: { from: general, to: { action: PILOT, category: 'general' }, amountCents: 200_000 },
    },
    { ...finance, decisionRef: D2 },
  ),
  fact('2021-07-02', {
    type: 'PartnerPaid',
    data: { organisation: HOUSING, amountCents: 1_000_000, bankReference: 'B2' },
  }),
];

const claimed = (grant: string, network: string, claim: string, supporting: typeof rentBill, grantCents: number) =>
  ({ type: 'DocumentClaimed', data: { supporting, grant, network, claim, grantCents, releases: [] } }) as const;
const organisation = (id: string, name: string, enterpriseNumber: string | null) =>
  stream<OrganisationEvent>('organisation', id, {
    type: 'OrganisationRegistered',
    data: { name, sector: 'housing', units: [], enterpriseNumber, umbrellaOf: [] },
    meta: { ...at(on('2017-01-01')), network: null },
  });
const foundedFact = (id: string, name: string, parent: string | null): Fact<NetworkEvent> =>
  fact(
    '2018-01-01',
    { type: 'NetworkFounded', data: { kind: 'programme', name, regions: [], parent } },
    { network: id },
  );

/** A network from 2018 on, and what happened to it. */
const founded = (id: string, name: string, parent: string | null = null, ...facts: readonly Fact<NetworkEvent>[]) =>
  stream<NetworkEvent>('network', id, foundedFact(id, name, parent), ...facts);

export const PROJECTS = ['gent', 'tafels', 'waas'].map(idOf);
/** Three projects of a programme with 1 000 000.00 each (S4), with whatever else there is. */
export const programmeOf = (...more: readonly StreamFacts[]): readonly Recorded[] =>
  log(
    ...more,
    founded(LEUVEN, 'Programma'),
    ...PROJECTS.flatMap((id, i) => [
      founded(id, `Project ${i}`, LEUVEN),
      stream<GrantEvent>('grant', idOf(`subsidie ${i}`), {
        type: 'GrantAwarded',
        data: awarded({ amountCents: 100_000_000, period: { from: '2019-01-01', until: '2019-12-31' } }),
        meta: { ...at(on('2019-01-01')), network: id },
      }),
    ]),
  );

export const programme: readonly Recorded[] = programmeOf();

/** All that the grant did. */
export const grantStory: readonly Fact<GrantEvent>[] = [...s1, ...more];

/** A grant with all its money, in its network. */
export const moneyStory: readonly Recorded[] = moneyOf(grantStory);

/** The network of S1 and what its grant did, with whatever else there is. */
export function moneyOf(facts: readonly Fact<GrantEvent>[], ...more: readonly StreamFacts[]): readonly Recorded[] {
  return log(
    ...more,
    organisation(CITY, 'Stad', null),
    organisation(HOUSING, 'Huisvesting', HOUSING_NUMBER),
    founded(NETWORK, 'Mind the Gap', null, {
      type: 'MemberJoined',
      data: { organisation: HOUSING, sector: 'housing', seat: 'stem', representsTargetGroup: false },
      meta: at(on('2018-02-01')),
    }),
    stream('decision', D1, decisionRecorded({}, at(on('2020-06-25')))),
    stream('decision', D2, decisionRecorded({ proposal: 'Naar de pilot' }, at(on('2021-06-30')))),
    stream<ActionEvent>(
      'action',
      WMB,
      actionProposed({}, at(on('2020-06-10'))),
      fact('2020-06-11', { type: 'FundingRequested', data: { amountCents: 6_500_000, purpose: 'Huurwaarborgen' } }),
      fact('2020-06-25', { type: 'ActionApproved', data: { decision: D1 } }),
    ),
    stream<ActionEvent>('action', PILOT, actionProposed({ title: { nl: 'Pilot' } }, at(on('2020-06-12')))),
    stream<GrantEvent>('grant', GRANT, ...facts),
    stream<DocumentEvent>(
      'document',
      RENT_BILL,
      {
        ...claimed(GRANT, NETWORK, idOf('claim huur'), rentBill, 2_800_000),
        meta: { ...at(on('2021-03-31')), network: null },
      },
      {
        ...claimed(idOf('elders'), LEUVEN, idOf('claim elders'), rentBill, 300_000),
        meta: { ...at(on('2021-04-20')), network: null },
      },
    ),
    stream<DocumentEvent>(
      'document',
      SUPPORT_BILL,
      {
        ...claimed(GRANT, NETWORK, idOf('claim begeleiding'), supportBill, 2_000_000),
        meta: { ...at(on('2021-03-31')), network: null },
      },
      {
        ...claimed(GRANT, NETWORK, idOf('claim zonder boeking'), supportBill, 100_000),
        meta: { ...at(on('2021-08-01')), network: null },
      },
    ),
    stream<DrawingRightEvent>(
      'drawing-right',
      idOf('recht'),
      {
        type: 'RightGranted',
        data: {
          scheme: idOf('scheme'),
          version: 1,
          terms: doubleOwnTerms,
          funder: CITY,
          amountCents: 661_300,
          basis: 'per-year',
          years: { from: 2020, until: 2021 },
          funderDecision: { reference: 'MB', date: '2019-12-13' },
        },
        meta: at(on('2020-01-02')),
      },
      { type: 'DrawnDown', data: { year: 2020, amountCents: 661_300 }, meta: at(on('2020-03-01')) },
    ),
    stream<SecondmentEvent>('secondment', idOf('secondment worker'), {
      type: 'SecondmentAgreed',
      data: {
        secondment: idOf('detachering'),
        secondee: idOf('worker'),
        sender: HOUSING,
        receiver: NETWORK,
        function: 'Begeleider',
        fteBp: 8_000,
        from: '2021-01-01',
        temporary: false,
      },
      meta: at(on('2021-01-01')),
    }),
  );
}
