import type { Event } from '#kernel';
import type { Sector } from '../codes.ts';

/** Names and shapes are storage formats: add, never rename. */
export type OrganisationEvent =
  | Event<
      'OrganisationRegistered',
      {
        readonly name: string;
        readonly sector: Sector;
        readonly units: readonly string[];
        /** Ten digits; null for a body without one. */
        readonly enterpriseNumber: string | null;
        /** The member organisations of an umbrella body. */
        readonly umbrellaOf: readonly string[];
      }
    >
  | Event<'OrganisationRenamed', { readonly name: string }>
  | Event<'NumberCorrected', { readonly enterpriseNumber: string | null }>
  | Event<'OrganisationEnded'>;
