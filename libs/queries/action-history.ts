import { asMoment, isMoment, s } from '#kernel';
import { ref } from '#domain';
import type { ActionCard, JournalEntry } from '#projections';
import type { Doc, Filter } from '#read-store';
import { changesBetween } from './facets.ts';
import { change, changeOf, history, historyOf, titled } from './history.ts';
import { idsIn, namesOf } from './names.ts';
import { GetActionDiff, PageById } from './params.ts';
import { notFound, type Moment } from './query.ts';
import { names, owned, question } from './question.ts';

export const getActionHistory = question({
  name: 'getActionHistory',
  path: '/actions/{id}/history',
  summary:
    'All that happened to an action, with its money and its measurements: who, when on both clocks, on which decision, why, and what it changed.',
  params: PageById,
  answer: history,
  reads: ['action-card', 'decision-register', 'journal'],
  example: { id: ref('action') },
  run: async ({ id, ...page }, context) => {
    const card = await owned<ActionCard>(context, 'action-card', id);
    if (card === undefined) return notFound;
    const fits = ({ network }: JournalEntry): boolean => context.networks.has(network ?? '');
    const belonging = { title: titled('action', card.title), among: eventsAbout(id), fits };
    // Mostly the whole of it: the life of an action is read at once.
    return historyOf(context, belonging, { limit: MOST, ...page });
  },
});

const MOST = 200;

/** Events of the action, and those that say something about it: its money, what it is measured by, a session, a practice. */
const eventsAbout = (action: string): readonly (readonly Filter[])[] => [
  [
    ['aggregate', 'eq', 'action'],
    ['streamId', 'eq', action],
  ],
  ...['data.action', 'data.to.action', 'data.from.action', 'data.from', 'data.scope.id'].map(
    (field): readonly Filter[] => [[field, 'eq', action]],
  ),
];

export const getActionDiff = question({
  name: 'getActionDiff',
  path: '/actions/{id}/diff',
  summary: 'What differs between two moments of an action, in words and in values.',
  params: GetActionDiff,
  answer: s.object({
    exists: s.object({ from: s.boolean(), to: s.boolean() }, 'Whether the action was there.'),
    changes: s.list(change),
    names,
  }),
  reads: ['action-card', 'journal'],
  timeTravel: false,
  example: { id: ref('action'), from: '2021-04-01', to: '2021-04-16' },
  run: async ({ id, from, to, clock = 'known' }, context) => {
    if ((await owned<ActionCard>(context, 'action-card', id)) === undefined) return notFound;
    const [before, after] = await Promise.all(
      [from, to].map((moment) =>
        context.at(clock === 'held' ? heldAt(moment) : { asOf: moment }).get<ActionCard & Doc>('action-card', id),
      ),
    );
    const changes = changesBetween(before?.doc, after?.doc);
    const known = await namesOf(context, idsIn(changes));
    return {
      exists: { from: before != null, to: after != null },
      changes: changes.map((one) => changeOf(one, known)),
      names: known,
    };
  },
});

/** A position says what was known; what held has dates. */
const heldAt = (moment: string): Moment => (isMoment(moment) ? { effectiveAt: asMoment(moment) } : { asOf: moment });
