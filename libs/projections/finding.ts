import { s, type TypeOf } from '#kernel';
import { FINDING_OUTCOMES, type GrantEvent } from '#domain';
import { network } from './parts.ts';
import { partsProjection, partStamped } from './parts-of.ts';
import { homeOf } from './stream.ts';

const findingDoc = s.object({
  ...partStamped,
  event: s.id('By which commands name it.'),
  network,
  text: s.text(),
  expenditure: s.nullable(s.id()),
  amountCents: s.nullable(s.cents('At stake.')),
  status: s.oneOf(['raised', 'answered', 'closed']),
  raisedOn: s.instant(),
  answer: s.nullable(s.text('The last one.')),
  outcome: s.nullable(s.oneOf(FINDING_OUTCOMES)),
  closing: s.nullable(s.text()),
  closedOn: s.nullable(s.instant()),
});
export type Finding = TypeOf<typeof findingDoc>;

/** What audit or funder found on a grant, the reply, and how it ended. */
export const finding = partsProjection<Finding, GrantEvent>({
  name: 'finding',
  version: 1,
  source: 'grant',
  doc: findingDoc,
  parts: ({ id, type, data }) =>
    type === 'AuditFindingRaised'
      ? [id]
      : type === 'AuditFindingAnswered' || type === 'AuditFindingClosed'
        ? [data.finding]
        : [],
  starts: {
    AuditFindingRaised: (event) => ({
      event: event.id,
      network: homeOf(event),
      text: event.data.text,
      expenditure: event.data.expenditure ?? null,
      amountCents: event.data.amountCents ?? null,
      status: 'raised',
      raisedOn: event.meta.occurredAt,
      answer: null,
      outcome: null,
      closing: null,
      closedOn: null,
    }),
  },
  on: {
    AuditFindingAnswered: (_finding, { data }) => ({ status: 'answered', answer: data.text }),
    AuditFindingClosed: (_finding, { data, meta }) => ({
      status: 'closed',
      outcome: data.outcome,
      closing: data.text,
      closedOn: meta.occurredAt,
    }),
  },
  indexes: [
    ['network', 'of', 'raisedOn'],
    ['network', 'raisedOn'],
    ['network', 'status', 'raisedOn'],
  ],
});
