import { s, type TypeOf } from '#kernel';
import { CHANNELS, type NetworkEvent } from '#domain';
import { network } from './parts.ts';
import { partsProjection, partStamped } from './parts-of.ts';

const doc = s.object({
  ...partStamped,
  network,
  channel: s.oneOf(CHANNELS),
  audience: s.text('For whom.'),
  title: s.text(),
  reach: s.nullable(s.integer('How many it reached; null: not known.')),
  at: s.instant('When it went out.'),
});
export type Communication = TypeOf<typeof doc>;

/** Each thing that a network told others. */
export const communication = partsProjection<
  Communication,
  Extract<NetworkEvent, { readonly type: 'CommunicationLogged' }>
>({
  name: 'communication',
  version: 1,
  source: 'network',
  doc,
  parts: ({ id }) => [id],
  starts: {
    CommunicationLogged: ({ stream, data, meta }) => ({
      network: stream.id,
      ...data,
      reach: data.reach ?? null,
      at: meta.occurredAt,
    }),
  },
  on: {},
  indexes: [
    ['network', 'at'],
    ['network', 'channel', 'at'],
  ],
});
