import { s, type TypeOf } from '#kernel';
import { STRENGTHS, THEORY_NODES, type AgendaEvent } from '#domain';
import { localized, network } from './parts.ts';
import { partsProjection, partStamped } from './parts-of.ts';
import { homeOf } from './stream.ts';

const doc = s.object({
  ...partStamped,
  network,
  version: s.integer('Of the agenda with which it is adopted, or was.'),
  nodes: s.list(
    s.object({
      code: s.text('Names it within the theory.'),
      kind: s.oneOf(THEORY_NODES),
      text: localized,
      ref: s.nullable(
        s.text(
          'Of an objective its code in the agenda, of an action its id, of what can be measured the id of its indicator.',
        ),
      ),
    }),
  ),
  edges: s.list(
    s.object({
      from: s.text('Code of the node that contributes.'),
      to: s.text('Code of the node to which it contributes.'),
      strength: s.nullable(s.oneOf(STRENGTHS)),
      evidence: s.list(s.id()),
    }),
  ),
  draftedAt: s.instant(),
});
export type TheoryOfChange = TypeOf<typeof doc>;

type Drafted = Extract<AgendaEvent, { readonly type: 'TheoryOfChangeDrafted' }>;

/** The theory of change of a version of an agenda, as it was drafted last; a version without one has that of the one before. */
export const theoryOfChange = partsProjection<TheoryOfChange, Drafted>({
  name: 'theory-of-change',
  version: 1,
  source: 'agenda',
  doc,
  parts: ({ data }) => [String(data.version)],
  starts: { TheoryOfChangeDrafted: (event) => ({ network: homeOf(event), ...drafted(event) }) },
  on: { TheoryOfChangeDrafted: (_former, event) => drafted(event) },
  indexes: [['of', 'version']],
});

const drafted = ({ data, meta }: Parameters<typeof homeOf>[0] & { readonly data: Drafted['data'] }) => ({
  version: data.version,
  nodes: data.nodes.map((node) => ({ ...node, ref: node.ref ?? null })),
  edges: data.edges.map((edge) => ({ ...edge, strength: edge.strength ?? null, evidence: edge.evidence ?? [] })),
  draftedAt: meta.occurredAt,
});
