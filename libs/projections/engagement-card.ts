import { s, type TypeOf } from '#kernel';
import { MATURITY_STAGES, type CoachingEvent } from '#domain';
import { partsProjection, partStamped } from './parts-of.ts';
import { homeOf } from './stream.ts';

const card = s.object({
  ...partStamped,
  network: s.id('That is coached.'),
  number: s.integer('Within the network, from 1.'),
  status: s.oneOf(['running', 'ended']),
  organisations: s.list(s.id(), 'That coach.'),
  coaches: s.list(s.id(), 'Persons: those of now, or of its end.'),
  purpose: s.text(),
  phases: s.list(s.text(), 'In their order; none where they were not agreed beforehand.'),
  phase: s.nullable(s.text()),
  phaseChanges: s.list(s.object({ phase: s.text(), note: s.text(), at: s.instant() })),
  startedAt: s.instant(),
  plannedUntil: s.nullable(s.day('The last day as it was planned; from the day after, coaches read no more.')),
  endedAt: s.nullable(s.instant()),
  exit: s.nullable(s.object({ findings: s.text(), maturity: s.nullable(s.oneOf(MATURITY_STAGES)) })),
});
export type EngagementCard = TypeOf<typeof card>;

/** Each engagement of the coaching of a network. */
export const engagementCard = partsProjection<EngagementCard, CoachingEvent>({
  name: 'engagement-card',
  version: 1,
  source: 'coaching',
  doc: card,
  parts: ({ data }) => [String(data.number)],
  starts: {
    EngagementStarted: (event) => ({
      network: homeOf(event),
      ...event.data,
      status: 'running',
      plannedUntil: event.data.plannedUntil ?? null,
      phaseChanges: [],
      startedAt: event.meta.occurredAt,
      endedAt: null,
      exit: null,
    }),
  },
  on: {
    EngagementPhaseChanged: ({ phaseChanges }, { data: { phase, note }, meta }) => ({
      phase,
      phaseChanges: [...phaseChanges, { phase, note, at: meta.occurredAt }],
    }),
    EngagementCoachesChanged: (_card, { data }) => ({ coaches: data.coaches }),
    EngagementEnded: (_card, { data: { exit }, meta }) => ({
      status: 'ended',
      endedAt: meta.occurredAt,
      exit: { findings: exit.findings, maturity: exit.maturity ?? null },
    }),
  },
  indexes: [['network', 'number']],
});
