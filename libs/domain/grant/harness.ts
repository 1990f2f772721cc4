import { elsewhere, NETWORK, schemeTerms, type Fact } from '#testkit';
import { dayStart, uuidv5, type Day, type Event } from '#kernel';
import { decisionOf, HOUSING, in_, OWN, world } from '../action/harness.ts';
import { action, type ActionStatus } from '../action/state.ts';
import { documentId } from '../document/state.ts';
import { organisation } from '../organisation/state.ts';
import { scheme, type SchemeTerms } from '../scheme/state.ts';
import type { Award, GrantEvent, Purpose, Split, SupportingDocument } from './events.ts';

/* The grant of scenario S1: 85 000.00, of which 60 000.00 for the action "Wonen met begeleiding", to the cent. */

const id = (name: string): string => uuidv5('spec', name);
export const GRANT = uuidv5('testkit', 'own', 'grant');
export const [FINANCE, VERIFIER] = [id('finance'), id('verifier')];
export const [CITY, SCHEME] = [id('city'), id('scheme')];
/** The action that gets the money, and another one of the same network. */
export const [WMB, WARM] = [OWN, id('warme overgang')];
export const [FOREIGN, UNKNOWN] = [id('foreign action'), id('unknown')];
/** A decision about the action, about the other one, about the grant; one that declines. */
export const [D1, D2, D3, D4] = [id('d1'), id('d2'), id('d3'), id('d4')];
export const [RENT, SUPPORT] = [id('rent'), id('support')];
export const [E1, E2] = [id('e1'), id('e2')];
export const FINDING = id('finding');
export const CLAIM = uuidv5('spec', 'a claim');
export { HOUSING, NETWORK };

/** A command of that day. */
export const on = (day: Day, subject: string = FINANCE, role: string = 'finance') => ({
  occurredAt: dayStart(day),
  now: `${day}T09:00:00.000Z`,
  actor: { subject, role },
});

const at = (day: Day, subject: string = FINANCE): Pick<Fact, 'meta'> => ({
  meta: { network: NETWORK, occurredAt: dayStart(day), recordedAt: dayStart(day), actor: { subject, role: 'finance' } },
});

export const terms: SchemeTerms = {
  ...schemeTerms,
  simplifiedCosts: [
    { code: 'overhead', method: 'flat-rate', rate: { num: 7, den: 100 }, basis: '…' },
    { code: 'dag', method: 'unit-cost', amountCents: 12_345, basis: '…' },
    { code: 'start', method: 'lump-sum', amountCents: 500_000, basis: '…' },
  ],
  instalments: [
    { code: 'voorschot', share: { num: 1, den: 2 } },
    { code: 'tussen', share: { num: 3, den: 10 } },
    { code: 'saldo', share: null },
  ],
};

export const schemeWith = (changes: Partial<SchemeTerms> = {}) =>
  elsewhere(scheme, SCHEME, {
    type: 'SchemeDefined',
    data: { name: 'Projectsubsidie', funder: null, terms: { ...terms, ...changes } },
  });

const registered = (one: string) =>
  elsewhere(organisation, one, {
    type: 'OrganisationRegistered',
    data: { name: 'Stad', sector: 'local-government', units: [], enterpriseNumber: null, umbrellaOf: [] },
  });

const of = <E extends Event>(network: string, facts: readonly Fact<E>[]): readonly Fact<E>[] =>
  facts.map((fact) => ({ ...fact, meta: { ...fact.meta, network } }));

/** The world of the grant, with its action in that state; the other one runs since the same day. */
export const home = (status: ActionStatus = 'active') => [
  ...world(),
  registered(CITY),
  schemeWith(),
  elsewhere(action, WMB, ...in_[status]),
  elsewhere(action, WARM, ...in_.active),
  elsewhere(action, FOREIGN, ...of(id('leuven'), in_.active)),
  decisionOf(D1, '2020-06-25'),
  decisionOf(D2, '2020-06-25', { subjects: [{ kind: 'action', id: WARM, proposalVersion: 1 }] }),
  decisionOf(D3, '2020-09-01', { subjects: [{ kind: 'grant', id: GRANT }] }),
  decisionOf(D4, '2020-06-25', { outcome: 'decline' }),
];

export const PERIOD = { from: '2020-09-01', until: '2022-12-31' } as const;
export const funderDecision = { reference: 'Collegebesluit 117', date: '2020-09-10' } as const;

export const award: Award = {
  title: 'Projectsubsidie stad',
  funder: CITY,
  scheme: SCHEME,
  schemeVersion: 1,
  terms,
  amountCents: 8_500_000,
  period: PERIOD,
  area: null,
  funderDecision,
  conditions: [
    { code: 'C1', text: 'Elke sector doet mee.', kind: 'sectors', sectors: ['housing', 'mental-health'] },
    { code: 'C2', text: 'Er is een plan.', kind: 'plan', sectors: [] },
  ],
  instalments: [
    { code: 'voorschot', cents: null, share: { num: 1, den: 2 }, dueOn: null, requires: [] },
    { code: 'tussen', cents: null, share: { num: 3, den: 10 }, dueOn: null, requires: ['C2'] },
    { code: 'saldo', cents: null, share: null, dueOn: null, requires: ['C1', 'C2'] },
  ],
  externalCodes: [],
};

