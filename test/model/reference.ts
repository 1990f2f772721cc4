import { floor, GATES, Grant, halfUp, sum, TURNS, type Action } from './states.ts';
import { RULES, WHOLE, type Said, type Terms } from './said.ts';

/* The money of grants told a second time, in plain numbers: what `domain.md` §3.2 says of each command. */

const refused = (code: string) => ({ no: [code], then: () => {} });

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

  /** Of all grants: what stands of each expenditure. */
  private standing(): readonly (readonly [cents: number, said: Said])[] {
    const of = (g: Grant) => Object.entries(g.costs).map(([name, { said }]) => [g.standing(name), said] as const);
    return this.grants.flatMap(of).filter(([, { kind }]) => kind === 'RecordExpenditure');
  }

  /** All that stands against a command: nothing, and it is to be accepted. `then` carries it out. */
  meet(s: Said): { readonly no: readonly string[]; readonly then: () => void } {
    const g = this.grants[s.grant]!;
    const { kind, at, key, cents, staff } = s;
    const [when, what, out = '-', into = '-', lacking = '-', ...asked] =
      RULES.get(kind) ?? RULES.get(kind + (cents < 0 ? '-' : '+'))!;
    const over = g.status === 'over';
    if (over ? when === 'running' || when === 'open' : when === 'over')
      return refused(over ? 'grant-closed' : 'invalid-state');
    if (when === 'running' && g.status !== 'awarded') return refused('invalid-state');

    const order = s.commitment === null ? s : (g.orders[s.commitment] ?? { action: -1, category: '' });
    const target = this.actions[/Transfer|Carry/.test(kind) ? s.to : order.action];
    const cost = g.costs[s.expenditure];
    const here = `allocated/${order.action}/${order.category}`;
    const committed = `committed/${s.commitment ?? key}`;
    const accounts: Record<string, string> = {
      here,
      committed,
      there: `allocated/${s.to}/${s.toCategory}`,
      source: s.commitment === null ? here : committed,
      spent: `spent/${kind.startsWith('Record') ? key : s.expenditure}`,
      accepted: `accepted/${s.expenditure}`,
      paid: `paid/${s.partner}`,
      taken: !g.terms.reusable ? 'corrected' : over ? 'lapsed' : (cost?.to ?? ''),
    };
    const [from, to] = [accounts[out] ?? out, accounts[into] ?? into];
    const fact = what === 'grant' ? '' : what === 'status' ? what : (s[what as 'condition'] ?? '');

    const base = sum(s.base.map((one) => (one in g.costs ? g.eligible(one) : 0)));
    const reckoned = s.base.length > 0 ? halfUp(base, g.terms.flat) : s.units * g.terms.unit;
    const eligible = kind === 'RecordExpenditure' ? s.eligible : reckoned;
    const most = floor(eligible, g.terms.rate);
    const byDefault = { grant: most, own: eligible - most, other: 0, solidarity: 0, inKind: 0 };
    const split = (kind === 'RecordExpenditure' ? s.split : null) ?? byDefault;
    const claimed = cost?.eligible ?? 0;
    const kept = { accept: claimed, partly: s.eligible, reject: 0 }[s.outcome];
    const due = g.owes(s.instalment);
    const amounts: Record<string, number> = {
      ReleaseCommitment: cents || g.on(committed),
      RecordExpenditure: split.grant,
      RecordSimplifiedCost: split.grant,
      VerifyExpenditure: claimed === 0 ? 0 : floor(cost!.part, [kept, claimed]),
      ReceiveInstalment: cents || (g.asked[s.instalment] ?? due),
    };
    const amount = amounts[kind] ?? Math.abs(cents);
    const standing = this.standing();
    const claims = sum(standing.map(([left, { document }]) => (document === s.document ? left : 0)));
    const charges = standing.flatMap(([left, one]) =>
      left > 0 && one.staff !== null && one.staff.secondee === staff?.secondee ? [{ ...one, bp: one.staff.bp }] : [],
    );
    const charged = (day: number) => sum(charges.map((one) => (one.from <= day && day <= one.until ? one.bp : 0)));
    const isFull = (day: number): boolean =>
      day <= s.until && (charged(day) + (staff?.bp ?? 0) > WHOLE || isFull(day + 1));

    const caps: Readonly<Record<string, () => readonly (string | false)[]>> = {
      source: () => [amount > g.on(from) && (from === here ? 'insufficient-allocation' : 'commitment-exceeded')],
      split: () => [
        sum(Object.values(split)) !== eligible && 'split-mismatch',
        split.grant + split.other > most && 'rate-exceeded',
      ],
      gross: () => [
        eligible > s.gross && 'eligible-over-gross',
        claims > 0 && this.gross[s.document] !== s.gross && 'document-differs',
      ],
      document: () => [
        claims + amount > s.gross && 'double-funding',
        g.claimed(s.document) + eligible > s.gross && 'double-funding',
      ],
      staff: () => [staff !== null && isFull(s.from) && 'staff-cost-over-100'],
      reckoned: () => [eligible === 0 && 'base-unclear'],
      less: () => [s.outcome === 'partly' && kept >= claimed && 'eligible-over-claimed'],
      reasons: () => [s.refused !== claimed - kept && 'refusals-mismatch'],
      some: () => [amount === 0 && 'nothing'],
      due: () => [amount === 0 && 'nothing-due'],
      owed: () => [due === 0 && 'nothing-due'],
      within: () => [amount - g.on('funder') - g.on('repaid') > -g.on('award') && 'instalments-over-award'],
      changes: () => [(cents === 0 || from === to) && 'nothing-changed'],
    };
    const stands = ['time', ...asked].flatMap(
      (one) => caps[one]?.() ?? GATES[one]!({ s, g, order, target, from: out, fact }),
    );
    const no = [lacking !== '-' && amount > g.on(from) && lacking, ...stands].filter((one) => one !== false);

    const books = (named: string, other: number, rest: number) =>
      Object.assign(g.books, { [`other/${named}`]: other, [`rest/${named}`]: rest });
    const booked = () => {
      g.costs[key] = { said: s, to: here, eligible, part: amount, outcome: '' };
      g.since[key] = at;
      books(key, split.other, eligible - amount - split.other);
      g.used.push(...s.base);
    };
    const brings: Readonly<Record<string, () => unknown>> = {
      Commit: () => [(g.orders[key] = { action: s.action, category: s.category }), (g.since[key] = at)],
      RecordExpenditure: () => [booked(), (this.gross[s.document] = s.gross)],
      RecordSimplifiedCost: booked,
      VerifyExpenditure: () => {
        g.move(from, cost!.to, g.on(from));
        const left = floor(cost!.part + g.on(`other/${s.expenditure}`), [kept, claimed]) - amount;
        Object.assign(cost!, { outcome: s.outcome, eligible: kept, part: amount });
        books(s.expenditure, left, kept - amount - left);
      },
      CorrectExpenditure: () => over && g.recover(at),
      RequestInstalment: () => [(g.states[s.instalment] = 'requested'), (g.asked[s.instalment] = due)],
      RaiseRecovery: () => g.recover(at, cents),
      RepayFunder: () => [
        g.move('repayable', 'owed', Math.min(cents, g.on('repayable'))),
        g.on('repayable') === 0 && (g.due = null),
      ],
      CloseGrant: () => g.settle(at),
      TerminateGrant: () => g.settle(at),
    };
    const then = () => {
      const before = g.told();
      if (what === 'condition') g.states[fact] = into;
      else if (out !== '-') g.move(from, to, amount);
      if (fact !== '' && !/^(Record|Amend|Release|Carry)/.test(kind)) g.since[fact] = at;
      (brings[kind] ?? TURNS[kind])?.(s, g);
      if (g.told() !== before) g.since['moved'] = Math.max(at, g.since['moved']!);
    };
    return { no, then };
  }
}
