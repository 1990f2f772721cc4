import { s, sum, type Instant, type TypeOf } from '#kernel';
import { VERDICTS } from '#domain';
import {
  ACTION_STATUSES,
  type ActionCard,
  type AgendaCard,
  type Allocation,
  type DecisionEntry,
  type MeetingCard,
} from '#projections';
import type { Reader } from '#read-store';
import { INDICATOR_READS, standingIndicators, type IndicatorStanding } from './indicator-standing.ts';
import { ofNetwork, pick } from './question.ts';

/* Where the actions of a network stand, as reports show it: by status, with their verdicts, their money and their decisions. */

/** How many there are of each. */
export const counted = <V extends string>(values: readonly V[]) =>
  s.object(Object.fromEntries(values.map((value) => [value, s.integer()])) as Record<V, ReturnType<typeof s.integer>>);
export const countOf = <V extends string>(
  values: readonly V[],
  found: readonly (V | undefined)[],
): Readonly<Record<V, number>> =>
  Object.fromEntries(values.map((value) => [value, found.filter((one) => one === value).length])) as Record<V, number>;

const COLUMNS = [
  'allocatedCents',
  'committedCents',
  'spentCents',
  'acceptedCents',
  'correctedCents',
  'lapsedCents',
] as const;
const money = s.object({
  allocatedCents: s.cents('Set aside and not committed.'),
  committedCents: s.cents('Ordered and not yet spent.'),
  spentCents: s.cents('Spent and not yet verified.'),
  acceptedCents: s.cents(),
  correctedCents: s.cents('Taken back for good.'),
  lapsedCents: s.cents(),
});
export type Money = TypeOf<typeof money>;

const moneyOf = (purposes: readonly Allocation[]): Money =>
  Object.fromEntries(COLUMNS.map((column) => [column, sum(purposes.map((one) => one[column]))])) as Money;

export const totals = {
  actions: s.object({ total: s.integer(), byStatus: counted(ACTION_STATUSES), verdicts: counted(VERDICTS) }),
  money,
};

export const standing = {
  ...totals,
  actionList: s.list(
    s.object({
      id: s.id(),
      status: s.oneOf(ACTION_STATUSES),
      verdict: s.nullable(s.oneOf(VERDICTS, 'Of its last evaluation.')),
      evaluatedAt: s.nullable(s.instant()),
    }),
    'By when they were proposed.',
  ),
  decisions: s.list(s.object({ id: s.id(), decidedAt: s.instant(), outcome: s.text() }), 'About these actions.'),
  meetings: s.list(
    s.object({ id: s.id(), body: s.id(), startsAt: s.instant(), status: s.oneOf(['planned', 'held', 'cancelled']) }),
    'That had one of these actions on their agenda or took one of these decisions.',
  ),
};

/** What there is in a network. */
export interface Facts {
  readonly agenda: AgendaCard | undefined;
  readonly actions: readonly ActionCard[];
  readonly purposes: readonly Allocation[];
  readonly decisions: readonly DecisionEntry[];
  readonly meetings: readonly MeetingCard[];
  readonly indicators: readonly IndicatorStanding[];
}

/** `measured` are the days within which a period must have ended to count as the last of an indicator. */
export async function factsOf(
  reader: Reader,
  network: string,
  measured: { readonly from?: string; readonly until?: string } = {},
): Promise<Facts> {
  const [agendas, actions, purposes, decisions, meetings, indicators] = await Promise.all([
    ofNetwork<AgendaCard>(reader, 'agenda-card', network),
    ofNetwork<ActionCard>(reader, 'action-card', network),
    ofNetwork<Allocation>(reader, 'allocation', network),
    ofNetwork<DecisionEntry>(reader, 'decision-register', network),
    ofNetwork<MeetingCard>(reader, 'meeting-card', network),
    standingIndicators(reader, network, measured),
  ]);
  return { agenda: agendas[0], actions, purposes, decisions, meetings, indicators };
}

/** The read models that {@link factsOf} reads. */
export const FACTS = [
  'action-card',
  'agenda-card',
  'allocation',
  'decision-register',
  'meeting-card',
  ...INDICATOR_READS,
] as const;

/** How many there are of some actions, and what money is theirs. */
export function totalsOf(actions: readonly ActionCard[], { purposes }: Pick<Facts, 'purposes'>) {
  const ids = new Set(actions.map(({ id }) => id));
  const statuses = actions.map(({ status }) => status);
  const verdicts = actions.map(({ lastEvaluation }) => lastEvaluation?.verdict);
  return {
    actions: {
      total: actions.length,
      byStatus: countOf(ACTION_STATUSES, statuses),
      verdicts: countOf(VERDICTS, verdicts),
    },
    money: moneyOf(purposes.filter(({ action }) => ids.has(action))),
  };
}

/** How some of the actions stand. */
export function standingOf(actions: readonly ActionCard[], facts: Facts) {
  const ids = new Set(actions.map(({ id }) => id));
  const named = new Set(actions.flatMap((action) => action.decisions));
  const decisions = facts.decisions
    .filter((one) => named.has(one.id) || one.subjectIds.some((id) => ids.has(id)))
    .toSorted(by(({ decidedAt }) => decidedAt));
  const meetings = facts.meetings
    .filter(
      ({ id, items }) =>
        items.some(({ subject }) => ids.has(subject?.id ?? '')) || decisions.some(({ meeting }) => meeting === id),
    )
    .toSorted(by(({ startsAt }) => startsAt));
  return {
    ...totalsOf(actions, facts),
    actionList: actions.toSorted(by(({ proposedAt }) => proposedAt)).map(({ id, status, lastEvaluation }) => ({
      id,
      status,
      verdict: lastEvaluation?.verdict ?? null,
      evaluatedAt: lastEvaluation?.at ?? null,
    })),
    decisions: decisions.map((one) => pick(one, ['id', 'decidedAt', 'outcome'])),
    meetings: meetings.map((one) => pick(one, ['id', 'body', 'startsAt', 'status'])),
  };
}

/** What happened at once is in the order of ids. */
const by =
  <T extends { readonly id: string }>(when: (one: T) => Instant) =>
  (a: T, b: T): number =>
    `${when(a)} ${a.id}` < `${when(b)} ${b.id}` ? -1 : 1;
