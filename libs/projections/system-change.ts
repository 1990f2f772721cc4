import { s, type TypeOf } from '#kernel';
import type { NetworkEvent } from '#domain';
import { network } from './parts.ts';
import { partsProjection, partStamped } from './parts-of.ts';

const doc = s.object({
  ...partStamped,
  network,
  code: s.text('Names the change within the network.'),
  from: s.text('The way of working that is left behind.'),
  to: s.text('The way of working that takes its place.'),
  score: s.integer('1 (not yet) to 5 (wholly).'),
  at: s.instant('When it was assessed so.'),
  evidence: s.list(s.json('`{sha256, mediaType, class, title, heldBy}`'), 'What the score rests on.'),
});
export type SystemChange = TypeOf<typeof doc>;

/** Each time a network judged how far it has moved from one way of working to another. */
export const systemChange = partsProjection<
  SystemChange,
  Extract<NetworkEvent, { readonly type: 'SystemChangeAssessed' }>
>({
  name: 'system-change',
  version: 1,
  source: 'network',
  doc,
  parts: ({ id }) => [id],
  starts: {
    SystemChangeAssessed: ({ stream, data, meta }) => ({
      network: stream.id,
      ...data,
      at: meta.occurredAt,
      evidence: meta.evidence ?? [],
    }),
  },
  on: {},
  indexes: [
    ['network', 'at'],
    ['network', 'code', 'at'],
  ],
});
