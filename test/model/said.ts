/* The commands of a history, in plain words: days are numbers, things have short names. `histories.ts` thinks them up. */

/**
 * What `domain.md` §3.2 says: kind of command, the state of the grant in which it is taken, the fact it changes, out of which
 * account (of a condition: state) and into which, the refusal when there is too little, and what else is asked.
 */
const TABLE = `
AmendAward+         open    grant       award           unallocated -                         changes
AmendAward-         open    grant       unallocated     award       insufficient-unallocated
Allocate            running grant       unallocated     here        insufficient-unallocated  fundable eligible decided
Deallocate          running grant       here            unallocated insufficient-allocation   decided
Transfer            running grant       here            there       insufficient-allocation   fundable eligible decided changes
Commit              running grant       here            committed   insufficient-allocation   fundable
AmendCommitment+    running commitment  here            committed   insufficient-allocation   order fundable changes
AmendCommitment-    running commitment  committed       here        commitment-exceeded       order
ReleaseCommitment   open    commitment  committed       here        commitment-exceeded       order some
CarryCommitment     running commitment  -               -           -                         order fundable decided carried
RecordExpenditure   running commitment  source          spent       -                         order eligible ran source split gross document staff
RecordSimplifiedCost running grant      here            spent       insufficient-allocation   eligible ran bases reckoned
VerifyExpenditure   open    expenditure spent           accepted    -                         cost unverified four-eyes less reasons
CorrectExpenditure  ever    expenditure accepted        taken       correction-exceeded       cost
PlanInstalment      open    instalment  -               -           -                         new fits
RequestInstalment   running instalment  -               -           -                         planned unsettled gate unasked owed
ReceiveInstalment   open    instalment  funder          received    -                         planned unsettled gate due within
WithholdInstalment  open    instalment  -               -           -                         planned payable
ReceiveBalance      over    grant       funder          received    -                         balance
PayPartner          running grant       received        paid        insufficient-cash
TakeBackFromPartner ever    grant       paid            received    insufficient-cash
RaiseRecovery       ever    grant       -               -           -                         recoverable
RepayFunder         ever    grant       received        repaid      insufficient-cash         owing
EvidenceCondition   open    condition   open|rejected|at-risk                   evidenced - stands
AcceptCondition     open    condition   evidenced                               accepted  - stands
RejectCondition     open    condition   evidenced                               rejected  - stands
WaiveCondition      open    condition   open|evidenced|accepted|rejected|at-risk waived   - stands
FlagCondition       open    condition   accepted                                at-risk   - stands
BreachCondition     open    condition   at-risk                                 breached  - stands cured
SubmitReport        open    grant       -               -           -
SuspendGrant        running status      -               -           -
ResumeGrant         open    status      -               -           -                         suspended
CloseGrant          open    status      -               -           -                         verified reported
TerminateGrant      open    status      -               -           -                         verified`;

export const RULES = new Map(
  TABLE.trim()
    .split('\n')
    .map((line) => line.split(/\s+/))
    .map(([kind, ...rule]) => [kind!, rule]),
);
export const KINDS = [...new Set([...RULES.keys()].map((kind) => kind.replace(/[+-]$/, '')))];

interface Split {
  readonly grant: number;
  readonly own: number;
  readonly other: number;
  readonly solidarity: number;
  readonly inKind: number;
}

/** Every member is there; a kind takes what it needs. Amounts are cents. */
export interface Said {
  readonly kind: string;
  readonly grant: number;
  /** Names what the command brings about: a commitment, an expenditure. */
  readonly key: string;
  readonly by: string;
  readonly now: number;
  readonly at: number;
  /** The day is given as a date, not as an instant. */
  readonly asDate: boolean;
  readonly cents: number;
  /** 3 is of another network. */
  readonly action: number;
  readonly category: string;
  readonly to: number;
  readonly toCategory: string;
  /** On the decision that approves; else on one that does not. */
  readonly agreed: boolean;
  readonly commitment: string | null;
  readonly expenditure: string;
  readonly base: readonly string[];
  readonly units: number;
  readonly document: number;
  readonly gross: number;
  readonly eligible: number;
  readonly split: Split | null;
  readonly from: number;
  readonly until: number;
  /** It is so much, in basis points, of the pay of this seconded person. */
  readonly staff: { readonly secondee: number; readonly bp: number } | null;
  readonly outcome: 'accept' | 'partly' | 'reject';
  readonly refused: number;
  readonly condition: string;
  readonly instalment: string;
  readonly partner: number;
}

/** What a scheme and an award lay down, as the reference knows it. */
export interface Terms {
  readonly award: number;
  readonly rate: readonly [num: number, den: number];
  readonly flat: readonly [num: number, den: number];
  readonly unit: number;
  readonly reusable: boolean;
  readonly categories: readonly string[];
  readonly cureDays: number;
  readonly recoveryDays: number;
  /** A fixed amount, a share of the award, or null: the balance. */
  readonly instalments: Readonly<
    Record<string, { readonly due: number | readonly [number, number] | null; readonly requires: readonly string[] }>
  >;
}

/** Days of the histories. */
export const FOUNDED = 0;
export const AWARDED = 10;
export const DECIDED = 12;
export const PERIOD = { from: 5, until: 300 } as const;
export const LATE = 90;
/** Basis points of a person's pay. */
export const WHOLE = 10_000;