export const awarded = (changes: Partial<Award> = {}): Fact<GrantEvent> => ({
  type: 'GrantAwarded',
  data: { ...award, ...changes },
  ...at('2020-09-15'),
});

export const purpose: Purpose = { action: WMB, category: 'general' };
export const supplier = { name: 'Huisvestingsmaatschappij', enterpriseNumber: '0999000129' };

export const allocated: Fact<GrantEvent> = {
  type: 'Allocated',
  data: { ...purpose, amountCents: 6_000_000 },
  ...at('2020-09-15'),
};
export const rentCommitted: Fact<GrantEvent> = {
  type: 'Committed',
  id: RENT,
  data: { ...purpose, amountCents: 3_000_000, title: 'Huurwaarborg', supplier },
  ...at('2020-10-05'),
};
const supportCommitted: Fact<GrantEvent> = {
  type: 'Committed',
  id: SUPPORT,
  data: { ...purpose, amountCents: 2_400_000, title: 'Begeleiding', supplier },
  ...at('2020-10-05'),
};

export const split = (grantCents: number, ownCents: number): Split => ({
  grantCents,
  ownCents,
  otherGrantCents: 0,
  solidarityCents: 0,
  inKindCents: 0,
});
export const nothingSplit = split(0, 0);

export const invoice = (number: string, grossCents: number): SupportingDocument => ({
  supplier,
  number,
  date: '2021-03-31',
  grossCents,
  sha256: 'a'.repeat(64),
});
export const WORKED = { from: '2020-10-01', until: '2021-03-31' } as const;

const recorded = (
  expenditure: string,
  commitment: string,
  number: string,
  eligibleCents: number,
  parts: Split,
): Fact<GrantEvent> => ({
  type: 'ExpenditureRecorded',
  id: expenditure,
  data: {
    ...purpose,
    commitment,
    document: documentId(invoice(number, eligibleCents)),
    supporting: invoice(number, eligibleCents),
    claim: uuidv5('spec', 'claim', number),
    period: WORKED,
    eligibleCents,
    split: parts,
  },
  ...at('2021-03-31'),
});
export const rentPaid = recorded(E1, RENT, 'F1', 3_500_000, split(2_800_000, 700_000));
const supportPaid = recorded(E2, SUPPORT, 'F2', 2_500_000, split(2_000_000, 500_000));

export const accepted: Fact<GrantEvent> = {
  type: 'ExpenditureVerified',
  data: {
    ...purpose,
    expenditure: E1,
    outcome: 'accept',
    eligibleCents: 3_500_000,
    split: split(2_800_000, 700_000),
    reduced: nothingSplit,
    refusals: [],
  },
  ...at('2021-04-15', VERIFIER),
};
export const partly: Fact<GrantEvent> = {
  type: 'ExpenditureVerified',
  data: {
    ...purpose,
    expenditure: E2,
    outcome: 'partly',
    eligibleCents: 2_400_000,
    split: split(1_920_000, 480_000),
    reduced: split(80_000, 20_000),
    refusals: [{ cents: 100_000, reason: 'Buiten de periode' }],
  },
  ...at('2021-04-15', VERIFIER),
};
export const advanced: Fact<GrantEvent> = {
  type: 'InstalmentReceived',
  data: { instalment: 'voorschot', amountCents: 4_250_000, bankReference: '2020/0915' },
  ...at('2020-09-15'),
};
export const reported: Fact<GrantEvent> = {
  type: 'ReportSubmitted',
  data: { kind: 'final', period: PERIOD },
  ...at('2022-12-31'),
};
export const suspended: Fact<GrantEvent> = { type: 'GrantSuspended', data: {}, ...at('2021-01-01') };
export const closed: Fact<GrantEvent> = {
  type: 'GrantClosed',
  data: {
    lapsed: { unallocatedCents: 8_500_000, allocated: [], committed: [] },
    lapsedCents: 8_500_000,
    entitlementCents: 0,
    balanceCents: 0,
    recoveryCents: 0,
  },
  ...at('2022-12-31'),
};
/** What closing S1 as it stands comes to. */
export const s1Closed: Fact<GrantEvent> = {
  type: 'GrantClosed',
  data: {
    lapsed: {
      unallocatedCents: 2_500_000,
      allocated: [{ ...purpose, cents: 680_000 }],
      committed: [
        { commitment: RENT, ...purpose, cents: 200_000 },
        { commitment: SUPPORT, ...purpose, cents: 400_000 },
      ],
    },
    lapsedCents: 3_780_000,
    entitlementCents: 4_720_000,
    balanceCents: 470_000,
    recoveryCents: 0,
  },
  ...at('2022-12-31'),
};

const spent = [awarded(), allocated, rentCommitted, supportCommitted, rentPaid, supportPaid];
/** S1, step by step. */
export const s1 = {
  awarded: [awarded()],
  allocated: [awarded(), allocated],
  committed: [awarded(), allocated, rentCommitted, supportCommitted],
  spent,
  verified: [...spent, accepted, partly],
  reported: [...spent, accepted, partly, advanced, reported],
  closed: [...spent, accepted, partly, advanced, reported, s1Closed],
} satisfies Readonly<Record<string, readonly Fact<GrantEvent>[]>>;

export const reason = { text: { nl: 'Daarom.' } };
export const order = {
  sha256: 'b'.repeat(64),
  mediaType: 'application/pdf',
  class: 'order',
  title: 'Bestelbon',
  heldBy: 'Dienst financiën',
};
