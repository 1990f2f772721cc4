import type { Day, Event, Evidence } from '#kernel';

/** Names and shapes are storage formats: add, never rename. */
export type EvidenceEvent =
  | Event<'EvidenceRegistered', Evidence & { readonly retainUntil: Day | null }>
  | Event<'EvidenceSupersededBy', { readonly by: string }>
  | Event<'LegalHoldSet'>
  | Event<'LegalHoldLifted'>
  | Event<'RetentionExtended', { readonly until: Day }>;
