import type { AddObstacle, AttachEvidence, RecordMilestone, RequestFunding } from './commands.ts';
import { isOpen, wrongState, type Decider } from './guards.ts';

export const addObstacle: Decider<AddObstacle> = ({ class: kind, text, confidential }, action) =>
  isOpen(action) ? { type: 'ObstacleAdded', data: { class: kind, text, confidential } } : wrongState(action);

export const recordMilestone: Decider<RecordMilestone> = ({ text, date }, action) =>
  isOpen(action) ? { type: 'MilestoneRecorded', data: { text, date } } : wrongState(action);

export const attachEvidence: Decider<AttachEvidence> = ({ note }, action) =>
  isOpen(action) ? { type: 'EvidenceAttached', data: note === undefined ? {} : { note } } : wrongState(action);

export const requestFunding: Decider<RequestFunding> = ({ amountCents, purpose }, action) =>
  isOpen(action) ? { type: 'FundingRequested', data: { amountCents, purpose } } : wrongState(action);
