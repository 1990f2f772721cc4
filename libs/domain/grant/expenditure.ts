import { floorShare, got, halfUpShare, isRejected, sum, type DecisionContext } from '#kernel';
import { document as documentAggregate, documentId } from '../document/state.ts';
import { reject, unknown, type Rejection } from '../rejections.ts';
import { secondment, secondmentsOf } from '../secondment/state.ts';
import { claimOf } from './award.ts';
import type { RecordExpenditure, RecordSimplifiedCost, SplitGiven, StaffGiven } from './commands.ts';
import type { GrantEvent, Purpose, Split, SupportingDocument } from './events.ts';
import {
  commitmentOf,
  ineligible,
  isRunning,
  notAllocated,
  notCommitted,
  outside,
  overOrWrong,
  purposeOf,
  reversed,
  supplierOf,
  type Decider,
} from './guards.ts';
import { eligibleLeft, lumpOf, type AwardedGrant } from './state.ts';

type Recorded = Extract<GrantEvent, { readonly type: 'ExpenditureRecorded' }>;

/**
 * An expenditure books what its supporting document was claimed for (LED-4), and where it is the pay of a seconded person, the
 * share of their time (LED-8): both are claimed first, over all grants of all networks.
 */
export const recordExpenditure: Decider<RecordExpenditure> = (command, grant, context) => {
  if (!isRunning(grant)) return overOrWrong(grant);
  const booking = bookingOf(command, grant, context);
  if (isRejected(booking)) return booking;
  const when = whenOf(command);
  return claimedStaff(booking, when, grant, context) ?? claimedDocument(booking, when, grant, context) ?? booking;
};

/** Everything but the claims. */
function bookingOf(
  command: RecordExpenditure,
  grant: AwardedGrant,
  { look, eventId }: DecisionContext,
): Recorded | Rejection {
  const { commitment, period, eligibleCents, valuation, staff } = command;
  const purpose = sourceOf(command, grant);
  if (isRejected(purpose)) return purpose;
  const supporting = documentOf(command);
  if (isRejected(supporting)) return supporting;
  const split = splitOf(command.split, eligibleCents, grant);
  const objection =
    reversed(period) ??
    ineligible(grant, purpose) ??
    outside(look, grant, purpose, period) ??
    (eligibleCents > supporting.grossCents
      ? reject('eligible-over-gross', { eligibleCents, grossCents: supporting.grossCents })
      : undefined) ??
    wrongSplit(split, eligibleCents, grant) ??
    (split.inKindCents + split.solidarityCents > 0 && valuation === undefined
      ? reject('valuation-required', { member: 'valuation' })
      : undefined) ??
    (commitment === undefined
      ? notAllocated(grant, purpose, split.grantCents)
      : notCommitted(grant, commitment, split.grantCents));
  if (objection !== undefined) return objection;
  const document = documentId(supporting);
  const twice = bookedTwice(document, supporting, eligibleCents, grant, look);
  if (twice !== undefined) return twice;
  const claim = claimOf(eventId, ['document', document, split.grantCents], grant);
  const charge = (one: StaffGiven) => ['staff', one.secondee, period.from, period.until, one.shareBp];
  return {
    type: 'ExpenditureRecorded',
    data: {
      ...purpose,
      ...(commitment !== undefined && { commitment }),
      document,
      supporting,
      claim,
      period,
      eligibleCents,
      split,
      ...(valuation !== undefined && { valuation }),
      ...(staff !== undefined && {
        staff: { secondee: staff.secondee, shareBp: staff.shareBp, claim: claimOf(eventId, charge(staff), grant) },
      }),
    },
  };
}

/** Parts of a document may be booked one by one, but in one grant not more of it than there is: each part bears its rate (LED-5). */
function bookedTwice(
  document: string,
  { grossCents }: SupportingDocument,
  eligibleCents: number,
  grant: AwardedGrant,
  look: DecisionContext['look'],
): Rejection | undefined {
  const known = look(documentAggregate, document);
  const booked = known.status === 'none' ? [] : known.claims.map(({ claim }) => got(grant.booked, claim) ?? '');
  const standing = booked.flatMap((id) => got(grant.expenditures, id) ?? []).map(eligibleLeft);
  const availableCents = Math.max(0, grossCents - sum(standing));
  return eligibleCents > availableCents
    ? reject('double-funding', { document, askedCents: eligibleCents, availableCents })
    : undefined;
}

/** From the commitment that is named, or from what is allocated to the action. */
function sourceOf({ commitment, action, category }: RecordExpenditure, grant: AwardedGrant): Purpose | Rejection {
  if (commitment === undefined)
    return action === undefined
      ? reject('source-required', { member: 'commitment' })
      : purposeOf({ action, ...(category !== undefined && { category }) });
  const found = commitmentOf(grant, commitment);
  if (isRejected(found)) return found;
  return action !== undefined && action !== found.action
    ? unknown('action', action)
    : { action: found.action, category: found.category };
}

function documentOf({ document }: RecordExpenditure): SupportingDocument | Rejection {
  const { number, date, grossCents, sha256 } = document;
  const supplier = supplierOf(document.supplier);
  return isRejected(supplier) ? supplier : { supplier, number, date, grossCents, sha256 };
}

