import { floorShare, sum, type Aggregate, type Day, type Recorded } from '#kernel';
import { OWN_KINDS, type OwnKind, type RightBasis } from '../codes.ts';
import { noted, touches, type Since } from '../order.ts';
import type { SchemeTerms } from '../scheme/state.ts';
import type { DrawingRightEvent, YearFigures } from './events.ts';

type OwnByKind = Readonly<Record<OwnKind, number>>;

/** What was registered of a year. */
export interface YearFacts {
  readonly year: number;
  readonly own: OwnByKind;
  readonly drawnCents: number;
  readonly repaidCents: number;
  /** As it was settled; null: it is open. */
  readonly settled: (YearFigures & { readonly recoverBy: Day | null }) | null;
}

/** A right as it was given, and what was registered of each of its years, the first one first. */
export interface RightFacts {
  readonly amountCents: number;
  readonly basis: RightBasis;
  readonly terms: SchemeTerms;
  readonly years: readonly YearFacts[];
}

/** A year as it stands: of an open one so far, with nothing recovered, lapsed or carried yet. */
export interface Year extends YearFigures {
  readonly year: number;
  readonly own: OwnByKind;
  /** Own contributions that the whole right of the year asks for, rounded up to the cent. */
  readonly requiredOwnCents: number;
  /** What may still be drawn. */
  readonly availableCents: number;
  readonly repaidCents: number;
  readonly isSettled: boolean;
  readonly recoverBy: Day | null;
}

export type DrawingRight =
  | { readonly status: 'none' }
  | ({ readonly status: 'granted'; readonly network: string; readonly since: Since } & RightFacts);

export const drawingRight: Aggregate<DrawingRight, DrawingRightEvent> = {
  name: 'drawing-right',
  initial: { status: 'none' },
  evolve,
};

const ofYear = ({ year }: { readonly year: number }): readonly string[] => [`year/${year}`];

/** A year is settled after all that is registered of it and after the years before; it is repaid after it was settled. */
export const touched = touches<DrawingRightEvent>({
  YearSettled: (data) => [...ofYear(data), 'settled'],
  DrawnRepaid: ofYear,
});

/** Contributions, draws and repayments of a year may be told in any order. */
const changed = touches<DrawingRightEvent>({
  OwnContributionRegistered: ofYear,
  DrawnDown: ofYear,
  YearSettled: (data) => [...ofYear(data), 'settled'],
});

function evolve(right: DrawingRight, event: Recorded<DrawingRightEvent>): DrawingRight {
  if (event.type === 'RightGranted') {
    const { amountCents, basis, terms, years } = event.data;
    const network = event.meta.network ?? '';
    return { status: 'granted', network, amountCents, basis, terms, years: unwritten(years), since: {} };
  }
  if (right.status === 'none') return right;
  const years = registered(right.years, event);
  return { ...right, years, since: noted(right.since, changed(event), event.meta.occurredAt) };
}

const NO_OWN: OwnByKind = { own: 0, solidarity: 0, 'in-kind': 0 };

/** The years of a right of which nothing is registered yet. */
export const unwritten = ({ from, until }: { readonly from: number; readonly until: number }): readonly YearFacts[] =>
  Array.from({ length: until - from + 1 }, (_, i) => ({
    year: from + i,
    own: NO_OWN,
    drawnCents: 0,
    repaidCents: 0,
    settled: null,
  }));

/** The years after an event more. */
export const registered = (years: readonly YearFacts[], event: DrawingRightEvent): readonly YearFacts[] =>
  event.type === 'RightGranted'
    ? years
    : years.map((facts) => (facts.year === event.data.year ? withFact(facts, event) : facts));

function withFact(facts: YearFacts, event: Exclude<DrawingRightEvent, { type: 'RightGranted' }>): YearFacts {
  switch (event.type) {
    case 'OwnContributionRegistered': {
      const { kind, amountCents } = event.data;
      return { ...facts, own: { ...facts.own, [kind]: facts.own[kind] + amountCents } };
    }
    case 'DrawnDown':
      return { ...facts, drawnCents: facts.drawnCents + event.data.amountCents };
    case 'YearSettled': {
      const { year: _year, recoverBy = null, ...figures } = event.data;
      return { ...facts, settled: { ...figures, recoverBy } };
    }
    case 'DrawnRepaid':
      return { ...facts, repaidCents: facts.repaidCents + event.data.amountCents };
    default:
      event satisfies never;
      return facts;
  }
}

