import { uuidv5, type Aggregate, type DecisionContext, type Instant, type Recorded } from '#kernel';
import { claimState, grant as grantAggregate, standingOf, type SupportingDocument } from '../grant/state.ts';
import type { DocumentEvent } from './events.ts';

interface DocumentClaim {
  readonly grant: string;
  readonly network: string;
  readonly claim: string;
  readonly cents: number;
}

/** A supporting document, and which grants claim how much of it. */
export type Document =
  | { readonly status: 'none' }
  | {
      readonly status: 'claimed';
      readonly supporting: SupportingDocument;
      readonly claims: readonly DocumentClaim[];
      /** When the first claim held: none is before it. */
      readonly begunAt: Instant;
    };

export const document: Aggregate<Document, DocumentEvent> = { name: 'document', initial: { status: 'none' }, evolve };

/** Supplier, number and date identify it, however they are written (LED-4). */
export function documentId({
  supplier,
  number,
  date,
}: Pick<SupportingDocument, 'supplier' | 'number' | 'date'>): string {
  const who = supplier.enterpriseNumber ?? bare(supplier.name);
  return uuidv5('document', who, bare(number), date);
}

/** Letters and digits alone: of spaces, dashes and points there are too many kinds. */
const bare = (text: string): string => {
  const plain = text.normalize('NFKC').toLowerCase();
  return plain.replace(/[^\p{L}\p{N}]/gu, '') || plain;
};

function evolve(document: Document, event: Recorded<DocumentEvent>): Document {
  if (event.type !== 'DocumentClaimed') return document;
  const { supporting, grant, network, claim, grantCents: cents, releases } = event.data;
  const before =
    document.status === 'none'
      ? { status: 'claimed' as const, supporting, claims: [], begunAt: event.meta.occurredAt }
      : document;
  const kept = before.claims.filter((one) => !releases.includes(one.claim));
  return { ...before, supporting, claims: [...kept, { grant, network, claim, cents }] };
}

interface Standing extends DocumentClaim {
  readonly state: 'booked' | 'lapsed' | 'open';
}

/** What each claim comes to now: what its grant booked, less what was refused or taken back there since. */
export const standingClaims = (
  { claims }: Extract<Document, { readonly status: 'claimed' }>,
  look: DecisionContext['look'],
): readonly Standing[] =>
  claims.map((one) => {
    const holder = look(grantAggregate, one.grant);
    const state = claimState(holder, one.claim);
    const cents = state === 'booked' ? standingOf(holder, one.claim) : state === 'lapsed' ? 0 : one.cents;
    return { ...one, cents, state };
  });
