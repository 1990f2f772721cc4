import { s, type Schema, type TypeOf } from '#kernel';
import { defaultPolicy, MATURITY_STAGES, NETWORK_KINDS, type NetworkEvent, type Policy } from '#domain';
import { change, end, interval, network, sector } from './parts.ts';
import { stamped, streamProjection, unchanged } from './stream.ts';

const days = s.object({ short: s.integer(), medium: s.integer(), long: s.integer() });
const policy: Schema<Policy> = s.object({
  leadInBackOffice: s.boolean(),
  steeringGroupHoldsMembers: s.boolean(),
  minimumPartners: s.integer(),
  requiredSectors: s.list(sector),
  mandates: s.map(s.id(), 'Which body decides on which kind of subject.') as Schema<Policy['mandates']>,
  backDatingDays: s.integer(),
  minimumObservationDays: days,
  worksNeedsEvidence: s.boolean(),
  reopenWindowDays: s.integer(),
  majorBudgetChangePercent: s.integer(),
  disclosure: s.object({ k: s.integer(), suppressZero: s.boolean() }),
  recommendationReplyDays: s.integer(),
});

const card = s.object({
  ...stamped,
  network,
  name: s.text(),
  names: s.list(s.object({ name: s.text(), from: s.instant() }), 'All it ever had.'),
  kind: s.oneOf(NETWORK_KINDS),
  status: s.oneOf(['running', 'ended']),
  regions: s.list(s.text(), 'NIS codes of municipalities.'),
  parent: s.nullable(s.id()),
  sponsor: s.nullable(s.id('The organisation at whose request it was set up.')),
  foundedAt: s.instant(),
  endedAt: s.nullable(s.instant()),
  policy,
  members: s.list(
    s.object({ organisation: s.id(), sector, seat: s.text(), representsTargetGroup: s.boolean(), ...interval }),
  ),
  invited: s.list(s.object({ organisation: s.id(), missingActor: s.nullable(s.integer()), at: s.instant() })),
  missingActors: s.list(
    s.object({
      number: s.integer(),
      sector,
      description: s.text(),
      group: s.nullable(s.id()),
      since: s.instant(),
      resolvedAt: s.nullable(s.instant()),
      resolvedBy: s.nullable(s.id('The organisation that came.')),
    }),
  ),
  maturity: s.list(
    s.object({
      stage: s.oneOf(MATURITY_STAGES),
      findings: s.text(),
      at: s.instant(),
      evidence: s.list(s.object({ sha256: s.text(), class: s.text(), title: s.text(), heldBy: s.text() })),
    }),
    'Each time it was assessed: the last one holds.',
  ),
  tags: s.list(s.text(), 'Of the cohorts it belongs to.'),
});
export type NetworkCard = TypeOf<typeof card>;

export const networkCard = streamProjection<NetworkCard, NetworkEvent, 'NetworkFounded'>({
  name: 'network-card',
  version: 2,
  source: 'network',
  doc: card,
  starts: {
    NetworkFounded: ({ stream, data, meta }) => ({
      network: stream.id,
      name: data.name,
      names: [{ name: data.name, from: meta.occurredAt }],
      kind: data.kind,
      status: 'running',
      regions: data.regions,
      parent: data.parent,
      sponsor: data.sponsor ?? null,
      foundedAt: meta.occurredAt,
      endedAt: null,
      policy: defaultPolicy(data.kind),
      members: [],
      invited: [],
      missingActors: [],
      maturity: [],
      tags: [],
    }),
  },
  on: {
    NetworkRenamed: ({ names }, { data, meta }) => ({
      name: data.name,
      names: [...names, { name: data.name, from: meta.occurredAt }],
    }),
    ParentLinked: (_card, { data }) => ({ parent: data.parent }),
    PolicySet: (card, { data }) => ({ policy: { ...card.policy, ...data.policy } }),
    RegionChanged: (_card, { data }) => ({ regions: data.regions }),
    OrganisationInvited: ({ invited }, { data, meta }) => ({
      invited: [
        ...invited,
        { organisation: data.organisation, missingActor: data.missingActor ?? null, at: meta.occurredAt },
      ],
    }),
    MemberJoined: ({ members, invited }, { data, meta }) => ({
      members: [...members, { ...data, from: meta.occurredAt, until: null }],
      invited: invited.filter(({ organisation }) => organisation !== data.organisation),
    }),
    MemberSeatChanged: ({ members }, { data }) => ({
      members: change(members, data, ({ organisation }) => organisation === data.organisation),
    }),
    ConditionWatched: unchanged,
    MemberLeft: ({ members }, { data, meta }) => ({
      members: end(members, meta.occurredAt, ({ organisation }) => organisation === data.organisation),
    }),
    MissingActorIdentified: ({ missingActors }, { data, meta }) => ({
      missingActors: [
        ...missingActors,
        {
          number: data.number,
          sector: data.sector,
          description: data.description,
          group: data.group ?? null,
          since: meta.occurredAt,
          resolvedAt: null,
          resolvedBy: null,
        },
      ],
    }),
    MissingActorResolved: ({ missingActors }, { data, meta }) => ({
      missingActors: missingActors.map((actor) =>
        actor.number === data.number
          ? { ...actor, resolvedAt: meta.occurredAt, resolvedBy: data.organisation ?? null }
          : actor,
      ),
    }),
    MaturityAssessed: ({ maturity }, { data, meta }) => ({
      maturity: [
        ...maturity,
        {
          stage: data.stage,
          findings: data.findings,
          at: meta.occurredAt,
          evidence: (meta.evidence ?? []).map(({ sha256, class: kind, title, heldBy }) => ({
            sha256,
            class: kind,
            title,
            heldBy,
          })),
        },
      ],
    }),
    CommunicationLogged: unchanged,
    SystemChangeAssessed: unchanged,
    CohortTagged: (_card, { data }) => ({ tags: data.tags }),
    NetworkEnded: (_card, { meta }) => ({ status: 'ended', endedAt: meta.occurredAt }),
  },
  indexes: [['network'], ['parent', 'name'], ['name']],
});
