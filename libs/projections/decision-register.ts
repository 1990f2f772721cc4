import { dayOf, daysBetween, s, type TypeOf } from '#kernel';
import { DECISION_RULES, OUTCOMES, SUBJECT_KINDS, VOTES, WAIVABLE, type DecisionEvent } from '#domain';
import { network } from './parts.ts';
import { homeOf, stamped, streamProjection } from './stream.ts';

const entry = s.object({
  ...stamped,
  network,
  status: s.oneOf(['recorded', 'amended', 'annulled']),
  body: s.id('The group that decided.'),
  mode: s.oneOf(['meeting', 'written']),
  meeting: s.nullable(s.id()),
  subjects: s.list(
    s.object({
      kind: s.oneOf(SUBJECT_KINDS),
      id: s.nullable(s.id()),
      proposalVersion: s.nullable(s.integer()),
      title: s.nullable(s.text()),
    }),
  ),
  subjectKinds: s.list(s.oneOf(SUBJECT_KINDS)),
  subjectIds: s.list(s.id()),
  proposal: s.text(),
  alternatives: s.list(s.text()),
  outcome: s.oneOf(OUTCOMES),
  conditions: s.list(s.object({ code: s.text(), text: s.text() })),
  quorum: s.integer('The body’s rule on that date (DEC-2).'),
  rule: s.oneOf(DECISION_RULES),
  entitled: s.list(s.object({ organisation: s.id(), seats: s.integer() })),
  present: s.list(s.id(), 'Organisations.'),
  seatsEntitled: s.integer(),
  seatsPresent: s.integer(),
  votes: s.list(s.object({ organisation: s.id(), vote: s.oneOf(VOTES) })),
  dissent: s.list(s.object({ organisation: s.nullable(s.id()), text: s.text() })),
  conflicts: s.list(s.id(), 'Organisations that declared a conflict of interest and abstained.'),
  rationale: s.text(),
  grounds: s.list(s.object({ kind: s.oneOf(['evaluation', 'measurement', 'decision', 'document']), ref: s.text() })),
  decidedAt: s.instant(),
  recordedAt: s.instant(),
  lagDays: s.integer('Calendar days from the decision to its registration.'),
  effectiveAt: s.instant('From when it holds.'),
  reviewDate: s.nullable(s.day()),
  deferredUntil: s.nullable(s.day()),
  missingInformation: s.nullable(s.text()),
  waives: s.list(s.object({ rule: s.oneOf(WAIVABLE), reason: s.text() })),
  knownAt: s.instant('The moment up to which the body knew.'),
  recordedBy: s.object({ subject: s.text(), role: s.text(), organisation: s.nullable(s.id()) }),
  evidenceCount: s.integer(),
  amendments: s.list(s.object({ by: s.id('The later decision.'), change: s.text(), at: s.instant() })),
  annulment: s.nullable(s.object({ by: s.id('The later decision.'), at: s.instant() })),
});
export type DecisionEntry = TypeOf<typeof entry>;

export const decisionRegister = streamProjection<DecisionEntry, DecisionEvent, 'DecisionRecorded'>({
  name: 'decision-register',
  version: 1,
  source: 'decision',
  doc: entry,
  starts: {
    DecisionRecorded: (event) => {
      const { data, meta } = event;
      const subjects = data.subjects.map(({ kind, id, proposalVersion, title }) => ({
        kind,
        id: id ?? null,
        proposalVersion: proposalVersion ?? null,
        title: title ?? null,
      }));
      return {
        network: homeOf(event),
        status: 'recorded',
        body: data.body,
        mode: data.mode,
        meeting: data.meeting ?? null,
        subjects,
        subjectKinds: [...new Set(subjects.map(({ kind }) => kind))],
        subjectIds: subjects.flatMap(({ id }) => id ?? []),
        proposal: data.proposal,
        alternatives: data.alternatives,
        outcome: data.outcome,
        conditions: data.conditions,
        quorum: data.quorum,
        rule: data.rule,
        entitled: data.entitled,
        present: data.present,
        seatsEntitled: seats(data.entitled),
        seatsPresent: seats(data.entitled.filter(({ organisation }) => data.present.includes(organisation))),
        votes: data.votes,
        dissent: data.dissent.map(({ organisation, text }) => ({ organisation: organisation ?? null, text })),
        conflicts: data.conflicts,
        rationale: data.rationale,
        grounds: data.grounds,
        decidedAt: meta.occurredAt,
        recordedAt: meta.recordedAt,
        lagDays: daysBetween(dayOf(meta.occurredAt), dayOf(meta.recordedAt)),
        effectiveAt: data.effectiveAt,
        reviewDate: data.reviewDate ?? null,
        deferredUntil: data.deferredUntil ?? null,
        missingInformation: data.missingInformation ?? null,
        waives: data.waives,
        knownAt: data.knownAt,
        recordedBy: {
          subject: meta.actor.subject,
          role: meta.actor.role,
          organisation: meta.actor.organisation ?? null,
        },
        evidenceCount: meta.evidence?.length ?? 0,
        amendments: [],
        annulment: null,
      };
    },
  },
  on: {
    DecisionAmended: ({ amendments }, { data, meta }) => ({
      status: 'amended',
      amendments: [...amendments, { ...data, at: meta.occurredAt }],
    }),
    DecisionAnnulled: (_entry, { data, meta }) => ({ status: 'annulled', annulment: { ...data, at: meta.occurredAt } }),
  },
  indexes: [['network'], ['network', 'decidedAt'], ['network', 'body', 'decidedAt'], ['network', 'meeting']],
});

const seats = (held: readonly { readonly seats: number }[]): number => held.reduce((sum, { seats }) => sum + seats, 0);
