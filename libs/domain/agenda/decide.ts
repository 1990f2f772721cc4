import { isRejected, nothing } from '#kernel';
import { authority, notBefore } from '../authority.ts';
import { approves } from '../decision/state.ts';
import { network } from '../network/state.ts';
import { reject, unknown, type Decide } from '../rejections.ts';
import type {
  AddObjective,
  AdoptAgendaVersion,
  DraftAgenda,
  EndObjective,
  RedraftAgenda,
  RewordObjective,
} from './commands.ts';
import type { AgendaEvent } from './events.ts';
import type { Agenda } from './state.ts';

type Decider<C> = Decide<C, Agenda, AgendaEvent>;
const noAgenda = reject('invalid-state', { status: 'none' });

export const draft: Decider<DraftAgenda> = ({ network: id, ambition, problemStatement }, agenda, { look }) => {
  if (agenda.status !== 'none') return reject('already-exists', { network: id });
  if (look(network, id).status !== 'running') return unknown('network', id);
  return { type: 'AgendaDrafted', data: { ambition, problemStatement } };
};

export const redraft: Decider<RedraftAgenda> = ({ ambition, problemStatement }, agenda) =>
  agenda.status === 'none' ? noAgenda : { type: 'AgendaDrafted', data: { ambition, problemStatement } };

/** A code is never used again, so that the history of an objective is the history of its code. */
export const addObjective: Decider<AddObjective> = ({ code, text }, agenda) => {
  if (agenda.status === 'none') return noAgenda;
  if (agenda.used.includes(code)) return reject('objective-exists', { objective: code });
  return { type: 'ObjectiveAdded', data: { code, text } };
};

export const rewordObjective: Decider<RewordObjective> = ({ code, text }, agenda) => {
  if (agenda.status === 'none') return noAgenda;
  if (!agenda.draft.includes(code)) return reject('objective-not-in-agenda', { objective: code });
  return { type: 'ObjectiveReworded', data: { code, text } };
};

export const endObjective: Decider<EndObjective> = ({ code }, agenda) => {
  if (agenda.status === 'none') return noAgenda;
  if (agenda.draft.includes(code)) return { type: 'ObjectiveEnded', data: { code } };
  return agenda.used.includes(code) ? nothing : reject('objective-not-in-agenda', { objective: code });
};

/** A decision adopts one version: what is drafted after it needs another one. */
export const adopt: Decider<AdoptAgendaVersion> = ({ decisionRef }, agenda, { look, id, occurredAt }) => {
  if (agenda.status === 'none') return noAgenda;
  if (!agenda.changed) return reject('nothing-to-adopt');
  const decision = authority(look, decisionRef, { kind: 'agenda', id, network: agenda.network });
  if (isRejected(decision)) return decision;
  if (!approves(decision.outcome)) return reject('wrong-outcome', { outcome: decision.outcome });
  if (agenda.adoptedBy.includes(decisionRef!))
    return reject('decision-not-about-this', { decision: decisionRef, version: agenda.version + 1 });
  return {
    type: 'AgendaVersionAdopted',
    data: { version: agenda.version + 1, decision: decisionRef! },
    ...notBefore(decision, occurredAt),
  };
};
