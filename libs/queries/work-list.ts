import { dayOf, daysBetween, plusDays, s, type Day, type Instant, type TypeOf } from '#kernel';
import { ref } from '#domain';
import type {
  ActionCard,
  AgreementCard,
  Commitment,
  DecisionEntry,
  DrawingRightCard,
  GrantCard,
  GroupCard,
  MeetingCard,
  NetworkCard,
  PersonCard,
  SessionCard,
  RecommendationCard,
} from '#projections';
import type { Reader } from '#read-store';
import { cadenceOf, meetingsOf, startOf, yearOf } from './cadence.ts';
import { words } from './history.ts';
import { measurementsDue } from './measurements-due.ts';
import { idsIn, namesOf } from './names.ts';
import { GetWorkList } from './params.ts';
import { notFound } from './query.ts';
import { every, names, ofNetwork, question } from './question.ts';
import { WORK_KINDS, WORK_WORDS, type WorkKind } from './words.ts';

export const workItem = s.object({
  kind: s.oneOf(WORK_KINDS),
  words,
  subject: s.object({ aggregate: s.text(), id: s.id() }),
  detail: s.nullable(s.text('What precisely: a missing actor, a next step, an annulled decision, an indicator.')),
  group: s.nullable(s.id()),
  lead: s.nullable(s.id('Who is to do it, where that is known; else the back office.')),
  dueOn: s.day('Since when it waits.'),
  days: s.integer('How long it waits.'),
});
export type WorkItem = TypeOf<typeof workItem>;

/** What work is found in. */
export const WORK_READS: readonly string[] = [
  'grant-card',
  'commitment',
  'drawing-right-card',
  'action-card',
  'agreement-card',
  'decision-register',
  'group-card',
  'meeting-card',
  'network-card',
  'person-card',
  'session-card',
  'recommendation-card',
  'indicator-card',
  'definition-version',
  'indicator-target',
  'indicator-scope',
  'measured-scope',
  'measurement',
];

export const getWorkList = question({
  name: 'getWorkList',
  path: '/work-list',
  summary: 'What waits to be done in a network at the moment asked for, the longest waiting first.',
  params: GetWorkList,
  answer: s.object({ items: s.list(workItem), names }),
  reads: WORK_READS,
  example: { network: ref('network') },
  run: async ({ network, kind, group, lead }, context) => {
    if (!context.networks.has(network)) return notFound;
    const items = (await workOf(context.reader, network, context.now)).filter(
      (one) =>
        (kind === undefined || kind.includes(one.kind)) &&
        (group === undefined || one.group === group) &&
        (lead === undefined || one.lead === lead),
    );
    return { items, names: await namesOf(context, idsIn(items)) };
  },
});

/** All that a rule of the domain says is due. */
interface Facts {
  readonly now: Instant;
  readonly today: Day;
  readonly network: NetworkCard;
  readonly actions: readonly ActionCard[];
  readonly groups: readonly GroupCard[];
  readonly persons: ReadonlyMap<string, PersonCard>;
  readonly annulled: readonly DecisionEntry[];
  readonly toReview: readonly DecisionEntry[];
  readonly unsettled: readonly MeetingCard[];
  readonly thisYear: readonly MeetingCard[];
  readonly agreements: readonly AgreementCard[];
  /** With a step that is overdue. */
  readonly sessions: readonly SessionCard[];
  /** Awarded. */
  readonly grants: readonly GrantCard[];
  readonly rights: readonly DrawingRightCard[];
  /** Adopted, or submitted and without a reply. */
  readonly recommendations: readonly RecommendationCard[];
  /** On actions that were closed or withdrawn, and since when they are: an order and the end of its action can cross. */
  readonly stray: readonly (Commitment & { readonly endedAt: Instant })[];
}

/** What waits at that moment: no clock ever writes, the same facts asked later give more. */
export async function workOf(reader: Reader, network: string, now: Instant): Promise<readonly WorkItem[]> {
  const facts = await factsOf(reader, network, now);
  if (facts === undefined) return [];
  const measuring = await measurementsDue(reader, facts.network, facts.actions, facts.today);
  return [
    ...facts.actions.flatMap((action) => ofAction(action, facts)),
    ...facts.groups.flatMap((group) => ofGroup(group, facts)),
    ...facts.grants.flatMap((grant) => ofGrant(grant, facts)),
    ...facts.rights.flatMap((right) => ofRight(right, facts)),
    ...facts.sessions.flatMap((session) => ofSession(session, facts)),
    ...facts.recommendations.flatMap((recommendation) => ofRecommendation(recommendation, facts)),
    ...measuring.flatMap(({ kind, subject, since, indicator }) => {
      const { group, lead } = facts.actions.find(({ id }) => id === subject.id) ?? {};
      return waiting(kind, subject.aggregate, subject.id, since, facts, { detail: indicator, group, lead });
    }),
    ...ofRest(facts),
  ].toSorted((a, b) => (a.dueOn === b.dueOn ? compare(a, b) : a.dueOn < b.dueOn ? -1 : 1));
}

