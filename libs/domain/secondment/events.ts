import type { Day, Event } from '#kernel';

/** Names and shapes are storage formats: add, never rename. */
export type SecondmentEvent =
  | Event<
      'SecondmentAgreed',
      {
        /** The id of this event: by it the secondment is known. */
        readonly secondment: string;
        readonly secondee: string;
        /** The organisation that employs. */
        readonly sender: string;
        /** The organisation or the network where the work is done. */
        readonly receiver: string;
        readonly function: string;
        /** 10 000 is full time. */
        readonly fteBp: number;
        readonly from: Day;
        /** The last day. */
        readonly until?: Day;
        readonly temporary: boolean;
        readonly costRule?: string;
      }
    >
  /** `fteBp` holds from that day until the next change; `until` is the last day of the secondment. */
  | Event<
      'SecondmentChanged',
      { readonly secondment: string; readonly from: Day; readonly fteBp?: number; readonly until?: Day }
    >
  | Event<'SecondmentEnded', { readonly secondment: string; readonly until: Day }>
  /** So much of the salary cost of each of these days is a grant's (LED-8). */
  | Event<
      'StaffCostCharged',
      {
        readonly claim: string;
        readonly grant: string;
        readonly secondee: string;
        readonly secondment?: string;
        readonly from: Day;
        readonly until: Day;
        readonly shareBp: number;
      }
    >
  /** Nothing came of the claim in its grant: it counts no more. */
  | Event<'StaffCostReleased', { readonly claim: string }>;
