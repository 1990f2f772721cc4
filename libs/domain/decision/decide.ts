import { asMoment, dayStart, isRejected, nothing, type Aggregate, type DecisionContext, type Instant } from '#kernel';
import { action } from '../action/state.ts';
import { agenda } from '../agenda/state.ts';
import { group, ruleAt } from '../group/state.ts';
import { meeting } from '../meeting/state.ts';
import { grant } from '../grant/state.ts';
import { indicator } from '../indicator/state.ts';
import { organisation } from '../organisation/state.ts';
import { recommendation } from '../recommendation/state.ts';
import { reject, unknown, type Decide, type Rejection } from '../rejections.ts';
import { authority, notBefore } from '../authority.ts';
import { improper, lacksSupport } from './ballot.ts';
import type { AmendDecision, AnnulDecision, RecordDecision } from './commands.ts';
import type { DecisionEvent, Subject } from './events.ts';
import { approves, decision as decisionAggregate, type Decision, type RecordedDecision } from './state.ts';

type Decider<C> = Decide<C, Decision, DecisionEvent>;
type Look = DecisionContext['look'];

/** DEC-2: the body's quorum and rule on the date of the decision are looked up, hold, and are stored with the decision. */
export const record: Decider<RecordDecision> = (command, decision, context) => {
  if (decision.status !== 'none') return nothing;
  const { look } = context;
  const body = look(group, command.body);
  if (body.status !== 'running' || body.network !== command.network) return unknown('body', command.body);
  const inForce = ruleAt(body, context.occurredAt);
  if (inForce === undefined) return reject('no-decision-rule', { body: command.body });
  const subjects = onTheTable(command, look);
  if (isRejected(subjects)) return subjects;
  const ballot = { present: command.present, votes: command.votes ?? [], conflicts: command.conflicts ?? [] };
  const refusal =
    foreignMeeting(command, look) ??
    improper(ballot, inForce) ??
    (approves(command.outcome) ? lacksSupport(ballot, inForce) : undefined) ??
    contradictory(command);
  if (refusal !== undefined) return refusal;
  const { quorum, rule, seats: entitled } = inForce;
  return {
    type: 'DecisionRecorded',
    data: { ...said(command), subjects, ...ballot, quorum, rule, entitled, ...moments(command, context) },
  };
};

/** What the decision says in its own words. */
const said = (command: RecordDecision) => ({
  body: command.body,
  mode: command.mode,
  ...(command.meeting !== undefined && { meeting: command.meeting }),
  proposal: command.proposal,
  alternatives: command.alternatives ?? [],
  outcome: command.outcome,
  conditions: command.conditions ?? [],
  dissent: command.dissent ?? [],
  rationale: command.rationale,
  grounds: command.grounds ?? [],
  ...(command.reviewDate !== undefined && { reviewDate: command.reviewDate }),
  ...(command.deferredUntil !== undefined && { deferredUntil: command.deferredUntil }),
  ...(command.missingInformation !== undefined && { missingInformation: command.missingInformation }),
  waives: command.waives ?? [],
});

/** It holds from its date or later; and nobody knows what is not recorded yet. */
function moments(
  { effectiveFrom, knownAt }: RecordDecision,
  { occurredAt, now }: DecisionContext,
): { readonly effectiveAt: Instant; readonly knownAt: Instant } {
  const start = effectiveFrom === undefined ? occurredAt : dayStart(effectiveFrom);
  const known = knownAt === undefined ? occurredAt : asMoment(knownAt);
  return { effectiveAt: start > occurredAt ? start : occurredAt, knownAt: known < now ? known : now };
}

/** A decision of a meeting belongs to a meeting of that body, and who decided was there, once its attendance is recorded. */
function foreignMeeting({ mode, meeting: id, body, present }: RecordDecision, look: Look): Rejection | undefined {
  if (id === undefined) return mode === 'meeting' ? reject('unknown-reference', { member: 'meeting' }) : undefined;
  const there = look(meeting, id);
  if (there.status === 'none' || there.status === 'cancelled' || there.body !== body) return unknown('meeting', id);
  const absent = there.present.length === 0 ? undefined : present.find((one) => !there.present.includes(one));
  return absent === undefined ? undefined : reject('absent-from-meeting', { organisation: absent });
}

