import { s, type TypeOf } from '#kernel';
import { COST_METHODS, RETENTION_ANCHORS, type SchemeEvent } from '#domain';
import { stamped, streamProjection } from './stream.ts';

const rate = s.object({ num: s.integer(), den: s.integer() }, 'A fraction of whole numbers.');

/** The rules under which a grant is given. */
export const terms = s.object({
  validFrom: s.day(),
  validUntil: s.optional(s.day()),
  legalBasis: s.text(),
  isDemoRule: s.boolean('Made up for a demonstration, or not yet checked against the text of the law.'),
  maxPublicShare: rate,
  minOwnPerGrant: s.optional(rate),
  categories: s.list(s.text(), 'Eligible; any when there is none.'),
  simplifiedCosts: s.list(
    s.object({
      code: s.text(),
      method: s.oneOf(COST_METHODS),
      rate: s.optional(rate),
      amountCents: s.optional(s.cents()),
      basis: s.text(),
    }),
  ),
  instalments: s.list(s.object({ code: s.text(), share: s.nullable(rate) })),
  correctionsReusable: s.boolean(),
  carryOver: s.boolean(),
  oneGrantPerArea: s.boolean(),
  reportDays: s.integer(),
  cureDays: s.integer(),
  recoveryDays: s.integer(),
  lapseWarningDays: s.integer(),
  retention: s.object({ anchor: s.oneOf(RETENTION_ANCHORS), years: s.integer() }),
});

const card = s.object({
  ...stamped,
  name: s.text(),
  funder: s.nullable(s.id()),
  status: s.oneOf(['running', 'ended']),
  versions: s.list(terms, 'The first is version 1.'),
});
export type SchemeCard = TypeOf<typeof card>;

/** A scheme belongs to no network: everybody sees it. */
export const schemeCard = streamProjection<SchemeCard, SchemeEvent, 'SchemeDefined'>({
  name: 'scheme-card',
  version: 1,
  source: 'scheme',
  doc: card,
  starts: {
    SchemeDefined: ({ data }) => ({ name: data.name, funder: data.funder, status: 'running', versions: [data.terms] }),
  },
  on: {
    SchemeRevised: ({ versions }, { data }) => ({ versions: [...versions, data.terms] }),
    SchemeEnded: () => ({ status: 'ended' }),
  },
  indexes: [['name'], ['status', 'name']],
});
