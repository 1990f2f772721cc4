import { dayEnd, dayOf, dayStart, s, sum, type Day } from '#kernel';
import { GROUP_KINDS, OWN_KINDS, ref } from '#domain';
import {
  grantCard,
  rightYear,
  sessionCard,
  type ActionCard,
  type AgreementCard,
  type DrawingRightCard,
  type GrantCard,
  type GroupCard,
  type MeetingCard,
  type SessionCard,
} from '#projections';
import type { Reader } from '#read-store';
import { agreementRow, rowsOf } from './agreements.ts';
import { rightTotals, rightTotalsOf } from './drawing-rights.ts';
import { grantsOf } from './funding.ts';
import { idsIn, namesOf } from './names.ts';
import { progress, progressOf } from './objectives.ts';
import { PageById } from './params.ts';
import { notFound } from './query.ts';
import { every, ofNetwork, owned, pageOfRows, pageWith, pick, picked, question } from './question.ts';
import { FACTS, factsOf, totals, totalsOf, type Facts } from './standing.ts';

const SESSION = ['id', 'kind', 'title', 'heldAt', 'participants'] as const;
const GRANT = ['id', 'title', 'status', 'scheme', 'funder', 'period', 'totals'] as const;

const member = s.object({ organisation: s.id(), signedAt: s.nullable(s.instant('Null: it was to sign and did not.')) });
const right = s.object({ id: s.id(), years: s.list(rightYear, 'Those of the period.'), totals: rightTotals });
const groupMeetings = s.object({
  id: s.id(),
  kind: s.oneOf(GROUP_KINDS),
  held: s.integer(),
  planned: s.integer(),
  cancelled: s.integer(),
});

export const getAgreementReport = question({
  name: 'getAgreementReport',
  path: '/agreements/{id}/report',
  summary:
    'What became of an agreement in its period: per objective its actions, money, measurements and decisions; who signed, the grants and rights of its scheme, own contributions, meetings.',
  params: PageById,
  answer: pageWith(
    {
      agreement: agreementRow,
      predecessor: s.nullable(agreementRow),
      carriedOver: s.list(s.text(), 'Codes of objectives that came from the agreement before.'),
      endedBefore: s.list(s.text(), 'Codes of objectives that ended with the agreement before.'),
      members: s.list(member),
      total: s.object(totals, 'Of all actions of its period, each once.'),
      grants: s.list(picked(grantCard.doc, GRANT), 'Those with a period in its own, with all their money.'),
      drawingRights: s.list(right, 'Of its scheme.'),
      own: s.object(
        Object.fromEntries(OWN_KINDS.map((kind) => [kind, s.cents()])) as Record<
          (typeof OWN_KINDS)[number],
          ReturnType<typeof s.cents>
        >,
        'Own contributions to these rights in its years, by kind.',
      ),
      meetings: s.list(groupMeetings, 'Of each group that met or was to meet in its period.'),
      sessions: s.list(picked(sessionCard.doc, SESSION), 'Held in its period.'),
    },
    progress,
  ),
  reads: [...FACTS, 'agreement-card', 'drawing-right-card', 'grant-card', 'group-card', 'session-card'],
  example: { id: ref('agreement') },
  run: async ({ id, ...page }, context) => {
    const agreement = await owned<AgreementCard>(context, 'agreement-card', id);
    if (agreement === undefined) return notFound;
    const { reader, now } = context;
    const { network, succeeds, objectives, parties, signatures } = agreement;
    const period = { from: agreement.from, until: agreement.until ?? dayOf(now) };
    const [all, whole, grants, rights, groups, sessions] = await Promise.all([
      ofNetwork<AgreementCard>(reader, 'agreement-card', network),
      factsOf(reader, network, period),
      grantsOf(reader, network),
      rightsOf(reader, agreement),
      ofNetwork<GroupCard>(reader, 'group-card', network),
      every<SessionCard>(reader, {
        model: 'session-card',
        where: [
          ['networks', 'has', network],
          ['heldAt', 'gte', dayStart(period.from)],
          ['heldAt', 'lte', dayEnd(period.until)],
        ],
        sort: ['heldAt', 1],
      }),
    ]);
    const rows = rowsOf(all, dayOf(now));
    const its = grants.filter((grant) => overlap(grant.period, period));
    const facts = within(period, agreement, whole, its);
    const objectivesOfIt = (facts.agenda?.objectives ?? [])
      .filter(
        ({ addedAt, endedAt }) =>
          addedAt <= dayEnd(period.until) && (endedAt === null || endedAt >= dayStart(period.from)),
      )
      .map((objective) => progressOf(objective, facts));
    const drawn = rights.map((one) => inYears(one, period));
    const { items, next } = pageOfRows(objectivesOfIt, 'id', page);
    const answer = {
      agreement: rows.find((one) => one.id === id)!,
      predecessor: rows.find((one) => one.id === succeeds) ?? null,
      carriedOver: objectives?.carriedOver ?? [],
      endedBefore: objectives?.ended ?? [],
      members: membersOf(parties, signatures),
      total: totalsOf(facts.actions, facts),
      grants: its.map((grant) => pick(grant, GRANT)),
      drawingRights: drawn,
      own: ownOf(drawn),
      meetings: groups.flatMap((group) => meetingsOf(group, facts.meetings)),
      sessions: sessions.map((one) => pick(one, SESSION)),
      items,
    };
    return { ...answer, next, names: await namesOf(context, idsIn(answer)) };
  },
});