/** By default the scheme's share from the grant, rounded down, and the rest own means. */
function splitOf(given: SplitGiven | undefined, eligibleCents: number, { terms }: AwardedGrant): Split {
  const grantCents = given?.grantCents ?? floorShare(eligibleCents, terms.maxPublicShare);
  return {
    grantCents,
    ownCents: given === undefined ? eligibleCents - grantCents : (given.ownCents ?? 0),
    otherGrantCents: given?.otherGrantCents ?? 0,
    solidarityCents: given?.solidarityCents ?? 0,
    inKindCents: given?.inKindCents ?? 0,
  };
}

/** LED-4: the lines add up to what is eligible. LED-5: public money stays below the scheme's share of it. */
function wrongSplit(split: Split, eligibleCents: number, { terms }: AwardedGrant): Rejection | undefined {
  const splitCents = sum(Object.values(split));
  if (splitCents !== eligibleCents) return reject('split-mismatch', { member: 'split', splitCents, eligibleCents });
  const mostCents = floorShare(eligibleCents, terms.maxPublicShare);
  const publicCents = split.grantCents + split.otherGrantCents;
  return publicCents > mostCents ? reject('rate-exceeded', { member: 'split', publicCents, mostCents }) : undefined;
}

type Prior = Exclude<ReturnType<Decider<RecordExpenditure>>, Recorded | Rejection | symbol>;

/** When it holds, as the client said it: were it the clock's time, who comes again with the same key would claim another thing. */
type When = Pick<RecordExpenditure, 'occurredAt'>;

const whenOf = ({ occurredAt }: When): When => (occurredAt === undefined ? {} : { occurredAt });

function claimedDocument(
  event: Recorded,
  when: When,
  { network }: AwardedGrant,
  { look, id }: DecisionContext,
): Prior | undefined {
  const { document, supporting, claim, split } = event.data;
  const known = look(documentAggregate, document);
  if (known.status === 'claimed' && known.claims.some((one) => one.claim === claim)) return undefined;
  const body = { document: supporting, grant: id, network, claim, grantCents: split.grantCents, ...when };
  return { first: { command: 'ClaimDocument', body, key: claim }, then: event };
}

function claimedStaff(
  event: Recorded,
  when: When,
  { network }: AwardedGrant,
  { look, id }: DecisionContext,
): Prior | undefined {
  const { staff, period } = event.data;
  if (staff === undefined) return undefined;
  const known = look(secondment, secondmentsOf(staff.secondee));
  if (known.status === 'known' && known.charges.some(({ claim }) => claim === staff.claim)) return undefined;
  const body = { ...staff, network, grant: id, from: period.from, until: period.until, ...when };
  return { first: { command: 'ChargeStaffCost', body, key: staff.claim }, then: event };
}

/** What a scheme lets reckon without documents; a base is reckoned on once by each method. */
export const recordSimplifiedCost: Decider<RecordSimplifiedCost> = (command, grant, { look }) => {
  if (!isRunning(grant)) return overOrWrong(grant);
  const { method, base = [], quantity = 0, period } = command;
  const purpose = purposeOf(command);
  const rule = grant.terms.simplifiedCosts.find(({ code }) => code === method);
  if (rule === undefined) return reject('unknown-method', { member: 'method', method });
  if ((rule.method === 'flat-rate') !== base.length > 0 || (rule.method === 'unit-cost') !== quantity > 0)
    return reject('base-unclear', { method, kind: rule.method });
  const baseCents = baseOf(method, base, grant);
  if (isRejected(baseCents)) return baseCents;
  if (rule.method === 'lump-sum' && got(grant.reckoned, lumpOf({ method, action: purpose.action, period })) === true)
    return reject('lump-sum-used', { method, action: purpose.action });
  const rounded = grant.terms.flatRateRounding === 'down' ? floorShare : halfUpShare;
  const eligibleCents =
    rule.method === 'flat-rate' ? rounded(baseCents, rule.rate!) : rule.amountCents! * Math.max(1, quantity);
  if (!Number.isSafeInteger(eligibleCents) || eligibleCents === 0)
    return reject('base-unclear', { method, kind: rule.method });
  const split = splitOf(undefined, eligibleCents, grant);
  return (
    reversed(period) ??
    ineligible(grant, purpose) ??
    outside(look, grant, purpose, period) ??
    notAllocated(grant, purpose, split.grantCents) ?? {
      type: 'SimplifiedCostRecorded',
      data: { ...purpose, method, base, baseCents, quantity, period, eligibleCents, split },
    }
  );
};

/** The total of what is still eligible of these expenditures: a flat rate is reckoned once, on the whole (LED-11). */
function baseOf(method: string, base: readonly string[], grant: AwardedGrant): number | Rejection {
  let cents = 0;
  for (const id of base) {
    const found = got(grant.expenditures, id);
    if (found?.document === undefined) return unknown('base', id);
    if (found.status !== 'accepted' && found.status !== 'partly')
      return reject('not-verified', { expenditure: id, status: found.status });
    if (got(grant.reckoned, `${method}/${id}`) === true) return reject('base-used', { method, expenditure: id });
    cents += eligibleLeft(found);
  }
  return cents;
}
