import { s, type Recorded, type TypeOf } from '#kernel';
import { POLARITIES, type PatternEvent } from '#domain';
import { localized, network } from './parts.ts';
import { homeOf, stamped, streamProjection } from './stream.ts';

const card = s.object({
  ...stamped,
  network,
  tag: s.text(),
  polarity: s.oneOf(POLARITIES),
  statement: localized,
  status: s.oneOf(['confirmed', 'retired']),
  actions: s.list(
    s.object({ action: s.id(), network: s.id(), evaluation: s.id('The event that tells it.') }),
    'On which it rests, each once.',
  ),
  confirmedAt: s.instant('As it now is.'),
  retired: s.nullable(s.object({ at: s.instant(), reason: s.nullable(localized) })),
});
export type PatternCard = TypeOf<typeof card>;

export const patternCard = streamProjection<PatternCard, PatternEvent, 'PatternConfirmed'>({
  name: 'pattern-card',
  version: 1,
  source: 'pattern',
  doc: card,
  starts: { PatternConfirmed: confirmed },
  on: {
    PatternConfirmed: (_card, event) => confirmed(event),
    PatternRetired: (_card, { meta }) => ({
      status: 'retired',
      retired: { at: meta.occurredAt, reason: meta.reason?.text ?? null },
    }),
  },
  indexes: [['network']],
});

function confirmed(
  event: Recorded<Extract<PatternEvent, { readonly type: 'PatternConfirmed' }>>,
): Omit<PatternCard, keyof typeof stamped> {
  const { tag, polarity, statement, actions } = event.data;
  const { occurredAt } = event.meta;
  return {
    network: homeOf(event),
    tag,
    polarity,
    statement,
    status: 'confirmed',
    actions,
    confirmedAt: occurredAt,
    retired: null,
  };
}
