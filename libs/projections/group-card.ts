import { s, type TypeOf } from '#kernel';
import { DECISION_RULES, GROUP_KINDS, type GroupEvent } from '#domain';
import { change, end, interval, network } from './parts.ts';
import { homeOf, stamped, streamProjection } from './stream.ts';

const card = s.object({
  ...stamped,
  network,
  name: s.text(),
  kind: s.oneOf(GROUP_KINDS),
  purpose: s.nullable(s.text()),
  status: s.oneOf(['running', 'ended']),
  foundedAt: s.instant(),
  endedAt: s.nullable(s.instant()),
  mergedInto: s.nullable(s.id()),
  lead: s.nullable(s.id('The person who leads it now (trekker).')),
  leads: s.list(s.object({ lead: s.id(), handOver: s.nullable(s.text()), ...interval })),
  members: s.list(s.object({ organisation: s.id(), person: s.nullable(s.id()), ...interval })),
  timesPerYear: s.nullable(s.integer('Meetings a calendar year; null: when there is reason to.')),
  cadences: s.list(s.object({ timesPerYear: s.nullable(s.integer()), from: s.instant() })),
  rule: s.nullable(
    s.object({
      quorum: s.integer('Seats that must be present.'),
      rule: s.oneOf(DECISION_RULES),
      seats: s.list(s.object({ organisation: s.id(), seats: s.integer() })),
    }),
  ),
});
export type GroupCard = TypeOf<typeof card>;

export const groupCard = streamProjection<GroupCard, GroupEvent, 'GroupFounded'>({
  name: 'group-card',
  version: 1,
  source: 'group',
  doc: card,
  starts: {
    GroupFounded: (event) => ({
      network: homeOf(event),
      name: event.data.name,
      kind: event.data.kind,
      purpose: event.data.purpose ?? null,
      status: 'running',
      foundedAt: event.meta.occurredAt,
      endedAt: null,
      mergedInto: null,
      lead: null,
      leads: [],
      members: [],
      timesPerYear: null,
      cadences: [],
      rule: null,
    }),
  },
  on: {
    GroupRenamed: (_card, { data }) => ({ name: data.name }),
    GroupsMerged: (_card, { data, meta }) => ({ status: 'ended', endedAt: meta.occurredAt, mergedInto: data.into }),
    GroupEnded: (_card, { meta }) => ({ status: 'ended', endedAt: meta.occurredAt }),
    GroupMemberAdded: ({ members }, { data, meta }) => ({
      members: [
        ...members,
        { organisation: data.organisation, person: data.person ?? null, from: meta.occurredAt, until: null },
      ],
    }),
    GroupMemberRemoved: ({ members }, { data, meta }) => ({
      members: end(members, meta.occurredAt, ({ organisation }) => organisation === data.organisation),
    }),
    GroupLeadAssigned: ({ leads }, { data, meta }) => ({
      lead: data.lead,
      leads: [
        ...end(leads, meta.occurredAt, () => true),
        { lead: data.lead, handOver: null, from: meta.occurredAt, until: null },
      ],
    }),
    GroupLeadReleased: ({ leads }, { data, meta }) => ({
      lead: null,
      leads: change(leads, { until: meta.occurredAt, handOver: data.handOver ?? null }, () => true),
    }),
    CadenceSet: ({ cadences }, { data, meta }) => ({
      timesPerYear: data.timesPerYear,
      cadences: [...cadences, { timesPerYear: data.timesPerYear, from: meta.occurredAt }],
    }),
    DecisionRuleSet: (_card, { data }) => ({ rule: data }),
  },
  indexes: [['network'], ['network', 'name']],
});
