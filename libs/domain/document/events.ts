import type { Event } from '#kernel';
import type { SupportingDocument } from '../grant/state.ts';

/** Names and shapes are storage formats: add, never rename. */
export type DocumentEvent = Event<
  'DocumentClaimed',
  {
    readonly supporting: SupportingDocument;
    readonly grant: string;
    /** The network of the grant. */
    readonly network: string;
    readonly claim: string;
    readonly grantCents: number;
    /** Claims that no longer stand, whose room it may have. */
    readonly releases: readonly string[];
  }
>;
