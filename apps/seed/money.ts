import { sha256, type Day } from '#kernel';
import { document, event, ref, type Acting, type Step } from './scenario.ts';

/*
 * What subsidies need, in steps that the scenarios can list in one line each. Amounts are euro cents.
 */

type Terms = Readonly<Record<string, unknown>>;

/** All rules of the demonstration are made up, and say so. */
export const scheme = (on: Day, name: string, title: string, funder: string, terms: Terms): Step => ({
  on,
  as: 'operator',
  command: 'DefineScheme',
  name,
  body: {
    name: `${title} (demo)`,
    funder: ref(funder),
    terms: {
      validFrom: '2009-01-01',
      legalBasis: 'Demoregel: niet nagekeken in de wettekst.',
      isDemoRule: true,
      reportDays: 90,
      cureDays: 60,
      recoveryDays: 30,
      lapseWarningDays: 120,
      retention: { anchor: 'closure', years: 7 },
      ...terms,
    },
  },
});

interface Awarded {
  readonly network: string;
  readonly title: string;
  readonly funder: string;
  readonly scheme: string;
  readonly amountCents: number;
  readonly period: { readonly from: Day; readonly until: Day };
  readonly reference: string;
  readonly more?: Readonly<Record<string, unknown>>;
}

export const award = (on: Day, by: Acting, name: string, what: Awarded): Step => ({
  on,
  as: by,
  command: 'AwardGrant',
  name,
  body: {
    network: ref(what.network),
    title: `${what.title} (demo)`,
    funder: ref(what.funder),
    scheme: ref(what.scheme),
    amountCents: what.amountCents,
    period: what.period,
    funderDecision: { reference: what.reference, date: on },
    ...what.more,
  },
});

export const allocate = (
  on: Day,
  by: Acting,
  grant: string,
  action: string,
  amountCents: number,
  decision: string,
): Step => ({
  on,
  as: by,
  command: 'Allocate',
  target: grant,
  body: { action: ref(action), amountCents, decisionRef: ref(decision) },
});

export const supplier = (name: string, number: string | null) => ({ name: `${name} (demo)`, enterpriseNumber: number });

export const commit = (
  on: Day,
  by: Acting,
  grant: string,
  name: string,
  what: {
    readonly action: string;
    readonly title: string;
    readonly amountCents: number;
    readonly supplier: ReturnType<typeof supplier>;
  },
): Step => ({
  on,
  as: by,
  command: 'Commit',
  target: grant,
  name,
  body: {
    action: ref(what.action),
    title: what.title,
    amountCents: what.amountCents,
    supplier: what.supplier,
    evidence: [document(`Bestelbon ${what.title}`, 'order', 'Dienst financiën')],
  },
});

interface Spent {
  /** Name of the commitment, or of the action. */
  readonly commitment?: string;
  readonly action?: string;
  readonly number: string;
  readonly date: Day;
  readonly grossCents: number;
  readonly eligibleCents?: number;
  readonly supplier: ReturnType<typeof supplier>;
  readonly period: { readonly from: Day; readonly until: Day };
  readonly split?: Readonly<Record<string, number>>;
  readonly more?: Readonly<Record<string, unknown>>;
}

export const spend = (on: Day, by: Acting, grant: string, name: string, what: Spent): Step => ({
  on,
  as: by,
  command: 'RecordExpenditure',
  target: grant,
  name,
  body: {
    ...(what.commitment !== undefined && { commitment: event(what.commitment) }),
    ...(what.action !== undefined && { action: ref(what.action) }),
    document: {
      supplier: what.supplier,
      number: what.number,
      date: what.date,
      grossCents: what.grossCents,
      sha256: sha256(`${what.supplier.name} ${what.number}`),
    },
    period: what.period,
    eligibleCents: what.eligibleCents ?? what.grossCents,
    ...(what.split !== undefined && { split: what.split }),
    evidence: [
      document(`Leveringsbewijs ${what.number}`, 'delivery', 'Dienst financiën'),
      document(`Betaalbewijs ${what.number}`, 'payment', 'Dienst financiën'),
    ],
    ...what.more,
  },
});

export const verify = (
  on: Day,
  by: Acting,
  grant: string,
  expenditure: string,
  more: Readonly<Record<string, unknown>> = { outcome: 'accept' },
): Step => ({
  on,
  as: by,
  command: 'VerifyExpenditure',
  target: grant,
  body: { expenditure: event(expenditure), ...more },
});

export const receive = (on: Day, by: Acting, grant: string, instalment: string, bankReference: string): Step => ({
  on,
  as: by,
  command: 'ReceiveInstalment',
  target: grant,
  body: { instalment, bankReference },
});

export const finalReport = (
  on: Day,
  by: Acting,
  grant: string,
  period: { readonly from: Day; readonly until: Day },
): Step => ({
  on,
  as: by,
  command: 'SubmitReport',
  target: grant,
  body: { kind: 'final', period, evidence: [document(`Eindverslag ${grant}`, 'report', 'Dienst financiën')] },
});

export const closeGrant = (on: Day, by: Acting, grant: string): Step => ({
  on,
  as: by,
  command: 'CloseGrant',
  target: grant,
  body: {},
});

export const condition = (
  on: Day,
  by: Acting,
  command: 'EvidenceCondition' | 'AcceptCondition',
  grant: string,
  code: string,
): Step => ({
  on,
  as: by,
  command,
  target: grant,
  body: {
    condition: code,
    ...(command === 'EvidenceCondition' && { evidence: [document(`Bewijs ${code}`, 'condition', 'Coördinatie')] }),
  },
});
