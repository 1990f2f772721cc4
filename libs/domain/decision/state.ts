import type { Aggregate, Instant, Recorded } from '#kernel';
import type { Outcome, Waivable } from '../codes.ts';
import type { Condition, DecisionEvent, Subject } from './events.ts';

export type Decision =
  | { readonly status: 'none' }
  | {
      readonly status: 'recorded' | 'amended' | 'annulled';
      readonly network: string;
      readonly body: string;
      readonly subjects: readonly Subject[];
      readonly outcome: Outcome;
      readonly conditions: readonly Condition[];
      readonly waives: readonly Waivable[];
      /** Its date. */
      readonly decidedAt: Instant;
      /** From when it holds: its date or later. */
      readonly effectiveAt: Instant;
      /** The person who recorded it: four eyes. */
      readonly recordedBy: string;
      readonly deferredUntil?: string;
      readonly missingInformation?: string;
    };

export type RecordedDecision = Exclude<Decision, { readonly status: 'none' }>;

export const decision: Aggregate<Decision, DecisionEvent> = { name: 'decision', initial: { status: 'none' }, evolve };

function evolve(decision: Decision, event: Recorded<DecisionEvent>): Decision {
  if (event.type === 'DecisionRecorded') {
    const { body, subjects, outcome, conditions, waives, effectiveAt, deferredUntil, missingInformation } = event.data;
    return {
      status: 'recorded',
      network: event.meta.network ?? '',
      body,
      subjects,
      outcome,
      conditions,
      waives: waives.map(({ rule }) => rule),
      decidedAt: event.meta.occurredAt,
      effectiveAt,
      recordedBy: event.meta.actor.subject,
      ...(deferredUntil !== undefined && { deferredUntil }),
      ...(missingInformation !== undefined && { missingInformation }),
    };
  }
  if (decision.status === 'none') return decision;
  switch (event.type) {
    case 'DecisionAmended':
      return { ...decision, status: 'amended' };
    case 'DecisionAnnulled':
      return { ...decision, status: 'annulled' };
    default:
      event satisfies never;
      return decision;
  }
}

export const approves = (outcome: Outcome): boolean => outcome === 'approve' || outcome === 'approve-with-conditions';
