import fc from 'fast-check';
import type { Reference } from './reference.ts';
import { KINDS, PERIOD, WHOLE, type Said, type Terms } from './said.ts';
import type { Grant } from './states.ts';

/* Thinks up histories. What a step comes to is chosen when its turn comes: amounts near what is left then. */

/** How often. The rest of a history tends to its end: what was spent is verified, and grants close. */
const EARLY = {
  SuspendGrant: 5,
  ResumeGrant: 8,
  CloseGrant: 1,
  TerminateGrant: 1,
  RaiseRecovery: 2,
  ReceiveBalance: 1,
  RequestInstalment: 6,
  Allocate: 40,
  Deallocate: 8,
  Transfer: 8,
  Commit: 30,
  AmendCommitment: 10,
  ReleaseCommitment: 10,
  CarryCommitment: 12,
  RecordExpenditure: 60,
  VerifyExpenditure: 40,
  RecordSimplifiedCost: 25,
  CorrectExpenditure: 15,
  ReceiveInstalment: 8,
  PayPartner: 15,
  TakeBackFromPartner: 20,
  EvidenceCondition: 20,
  AcceptCondition: 14,
  RejectCondition: 6,
  FlagCondition: 10,
  BreachCondition: 30,
  Turn: 10,
};
const LATE = {
  VerifyExpenditure: 60,
  SubmitReport: 10,
  CloseGrant: 20,
  TerminateGrant: 10,
  CorrectExpenditure: 25,
  ReceiveBalance: 30,
  RepayFunder: 20,
  RaiseRecovery: 10,
  TakeBackFromPartner: 20,
};
const OTHERWISE = 3;

const EDGES = [
  'rest',
  'rest',
  'rest',
  'part',
  'part',
  'part',
  'part',
  'part',
  'part',
  'part',
  'more',
  'one',
  'huge',
] as const;
const HUGE = 1_000_000_000_000;

/** A step, before it is known what it meets. */
export interface Step {
  /** A kind of command, or `Turn`: an action starts, is suspended, … */
  readonly kind: string;
  readonly grant: number;
  readonly edge: (typeof EDGES)[number];
  /** Days since the step before. */
  readonly days: number;
  /** Days that it happened before it is recorded; below zero: in the future. */
  readonly back: number;
  readonly asDate: boolean;
  /** Killed between the claims and the booking, and given once more later. */
  readonly killed: boolean;
  readonly roll: readonly number[];
}

const kinds = (often: Readonly<Record<string, number>>) =>
  fc.oneof(...[...KINDS, 'Turn'].map((kind) => ({ weight: often[kind] ?? OTHERWISE, arbitrary: fc.constant(kind) })));

const steps = (often: Readonly<Record<string, number>>, maxLength: number) =>
  // A smaller history has fewer steps; what is in a step stays.
  fc.array(
    fc.noShrink(
      fc.record({
        kind: kinds(often),
        grant: fc.integer({ min: 0, max: 1 }),
        edge: fc.constantFrom(...EDGES),
        days: fc.oneof(
          { weight: 3, arbitrary: fc.constant(0) },
          { weight: 2, arbitrary: fc.integer({ min: 1, max: 12 }) },
        ),
        back: fc.oneof(
          { weight: 12, arbitrary: fc.constant(0) },
          { weight: 5, arbitrary: fc.integer({ min: 0, max: 30 }) },
          { weight: 1, arbitrary: fc.integer({ min: -2, max: 100 }) },
        ),
        asDate: fc.boolean(),
        killed: fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
        roll: fc.array(fc.nat(9_999), { minLength: 6, maxLength: 6 }),
      }),
    ),
    { maxLength, size: 'max' },
  );

const cents = fc.oneof(
  fc.integer({ min: 1, max: 20 }),
  fc.integer({ min: 1_000, max: 10_000_000 }),
  fc.integer({ min: 1_000, max: 10_000_000 }),
  fc.integer({ min: HUGE - 1_000, max: HUGE }),
);

export const histories = fc.record({
  awards: fc.tuple(cents, cents),
  gross: fc.tuple(cents, cents, cents, cents),
  fixed: cents,
  steps: fc.tuple(steps(EARLY, 80), steps(LATE, 40)).map(([early, late]) => [...early, ...late]),
});
export type History = typeof histories extends fc.Arbitrary<infer H> ? H : never;

