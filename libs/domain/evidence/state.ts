import { uuidv5, type Aggregate, type Day, type Recorded } from '#kernel';
import { noted, touches, type Since } from '../order.ts';
import type { EvidenceEvent } from './events.ts';

export type Evidence =
  | { readonly status: 'none' }
  | {
      readonly status: 'registered' | 'superseded';
      readonly network: string;
      readonly retainUntil: Day | null;
      readonly legalHold: boolean;
      readonly supersededBy?: string;
      readonly since: Since;
    };

export const evidence: Aggregate<Evidence, EvidenceEvent> = { name: 'evidence', initial: { status: 'none' }, evolve };

export const touched = touches<EvidenceEvent>({
  LegalHoldSet: () => ['legalHold'],
  LegalHoldLifted: () => ['legalHold'],
  RetentionExtended: () => ['retainUntil'],
});

function evolve(evidence: Evidence, event: Recorded<EvidenceEvent>): Evidence {
  const next = after(evidence, event);
  return next.status === 'none' ? next : { ...next, since: noted(next.since, touched(event), event.meta.occurredAt) };
}

function after(evidence: Evidence, event: Recorded<EvidenceEvent>): Evidence {
  if (event.type === 'EvidenceRegistered')
    return {
      status: 'registered',
      network: event.meta.network ?? '',
      retainUntil: event.data.retainUntil,
      legalHold: false,
      since: {},
    };
  if (evidence.status === 'none') return evidence;
  switch (event.type) {
    case 'EvidenceSupersededBy':
      return { ...evidence, status: 'superseded', supersededBy: event.data.by };
    case 'LegalHoldSet':
      return { ...evidence, legalHold: true };
    case 'LegalHoldLifted':
      return { ...evidence, legalHold: false };
    case 'RetentionExtended':
      return { ...evidence, retainUntil: event.data.until };
    default:
      event satisfies never;
      return evidence;
  }
}

/** A document is registered once in a network: its hash is what it is known by. */
export const evidenceId = (network: string, sha256: string): string => uuidv5('evidence', network, sha256);