const compare = (a: WorkItem, b: WorkItem): number =>
  `${a.kind} ${a.subject.id}` < `${b.kind} ${b.subject.id}` ? -1 : 1;

async function factsOf(reader: Reader, id: string, now: Instant): Promise<Facts | undefined> {
  const today = dayOf(now);
  const [
    networks,
    actions,
    groups,
    persons,
    annulled,
    toReview,
    unsettled,
    thisYear,
    agreements,
    sessions,
    grants,
    rights,
    open,
    recommendations,
  ] = await Promise.all([
    ofNetwork<NetworkCard>(reader, 'network-card', id),
    ofNetwork<ActionCard>(reader, 'action-card', id, [
      ['status', 'in', ['proposed', 'approved', 'active', 'suspended', 'closed', 'withdrawn']],
    ]),
    ofNetwork<GroupCard>(reader, 'group-card', id, [['status', 'eq', 'running']]),
    every<PersonCard>(reader, { model: 'person-card', where: [['networks', 'has', id]] }),
    ofNetwork<DecisionEntry>(reader, 'decision-register', id, [['status', 'eq', 'annulled']]),
    ofNetwork<DecisionEntry>(reader, 'decision-register', id, [
      ['reviewDate', 'lt', today],
      ['status', 'in', ['recorded', 'amended']],
    ]),
    ofNetwork<MeetingCard>(reader, 'meeting-card', id, [
      ['startsAt', 'lt', now],
      ['status', 'eq', 'planned'],
    ]),
    meetingsOf(reader, id, yearOf(now)),
    ofNetwork<AgreementCard>(reader, 'agreement-card', id, [
      ['status', 'in', ['drafted', 'submitted', 'approved', 'in-force', 'terminated']],
    ]),
    ofNetwork<SessionCard>(reader, 'session-card', id, [['nextDue', 'lt', today]]),
    ofNetwork<GrantCard>(reader, 'grant-card', id, [
      ['status', 'in', ['awarded', 'suspended', 'closed', 'terminated']],
    ]),
    every<DrawingRightCard>(reader, {
      model: 'drawing-right-card',
      where: [['network', 'eq', id]],
      sort: ['from', 1],
    }),
    every<Commitment>(reader, {
      model: 'commitment',
      where: [
        ['network', 'eq', id],
        ['openCents', 'gt', 0],
      ],
      sort: ['openCents', 1],
    }),
    ofNetwork<RecommendationCard>(reader, 'recommendation-card', id, [['status', 'in', ['adopted', 'submitted']]]),
  ]);
  const [network] = networks;
  if (network?.status !== 'running') return undefined;
  const kept = actions.filter(({ status }) => status !== 'withdrawn');
  const stray = open.flatMap((one) => {
    const on = actions.find(({ id, status }) => id === one.action && (status === 'closed' || status === 'withdrawn'));
    return on === undefined ? [] : { ...one, endedAt: on.phaseSince };
  });
  const byId = new Map(persons.map((person) => [person.id, person]));
  return {
    now,
    today,
    network,
    actions: kept,
    groups,
    persons: byId,
    annulled,
    toReview,
    unsettled,
    thisYear,
    agreements,
    sessions,
    grants,
    rights,
    recommendations,
    stray,
  };
}

const NOT_STARTED_DAYS = 90;
const EVALUATION_YEAR_DAYS = 365;

/** When each kind of work on an action fell due; undefined where there is none. */
function ofAction(action: ActionCard, facts: Facts): readonly WorkItem[] {
  const { status, lastEvaluation: last, suspension, deferral } = action;
  const under = status === 'active' || status === 'suspended';
  const due: Partial<Record<WorkKind, readonly [since: string | undefined, detail?: string | undefined]>> = {
    'evaluation-overdue': [status === 'active' ? evaluationDue(action, facts.network) : undefined],
    'next-step-open': [last?.settled === false ? last.at : undefined, last?.nextStep],
    'suspension-passed': [status === 'suspended' ? nextDay(suspension?.expectedUntil) : undefined],
    'not-started': [status === 'approved' ? plusDays(action.phaseSince, NOT_STARTED_DAYS + 1) : undefined],
    'deferral-passed': [status === 'proposed' ? nextDay(deferral?.until) : undefined],
    'action-without-lead': [under ? withoutLead(action.lead, action.leadSince ?? action.phaseSince, facts) : undefined],
    'child-incomplete': [
      status === 'proposed' && action.derivedFrom !== null && (action.group === null || action.objectives.length === 0)
        ? action.proposedAt
        : undefined,
    ],
  };
  const items = Object.entries(due).flatMap(([kind, [since, detail]]) =>
    waiting(kind as WorkKind, 'action', action.id, since, facts, { detail, group: action.group, lead: action.lead }),
  );
  const annulled = facts.annulled
    .filter(({ id }) => action.decisions.includes(id))
    .flatMap(({ id, annulment }) =>
      waiting('basis-annulled', 'action', action.id, annulment?.at, facts, {
        detail: id,
        group: action.group,
        lead: action.lead,
      }),
    );
  return [...items, ...annulled];
}

