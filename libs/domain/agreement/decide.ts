import { nothing, type DecisionContext } from '#kernel';
import { action } from '../action/state.ts';
import { calendarId, calendar as calendarAggregate, claiming } from '../agreement-calendar/state.ts';
import { network as networkAggregate } from '../network/state.ts';
import { organisation as organisationAggregate } from '../organisation/state.ts';
import { reject, unknown, type Decide, type Rejection } from '../rejections.ts';
import { scheme as schemeAggregate } from '../scheme/state.ts';
import type {
  ApproveAgreement,
  DraftAgreement,
  EnterAgreementIntoForce,
  LapseAgreementClaim,
  RefuseAgreement,
  SignAgreement,
  SubmitAgreement,
  TerminateAgreement,
} from './commands.ts';
import type { AgreementEvent } from './events.ts';
import { agreement as agreementAggregate, claimOf, lapsing, type Agreement } from './state.ts';

type Decider<C> = Decide<C, Agreement, AgreementEvent>;
type Objection = Rejection | undefined;
const wrongState = (agreement: Agreement) => reject('invalid-state', { status: agreement.status });

/** For one network and scheme the periods of agreements do not overlap: the room is claimed on their calendar first. */
export const draft: Decider<DraftAgreement> = (command, agreement, context) => {
  if (agreement.status !== 'none') return nothing;
  const objection = incomplete(command) ?? unknownIn(command, context) ?? withoutPredecessor(command, context);
  if (objection !== undefined) return objection;
  const { network, kind, title, period, parties, scheme = null } = command;
  const { thirdParties = [], withNetworks = [], succeeds = null, objectives = null, actions = [] } = command;
  const drafted: AgreementEvent = {
    type: 'AgreementDrafted',
    data: { kind, title, period, parties, thirdParties, withNetworks, scheme, succeeds, objectives, actions },
  };
  if (scheme === null) return drafted;
  const { look, id } = context;
  const { from, until } = period;
  const claim = claimOf(id, agreement);
  const held = look(calendarAggregate, calendarId(network, scheme)).claims[id];
  if (held?.claim !== claim)
    return { first: claiming({ network, scheme, agreement: id, claim, from, ...(until && { until }) }), then: drafted };
  // Claimed by an earlier try with another body, of which no draft came.
  if (held.from !== from || held.until !== until)
    return { first: lapsing({ agreement: id, network, claim }), then: drafted };
  return drafted;
};

/** What each kind must say, and what makes no sense alone. */
function incomplete({ kind, period, scheme, withNetworks = [], succeeds, objectives }: DraftAgreement): Objection {
  const { from, until } = period;
  if (until !== undefined && until < from) return reject('period-reversed', { from, until });
  const missing = (member: string): Rejection => reject('agreement-incomplete', { kind, member });
  if (kind === 'scheme-period' && scheme === undefined) return missing('scheme');
  if (kind === 'inter-network' && withNetworks.length === 0) return missing('withNetworks');
  if (objectives === undefined) return undefined;
  if (succeeds === undefined) return missing('succeeds');
  const both = objectives.carriedOver.find((code) => objectives.ended.includes(code));
  return both === undefined ? undefined : reject('objective-carried-and-ended', { objective: both });
}

function unknownIn(command: DraftAgreement, { look }: DecisionContext): Objection {
  const { network, scheme, parties, withNetworks = [], actions = [] } = command;
  const isRunning = (id: string): boolean => look(networkAggregate, id).status === 'running';
  const isOfNetwork = (id: string): boolean => {
    const found = look(action, id);
    return found.status !== 'none' && found.network === network;
  };
  if (!isRunning(network)) return unknown('network', network);
  if (scheme !== undefined && look(schemeAggregate, scheme).status === 'none') return unknown('scheme', scheme);
  const stranger = parties.find((id) => look(organisationAggregate, id).status !== 'active');
  if (stranger !== undefined) return unknown('parties', stranger);
  const other = withNetworks.find((id) => id === network || !isRunning(id));
  if (other !== undefined) return unknown('withNetworks', other);
  const foreign = actions.find((id) => !isOfNetwork(id));
  return foreign === undefined ? undefined : unknown('actions', foreign);
}

