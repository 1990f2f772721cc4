import { s, type TypeOf } from '#kernel';
import type { AgendaEvent } from '#domain';
import { localized, network } from './parts.ts';
import { homeOf, stamped, streamProjection, unchanged } from './stream.ts';

const card = s.object({
  ...stamped,
  network,
  status: s.oneOf(['drafted', 'adopted']),
  version: s.integer('Of the last adopted version; 0 for none.'),
  draft: s.object({ ambition: localized, problemStatement: localized }, 'The texts of the next version.'),
  objectives: s.list(
    s.object({
      code: s.text('Names it within the agenda for ever.'),
      text: localized,
      texts: s.list(s.object({ text: localized, from: s.instant() }), 'All it ever had.'),
      addedAt: s.instant(),
      endedAt: s.nullable(s.instant()),
    }),
    'All there ever were, the draft’s too; what is agreed stands in the versions.',
  ),
  versions: s.list(
    s.object({
      version: s.integer(),
      ambition: localized,
      problemStatement: localized,
      objectives: s.list(s.object({ code: s.text(), text: localized })),
      decision: s.id(),
      adoptedAt: s.instant(),
    }),
  ),
});
export type AgendaCard = TypeOf<typeof card>;

/** One agenda a network, with the network's id; a later draft goes on in the same document. */
export const agendaCard = streamProjection<AgendaCard, AgendaEvent, 'AgendaDrafted'>({
  name: 'agenda-card',
  version: 1,
  source: 'agenda',
  doc: card,
  starts: {
    AgendaDrafted: (event) => ({
      network: homeOf(event),
      status: 'drafted',
      version: 0,
      draft: event.data,
      objectives: [],
      versions: [],
    }),
  },
  on: {
    AgendaDrafted: (_card, { data }) => ({ draft: data }),
    ObjectiveAdded: ({ objectives }, { data: { code, text }, meta }) => ({
      objectives: [
        ...objectives,
        { code, text, texts: [{ text, from: meta.occurredAt }], addedAt: meta.occurredAt, endedAt: null },
      ],
    }),
    ObjectiveReworded: ({ objectives }, { data: { code, text }, meta }) => ({
      objectives: objectives.map((objective) =>
        objective.code === code
          ? { ...objective, text, texts: [...objective.texts, { text, from: meta.occurredAt }] }
          : objective,
      ),
    }),
    ObjectiveEnded: ({ objectives }, { data, meta }) => ({
      objectives: objectives.map((objective) =>
        objective.code === data.code && objective.endedAt === null
          ? { ...objective, endedAt: meta.occurredAt }
          : objective,
      ),
    }),
    TheoryOfChangeDrafted: unchanged,
    AgendaVersionAdopted: ({ draft, objectives, versions }, { data, meta }) => ({
      status: 'adopted',
      version: data.version,
      versions: [
        ...versions,
        {
          ...draft,
          version: data.version,
          objectives: objectives.flatMap(({ code, text, endedAt }) => (endedAt === null ? [{ code, text }] : [])),
          decision: data.decision,
          adoptedAt: meta.occurredAt,
        },
      ],
    }),
  },
  indexes: [['network']],
});
