import { s } from '#kernel';
import { ref } from '#domain';
import type { AgendaCard } from '#projections';
import { indicatorStanding } from './indicator-standing.ts';
import { idsIn, namesOf } from './names.ts';
import { PageById } from './params.ts';
import { notFound } from './query.ts';
import { pageOfRows, pageWith, question } from './question.ts';
import { FACTS, factsOf, standing, standingOf, totals, totalsOf, type Facts } from './standing.ts';

const OBJECTIVE_STATUSES = ['drafted', 'agreed', 'ended'] as const;

type Objective = AgendaCard['objectives'][number];

export const progress = s.object({
  id: s.text('Its code.'),
  text: s.json('In nl, fr, en.'),
  texts: s.list(s.object({ text: s.json('In nl, fr, en.'), from: s.instant() }), 'All it ever had.'),
  status: s.oneOf(OBJECTIVE_STATUSES, '`agreed`: it stands in the version of the agenda that holds.'),
  addedAt: s.instant(),
  endedAt: s.nullable(s.instant()),
  ...standing,
  indicators: s.list(indicatorStanding, 'That tell of it.'),
});

export const getObjectiveProgress = question({
  name: 'getObjectiveProgress',
  path: '/networks/{id}/objectives',
  summary:
    'How each objective of a network stands: its actions and what was found of them, their money, what is measured, what was decided.',
  params: PageById,
  answer: pageWith(
    {
      total: s.object(
        {
          ...totals,
          ofSeveral: s.integer('Actions that serve more than one objective: they count in each, and once here.'),
          ofNone: s.integer('Actions that serve no objective: they count here only.'),
        },
        'Of all actions of the network, each once. The objectives do not add up to it where an action serves several or none.',
      ),
    },
    progress,
  ),
  reads: [...FACTS],
  example: { id: ref('network') },
  run: async ({ id, ...page }, context) => {
    if (!context.networks.has(id)) return notFound;
    const facts = await factsOf(context.reader, id);
    const rows = (facts.agenda?.objectives ?? []).map((objective) => progressOf(objective, facts));
    const { items, next } = pageOfRows(rows, 'id', page);
    const total = {
      ...totalsOf(facts.actions, facts),
      ofSeveral: facts.actions.filter(({ objectives }) => objectives.length > 1).length,
      ofNone: facts.actions.filter(({ objectives }) => objectives.length === 0).length,
    };
    return { total, items, next, names: await namesOf(context, idsIn(items)) };
  },
});

/** An objective with the actions that serve it. */
export const progressOf = ({ code, text, texts, addedAt, endedAt }: Objective, facts: Facts) => ({
  id: code,
  text,
  texts,
  status: statusOf(code, endedAt !== null, facts),
  addedAt,
  endedAt,
  ...standingOf(
    facts.actions.filter(({ objectives }) => objectives.includes(code)),
    facts,
  ),
  indicators: facts.indicators.filter(({ objectives }) => objectives.includes(code)),
});

function statusOf(code: string, isEnded: boolean, { agenda }: Facts): (typeof OBJECTIVE_STATUSES)[number] {
  if (isEnded) return 'ended';
  return agenda?.versions.at(-1)?.objectives.some((one) => one.code === code) === true ? 'agreed' : 'drafted';
}
