import { nothing, type DecisionContext } from '#kernel';
import { action as actionAggregate } from '../action/state.ts';
import type { StepOwner } from '../codes.ts';
import { group } from '../group/state.ts';
import { indicator as indicatorAggregate } from '../indicator/state.ts';
import { isPartOf, network as networkAggregate } from '../network/state.ts';
import { organisation } from '../organisation/state.ts';
import { person } from '../person/state.ts';
import { reject, unknown, type Decide, type Rejection } from '../rejections.ts';
import type { AgreeStep, CompleteStep, RecordOutcome, RecordSession } from './commands.ts';
import type { SessionEvent } from './events.ts';
import type { Session } from './state.ts';

type Decider<C> = Decide<C, Session, SessionEvent>;
type Look = DecisionContext['look'];
type Objection = Rejection | undefined;
const noSession = reject('invalid-state', { status: 'none' });

/** Another session is recorded instead: what is told of one stays readable. */
const MOST_OUTCOMES = 40;
const MOST_STEPS = 40;

export const record: Decider<RecordSession> = (command, session, { look }) => {
  if (session.status !== 'none') return nothing;
  const { network, kind, title, topic, place, facilitator, organisations, networks = [], action, indicator } = command;
  if (look(networkAggregate, network).status !== 'running') return unknown('network', network);
  const led = facilitator?.organisation;
  const objection =
    unknownOrganisation('organisations', organisations, look) ??
    (led === undefined ? undefined : unknownOrganisation('facilitator', [led], look)) ??
    strangeNetwork(networks, network, look) ??
    (action === undefined ? undefined : strangeAction(action, network, look)) ??
    (indicator === undefined ? undefined : strangeIndicator(indicator, network, look));
  if (objection !== undefined) return objection;
  return {
    type: 'SessionHeld',
    data: {
      kind,
      title,
      topic,
      ...(place !== undefined && { place }),
      ...(facilitator !== undefined && { facilitator }),
      organisations,
      networks,
      participants: command.participants,
      confidentiality: command.confidentiality,
      ...(action !== undefined && { action }),
      ...(indicator !== undefined && { indicator }),
    },
  };
};

function unknownOrganisation(member: string, ids: readonly string[], look: Look): Objection {
  const stranger = ids.find((id) => look(organisation, id).status === 'none');
  return stranger === undefined ? undefined : unknown(member, stranger);
}

/** What is there and is the network itself or lies below it. */
const isBelow = (id: string, network: string, look: Look): boolean =>
  look(networkAggregate, id).status !== 'none' && isPartOf(id, network, look);

function strangeNetwork(ids: readonly string[], network: string, look: Look): Objection {
  const stranger = ids.find((id) => !isBelow(id, network, look));
  return stranger === undefined ? undefined : unknown('networks', stranger);
}

function strangeAction(id: string, network: string, look: Look): Objection {
  const about = look(actionAggregate, id);
  return about.status !== 'none' && isBelow(about.network, network, look) ? undefined : unknown('action', id);
}

function strangeIndicator(id: string, network: string, look: Look): Objection {
  const about = look(indicatorAggregate, id);
  return about.status !== 'none' && isPartOf(network, about.network, look) ? undefined : unknown('indicator', id);
}

export const recordOutcome: Decider<RecordOutcome> = ({ text }, session) => {
  if (session.status === 'none') return noSession;
  const { outcomes, isConfidential } = session;
  if (outcomes === MOST_OUTCOMES) return reject('too-many-changes', { most: MOST_OUTCOMES });
  return { type: 'OutcomeRecorded', data: { number: outcomes + 1, text, confidential: isConfidential } };
};

export const agreeStep: Decider<AgreeStep> = ({ text, owner: id, dueOn }, session, { look }) => {
  if (session.status === 'none') return noSession;
  const { steps, network } = session;
  if (steps === MOST_STEPS) return reject('too-many-changes', { most: MOST_STEPS });
  const kind = ownerKind(id, network, look);
  if (kind === undefined) return unknown('owner', id);
  return { type: 'StepAgreed', data: { number: steps + 1, text, owner: { kind, id }, dueOn } };
};

/** What the owner of a step is; of a group it is one of the network's. */
function ownerKind(id: string, network: string, look: Look): StepOwner | undefined {
  if (look(organisation, id).status === 'active') return 'organisation';
  const carrier = look(group, id);
  if (carrier.status === 'running' && carrier.network === network) return 'group';
  return look(person, id).status === 'registered' ? 'person' : undefined;
}

export const completeStep: Decider<CompleteStep> = ({ number, note }, session) => {
  if (session.status === 'none') return noSession;
  if (number > session.steps) return unknown('number', String(number));
  if (!session.open.includes(number)) return nothing;
  return { type: 'StepDone', data: { number, ...(note !== undefined && { note }) } };
};