/** What it succeeds is an agreement of the same network and scheme that was not refused and began earlier. */
function withoutPredecessor(command: DraftAgreement, { look }: DecisionContext): Objection {
  const { network, period, scheme = null, succeeds } = command;
  if (succeeds === undefined) return undefined;
  const former = look(agreementAggregate, succeeds);
  const isFormer =
    former.status !== 'none' &&
    former.status !== 'refused' &&
    former.network === network &&
    former.scheme === scheme &&
    former.period.from < period.from;
  return isFormer ? undefined : unknown('succeeds', succeeds);
}

/** Who is no party yet joins by signing. */
export const sign: Decider<SignAgreement> = ({ organisation }, agreement, { look }) => {
  if (agreement.status === 'none' || agreement.status === 'refused' || agreement.status === 'terminated')
    return wrongState(agreement);
  if (agreement.signatories.includes(organisation)) return nothing;
  if (look(organisationAggregate, organisation).status !== 'active') return unknown('organisation', organisation);
  return { type: 'AgreementSigned', data: { organisation } };
};

export const submit: Decider<SubmitAgreement> = (_command, agreement) => {
  if (agreement.status === 'submitted') return nothing;
  return agreement.status === 'drafted' ? { type: 'AgreementSubmitted', data: {} } : wrongState(agreement);
};

export const approve: Decider<ApproveAgreement> = (_command, agreement) => {
  if (agreement.status === 'approved') return nothing;
  return agreement.status === 'submitted' ? { type: 'AgreementApproved', data: {} } : wrongState(agreement);
};

export const refuse: Decider<RefuseAgreement> = ({ reason }, agreement) => {
  if (agreement.status === 'refused') return nothing;
  if (agreement.status !== 'submitted') return wrongState(agreement);
  return reason === undefined ? reject('reason-required') : { type: 'AgreementRefused', data: {} };
};

/** Only who funds a scheme approves a period under it; what partners agree among themselves needs nobody's approval. */
export const enterIntoForce: Decider<EnterAgreementIntoForce> = (_command, agreement) => {
  if (agreement.status === 'in-force') return nothing;
  const isAgreed =
    agreement.status === 'approved' || (agreement.status === 'drafted' && agreement.kind !== 'scheme-period');
  if (!isAgreed) return wrongState(agreement);
  return agreement.signatories.length === 0
    ? reject('signature-required')
    : { type: 'AgreementEnteredIntoForce', data: {} };
};

/** Conditions of grants that rest on it fall back: the process puts them at risk. */
export const terminate: Decider<TerminateAgreement> = ({ reason }, agreement, { look, id }) => {
  if (agreement.status === 'terminated') return nothing;
  if (agreement.status !== 'in-force') return wrongState(agreement);
  if (reason === undefined) return reject('reason-required');
  const home = look(networkAggregate, agreement.network);
  const watched = home.status === 'none' ? [] : home.watched;
  const uncovered = watched
    .filter((one) => one.agreement === id)
    .map(({ grant, condition, sectors }) => ({ grant, condition, sectors }));
  return { type: 'AgreementTerminated', data: uncovered.length > 0 ? { uncovered } : {} };
};

/**
 * A draft under a claim and the lapse of that claim stand in one stream, so one of them comes first. The lapse holds as early
 * as anything in the network can, for nothing happens before the first event of its stream, and the draft may be of long ago.
 */
export const lapse: Decider<LapseAgreementClaim> = ({ network, claim }, agreement, { look, id, occurredAt }) => {
  if (agreement.status !== 'none' || claim !== claimOf(id, agreement)) return nothing;
  const home = look(networkAggregate, network);
  return {
    type: 'AgreementClaimLapsed',
    data: { claim },
    occurredAt: home.status === 'none' ? occurredAt : home.foundedAt,
  };
};
