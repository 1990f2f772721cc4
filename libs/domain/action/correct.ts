import {
  asOccurrence,
  canonical,
  isDay,
  isMoment,
  nothing,
  type DecisionContext,
  type Instant,
  type Json,
} from '#kernel';
import { network } from '../network/state.ts';
import { shareFact } from '../order.ts';
import { holds, person } from '../person/state.ts';
import { reject, unknown, type Rejection } from '../rejections.ts';
import type { CorrectRecord } from './commands.ts';
import type { ActionEvent } from './events.ts';
import { wrongState, type Decider } from './guards.ts';
import { touched, type Known, type Past } from './state.ts';

/** What the right value of a correctable member is. */
const KINDS = {
  text: (value: Json): boolean => typeof value === 'string',
  localized: (value: Json): boolean => typeof value === 'object',
  day: (value: Json): boolean => typeof value === 'string' && isDay(value),
  moment: (value: Json): boolean => typeof value === 'string' && isMoment(value),
} as const;
type Kind = keyof typeof KINDS;

type Correctable = {
  readonly [E in ActionEvent as E['type']]: { readonly [M in keyof E['data'] | 'occurredAt']?: Kind };
};

/**
 * What may be corrected of each type of event: when it happened, and words that describe. Never money, never what a status,
 * another stream or a rule hangs on; those are changed by deciding anew. Not `occurredAt` where it is not this record's own:
 * of the outcome of a decision (the decision's), of a broadening (the children's too), and of a suspension and its end (the
 * days between them are recorded).
 */
const CORRECTABLE: Correctable = {
  ActionProposed: { occurredAt: 'moment', title: 'localized', intendedChange: 'text' },
  ProposalRevised: { occurredAt: 'moment' },
  ActionApproved: {},
  ActionApprovedWithConditions: {},
  ActionDeclined: {},
  ActionDeferred: {},
  ActionWithdrawn: { occurredAt: 'moment' },
  ApprovalConditionMet: { occurredAt: 'moment' },
  LeadAssigned: { occurredAt: 'moment' },
  LeadTransferred: { occurredAt: 'moment', handOver: 'text' },
  ActionStarted: { occurredAt: 'moment' },
  ActionAdjusted: { occurredAt: 'moment' },
  ActionSuspended: { expectedUntil: 'day' },
  ActionResumed: { note: 'text' },
  ActionEvaluated: { occurredAt: 'moment', method: 'text' },
  NextStepDeclined: { occurredAt: 'moment' },
  ActionBroadened: {},
  BroadeningRefused: {},
  ActionClosed: { occurredAt: 'moment' },
  ActionReopened: { occurredAt: 'moment' },
  PartnerJoined: { occurredAt: 'moment', role: 'text' },
  PartnerLeft: { occurredAt: 'moment' },
  PartnerRoleChanged: { occurredAt: 'moment', role: 'text' },
  ObjectiveLinked: { occurredAt: 'moment' },
  ObjectiveUnlinked: { occurredAt: 'moment' },
  ActionsLinked: { occurredAt: 'moment' },
  MovedToGroup: { occurredAt: 'moment' },
  ObstacleAdded: { occurredAt: 'moment', text: 'text' },
  MilestoneRecorded: { occurredAt: 'moment', text: 'text', date: 'day' },
  ContributionStated: {
    occurredAt: 'moment',
    what: 'text',
    forWhom: 'text',
    howMuch: 'text',
    contribution: 'text',
    otherExplanations: 'text',
  },
  InKindContributed: { occurredAt: 'moment', what: 'text', method: 'text' },
  EvidenceAttached: { occurredAt: 'moment', note: 'text' },
  FundingRequested: { occurredAt: 'moment', purpose: 'text' },
  GrantLinked: {},
  RecordCorrected: {},
};

/** In every state: a second person of the back office confirms, and who corrects says what stands there now. */
export const correct: Decider<CorrectRecord> = (command, action, context) => {
  if (action.status === 'none') return wrongState(action);
  const { event: id, field, confirmedBy } = command;
  const wrong = action.history.find((past) => past.id === id);
  if (wrong === undefined) return unknown('event', id);
  const { look, actor, now } = context;
  if (confirmedBy === actor.subject || !holds(look(person, confirmedBy), 'back-office', action.network, now))
    return reject('second-person-required', { confirmedBy });
  const kinds: Readonly<Record<string, Kind | undefined>> = CORRECTABLE[wrong.type];
  const kind = Object.hasOwn(kinds, field) ? kinds[field] : undefined;
  if (kind === undefined || !KINDS[kind](command.to))
    return reject('not-correctable', { type: wrong.type, field, kind: kind ?? null });
  const present = presentValue(wrong, field);
  const [from, to] = [normal(command.from, kind), normal(command.to, kind)];
  if (canonical(from) !== canonical(present)) return reject('value-differs', { field, present });
  if (canonical(to) === canonical(present)) return nothing;
  const misdated = kind === 'moment' ? outOfOrder(action, wrong, to as Instant, context) : undefined;
  return misdated ?? { type: 'RecordCorrected', data: { event: id, field, from, to, confirmedBy } };
};

const presentValue = ({ occurredAt, data }: Past, field: string): Json =>
  field === 'occurredAt' ? occurredAt : ((data as Readonly<Record<string, Json>>)[field] ?? null);

const normal = (value: Json, kind: Kind): Json =>
  kind === 'moment' && typeof value === 'string' && isMoment(value) ? asOccurrence(value) : value;

/**
 * Nothing before the network or before the action's first event, nothing in the future; changes of status, and of one fact,
 * in their order.
 */
function outOfOrder(
  action: Known,
  wrong: Past,
  occurredAt: Instant,
  { look, now }: DecisionContext,
): Rejection | undefined {
  if (occurredAt > now) return reject('occurred-in-future', { occurredAt, now });
  const home = look(network, action.network);
  if (home.status !== 'none' && occurredAt < home.foundedAt)
    return reject('before-network-start', { occurredAt, start: home.foundedAt });
  const place = action.history.indexOf(wrong);
  const isBound = (past: Past): boolean =>
    (wrong.changesStatus && past.changesStatus) || shareFact(touchedBy(wrong), touchedBy(past));
  const before = action.history.slice(0, place).filter((past, index) => index === 0 || isBound(past));
  const later = action.history.slice(place + 1).filter((past) => place === 0 || isBound(past));
  const notBefore =
    before
      .map((past) => past.occurredAt)
      .sort()
      .at(-1) ?? null;
  const notAfter = later.map((past) => past.occurredAt).sort()[0] ?? null;
  return (notBefore !== null && occurredAt < notBefore) || (notAfter !== null && notAfter < occurredAt)
    ? reject('out-of-order', { occurredAt, notBefore, notAfter })
    : undefined;
}

const touchedBy = ({ type, data }: Past): readonly string[] => touched({ type, data } as ActionEvent);
