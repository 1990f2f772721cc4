import { s, type Recorded } from '#kernel';
import { ref, type GrantEvent } from '#domain';
import { postingsOf } from '#domain/grant';
import {
  allocation,
  asRecorded,
  expenditure,
  EXPENDITURE_STATUSES,
  type Allocation,
  type DecisionEntry,
  type Expenditure,
  type JournalEntry,
} from '#projections';
import type { Doc, Filter } from '#read-store';
import { decision, DECISION, step, stepOf } from './expenditure-trace.ts';
import { idsIn, namesOf } from './names.ts';
import { ById } from './params.ts';
import { notFound, type QueryContext } from './query.ts';
import { names, owned, pick, picked, question } from './question.ts';

/** So many events and expenditures are told; the rest is counted. */
const EVENTS = 200;
const SPENDING = 50;

const SPENT = [
  'event',
  'action',
  'category',
  'status',
  'claimedGrantCents',
  'acceptedCents',
  'correctedCents',
  'document',
  'recordedOn',
] as const;

const followed = s.object({
  grant: s.id(),
  purpose: allocation.doc,
  expenditures: s.integer('How many were booked on the purpose.'),
  statuses: s.list(s.object({ status: s.oneOf(EXPENDITURE_STATUSES), count: s.integer() })),
  items: s.list(picked(expenditure.doc, SPENT), `The first ${SPENDING}.`),
});

export const getDecisionMoney = question({
  name: 'getDecisionMoney',
  path: '/decisions/{id}/money',
  summary: 'From a decision to its euros: what rests on it in the books of grants, and what became of that money.',
  params: ById,
  answer: s.object({
    decision,
    events: s.list(step, `What was booked on it; of events that rest on it, the first ${EVENTS} are looked at.`),
    eventCount: s.integer('How many events rest on it, others than of grants counted too.'),
    purposes: s.list(
      followed,
      'Purposes of these events: what was set aside for them, on this and on other decisions, and what became of it.',
    ),
    names,
  }),
  reads: ['allocation', 'decision-register', 'expenditure', 'journal'],
  example: { id: ref('decision') },
  run: async ({ id }, context) => {
    const found = await owned<DecisionEntry>(context, 'decision-register', id);
    if (found === undefined) return notFound;
    const { reader, moment, networks } = context;
    const where: readonly Filter[] = [
      ['decisionRef', 'eq', id],
      ...(moment.effectiveAt === undefined ? [] : ([['occurredAt', 'lte', moment.effectiveAt]] as const)),
    ];
    const [page, eventCount] = await Promise.all([
      reader.find<JournalEntry & Doc>({ model: 'journal', where, sort: ['position', 1], limit: EVENTS }),
      reader.count({ model: 'journal', where }),
    ]);
    const events = page.items
      .filter(({ aggregate, network }) => aggregate === 'grant' && networks.has(network ?? ''))
      .map((entry) => asRecorded(entry) as Recorded<GrantEvent>);
    const allocations = await reader.getMany<Allocation & Doc>('allocation', events.flatMap(purposesOf));
    const purposes = await Promise.all([...allocations.values()].map((one) => followedOf(context, one)));
    const known = await namesOf(context, idsIn([found, events.map(({ data, meta }) => [data, meta.actor]), purposes]));
    return {
      decision: pick(found, DECISION),
      events: events.map((event) => stepOf(event, known)),
      eventCount,
      purposes,
      names: known,
    };
  },
});

/** Ids of the purposes whose money an event moves; an order that is carried moves in no account. */
const purposesOf = (event: Recorded<GrantEvent>): readonly string[] =>
  event.type === 'CommitmentCarried'
    ? [`${event.stream.id}/${event.data.action}/${event.data.category}`]
    : postingsOf(event).flatMap(({ account }) => {
        const [kind, action, category] = account.split('/');
        return kind === 'allocated' ? `${event.stream.id}/${action}/${category}` : [];
      });

async function followedOf({ reader }: QueryContext, purpose: Allocation) {
  const where: readonly Filter[] = [
    ['of', 'eq', purpose.of],
    ['action', 'eq', purpose.action],
    ['category', 'eq', purpose.category],
  ];
  const model = 'expenditure';
  const [page, ...counts] = await Promise.all([
    reader.find<Expenditure & Doc>({ model, where, sort: ['position', 1], limit: SPENDING }),
    ...EXPENDITURE_STATUSES.map((status) => reader.count({ model, where: [...where, ['status', 'eq', status]] })),
  ]);
  return {
    grant: purpose.of,
    purpose,
    expenditures: purpose.bookings,
    statuses: EXPENDITURE_STATUSES.map((status, i) => ({ status, count: counts[i]! })),
    items: page.items.map((one) => pick(one, SPENT)),
  };
}
