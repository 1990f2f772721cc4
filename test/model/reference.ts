import { AWARDED, DECIDED, FOUNDED, LATE, PERIOD, RULES, WHOLE, type Said, type Terms } from './said.ts';

/* The money of grants told a second time, in plain numbers: what `domain.md` §3.2 says of each command. */

const sum = (amounts: readonly number[]): number => amounts.reduce((total, one) => total + one, 0);
const floor = (cents: number, [num, den]: readonly [number, number]): number =>
  Number((BigInt(cents) * BigInt(num)) / BigInt(den));

export class Grant {
  status = 'awarded';
  readonly books: Record<string, number>;
  readonly since: Record<string, number> = { grant: AWARDED, status: AWARDED, moved: AWARDED };
  readonly orders: Record<string, { action: number; category: string }> = {};
  readonly costs: Record<string, { said: Said; to: string; eligible: number; part: number; outcome: string }> = {};
  /** Of conditions, instalments and the final report. */
  readonly states: Record<string, string> = { C1: 'open', C2: 'open' };
  readonly cureBy: Record<string, number> = {};
  readonly asked: Record<string, number> = {};
  readonly used: string[] = [];
  readonly plan: Record<string, Terms['instalments'][string]>;
  /** The day by which what is owed must be repaid. */
  due: number | null = null;
  constructor(readonly terms: Terms) {
    this.books = { award: -terms.award, unallocated: terms.award };
    this.plan = { ...terms.instalments };
  }
  on = (account: string): number => this.books[account] ?? 0;
  all = (kind: string): number =>
    sum(Object.entries(this.books).map(([name, cents]) => (name.startsWith(kind) ? cents : 0)));
  told = (): string =>
    JSON.stringify(
      Object.entries(this.books)
        .filter(([, cents]) => cents !== 0)
        .toSorted(),
    );
  move(from: string, to: string, cents: number): void {
    this.books[from] = this.on(from) - cents;
    this.books[to] = this.on(to) + cents;
  }
  /** LED-9. */
  balance = (): number =>
    Math.min(-this.on('award') - this.on('corrected'), this.all('accepted')) + this.on('funder') + this.on('repaid');
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
}

export interface Action {
  status: string;
  readonly approved: number;
  started?: number;
  closed?: number;
}

export class Reference {
  readonly grants: readonly Grant[];
  /** Of supporting documents that were claimed. */
  readonly gross: Record<number, number> = {};
  constructor(
    terms: readonly Terms[],
    readonly actions: readonly Action[],
  ) {
    this.grants = terms.map((one) => new Grant(one));
  }