/** One scheme pays four fifths and takes back for good; the other pays all, and what is taken back may be used again. */
export const termsOf = ({ awards, fixed }: History): readonly [Terms, Terms] => [
  {
    award: awards[0],
    rate: [4, 5],
    flat: [7, 40],
    unit: 333,
    reusable: false,
    categories: ['general', 'staff'],
    cureDays: 5,
    recoveryDays: 30,
    instalments: {
      I1: { due: [1, 2], requires: [] },
      I2: { due: Math.min(fixed, awards[0] - Math.floor(awards[0] / 2)), requires: ['C1', 'C2'] },
      I3: { due: null, requires: [] },
    },
  },
  {
    award: awards[1],
    rate: [1, 1],
    flat: [1, 3],
    unit: 1,
    reusable: true,
    categories: ['general', 'staff', 'equipment'],
    cureDays: 0,
    recoveryDays: 60,
    instalments: {
      I1: { due: [1, 3], requires: ['C1'] },
      I2: { due: [1, 3], requires: [] },
      I3: { due: null, requires: ['C2'] },
    },
  },
];

/** From which state a condition can go there. */
const FITTING: Readonly<Record<string, RegExp>> = {
  EvidenceCondition: /open|rejected|at-risk/,
  AcceptCondition: /evidenced/,
  RejectCondition: /evidenced/,
  FlagCondition: /accepted/,
  BreachCondition: /at-risk/,
};
const AFTERWARDS = ['CorrectExpenditure', 'ReceiveBalance', 'TakeBackFromPartner', 'RaiseRecovery', 'RepayFunder'];

/** What must come before it, where that is not there yet: else most commands would only be refused. */
function fitting(kind: string, g: Grant, roll: number): string {
  const { on, all, status, states } = g;
  const has = (state: string) => Object.values(states).includes(state);
  if (roll % 6 === 0) return kind;
  if (status === 'over' && AFTERWARDS.includes(kind)) return kind;
  if (status === 'over') return g.balance() > 0 ? 'ReceiveBalance' : AFTERWARDS[roll % AFTERWARDS.length]!;
  if (status === 'suspended' && roll % 3 > 0) return 'ResumeGrant';
  const needs: Readonly<Record<string, readonly [boolean, string]>> = {
    Commit: [all('allocated') > 0, 'Allocate'],
    Deallocate: [all('allocated') > 0, 'Allocate'],
    Transfer: [all('allocated') > 0, 'Allocate'],
    RecordExpenditure: [all('allocated') + all('committed') > 0, 'Allocate'],
    RecordSimplifiedCost: [all('allocated') > 0, 'Allocate'],
    AmendCommitment: [all('committed') > 0, 'Commit'],
    ReleaseCommitment: [all('committed') > 0, 'Commit'],
    CarryCommitment: [all('committed') > 0, 'Commit'],
    VerifyExpenditure: [all('spent') > 0, 'RecordExpenditure'],
    CorrectExpenditure: [all('accepted') > 0, 'VerifyExpenditure'],
    PayPartner: [on('received') > 0, roll % 3 === 0 ? 'ReceiveInstalment' : kind],
    RaiseRecovery: [on('funder') < 0, 'ReceiveInstalment'],
    TakeBackFromPartner: [all('paid') > 0, 'PayPartner'],
    AcceptCondition: [has('evidenced'), 'EvidenceCondition'],
    RejectCondition: [has('evidenced'), 'EvidenceCondition'],
    FlagCondition: [has('accepted'), 'AcceptCondition'],
    BreachCondition: [has('at-risk'), 'FlagCondition'],
    CloseGrant: [all('spent') === 0 && 'report' in states, all('spent') > 0 ? 'VerifyExpenditure' : 'SubmitReport'],
    TerminateGrant: [all('spent') === 0, 'VerifyExpenditure'],
    ReceiveBalance: [false, 'CloseGrant'],
  };
  const [there, instead] = needs[kind] ?? [true, kind];
  return there || instead === kind ? kind : fitting(instead, g, roll);
}