/** EVAL-3's minimum observation after the start, suspended days not counted; then a year after each evaluation. */
export function evaluationDue(
  { lastEvaluation, startedAt, horizon, suspendedDays }: ActionCard,
  { policy }: NetworkCard,
): Instant | undefined {
  if (lastEvaluation !== null) return plusDays(lastEvaluation.at, EVALUATION_YEAR_DAYS + 1);
  return startedAt === null
    ? undefined
    : plusDays(startedAt, policy.minimumObservationDays[horizon] + suspendedDays + 1);
}

/** What a grant waits for: a condition to be cured, money that lapses, a report, a repayment. */
function ofGrant(grant: GrantCard, facts: Facts): readonly WorkItem[] {
  const { id, terms, period, totals, conditions, finalReportAt, recoverBy } = grant;
  const under = grant.status === 'awarded' || grant.status === 'suspended';
  const leftCents = totals.unallocatedCents + totals.allocatedCents + totals.committedCents;
  const lapsing =
    under && terms !== null && leftCents > 0 ? daysFrom(period.until, -terms.lapseWarningDays) : undefined;
  const reporting = under && finalReportAt === null ? nextDay(period.until) : undefined;
  return [
    ...conditions
      .filter(({ status }) => status === 'at-risk')
      .flatMap(({ code, since }) => waiting('condition-at-risk', 'grant', id, since, facts, { detail: code })),
    ...waiting('money-lapsing', 'grant', id, lapsing, facts, { detail: String(leftCents) }),
    ...waiting('report-due', 'grant', id, reporting, facts, {
      ...(terms !== null && { detail: daysFrom(period.until, terms.reportDays) }),
    }),
    ...waiting('recovery-due', 'grant', id, recoverBy ?? undefined, facts, {
      detail: String(totals.repayableCents),
    }),
  ];
}

/** What was drawn too much in a year is repaid by its day. */
const ofRight = ({ id, years }: DrawingRightCard, facts: Facts): readonly WorkItem[] =>
  years
    .filter(({ recoverCents, repaidCents }) => recoverCents > repaidCents)
    .flatMap(({ recoverBy, recoverCents, repaidCents }) =>
      waiting('recovery-due', 'drawing-right', id, recoverBy ?? undefined, facts, {
        detail: String(recoverCents - repaidCents),
      }),
    );

/** What was agreed in a session waits for its owner. */
const ofSession = ({ id, steps }: SessionCard, facts: Facts): readonly WorkItem[] =>
  steps
    .filter(({ doneAt }) => doneAt === null)
    .flatMap(({ text, owner, dueOn }) =>
      waiting('step-overdue', 'session', id, nextDay(dueOn), facts, {
        detail: text,
        group: owner.kind === 'group' ? owner.id : null,
        lead: owner.kind === 'person' ? owner.id : null,
      }),
    );

/** What was adopted is to be submitted; what was submitted is to be answered in time. */
function ofRecommendation({ id, adopted, submitted }: RecommendationCard, facts: Facts): readonly WorkItem[] {
  const { recommendationReplyDays: most } = facts.network.policy;
  const late = submitted === null ? undefined : plusDays(submitted.at, most + 1);
  return [
    ...waiting(
      'recommendation-to-submit',
      'recommendation',
      id,
      submitted === null ? adopted?.at : undefined,
      facts,
      {},
    ),
    ...waiting('recommendation-unanswered', 'recommendation', id, late, facts, { detail: submitted?.addressee }),
  ];
}

function ofGroup(group: GroupCard, facts: Facts): readonly WorkItem[] {
  const led = group.leads.at(-1);
  const since = group.lead === null ? (led?.until ?? group.foundedAt) : (led?.from ?? group.foundedAt);
  // The collective is chaired by all its members: it needs no lead.
  const leaderless = group.kind === 'collective' ? undefined : withoutLead(group.lead, since, facts);
  const of = { group: group.id, lead: group.lead };
  return [
    ...waiting('group-without-lead', 'group', group.id, leaderless, facts, of),
    ...waiting('cadence-behind', 'group', group.id, behindSince(group, facts), facts, of),
    ...unseated(group, facts).flatMap(({ organisation, from }) =>
      waiting('steering-group-incomplete', 'group', group.id, later(from, group.foundedAt), facts, {
        ...of,
        detail: organisation,
      }),
    ),
  ];
}

