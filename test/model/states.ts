import { AWARDED, DECIDED, FOUNDED, LATE, PERIOD, type Said, type Terms } from './said.ts';

/* A grant as the reference knows it; and what states and dates stand in the way of, whatever the amount. */

export const sum = (amounts: readonly number[]): number => amounts.reduce((total, one) => total + one, 0);
export const floor = (cents: number, [num, den]: readonly [number, number]): number =>
  Number((BigInt(cents) * BigInt(num)) / BigInt(den));
export const halfUp = (cents: number, [num, den]: readonly [number, number]): number =>
  floor(2 * cents * num + den, [1, 2 * den]);

export class Grant {
  status = 'awarded';
  /** By the kind of account and what it is of; the sources (award, funder, what is owed) are below zero. */
  readonly books: Record<string, number>;
  /** The last day of a change. */
  readonly since: Record<string, number> = { grant: AWARDED, status: AWARDED, moved: AWARDED };
  readonly orders: Record<string, { action: number; category: string }> = {};
  readonly costs: Record<string, { said: Said; to: string; eligible: number; part: number; outcome: string }> = {};
  /** Of conditions, instalments and the final report. */
  readonly states: Record<string, string> = { C1: 'open', C2: 'open' };
  readonly cureBy: Record<string, number> = {};
  readonly used: string[] = [];
  readonly plan: Record<string, Terms['instalments'][string]>;
  readonly asked: Record<string, number> = {};
  /** The day by which what is owed must be repaid. */
  due: number | null = null;
  constructor(readonly terms: Terms) {
    this.books = { award: -terms.award, unallocated: terms.award };
    this.plan = { ...terms.instalments };
  }

  readonly on = (account: string): number => this.books[account] ?? 0;
  readonly all = (kind: string): number =>
    sum(Object.entries(this.books).map(([name, cents]) => (name.startsWith(kind) ? cents : 0)));
  move(from: string, to: string, cents: number): void {
    this.books[from] = this.on(from) - cents;
    this.books[to] = this.on(to) + cents;
  }
  /** What stands of an expenditure, and what is still eligible with it: as much as of the grant's part. */
  standing = (name: string): number => this.on(`spent/${name}`) + this.on(`accepted/${name}`);
  eligible(name: string): number {
    const { eligible, part } = this.costs[name]!;
    return part === 0 ? eligible : floor(eligible, [this.standing(name), part]);
  }
  /** Of a document, what is eligible in this grant. */
  claimed(document: number): number {
    const parts = Object.entries(this.costs).filter(
      ([, { said }]) => said.kind === 'RecordExpenditure' && said.document === document,
    );
    return sum(parts.map(([name]) => this.eligible(name)));
  }
  /** What the plan says of instalments that are not in that state: amounts, and shares of the award. */
  planned(except = 'withheld'): number {
    const left = Object.keys(this.plan).filter((one) => this.states[one] !== except);
    const dues = left.map((one) => this.plan[one]!.due ?? 0);
    return sum(dues.map((due) => (typeof due === 'number' ? due : floor(-this.on('award'), due))));
  }
  /** What an instalment comes to; the balance is what came in and the others leave. */
  owes(name: string): number {
    const due = this.plan[name]?.due ?? Math.max(0, this.on('funder') - this.on('award') - this.planned('received'));
    return typeof due === 'number' ? due : floor(-this.on('award'), due);
  }
  /** LED-9. */
  balance(): number {
    const entitlement = Math.min(-this.on('award') - this.on('corrected'), this.all('accepted'));
    return entitlement + this.on('funder') + this.on('repaid');
  }
  recover(at: number, cents = Math.max(0, -this.balance() - this.on('repayable'))): void {
    this.move('owed', 'repayable', cents);
    if (cents > 0) this.due = at + this.terms.recoveryDays;
  }
  settle(at: number): void {
    this.recover(at);
    for (const [name, cents] of Object.entries(this.books))
      if (/^(unallocated|allocated|committed)/.test(name)) this.move(name, 'lapsed', cents);
    this.status = 'over';
  }
  told(): string {
    const kept = Object.entries(this.books).filter(([, cents]) => cents !== 0);
    return JSON.stringify(kept.toSorted(([a], [b]) => (a < b ? -1 : 1)));
  }
}

export interface Action {
  status: string;
  readonly approved: number;
  /** Days on which it ran, from and until. */
  ran: (readonly [number, number])[];
}

/** A command and what it is about. */
interface Case {
  readonly s: Said;
  readonly g: Grant;
  /** The purpose that is named, or that of the commitment. */
  readonly order: { readonly action: number; readonly category: string };
  /** The action that is to get or bear it. */
  readonly target: Action | undefined;
  /** The states from which a condition may go. */
  readonly from: string;
  /** The fact that it changes. */
  readonly fact: string;
}

type Asked = Readonly<Record<string, (about: Case) => readonly (string | false)[]>>;

const days = ({ from, until }: Said): readonly number[] =>
  Array.from({ length: Math.max(0, until - from + 1) }, (_, index) => from + index);

