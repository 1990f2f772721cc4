import { asMoment, asOccurrence, s, type Recorded } from '#kernel';
import { ref, type GrantEvent } from '#domain';
import { BOOKS, postingsOf } from '#domain/grant';
import { asRecorded, type GrantCard, type JournalEntry } from '#projections';
import type { Doc } from '#read-store';
import { idsIn, namesOf } from './names.ts';
import { ListPostings } from './params.ts';
import { notFound } from './query.ts';
import { owned, pageOf, question } from './question.ts';

const line = s.object({
  position: s.text('Of its event in the log.'),
  event: s.id(),
  type: s.text(),
  line: s.integer('Within its event, from 1.'),
  book: s.oneOf(BOOKS),
  account: s.text('`allocated/<action>/<category>`: its kind, and what it is of.'),
  amountCents: s.integer(
    'Below zero: it goes away. The lines of budget and cash of one event add up to nothing (LED-3).',
  ),
  occurredAt: s.instant(),
  recordedAt: s.instant(),
  decision: s.nullable(s.id()),
});

/** An event's lines. */
const linesOf = (event: Recorded<GrantEvent>) =>
  postingsOf(event).map(({ book, account, cents }, index) => ({
    position: event.position,
    event: event.id,
    type: event.type,
    line: index + 1,
    book,
    account,
    amountCents: cents,
    occurredAt: event.meta.occurredAt,
    recordedAt: event.meta.recordedAt,
    decision: event.meta.decisionRef ?? null,
  }));

export const listPostings = question({
  name: 'listPostings',
  path: '/grants/{id}/postings',
  summary: 'The journal of a grant: every line that its events posted, in log order; `limit` counts events.',
  params: ListPostings,
  answer: pageOf(line),
  reads: ['grant-card', 'journal'],
  example: { id: ref('grant') },
  run: async ({ id, limit = 50, cursor, from, until }, context) => {
    if ((await owned<GrantCard>(context, 'grant-card', id)) === undefined) return notFound;
    const { effectiveAt } = context.moment;
    const page = await context.reader.find<JournalEntry & Doc>({
      model: 'journal',
      where: [
        ['aggregate', 'eq', 'grant'],
        ['streamId', 'eq', id],
        ...(effectiveAt === undefined ? [] : ([['occurredAt', 'lte', effectiveAt]] as const)),
        ...(from === undefined ? [] : ([['occurredAt', 'gte', asOccurrence(from)]] as const)),
        ...(until === undefined ? [] : ([['occurredAt', 'lte', asMoment(until)]] as const)),
      ],
      sort: ['position', 1],
      limit,
      ...(cursor !== undefined && { cursor }),
    });
    const items = page.items.flatMap((entry) => linesOf(asRecorded(entry) as Recorded<GrantEvent>));
    return { items, next: page.next, names: await namesOf(context, accountIds(items)) };
  },
});

/** The ids within account names too. */
const accountIds = (items: readonly { readonly account: string }[]): readonly string[] =>
  items.flatMap((item) => [...idsIn(item), ...idsIn(item.account.split('/'))]);