/** What goes with one outcome only. */
function contradictory(command: RecordDecision): Rejection | undefined {
  const { outcome, conditions = [], deferredUntil, missingInformation } = command;
  const conditional = outcome === 'approve-with-conditions';
  if (conditional && conditions.length === 0) return reject('conditions-missing');
  if (!conditional && conditions.length > 0) return reject('wrong-outcome', { outcome, member: 'conditions' });
  const deferral = deferredUntil !== undefined || missingInformation !== undefined;
  if (outcome === 'defer' && !deferral) return reject('reason-required', { member: 'missingInformation' });
  if (outcome !== 'defer' && deferral) return reject('wrong-outcome', { outcome, member: 'deferredUntil' });
  return undefined;
}

/** The subjects as they lie there: each once, in this network, an action with a version of its proposal that is written. */
function onTheTable({ subjects, network }: RecordDecision, look: Look): readonly Subject[] | Rejection {
  const found: Subject[] = [];
  for (const given of subjects) {
    const { kind, id } = given;
    if (id !== undefined && found.some((other) => other.kind === kind && other.id === id))
      return unknown('subjects', id);
    const subject = subjectOf(given, network, look);
    if (isRejected(subject)) return subject;
    found.push(subject);
  }
  return found;
}

type Owned = { readonly status: 'none' } | { readonly status: 'there'; readonly network: string };
/** What belongs to a network and is decided on as a whole. */
const OWNED = { agenda, grant, indicator, recommendation, decision: decisionAggregate };

function subjectOf(subject: Subject, network: string, look: Look): Subject | Rejection {
  const { kind, id } = subject;
  if (kind === 'policy-initiative' || kind === 'other') return subject;
  if (id === undefined) return reject('unknown-reference', { member: 'subjects', kind });
  if (kind === 'membership') return look(organisation, id).status === 'none' ? unknown('subjects', id) : subject;
  if (kind === 'action') {
    const proposal = look(action, id);
    if (proposal.status === 'none' || proposal.network !== network) return unknown('subjects', id);
    const { proposalVersion = proposal.proposalVersion } = subject;
    return proposalVersion >= 1 && proposalVersion <= proposal.proposalVersion
      ? { ...subject, proposalVersion }
      : unknown('subjects', id);
  }
  const there = look(OWNED[kind] as Aggregate<Owned>, id);
  return there.status === 'none' || there.network !== network ? unknown('subjects', id) : subject;
}

/** DEC-1: a decision changes by a later decision about it, and by nothing else. */
export const amend: Decider<AmendDecision> = ({ decisionRef, change }, decision, context) => {
  if (decision.status === 'none' || decision.status === 'annulled')
    return reject('invalid-state', { status: decision.status });
  const later = laterDecision(decisionRef, decision, context);
  if (isRejected(later)) return later;
  return {
    type: 'DecisionAmended',
    data: { by: decisionRef!, change },
    ...notBefore(later, context.occurredAt),
  };
};

/** DEC-1. What rests on it stays as it is and shows on the work list. */
export const annul: Decider<AnnulDecision> = ({ decisionRef }, decision, context) => {
  if (decision.status === 'annulled') return nothing;
  if (decision.status === 'none') return reject('invalid-state', { status: decision.status });
  const later = laterDecision(decisionRef, decision, context);
  if (isRejected(later)) return later;
  return { type: 'DecisionAnnulled', data: { by: decisionRef! }, ...notBefore(later, context.occurredAt) };
};

function laterDecision(
  decisionRef: string | undefined,
  earlier: RecordedDecision,
  { look, id }: DecisionContext,
): RecordedDecision | Rejection {
  const later = authority(look, decisionRef, { kind: 'decision', id, network: earlier.network });
  if (isRejected(later)) return later;
  if (!approves(later.outcome)) return reject('wrong-outcome', { outcome: later.outcome });
  return later.decidedAt < earlier.decidedAt
    ? reject('out-of-order', { occurredAt: later.decidedAt, notBefore: earlier.decidedAt })
    : later;
}