export const GATES: Asked = {
  time: ({ s: { kind, at, now }, g: { since }, fact }) => {
    const moved = /^(Close|Terminate)/.test(kind) ? since['moved']! : FOUNDED;
    return [
      at > now && 'occurred-in-future',
      now - at > LATE && 'late-registration',
      at < FOUNDED && 'before-network-start',
      at < Math.max(since['grant']!, since[fact] ?? FOUNDED, moved) && 'out-of-order',
    ];
  },
  order: ({ s, g }) => [s.commitment !== null && !(s.commitment in g.orders) && 'unknown-reference'],
  cost: ({ s, g }) => [!(s.expenditure in g.costs) && 'unknown-reference'],
  fundable: ({ s, target }) => [
    target === undefined && 'unknown-reference',
    !/approved|active/.test(target?.status ?? '') && 'action-not-fundable',
    s.at < (target?.approved ?? 0) && 'action-not-fundable',
  ],
  ran: ({ s, target }) => [
    target === undefined && 'unknown-reference',
    s.until < s.from && 'period-reversed',
    (s.from < PERIOD.from || s.until > PERIOD.until) && 'outside-period',
    !days(s).every((day) => target?.ran.some(([from, until]) => from <= day && day <= until)) && 'outside-period',
  ],
  eligible: ({ s, g, order }) => {
    const category = s.kind === 'Transfer' ? s.toCategory : order.category;
    return [!g.terms.categories.includes(category) && 'category-not-eligible'];
  },
  decided: ({ s }) => [!s.agreed && 'wrong-outcome', s.at < DECIDED && 'before-decision'],
  carried: ({ s, order }) => [order.action === s.to && 'nothing'],
  bases: ({ s, g }) =>
    s.base.flatMap((one) => [
      g.costs[one]?.said.kind !== 'RecordExpenditure' && 'unknown-reference',
      !/accept|partly/.test(g.costs[one]?.outcome ?? '') && 'not-verified',
      g.used.includes(one) && 'base-used',
    ]),
  unverified: ({ s, g }) => [g.costs[s.expenditure]?.outcome !== '' && 'already-verified'],
  'four-eyes': ({ s, g }) => [g.costs[s.expenditure]?.said.by === s.by && 'verifier-is-recorder'],
  new: ({ s, g }) => [s.instalment in g.plan && 'already-exists'],
  planned: ({ s, g }) => [!(s.instalment in g.plan) && 'unknown-reference'],
  unsettled: ({ s, g }) => [/received|withheld/.test(g.states[s.instalment] ?? '') && 'instalment-settled'],
  gate: ({ s, g }) => {
    const closed = (one: string) => !/accepted|waived/.test(g.states[one]!) || s.at < (g.since[one] ?? 0);
    return [g.plan[s.instalment]?.requires.some(closed) === true && 'conditions-open'];
  },
  unasked: ({ s, g }) => [g.states[s.instalment] === 'requested' && 'nothing'],
  payable: ({ s, g }) => [
    g.states[s.instalment] === 'withheld' && 'nothing',
    g.states[s.instalment] === 'received' && 'instalment-settled',
  ],
  stands: ({ s, g, from }) => [!from.split('|').includes(g.states[s.condition]!) && 'condition-state'],
  cured: ({ s, g }) => [s.at <= (g.cureBy[s.condition] ?? Infinity) && 'cure-term-running'],
  fits: ({ s, g }) => [g.planned() + s.cents > -g.on('award') && 'instalments-over-award'],
  balance: ({ s, g }) => [s.cents > g.balance() && 'balance-exceeded'],
  recoverable: ({ s, g }) => [s.cents > -g.on('funder') - g.on('repaid') - g.on('repayable') && 'recovery-exceeded'],
  owing: ({ s, g }) => [g.status === 'over' && s.cents > g.on('repayable') && 'recovery-exceeded'],
  verified: ({ g }) => [g.all('spent') > 0 && 'unverified-expenditure'],
  suspended: ({ g }) => [g.status !== 'suspended' && 'invalid-state'],
  reported: ({ g }) => [g.states['report'] === undefined && 'final-report-required'],
};

export const TURNS: Readonly<Record<string, (s: Said, g: Grant) => unknown>> = {
  CarryCommitment: (s, g) => (g.orders[s.commitment!]!.action = s.to),
  PlanInstalment: (s, g) => (g.plan[s.instalment] = { due: s.cents, requires: [] }),
  ReceiveInstalment: (s, g) => (g.states[s.instalment] = 'received'),
  WithholdInstalment: (s, g) => (g.states[s.instalment] = 'withheld'),
  FlagCondition: (s, g) => (g.cureBy[s.condition] = s.at + g.terms.cureDays),
  SubmitReport: (_s, g) => (g.states['report'] = 'final'),
  SuspendGrant: (_s, g) => (g.status = 'suspended'),
  ResumeGrant: (_s, g) => (g.status = 'awarded'),
};
