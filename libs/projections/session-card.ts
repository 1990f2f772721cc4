import { s, type TypeOf } from '#kernel';
import { CONFIDENTIALITIES, SESSION_KINDS, SESSION_TOPICS, STEP_OWNERS, type SessionEvent } from '#domain';
import { network } from './parts.ts';
import { homeOf, stamped, streamProjection } from './stream.ts';

const card = s.object({
  ...stamped,
  network,
  kind: s.oneOf(SESSION_KINDS),
  title: s.text(),
  topic: s.oneOf(SESSION_TOPICS),
  heldAt: s.instant(),
  place: s.nullable(s.text()),
  facilitator: s.object({ organisation: s.nullable(s.id()), external: s.nullable(s.text()) }),
  organisations: s.list(s.id(), 'That were present.'),
  present: s.list(s.id(), 'Networks that were present.'),
  networks: s.list(s.id(), 'For which it counts: the one whose it is, and those that were present.'),
  participants: s.integer('How many people.'),
  confidentiality: s.oneOf(CONFIDENTIALITIES),
  action: s.nullable(s.id('What it was about.')),
  indicator: s.nullable(s.id('What it was about.')),
  recordedBy: s.text(),
  outcomes: s.list(
    s.object({
      number: s.integer('Within the session, from 1.'),
      text: s.nullable(s.text('Null where it is not for the caller.')),
      by: s.text('Who recorded it.'),
      at: s.instant(),
    }),
  ),
  steps: s.list(
    s.object({
      number: s.integer('Within the session, from 1.'),
      text: s.text(),
      owner: s.object({ kind: s.oneOf(STEP_OWNERS), id: s.id() }),
      dueOn: s.day(),
      at: s.instant('When it was agreed.'),
      doneAt: s.nullable(s.instant()),
      note: s.nullable(s.text('What is told of how it was done.')),
    }),
  ),
  openSteps: s.integer('Agreed and not done yet.'),
  nextDue: s.nullable(s.day('The first day by which an open step is to be done.')),
});
export type SessionCard = TypeOf<typeof card>;

/** A session with all that came of it, confidential outcomes too: `seenBy` of the queries leaves out what is not for the caller. */
export const sessionCard = streamProjection<SessionCard, SessionEvent, 'SessionHeld'>({
  name: 'session-card',
  version: 1,
  source: 'session',
  doc: card,
  starts: {
    SessionHeld: (event) => {
      const { networks: present, place, facilitator, action, indicator, ...data } = event.data;
      const network = homeOf(event);
      return {
        ...data,
        network,
        heldAt: event.meta.occurredAt,
        place: place ?? null,
        facilitator: { organisation: facilitator?.organisation ?? null, external: facilitator?.external ?? null },
        present,
        networks: [...new Set([network, ...present])],
        action: action ?? null,
        indicator: indicator ?? null,
        recordedBy: event.meta.actor.subject,
        outcomes: [],
        ...withSteps([]),
      };
    },
  },
  on: {
    OutcomeRecorded: ({ outcomes }, { data: { number, text }, meta }) => ({
      outcomes: [...outcomes, { number, text, by: meta.actor.subject, at: meta.occurredAt }],
    }),
    StepAgreed: ({ steps }, { data, meta }) =>
      withSteps([...steps, { ...data, at: meta.occurredAt, doneAt: null, note: null }]),
    StepDone: ({ steps }, { data, meta }) =>
      withSteps(
        steps.map((step) =>
          step.number === data.number ? { ...step, doneAt: meta.occurredAt, note: data.note ?? null } : step,
        ),
      ),
  },
  indexes: [['network'], ['networks', 'heldAt'], ['action', 'heldAt']],
});

function withSteps(steps: SessionCard['steps']): Pick<SessionCard, 'steps' | 'openSteps' | 'nextDue'> {
  const due = steps.flatMap(({ doneAt, dueOn }) => (doneAt === null ? dueOn : [])).toSorted();
  return { steps, openSteps: due.length, nextDue: due[0] ?? null };
}
