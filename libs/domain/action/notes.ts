import { organisation as organisationAggregate } from '../organisation/state.ts';
import { reject, unknown } from '../rejections.ts';
import type {
  AddObstacle,
  AttachEvidence,
  ContributeInKind,
  RecordMilestone,
  RequestFunding,
  StateContribution,
} from './commands.ts';
import { isOpen, wrongState, type Decider } from './guards.ts';

export const addObstacle: Decider<AddObstacle> = ({ class: kind, text, confidential }, action) =>
  isOpen(action) ? { type: 'ObstacleAdded', data: { class: kind, text, confidential } } : wrongState(action);

export const recordMilestone: Decider<RecordMilestone> = ({ text, date }, action) =>
  isOpen(action) ? { type: 'MilestoneRecorded', data: { text, date } } : wrongState(action);

export const attachEvidence: Decider<AttachEvidence> = ({ note }, action) =>
  isOpen(action) ? { type: 'EvidenceAttached', data: note === undefined ? {} : { note } } : wrongState(action);

export const requestFunding: Decider<RequestFunding> = ({ amountCents, purpose }, action) =>
  isOpen(action) ? { type: 'FundingRequested', data: { amountCents, purpose } } : wrongState(action);

/** LED-7: valued and shown; it is in no cash book. */
export const contributeInKind: Decider<ContributeInKind> = (command, action, { look }) => {
  if (!isOpen(action)) return wrongState(action);
  const { organisation, what, amountCents, basis, method } = command;
  if (look(organisationAggregate, organisation).status !== 'active') return unknown('organisation', organisation);
  return { type: 'InKindContributed', data: { organisation, what, amountCents, basis, method } };
};

/** Also of a closed action: what it contributed shows later. */
export const stateContribution: Decider<StateContribution> = (command, action) => {
  if (action.status !== 'active' && action.status !== 'suspended' && action.status !== 'closed')
    return wrongState(action);
  const { what, forWhom, howMuch, contribution, otherExplanations, strength, evaluation } = command;
  if (evaluation !== undefined && !action.evaluations.includes(evaluation))
    return reject('basis-unknown', { kind: 'evaluation', ref: evaluation });
  return {
    type: 'ContributionStated',
    data: {
      what,
      forWhom,
      ...(howMuch !== undefined && { howMuch }),
      contribution,
      otherExplanations,
      strength,
      ...(evaluation !== undefined && { evaluation }),
    },
  };
};
