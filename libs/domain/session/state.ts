import type { Aggregate, Recorded } from '#kernel';
import { noted, touches, type Since } from '../order.ts';
import type { SessionEvent } from './events.ts';

export type Session =
  | { readonly status: 'none' }
  | {
      readonly status: 'held';
      readonly network: string;
      /** That were present. */
      readonly networks: readonly string[];
      readonly isConfidential: boolean;
      /** How many there are. */
      readonly outcomes: number;
      readonly steps: number;
      /** Numbers of the steps still to be done. */
      readonly open: readonly number[];
      readonly since: Since;
    };

export const session: Aggregate<Session, SessionEvent> = { name: 'session', initial: { status: 'none' }, evolve };

const step = ({ number }: { readonly number: number }): readonly string[] => [`step/${number}`];

export const touched = touches<SessionEvent>({ StepAgreed: step, StepDone: step });

function evolve(session: Session, event: Recorded<SessionEvent>): Session {
  const next = after(session, event);
  return next.status === 'none' ? next : { ...next, since: noted(next.since, touched(event), event.meta.occurredAt) };
}

function after(session: Session, event: Recorded<SessionEvent>): Session {
  if (event.type === 'SessionHeld')
    return {
      status: 'held',
      network: event.meta.network ?? '',
      networks: event.data.networks,
      isConfidential: event.data.confidentiality === 'participants-only',
      outcomes: 0,
      steps: 0,
      open: [],
      since: {},
    };
  if (session.status === 'none') return session;
  switch (event.type) {
    case 'OutcomeRecorded':
      return { ...session, outcomes: event.data.number };
    case 'StepAgreed':
      return { ...session, steps: event.data.number, open: [...session.open, event.data.number] };
    case 'StepDone':
      return { ...session, open: session.open.filter((number) => number !== event.data.number) };
    default:
      event satisfies never;
      return session;
  }
}
