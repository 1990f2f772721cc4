import { nothing, sum } from '#kernel';
import type { SupportingDocument } from '../grant/state.ts';
import { reject, type Decide } from '../rejections.ts';
import type { ClaimDocument } from './commands.ts';
import type { DocumentEvent } from './events.ts';
import { standingClaims, type Document } from './state.ts';

/**
 * LED-4: all grants of all networks together never claim more of a document than it comes to. A claim that never led to a
 * booking is lapsed by who needs its room; what was told of a document of which nothing stands may be told anew.
 */
export const claim: Decide<ClaimDocument, Document, DocumentEvent> = (command, state, { look, occurredAt }) => {
  const { document: supporting, grant, network, claim, grantCents } = command;
  if (state.status === 'claimed' && state.claims.some((one) => one.claim === claim)) return nothing;
  const standing = state.status === 'none' ? [] : standingClaims(state, look);
  const releases = standing.filter((one) => one.state === 'lapsed').map((one) => one.claim);
  const event = {
    type: 'DocumentClaimed',
    data: { supporting, grant, network, claim, grantCents, releases },
    ...(state.status === 'claimed' && occurredAt < state.begunAt && { occurredAt: state.begunAt }),
  } as const;
  const claimedCents = sum(standing.map(({ cents }) => cents));
  const availableCents = supporting.grossCents - claimedCents;
  const differs = claimedCents > 0 && state.status === 'claimed' && !isSame(state.supporting, supporting);
  if (!differs && grantCents <= availableCents) return event;
  const idle = standing.find((one) => one.state === 'open');
  if (idle !== undefined) {
    const body = { grant: idle.grant, network: idle.network, claim: idle.claim };
    return { first: { command: 'LapseClaim', body, key: idle.claim }, then: event };
  }
  return differs
    ? reject('document-differs', { member: 'document' })
    : reject('double-funding', { askedCents: grantCents, availableCents, grossCents: supporting.grossCents });
};

const isSame = (one: SupportingDocument, other: SupportingDocument): boolean =>
  one.grossCents === other.grossCents && one.sha256 === other.sha256;