/** The step as a command, given what there is now. `key` names it. */
export function saidOf(
  step: Step,
  key: string,
  now: number,
  { grants, gross: claimedGross, actions }: Reference,
  gross: readonly number[],
): Said {
  const { roll, edge } = step;
  const g = grants[step.grant]!;
  const kind = fitting(step.kind, g, roll[5]!);
  const [r0 = 0, r1 = 0, r2 = 0, r3 = 0, r4 = 0, r5 = 0] = roll;
  const near = (rest: number): number =>
    ({
      rest: Math.max(1, rest),
      more: Math.max(0, rest) + 1,
      one: 1,
      huge: HUGE,
      part: 1 + Math.floor((Math.max(0, rest - 1) * r0) / 10_000),
    })[edge];
  const pick = <T>(items: readonly T[], r: number): T | undefined => items[r % Math.max(1, items.length)];

  const open = Object.entries(g.books).filter(([name, cents]) => name.startsWith('allocated') && cents > 0);
  const rich =
    /^(Deallocate|Transfer|Commit$|Record)/.test(kind) && r1 % 8 > 0 ? pick(open, r1)?.[0].split('/') : undefined;
  const action = rich === undefined ? [0, 0, 0, 1, 1, 2, 2, 3][r1 % 8]! : Number(rich[1]);
  const category = rich?.[2] ?? ['general', 'general', 'staff', 'equipment'][r2 % 4]!;
  const to = [0, 0, 1, 1, 2, 2, 3][r3 % 7]!;
  const here = g.on(`allocated/${action}/${category}`);

  const orders = Object.keys(g.orders);
  const unspent = orders.filter((one) => g.on(`committed/${one}`) > 0);
  const order =
    r4 % 20 === 0 ? 'unknown' : (pick(r4 % 6 > 0 && unspent.length > 0 ? unspent : orders, r4) ?? 'unknown');
  const onOrder = kind.endsWith('Commitment') || (kind === 'RecordExpenditure' && unspent.length > 0 && r5 % 2 === 0);
  const commitment = onOrder ? order : null;
  const committed = g.on(`committed/${order}`);

  const costs = Object.entries(g.costs);
  const unverified = costs.filter(([, { outcome }]) => outcome === '');
  const verified = costs.filter(([one]) => g.on(`accepted/${one}`) > 0);
  const suited = kind === 'VerifyExpenditure' ? unverified : kind === 'CorrectExpenditure' ? verified : costs;
  const expenditure = (pick(r4 % 10 > 0 && suited.length > 0 ? suited : costs, r4) ?? ['unknown'])[0];
  const cost = g.costs[expenditure];
  const fresh = costs
    .filter(
      ([one, { said, outcome: verified }]) =>
        said.kind === 'RecordExpenditure' && /accept|partly/.test(verified) && !g.used.includes(one),
    )
    .map(([one]) => one);
  const stale = [expenditure, ...g.used].slice(-1);
  const bases = r4 % 6 === 0 ? stale : r5 % 3 === 0 ? [] : fresh.slice(0, 1 + (r4 % 3));

  const document = r2 % 4;
  const whole = gross[document]!;
  const left =
    whole -
    grants
      .flatMap((one) =>
        Object.entries(one.costs).map(([name, { said }]) =>
          said.kind === 'RecordExpenditure' && said.document === document
            ? one.on(`spent/${name}`) + one.on(`accepted/${name}`)
            : 0,
        ),
      )
      .reduce((a, b) => a + b, 0);
  const source = onOrder ? committed : here;
  const limit = [Math.min(source, left), Math.min(source, left), source, left][r3 % 4]!;
  const part = near(limit);
  const [num, den] = g.terms.rate;
  const least = Number((BigInt(part) * BigInt(den) + BigInt(num) - 1n) / BigInt(num));
  const eligible = Math.max(1, Math.min(r0 % 20 === 0 ? Infinity : whole, least + (r1 % 3 === 0 ? r2 : 0)));
  const most = Number((BigInt(eligible) * BigInt(num)) / BigInt(den));
  const asked = Math.min(part, r4 % 12 === 0 ? most + 1 : most);
  const room = Math.max(0, most - asked);
  const other = [0, Math.floor((room * r3) / 9_999), room, Math.max(0, room - 1)][r3 % 4]! + (r4 % 15 === 0 ? 1 : 0);
  const own = Math.max(0, eligible - asked - other);
  const split =
    r5 % 3 === 0
      ? null
      : {
          grant: asked,
          other,
          solidarity: Math.floor(own / 3),
          inKind: r5 % 7 === 0 ? Math.floor(own / 5) : 0,
          own: 0,
        };
  const ownLeft = split === null ? 0 : own - split.solidarity - split.inKind + (r0 % 25 === 0 ? 1 : 0);

  const unplanned = Math.max(0, -g.on('award') - g.planned());
  const claimed = cost?.eligible ?? 0;
  const outcome = (['accept', 'accept', 'partly', 'partly', 'reject'] as const)[r0 % 5]!;
  const some = r2 % 3 === 0 ? Math.max(1, claimed - 1) : 1 + Math.floor((Math.max(0, claimed - 2) * r2) / 9_999);
  const partly = some + (r3 % 12 === 0 ? claimed : 0);
  const kept = { accept: claimed, partly, reject: 0 }[outcome];

  const rest: Readonly<Record<string, number>> = {
    AmendAward: r1 % 2 === 0 ? -near(g.on('unallocated')) : 1 + r2 * r3,
    Allocate: near(g.on('unallocated')),
    Deallocate: near(here),
    Transfer: near(here),
    Commit: near(here),
    AmendCommitment: r1 % 2 === 0 ? -near(committed) : near(here),
    ReleaseCommitment: r1 % 2 === 0 ? 0 : near(committed),
    CorrectExpenditure: near(g.on(`accepted/${expenditure}`)),
    PlanInstalment: r1 % 4 === 0 ? near(unplanned) : 1 + Math.floor(unplanned / (3 + (r1 % 9))),
    ReceiveInstalment: r1 % 2 === 0 ? 0 : near(-g.on('award') + g.on('funder')),
    ReceiveBalance: near(g.balance()),
    PayPartner: near(g.on('received')),
    TakeBackFromPartner: near(g.on(`paid/${r1 % 2}`)),
    RaiseRecovery: near(-g.on('funder') - g.on('repaid') - g.on('repayable')),
    RepayFunder: near(r1 % 2 === 0 ? g.on('received') : Math.min(g.on('received'), g.on('repayable'))),
  };
  const begun = actions[action]?.ran[0]?.[0] ?? PERIOD.from;
  const from = r5 % 10 === 0 ? begun - 3 + (r5 % 7) : Math.max(begun, PERIOD.from) + (r5 % 40);
  const fits = FITTING[kind] ?? /./;
  const conditions = ['C1', 'C2'].filter((one) => fits.test(g.states[one]!));
  return {
    kind,
    grant: step.grant,
    key,
    by: kind === 'VerifyExpenditure' && r1 % 8 > 0 ? 'verifier' : 'finance',
    now,
    at: now - step.back,
    asDate: step.asDate,
    cents: rest[kind] ?? 0,
    action,
    category,
    to,
    toCategory: ['general', 'staff', 'equipment'][r4 % 3]!,
    agreed: r5 % 12 > 0,
    commitment,
    expenditure,
    base: kind === 'RecordSimplifiedCost' ? bases : [],
    units: kind === 'RecordSimplifiedCost' ? Math.max(1, Math.floor(here / g.terms.unit) - (r0 % 3)) % 1_000_000 : 0,
    document,
    gross: (claimedGross[document] !== undefined && r4 % 20 === 0 ? 1 : 0) + whole,
    eligible: kind === 'VerifyExpenditure' ? partly : eligible,
    split: split === null ? null : { ...split, own: ownLeft },
    from,
    until: r5 % 13 === 0 ? from - 1 : from + (r4 % 30),
    staff: r4 % 3 === 0 ? { secondee: r4 % 2, bp: [WHOLE, WHOLE / 2, WHOLE / 2 + 1, 1 + (r0 % WHOLE)][r0 % 4]! } : null,
    outcome,
    refused: Math.max(0, claimed - kept) + (r1 % 15 === 0 ? 1 : 0),
    condition: pick(conditions.length > 0 ? conditions : ['C1', 'C2'], r1)!,
    instalment:
      kind === 'PlanInstalment' ? `I${1 + (r1 % 9)}` : (pick(r2 % 10 === 0 ? ['I9'] : Object.keys(g.plan), r1) ?? 'I9'),
    partner: kind === 'PayPartner' || kind === 'TakeBackFromPartner' ? r1 % 2 : 0,
  };
}
