import type { Day, Event } from '#kernel';
import type { Confidentiality, SessionKind, SessionTopic, StepOwner } from '../codes.ts';

interface Facilitator {
  readonly organisation?: string;
  /** A firm that is no organisation of the networks. */
  readonly external?: string;
}

/** Names and shapes are storage formats: add, never rename. It occurs when the session was held. */
export type SessionEvent =
  | Event<
      'SessionHeld',
      {
        readonly kind: SessionKind;
        readonly title: string;
        readonly topic: SessionTopic;
        readonly place?: string;
        readonly facilitator?: Facilitator;
        /** That were present. */
        readonly organisations: readonly string[];
        /** That were present: of its own network or below it. */
        readonly networks: readonly string[];
        /** How many people. */
        readonly participants: number;
        readonly confidentiality: Confidentiality;
        /** What it was about. */
        readonly action?: string;
        readonly indicator?: string;
      }
    >
  /** Numbered within the session, from 1. Whether the text is for participants only stands here too, for who tells events. */
  | Event<'OutcomeRecorded', { readonly number: number; readonly text: string; readonly confidential: boolean }>
  /** Numbered within the session, from 1. */
  | Event<
      'StepAgreed',
      {
        readonly number: number;
        readonly text: string;
        readonly owner: { readonly kind: StepOwner; readonly id: string };
        readonly dueOn: Day;
      }
    >
  | Event<'StepDone', { readonly number: number; readonly note?: string }>;
