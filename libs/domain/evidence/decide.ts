import { nothing } from '#kernel';
import { network as networkAggregate } from '../network/state.ts';
import { reject, unknown, type Decide } from '../rejections.ts';
import type { ExtendRetention, LiftLegalHold, RegisterEvidence, SetLegalHold, SupersedeEvidence } from './commands.ts';
import type { EvidenceEvent } from './events.ts';
import { evidence as evidenceAggregate, type Evidence } from './state.ts';

type Decider<C> = Decide<C, Evidence, EvidenceEvent>;
const wrongState = (evidence: Evidence) => reject('invalid-state', { status: evidence.status });

export const register: Decider<RegisterEvidence> = (command, evidence, { look }) => {
  if (evidence.status !== 'none') return nothing;
  const { network, sha256, mediaType, class: kind, title, heldBy, retainUntil = null } = command;
  if (look(networkAggregate, network).status !== 'running') return unknown('network', network);
  return { type: 'EvidenceRegistered', data: { sha256, mediaType, class: kind, title, heldBy, retainUntil } };
};

/** By what is itself in place: so nothing ever comes to supersede itself, over others or directly. */
export const supersede: Decider<SupersedeEvidence> = ({ by, reason }, evidence, { look, id }) => {
  if (evidence.status === 'none') return wrongState(evidence);
  if (evidence.status === 'superseded') return evidence.supersededBy === by ? nothing : wrongState(evidence);
  if (reason === undefined) return reject('reason-required');
  const other = look(evidenceAggregate, by);
  if (by === id || other.status === 'none' || other.network !== evidence.network) return unknown('by', by);
  if (other.status === 'superseded') return reject('evidence-superseded', { member: 'by', by: other.supersededBy });
  return { type: 'EvidenceSupersededBy', data: { by } };
};

export const setLegalHold: Decider<SetLegalHold> = ({ reason }, evidence) => {
  if (evidence.status === 'none') return wrongState(evidence);
  if (evidence.legalHold) return nothing;
  return reason === undefined ? reject('reason-required') : { type: 'LegalHoldSet', data: {} };
};

export const liftLegalHold: Decider<LiftLegalHold> = (_command, evidence) => {
  if (evidence.status === 'none') return wrongState(evidence);
  return evidence.legalHold ? { type: 'LegalHoldLifted', data: {} } : nothing;
};

export const extendRetention: Decider<ExtendRetention> = ({ until }, evidence) => {
  if (evidence.status === 'none') return wrongState(evidence);
  const { retainUntil } = evidence;
  if (until === retainUntil) return nothing;
  if (retainUntil !== null && until < retainUntil) return reject('retention-shortened', { until, retainUntil });
  return { type: 'RetentionExtended', data: { until } };
};