  /** All that stands against a command: none, and it is to be accepted. `then` carries it out. */
  meet(s: Said): { readonly no: readonly string[]; readonly then: () => void } {
    const g = this.grants[s.grant]!;
    const { kind, at, key, cents } = s;
    const [when, what, out = '-', into = '-', lacking = '-', ...asked] =
      RULES.get(kind) ?? RULES.get(kind + (cents < 0 ? '-' : '+'))!;
    const over = g.status === 'over';
    if (over ? when === 'running' || when === 'open' : when === 'over')
      return refused(over ? 'grant-closed' : 'invalid-state');
    if (when === 'running' && g.status !== 'awarded') return refused('invalid-state');

    const order = s.commitment === null ? s : (g.orders[s.commitment] ?? { action: -1, category: '' });
    const isNew = /^Record/.test(kind);
    const cost = g.costs[s.expenditure];
    const claimed = cost?.eligible ?? 0;
    const kept = { accept: claimed, partly: s.eligible, reject: 0 }[s.outcome];
    const flat = floor(2 * sum(s.base.map((one) => g.costs[one]?.eligible ?? 0)) * g.terms.flat[0] + g.terms.flat[1], [
      1,
      2 * g.terms.flat[1],
    ]);
    const eligible = kind === 'RecordExpenditure' ? s.eligible : s.base.length > 0 ? flat : s.units * g.terms.unit;
    const most = floor(eligible, g.terms.rate);
    const split = (kind === 'RecordExpenditure' ? s.split : null) ?? {
      grant: most,
      own: eligible - most,
      other: 0,
      solidarity: 0,
      inKind: 0,
    };
    const part = kind === 'RecordExpenditure' ? split.grant : most;
    const plan = g.plan[s.instalment];
    const share = plan?.due ?? Math.max(0, g.on('funder') - g.on('award'));
    const due = typeof share === 'number' ? share : floor(-g.on('award'), share);
    const target = this.actions[/Transfer|Carry/.test(kind) ? s.to : order.action];
    const fact = {
      grant: '',
      status: 'status',
      commitment: s.commitment ?? '',
      expenditure: s.expenditure,
      condition: s.condition,
      instalment: s.instalment,
    }[what!]!;
    const account: Record<string, string> = {
      here: `allocated/${order.action}/${order.category}`,
      there: `allocated/${s.to}/${s.toCategory}`,
      committed: `committed/${s.commitment ?? key}`,
      spent: `spent/${isNew ? key : s.expenditure}`,
      accepted: `accepted/${s.expenditure}`,
      paid: `paid/${s.partner}`,
      taken: !g.terms.reusable ? 'corrected' : over ? 'lapsed' : (cost?.to ?? ''),
    };
    account['source'] = account[s.commitment === null ? 'here' : 'committed']!;
    const amounts: Record<string, number> = {
      ReleaseCommitment: cents || g.on(account['committed']!),
      RecordExpenditure: part,
      RecordSimplifiedCost: part,
      VerifyExpenditure: claimed === 0 ? 0 : floor(cost!.part, [kept, claimed]),
      ReceiveInstalment: cents || (g.asked[s.instalment] ?? due),
    };
    const amount = amounts[kind] ?? Math.abs(cents);
    const [from, to] = [account[out] ?? out, account[into] ?? into];
    const state = g.states[what === 'condition' ? s.condition : s.instalment] ?? 'planned';
    const [started, closed] = [target?.started ?? Infinity, target?.closed ?? Infinity];
    const used = (days: (one: Said) => boolean, worth: (left: number, one: Said) => number) =>
      sum(
        this.grants.flatMap((one) =>
          Object.entries(one.costs).map(([name, { said }]) =>
            said.kind === 'RecordExpenditure' && days(said)
              ? worth(one.on(`spent/${name}`) + one.on(`accepted/${name}`), said)
              : 0,
          ),
        ),
      );
    const staffed = (day: number) =>
      used(
        ({ staff, from: first, until }) => staff?.secondee === s.staff?.secondee && first <= day && day <= until,
        (left, { staff }) => (left > 0 ? (staff?.bp ?? 0) : 0),
      );
    const days = Array.from({ length: Math.max(0, s.until - s.from + 1) }, (_, day) => s.from + day);
    const category = kind === 'Transfer' ? s.toCategory : order.category;

    const asks: Record<string, () => readonly (string | false)[]> = {
      known: () => [
        what === 'commitment'
          ? s.commitment !== null && !(s.commitment in g.orders) && 'unknown-reference'
          : cost === undefined && 'unknown-reference',
      ],
      fundable: () => [
        target === undefined && 'unknown-reference',
        !/approved|active/.test(target?.status ?? '') && 'action-not-fundable',
        at < (target?.approved ?? 0) && 'action-not-fundable',
      ],
      eligible: () => [!g.terms.categories.includes(category) && 'category-not-eligible'],
      decided: () => [!s.agreed && 'wrong-outcome', at < DECIDED && 'before-decision'],
      changes: () => [cents === 0 && 'nothing-changed'],
      other: () => [from === to && 'nothing-changed'],
      some: () => [amount === 0 && 'nothing'],
      moved: () => [order.action === s.to && 'nothing'],
      ran: () => [
        target === undefined && 'unknown-reference',
        s.until < s.from && 'period-reversed',
        (s.from < Math.max(PERIOD.from, started) || s.until > Math.min(PERIOD.until, closed)) && 'outside-period',
      ],
      source: () => [part > g.on(from) && (s.commitment === null ? 'insufficient-allocation' : 'commitment-exceeded')],
      split: () => [
        sum(Object.values(split)) !== eligible && 'split-mismatch',
        split.grant + split.other > most && 'rate-exceeded',
      ],
      document: () => [
        eligible > s.gross && 'eligible-over-gross',
        (this.gross[s.document] ?? s.gross) !== s.gross && 'document-differs',
        used(
          ({ document }) => document === s.document,
          (left) => left,
        ) +
          part >
          s.gross && 'double-funding',
      ],
      staff: () => [
        s.staff !== null && days.some((day) => staffed(day) + s.staff!.bp > WHOLE) && 'staff-cost-over-100',
      ],
      reckoned: () => [
        eligible === 0 && 'base-unclear',
        ...s.base.flatMap((one) => [
          g.costs[one] === undefined && 'unknown-reference',
          !/accept|partly/.test(g.costs[one]?.outcome ?? '') && 'not-verified',
          g.used.includes(one) && 'base-used',
        ]),
      ],
      unverified: () => [cost?.outcome !== '' && 'already-verified'],
      'four-eyes': () => [cost?.said.by === s.by && 'verifier-is-recorder'],
      reasons: () => [
        s.outcome === 'partly' && kept >= claimed && 'eligible-over-claimed',
        s.refused !== claimed - kept && 'refusals-mismatch',
      ],
      new: () => [plan !== undefined && 'already-exists'],
      gate: () => [
        plan === undefined && 'unknown-reference',
        /received|withheld/.test(state) && 'instalment-settled',
        plan?.requires.some((one) => !/accepted|waived/.test(g.states[one]!)) === true && 'conditions-open',
      ],
      unasked: () => [state === 'requested' && 'nothing'],
      due: () => [amount === 0 && 'nothing-due'],
      payable: () => [
        plan === undefined && 'unknown-reference',
        state === 'withheld' && 'nothing',
        state === 'received' && 'instalment-settled',
      ],
      balance: () => [cents > g.balance() && 'balance-exceeded'],
      recoverable: () => [cents > -g.on('funder') - g.on('repaid') - g.on('repayable') && 'recovery-exceeded'],
      stands: () => [!out.split('|').includes(state) && 'condition-state'],
      cured: () => [at <= (g.cureBy[s.condition] ?? Infinity) && 'cure-term-running'],
      suspended: () => [g.status !== 'suspended' && 'invalid-state'],
      verified: () => [g.all('spent') > 0 && 'unverified-expenditure'],
      reported: () => [g.states['report'] === undefined && 'final-report-required'],
      time: () => [
        at > s.now && 'occurred-in-future',
        s.now - at > LATE && 'late-registration',
        at < FOUNDED && 'before-network-start',
        at < Math.max(g.since['grant']!, g.since[fact] ?? 0, /^(Close|Terminate)/.test(kind) ? g.since['moved']! : 0) &&
          'out-of-order',
      ],
    };
    const short = lacking !== '-' && amount > g.on(from) && lacking;
    const no = [short, ...['time', ...asked].flatMap((one) => asks[one]!())].filter((one) => one !== false);

    const brings: Record<string, () => unknown> = {
      Commit: () => [(g.orders[key] = { action: s.action, category: s.category }), (g.since[key] = at)],
      CarryCommitment: () => (g.orders[s.commitment!]!.action = s.to),
      RecordExpenditure: () => [(this.gross[s.document] = s.gross), booked()],
      RecordSimplifiedCost: () => [g.used.push(...s.base), booked()],
      VerifyExpenditure: () => {
        cost!.outcome = s.outcome;
        cost!.eligible = kept;
        g.move(from, cost!.to, g.on(from));
        const [other, rest] = [`other/${s.expenditure}`, `rest/${s.expenditure}`];
        g.books[other] = g.on(rest) === 0 ? kept - amount : floor(g.on(other), [kept, claimed]);
        g.books[rest] = kept - amount - g.on(other);
      },
      CorrectExpenditure: () => over && g.recover(at),
      PlanInstalment: () => (g.plan[s.instalment] = { due: cents, requires: [] }),
      RequestInstalment: () => [(g.states[s.instalment] = 'requested'), (g.asked[s.instalment] = due)],
      ReceiveInstalment: () => (g.states[s.instalment] = 'received'),
      WithholdInstalment: () => (g.states[s.instalment] = 'withheld'),
      RaiseRecovery: () => g.recover(at, cents),
      RepayFunder: () => [
        g.move('repayable', 'owed', Math.min(cents, g.on('repayable'))),
        g.on('repayable') === 0 && (g.due = null),
      ],
      FlagCondition: () => (g.cureBy[s.condition] = at + g.terms.cureDays),
      SubmitReport: () => (g.states['report'] = 'final'),
      SuspendGrant: () => (g.status = 'suspended'),
      ResumeGrant: () => (g.status = 'awarded'),
      CloseGrant: () => g.settle(at),
      TerminateGrant: () => g.settle(at),
    };
    const booked = () => {
      g.costs[key] = { said: s, to: `allocated/${order.action}/${order.category}`, eligible, part, outcome: '' };
      g.since[key] = at;
      g.books[`other/${key}`] = split.other;
      g.books[`rest/${key}`] = eligible - part - split.other;
    };
    return {
      no,
      then: () => {
        const before = g.told();
        if (what === 'condition') g.states[fact] = into;
        else if (out !== '-') g.move(from, to, amount);
        if (fact !== '' && !isNew) g.since[fact] = at;
        brings[kind]?.();
        if (g.told() !== before) g.since['moved'] = Math.max(at, g.since['moved']!);
      },
    };
  }
}
const refused = (code: string) => ({ no: [code], then: () => {} });