interface Period {
  readonly from: Day;
  readonly until: Day;
}
const overlap = (one: Period, other: Period): boolean => one.from <= other.until && other.from <= one.until;

/** What was there in a period: actions that lived in it or rest on the agreement, and what was set aside from these grants. */
function within({ from, until }: Period, agreement: AgreementCard, facts: Facts, grants: readonly GrantCard[]): Facts {
  const [first, last] = [dayStart(from), dayEnd(until)];
  const isThen = (at: string): boolean => first <= at && at <= last;
  const its = new Set(grants.map(({ id }) => id));
  return {
    agenda: facts.agenda,
    actions: facts.actions.filter(
      (action) =>
        agreement.actions.includes(action.id) || (action.proposedAt <= last && (endOf(action) ?? last) >= first),
    ),
    purposes: facts.purposes.filter(({ of }) => its.has(of)),
    decisions: facts.decisions.filter(({ decidedAt }) => isThen(decidedAt)),
    meetings: facts.meetings.filter(({ startsAt }) => isThen(startsAt)),
    indicators: facts.indicators,
  };
}

const ENDED: readonly ActionCard['status'][] = ['closed', 'declined', 'withdrawn'];
const endOf = ({ status, phaseSince }: ActionCard): string | undefined =>
  ENDED.includes(status) ? phaseSince : undefined;

/** The drawing rights that the agreement is under. */
async function rightsOf(reader: Reader, { id, network, scheme }: AgreementCard): Promise<readonly DrawingRightCard[]> {
  const all = await every<DrawingRightCard>(reader, {
    model: 'drawing-right-card',
    where: [['network', 'eq', network]],
    sort: ['from', 1],
  });
  return all.filter((one) => one.agreement === id || (scheme !== null && one.scheme === scheme));
}

function inYears({ id, basis, years }: DrawingRightCard, { from, until }: Period) {
  const [first, last] = [from, until].map((day) => Number(day.slice(0, 4))) as [number, number];
  const its = years.filter(({ year }) => first <= year && year <= last);
  return { id, years: its, totals: rightTotalsOf({ basis, years: its }) };
}

const ownOf = (rights: readonly Pick<DrawingRightCard, 'years'>[]): DrawingRightCard['years'][number]['own'] =>
  Object.fromEntries(
    OWN_KINDS.map((kind) => [kind, sum(rights.flatMap(({ years }) => years.map(({ own }) => own[kind])))]),
  ) as DrawingRightCard['years'][number]['own'];

/** Who was to sign and who else did. */
function membersOf(parties: readonly string[], signatures: AgreementCard['signatures']) {
  const signedAt = new Map(signatures.map(({ organisation, at }) => [organisation, at]));
  return [...new Set([...parties, ...signedAt.keys()])].map((organisation) => ({
    organisation,
    signedAt: signedAt.get(organisation) ?? null,
  }));
}

function meetingsOf({ id, kind }: GroupCard, meetings: readonly MeetingCard[]) {
  const its = meetings.filter(({ body }) => body === id);
  const count = (status: MeetingCard['status']): number => its.filter((one) => one.status === status).length;
  return its.length === 0
    ? []
    : [{ id, kind, held: count('held'), planned: count('planned'), cancelled: count('cancelled') }];
}
