import { dayOf, nothing, type DecisionContext } from '#kernel';
import { network } from '../network/state.ts';
import { organisation } from '../organisation/state.ts';
import { person } from '../person/state.ts';
import { reject, unknown, type Decide, type Rejection } from '../rejections.ts';
import type { ChangeCoaches, ChangePhase, EndEngagement, StartEngagement } from './commands.ts';
import type { CoachingEvent } from './events.ts';
import type { Coaching } from './state.ts';

type Decider<C> = Decide<C, Coaching, CoachingEvent>;
type Look = DecisionContext['look'];
const wrongState = (coaching: Coaching) => reject('invalid-state', { status: coaching.status });

/** What is told of one engagement stays readable. */
const MOST_PHASE_CHANGES = 50;

/** One at a time: the next one begins when the former has ended. */
export const start: Decider<StartEngagement> = (command, coaching, { look, occurredAt }) => {
  if (coaching.status === 'running') return reject('already-exists', { network: coaching.network });
  const { network: id, organisations, coaches, purpose, phases = [], plannedUntil } = command;
  if (look(network, id).status !== 'running') return unknown('network', id);
  const stranger = organisations.find((one) => look(organisation, one).status !== 'active');
  if (stranger !== undefined) return unknown('organisations', stranger);
  const objection = unknownCoach(coaches, look);
  if (objection !== undefined) return objection;
  const from = dayOf(occurredAt);
  if (plannedUntil !== undefined && plannedUntil < from)
    return reject('period-reversed', { from, until: plannedUntil });
  return {
    type: 'EngagementStarted',
    data: {
      number: coaching.status === 'none' ? 1 : coaching.number + 1,
      organisations,
      coaches,
      purpose,
      phases,
      phase: phases[0] ?? null,
      ...(plannedUntil !== undefined && { plannedUntil }),
    },
  };
};

function unknownCoach(coaches: readonly string[], look: Look): Rejection | undefined {
  const stranger = coaches.find((coach) => look(person, coach).status !== 'registered');
  return stranger === undefined ? undefined : unknown('coaches', stranger);
}

export const changePhase: Decider<ChangePhase> = ({ phase, note }, coaching) => {
  if (coaching.status !== 'running') return wrongState(coaching);
  const { number, phases, phaseChanges } = coaching;
  if (phases.length > 0 && !phases.includes(phase)) return unknown('phase', phase);
  if (coaching.phase === phase) return nothing;
  if (phaseChanges === MOST_PHASE_CHANGES) return reject('too-many-changes', { most: MOST_PHASE_CHANGES });
  return { type: 'EngagementPhaseChanged', data: { number, phase, note } };
};

export const changeCoaches: Decider<ChangeCoaches> = ({ coaches }, coaching, { look }) => {
  if (coaching.status !== 'running') return wrongState(coaching);
  const joined = coaches.filter((coach) => !coaching.coaches.includes(coach));
  const left = coaching.coaches.filter((coach) => !coaches.includes(coach));
  if (joined.length === 0 && left.length === 0) return nothing;
  const { number, organisations, plannedUntil } = coaching;
  const until = plannedUntil === undefined ? {} : { plannedUntil };
  return (
    unknownCoach(joined, look) ?? {
      type: 'EngagementCoachesChanged',
      data: { number, organisations, ...until, coaches, joined, left },
    }
  );
};

export const end: Decider<EndEngagement> = ({ exit: { findings, maturity } }, coaching) => {
  if (coaching.status !== 'running') return wrongState(coaching);
  const { number, coaches } = coaching;
  const exit = { findings, ...(maturity !== undefined && { maturity }) };
  return { type: 'EngagementEnded', data: { number, exit, coaches } };
};
