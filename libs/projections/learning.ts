import { s, type Recorded, type TypeOf } from '#kernel';
import { POLARITIES, type ActionEvent } from '#domain';
import { network } from './parts.ts';
import { partsProjection, partStamped } from './parts-of.ts';
import { homeOf } from './stream.ts';

const learningDoc = s.object({
  ...partStamped,
  network,
  action: s.id('That learned it.'),
  event: s.id('The evaluation, or the closing, that tells it.'),
  tag: s.text(),
  polarity: s.oneOf(POLARITIES),
  text: s.text(),
  context: s.nullable(s.text()),
  occurredAt: s.instant('When the event happened that tells it.'),
});
export type Learning = TypeOf<typeof learningDoc>;

type Teaching = Extract<ActionEvent, { readonly type: 'ActionEvaluated' | 'ActionClosed' }>;

/** What each evaluation and each closing of an action taught: the same tag in several actions makes a pattern. */
export const learning = partsProjection<Learning, Teaching>({
  name: 'learning',
  version: 1,
  source: 'action',
  doc: learningDoc,
  parts: ({ id, data }) => data.learnings.map((_, index) => `${id}/${index}`),
  starts: { ActionEvaluated: taught, ActionClosed: taught },
  on: {},
  indexes: [['network', 'occurredAt'], ['network', 'of', 'occurredAt'], ['network', 'tag', 'occurredAt'], ['network']],
});

function taught(event: Recorded<Teaching>, part: string): Omit<Learning, keyof typeof partStamped> {
  const { text, tag, polarity, context = null } = event.data.learnings[Number(part.split('/')[1])]!;
  return {
    network: homeOf(event),
    action: event.stream.id,
    event: event.id,
    tag,
    polarity,
    text,
    context,
    occurredAt: event.meta.occurredAt,
  };
}
