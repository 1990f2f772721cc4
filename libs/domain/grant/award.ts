import { floorShare, isRejected, nothing, sum, uuidv5, type DecisionContext } from '#kernel';
import type { PeriodGiven } from '../commands.ts';
import { network as networkAggregate } from '../network/state.ts';
import { organisation } from '../organisation/state.ts';
import { reject, unknown, type Rejection } from '../rejections.ts';
import { scheme as schemeAggregate, versionOn, type SchemeTerms } from '../scheme/state.ts';
import { areaId, reservations, workingArea } from '../working-area/state.ts';
import { totalOf } from './books.ts';
import type {
  AmendAward,
  ApplyForGrant,
  AwardApplication,
  AwardGrant,
  GrantConditionGiven,
  InstalmentGiven,
  RefuseApplication,
} from './commands.ts';
import type { Award, GrantCondition, Instalment } from './events.ts';
import { isOpen, overOrWrong, reversed, wrongState, type Decider } from './guards.ts';
import type { Grant } from './state.ts';

type Look = DecisionContext['look'];

/** A scheme that runs, with the version that holds when the period begins. */
function termsOf(look: Look, id: string, { from }: PeriodGiven) {
  const scheme = look(schemeAggregate, id);
  if (scheme.status !== 'running') return unknown('scheme', id);
  return versionOn(scheme, from) ?? reject('scheme-not-valid', { scheme: id, day: from });
}

export const apply: Decider<ApplyForGrant> = (command, grant, { look, id }) => {
  if (grant.status !== 'none') return nothing;
  const { network, title, scheme, area = null, requestedCents, period } = command;
  if (look(networkAggregate, network).status !== 'running') return unknown('network', network);
  const found = reversed(period) ?? termsOf(look, scheme, period);
  if (isRejected(found)) return found;
  const taken = withoutArea(found.terms, area) ?? alreadyFunded(look, found.terms, { scheme, area, period, grant: id });
  return taken ?? { type: 'GrantApplied', data: { title, scheme, area, requestedCents, period } };
};

export const refuse: Decider<RefuseApplication> = (_command, grant) => {
  if (grant.status === 'refused') return nothing;
  return grant.status === 'applied' ? { type: 'ApplicationRefused', data: {} } : wrongState(grant);
};

export const award: Decider<AwardGrant> = (command, grant, context) => {
  if (grant.status !== 'none') return nothing;
  const { area = null, ...said } = command;
  if (context.look(networkAggregate, said.network).status !== 'running') return unknown('network', said.network);
  return awarding({ ...said, area }, grant, context);
};

export const awardApplication: Decider<AwardApplication> = ({ period, ...said }, grant, context) => {
  if (grant.status !== 'applied') return wrongState(grant);
  const { network, title, scheme, area } = grant;
  return awarding({ ...said, network, title, scheme, area, period: period ?? grant.period }, grant, context);
};

type Said = Omit<AwardGrant, 'area'> & { readonly area: string | null };

/** A scheme that allows one grant in a working area has it reserved first: no two are awarded at once. */
function awarding(said: Said, grant: Grant, context: DecisionContext): ReturnType<Decider<AwardGrant>> {
  const { look, id, eventId, actor } = context;
  const { network, funder, scheme, period, area, conditions = [] } = said;
  if (actor.role === 'funder' && actor.organisation !== undefined && actor.organisation !== funder)
    return reject('forbidden', { role: 'funder', allowed: ['finance'] });
  if (look(organisation, funder).status !== 'active') return unknown('funder', funder);
  const found = reversed(period) ?? termsOf(look, scheme, period);
  if (isRejected(found)) return found;
  const lacking = withoutArea(found.terms, area);
  if (lacking !== undefined) return lacking;
  const fit = fittingInstalments(said.instalments, found.terms, conditions, said.amountCents);
  if (isRejected(fit)) return fit;
  const { title, amountCents, funderDecision, externalCodes = [] } = said;
  const data: Award = {
    title,
    funder,
    scheme,
    schemeVersion: found.version,
    terms: found.terms,
    amountCents,
    period,
    area,
    funderDecision,
    conditions: conditions.map(conditionOf),
    instalments: fit,
    externalCodes,
  };
  if (area === null || !found.terms.oneGrantPerArea) return { type: 'GrantAwarded', data };
  const taken = alreadyFunded(look, found.terms, { scheme, area, period, grant: id });
  if (taken !== undefined) return taken;
  const claim = claimOf(eventId, ['area', scheme, area, period.from, period.until], grant);
  const event = { type: 'GrantAwarded', data: { ...data, claim } } as const;
  const reserved = look(workingArea, areaId(scheme, area)).claims.some((one) => one.claim === claim);
  if (reserved) return event;
  return {
    first: { command: 'ReserveArea', body: { scheme, area, network, grant: id, claim, period }, key: claim },
    then: event,
  };
}