/** GRP-3: members of the network that its steering group should hold and does not. */
function unseated({ kind, members }: GroupCard, { network, now }: Facts): NetworkCard['members'] {
  if (kind !== 'steering-group' || !network.policy.steeringGroupHoldsMembers) return [];
  const isPresent = ({ from, until }: { readonly from: Instant; readonly until: Instant | null }): boolean =>
    from <= now && (until === null || now < until);
  const seated = new Set(members.filter(isPresent).map(({ organisation }) => organisation));
  return network.members.filter((member) => isPresent(member) && !seated.has(member.organisation));
}

const later = (a: Instant, b: Instant): Instant => (a > b ? a : b);

/** Since when a thing has no lead: it was given none, or who leads it has left the network, or (GRP-1) its back office. */
function withoutLead(lead: string | null, since: Instant, { persons, network, now }: Facts): Instant | undefined {
  if (lead === null) return since;
  const counts = (role: string): boolean => role === 'back-office' || !network.policy.leadInBackOffice;
  const roles = persons.get(lead)?.roles.filter((held) => held.network === network.id && counts(held.role)) ?? [];
  if (roles.some(({ from, until }) => from <= now && (until === null || now < until))) return undefined;
  const left = roles
    .flatMap(({ until }) => until ?? [])
    .sort()
    .at(-1);
  return left !== undefined && left > since ? left : since;
}

const YEAR_DAYS = 365;

/** The day by which one meeting more should have been held, spread evenly over the year (from when the cadence was agreed). */
function behindSince(group: GroupCard, { thisYear, now }: Facts): Day | undefined {
  const { held, timesPerYear, year } = cadenceOf(group, thisYear, yearOf(now), now);
  if (timesPerYear === null || held >= timesPerYear) return undefined;
  const agreed = group.cadences.at(-1)!.from;
  const from = agreed > startOf(year) ? agreed : startOf(year);
  return dayOf(plusDays(from, Math.ceil(((held + 1) * YEAR_DAYS) / timesPerYear)));
}

function ofRest(facts: Facts): readonly WorkItem[] {
  const { network, toReview, unsettled, agreements } = facts;
  return [
    ...network.missingActors.flatMap(({ description, group, since, resolvedAt }) =>
      waiting('missing-actor', 'network', network.id, resolvedAt === null ? since : undefined, facts, {
        detail: description,
        group,
      }),
    ),
    ...facts.stray.flatMap(({ action, event, endedAt }) =>
      waiting('commitment-on-closed-action', 'action', action, endedAt, facts, { detail: event }),
    ),
    ...unsettled.flatMap(({ id, body, startsAt }) =>
      waiting('meeting-unsettled', 'meeting', id, plusDays(startsAt, 1), facts, { group: body }),
    ),
    ...toReview.flatMap(({ id, body, reviewDate }) =>
      waiting('review-due', 'decision', id, nextDay(reviewDate), facts, { group: body }),
    ),
    ...agreements.flatMap((agreement) =>
      waiting('agreement-ending', 'agreement', agreement.id, endingSince(agreement, agreements), facts, {
        detail: agreement.title,
      }),
    ),
  ];
}

const AGREEMENT_ENDING_DAYS = 180;

/** From when on an agreement in force without a successor needs one; a successor counts from its draft. */
function endingSince({ id, status, until }: AgreementCard, all: readonly AgreementCard[]): Day | undefined {
  if (status !== 'in-force' || until === null || all.some(({ succeeds }) => succeeds === id)) return undefined;
  return daysFrom(until, -AGREEMENT_ENDING_DAYS);
}

/** The day after, from which on a date has passed. */
const nextDay = (day: Day | null | undefined): Day | undefined =>
  day === null || day === undefined ? undefined : daysFrom(day, 1);

const daysFrom = (day: Day, days: number): Day => plusDays(`${day}T12:00:00.000Z`, days).slice(0, 10);

interface Concerns {
  readonly detail?: string | undefined;
  readonly group?: string | null | undefined;
  readonly lead?: string | null | undefined;
}

/** `since` is a day or an instant. */
function waiting(
  kind: WorkKind,
  aggregate: string,
  id: string,
  since: string | undefined,
  { today }: Facts,
  { detail, group = null, lead = null }: Concerns,
): readonly WorkItem[] {
  if (since === undefined) return [];
  const dueOn = since.length === 10 ? since : dayOf(since);
  if (dueOn > today) return [];
  const days = daysBetween(dueOn, today);
  return [
    { kind, words: WORK_WORDS[kind], subject: { aggregate, id }, detail: detail ?? null, group, lead, dueOn, days },
  ];
}
