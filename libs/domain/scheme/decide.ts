import { isRejected, nothing } from '#kernel';
import { organisation } from '../organisation/state.ts';
import { reject, unknown, type Decide, type Rejection } from '../rejections.ts';
import type { DefineScheme, EndScheme, ReviseScheme, SchemeTermsGiven } from './commands.ts';
import type { SchemeEvent, SchemeTerms, SimplifiedCost } from './events.ts';
import type { Scheme } from './state.ts';

type Decider<C> = Decide<C, Scheme, SchemeEvent>;
const wrongState = (scheme: Scheme) => reject('invalid-state', { status: scheme.status });

export const define: Decider<DefineScheme> = ({ name, funder, terms }, scheme, { look }) => {
  if (scheme.status !== 'none') return nothing;
  if (funder !== undefined && look(organisation, funder).status !== 'active') return unknown('funder', funder);
  const fit = fitting(terms);
  return isRejected(fit) ? fit : { type: 'SchemeDefined', data: { name, funder: funder ?? null, terms: fit } };
};

export const revise: Decider<ReviseScheme> = ({ terms }, scheme) => {
  if (scheme.status !== 'running') return wrongState(scheme);
  const fit = fitting(terms);
  if (isRejected(fit)) return fit;
  return { type: 'SchemeRevised', data: { version: scheme.versions.length + 1, terms: fit } };
};

export const end: Decider<EndScheme> = (_command, scheme) => {
  if (scheme.status === 'ended') return nothing;
  return scheme.status === 'running' ? { type: 'SchemeEnded', data: {} } : wrongState(scheme);
};

/** The terms with what they leave out, if they can be reckoned with. */
function fitting({
  categories = [],
  simplifiedCosts = [],
  instalments = [],
  correctionsReusable = false,
  carryOver = false,
  oneGrantPerArea = false,
  ...said
}: SchemeTermsGiven): SchemeTerms | Rejection {
  const { validFrom, validUntil, maxPublicShare } = said;
  if (validUntil !== undefined && validUntil < validFrom)
    return reject('period-reversed', { from: validFrom, until: validUntil });
  if (maxPublicShare.num > maxPublicShare.den) return reject('share-over-whole', { member: 'maxPublicShare' });
  const unclear = simplifiedCosts.find((cost) => !isClear(cost));
  if (unclear !== undefined) return reject('cost-method-unclear', { code: unclear.code, method: unclear.method });
  // Compared by cross-multiplying: whole numbers only.
  const planned = instalments.flatMap(({ share }) => share ?? []);
  const den = planned.reduce((product, share) => product * BigInt(share.den), 1n);
  const num = planned.reduce((total, share) => total + (BigInt(share.num) * den) / BigInt(share.den), 0n);
  if (num > den) return reject('share-over-whole', { member: 'instalments' });
  return { ...said, categories, simplifiedCosts, instalments, correctionsReusable, carryOver, oneGrantPerArea };
}

/** A flat rate has a rate, a unit cost or a lump sum has an amount, and nothing else. */
const isClear = ({ method, rate, amountCents }: SimplifiedCost): boolean =>
  method === 'flat-rate'
    ? rate !== undefined && amountCents === undefined
    : rate === undefined && amountCents !== undefined;