/**
 * The name of the claim that an event books: of what it claims, for who comes again with the same key may ask for something
 * else after a crash; and another one when the former was lapsed.
 */
export function claimOf(eventId: string, what: readonly (string | number)[], { lapsed }: Grant): string {
  let claim: string;
  let times = 0;
  do claim = uuidv5(eventId, ...what.map(String), String(times++));
  while (lapsed.includes(claim));
  return claim;
}

/** Where a working area takes one grant, an application and an award say which. */
const withoutArea = ({ oneGrantPerArea }: SchemeTerms, area: string | null): Rejection | undefined =>
  oneGrantPerArea && area === null ? reject('area-required', { member: 'area' }) : undefined;

function alreadyFunded(
  look: Look,
  terms: SchemeTerms,
  asked: {
    readonly scheme: string;
    readonly area: string | null;
    readonly period: PeriodGiven;
    readonly grant: string;
  },
): Rejection | undefined {
  if (asked.area === null || !terms.oneGrantPerArea) return undefined;
  const { scheme, area, period, grant } = asked;
  const held = reservations(look(workingArea, areaId(scheme, area)), period, look).find(
    (one) => one.state === 'booked' && one.grant !== grant,
  );
  return held === undefined ? undefined : reject('area-already-funded', { scheme, area, ...held.period });
}

const conditionOf = ({ code, text, kind = 'other', sectors = [], agreement }: GrantConditionGiven): GrantCondition => ({
  code,
  text,
  kind,
  sectors,
  ...(agreement !== undefined && { agreement }),
});

export const instalmentOf = ({ code, amountCents, share, dueOn, requires }: InstalmentGiven): Instalment => ({
  code,
  cents: amountCents ?? null,
  share: share ?? null,
  dueOn: dueOn ?? null,
  requires: requires ?? [],
});

/** Each requires conditions that there are; what is fixed in cents does not exceed the award. */
function fittingInstalments(
  given: readonly InstalmentGiven[] | undefined,
  { instalments: planned }: SchemeTerms,
  conditions: readonly GrantConditionGiven[],
  awardCents: number,
): readonly Instalment[] | Rejection {
  const instalments =
    given?.map(instalmentOf) ??
    planned.map(({ code, share }) => ({ code, cents: null, share, dueOn: null, requires: [] }));
  const codes = conditions.map(({ code }) => code);
  const wrong = instalments.map((one) => unfit(one, codes)).find((one) => one !== undefined);
  if (wrong !== undefined) return wrong;
  return overAward(instalments, awardCents) ?? instalments;
}

/** What is fixed and what is a share do not come to more than the award; the balance is what they leave. */
export function overAward(
  instalments: readonly Pick<Instalment, 'cents' | 'share'>[],
  awardCents: number,
): Rejection | undefined {
  const plannedCents = sum(
    instalments.map(({ cents, share }) => cents ?? (share === null ? 0 : floorShare(awardCents, share))),
  );
  return plannedCents > awardCents ? reject('instalments-over-award', { plannedCents, awardCents }) : undefined;
}

export function unfit(
  { code, cents, share, requires }: Instalment,
  conditions: readonly string[],
): Rejection | undefined {
  if (cents !== null && share !== null) return reject('instalment-unclear', { code });
  if (share !== null && share.num > share.den) return reject('share-over-whole', { member: 'instalments' });
  const missing = requires.find((one) => !conditions.includes(one));
  return missing === undefined ? undefined : reject('unknown-condition', { condition: missing });
}

export const amend: Decider<AmendAward> = ({ deltaCents, funderDecision }, grant) => {
  if (!isOpen(grant)) return overOrWrong(grant);
  if (deltaCents === 0) return reject('nothing-changed');
  const availableCents = totalOf(grant.books, 'unallocated');
  if (-deltaCents > availableCents)
    return reject('insufficient-unallocated', { askedCents: -deltaCents, availableCents });
  return { type: 'AwardAmended', data: { deltaCents, funderDecision } };
};

/** What an instalment comes to now: a share of the award is rounded down; the balance is what is left of it. */
export function instalmentCents(
  { cents, share }: Pick<Instalment, 'cents' | 'share'>,
  { awardCents, takenCents }: { readonly awardCents: number; readonly takenCents: number },
): number {
  if (cents !== null) return cents;
  return share === null ? Math.max(0, awardCents - takenCents) : floorShare(awardCents, share);
}