/** What each year comes to, the first one first: the books of a drawing right. */
export const yearsOf = (right: RightFacts): readonly Year[] =>
  right.years.reduce<readonly Year[]>((years, facts) => [...years, reckoned(right, facts, years.at(-1))], []);

function reckoned(right: RightFacts, facts: YearFacts, former: Year | undefined): Year {
  const { year, own, drawnCents, repaidCents, settled } = facts;
  const rightCents = settled?.rightCents ?? rightOf(right, former === undefined);
  const told = { year, own, repaidCents, requiredOwnCents: requiredOwn(rightCents, right.terms) };
  if (settled !== null) return { ...told, ...settled, availableCents: 0, isSettled: true };
  const ownCents = sum(OWN_KINDS.map((kind) => own[kind]));
  const carriedInCents = carriedInto(right, former);
  return {
    ...told,
    rightCents,
    carriedInCents,
    drawnCents,
    ownCents,
    eligibleCents: Math.min(rightCents + carriedInCents, drawnCents, matched(ownCents, right.terms)),
    recoverCents: 0,
    lapsedCents: 0,
    carriedCents: 0,
    availableCents: available(right, rightCents + carriedInCents - drawnCents),
    isSettled: false,
    recoverBy: null,
  };
}

/** What is given for the whole period is the right of its first year, and comes over from year to year. */
const rightOf = ({ basis, amountCents }: RightFacts, isFirst: boolean): number =>
  basis === 'per-year' || isFirst ? amountCents : 0;

/** A year hands on when it is settled; what is given for the whole period is also there before. */
function carriedInto({ basis }: RightFacts, former: Year | undefined): number {
  if (former === undefined) return 0;
  if (former.isSettled) return former.carriedCents;
  return basis === 'whole-period' ? former.rightCents + former.carriedInCents - former.drawnCents : 0;
}

/** The rest of the whole period, of whatever year it is drawn; else the rest of the year. */
const available = ({ basis, amountCents, years }: RightFacts, ofYear: number): number =>
  basis === 'whole-period' ? amountCents - sum(years.map(({ drawnCents }) => drawnCents)) : ofYear;

/** What the year comes to when nothing more is registered of it (`domain.md` §3.2, end). */
export function settlementOf(right: RightFacts, { year, ...figures }: Year): YearFigures {
  const { rightCents, carriedInCents, drawnCents, ownCents, eligibleCents } = figures;
  const unusedCents = rightCents + carriedInCents - drawnCents;
  const goesOver = (right.basis === 'whole-period' || right.terms.carryOver) && year !== right.years.at(-1)?.year;
  return {
    rightCents,
    carriedInCents,
    drawnCents,
    ownCents,
    eligibleCents,
    recoverCents: drawnCents - eligibleCents,
    lapsedCents: goesOver ? 0 : unusedCents,
    carriedCents: goesOver ? unusedCents : 0,
  };
}

type Cofinancing = Pick<SchemeTerms, 'minOwnPerGrant'>;
const NOTHING_ASKED = { num: 0, den: 1 };

/** Whether the scheme asks for own money at all. */
export const asksOwn = ({ minOwnPerGrant = NOTHING_ASKED }: Cofinancing): boolean => minOwnPerGrant.num > 0;

/** The right that so much own money gives: rounded down, so that the rule is never broken by a cent. */
const matched = (ownCents: number, { minOwnPerGrant: { num, den } = NOTHING_ASKED }: Cofinancing): number =>
  num === 0 ? Number.MAX_SAFE_INTEGER : floorShare(ownCents, { num: den, den: num });

/** The own money that a right asks for: rounded up. */
export const requiredOwn = (cents: number, { minOwnPerGrant: { num, den } = NOTHING_ASKED }: Cofinancing): number =>
  Number((BigInt(cents) * BigInt(num) + BigInt(den) - 1n) / BigInt(den));
