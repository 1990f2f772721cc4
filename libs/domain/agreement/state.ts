import { dayOf, uuidv5, type Aggregate, type Day, type PriorCommand, type Recorded } from '#kernel';
import type { AgreementKind } from '../codes.ts';
import type { LapseAgreementClaim } from './commands.ts';
import type { AgreementEvent, AgreementPeriod } from './events.ts';

export type { AgreementPeriod } from './events.ts';

export type Agreement =
  | {
      readonly status: 'none';
      /** How many claims of it have lapsed. */
      readonly lapses: number;
    }
  | {
      readonly status: 'drafted' | 'submitted' | 'approved' | 'refused' | 'in-force' | 'terminated';
      readonly network: string;
      readonly kind: AgreementKind;
      readonly scheme: string | null;
      readonly period: AgreementPeriod;
      /** Organisations that have signed. */
      readonly signatories: readonly string[];
      /** The first day on which it holds no more. */
      readonly terminatedOn?: Day;
    };

export const agreement: Aggregate<Agreement, AgreementEvent> = {
  name: 'agreement',
  initial: { status: 'none', lapses: 0 },
  evolve,
};

function evolve(agreement: Agreement, event: Recorded<AgreementEvent>): Agreement {
  if (event.type === 'AgreementDrafted') {
    const { kind, scheme, period } = event.data;
    return { status: 'drafted', network: event.meta.network ?? '', kind, scheme, period, signatories: [] };
  }
  if (agreement.status === 'none')
    return event.type === 'AgreementClaimLapsed' ? { ...agreement, lapses: agreement.lapses + 1 } : agreement;
  switch (event.type) {
    case 'AgreementSigned':
      return { ...agreement, signatories: [...agreement.signatories, event.data.organisation] };
    case 'AgreementSubmitted':
      return { ...agreement, status: 'submitted' };
    case 'AgreementApproved':
      return { ...agreement, status: 'approved' };
    case 'AgreementRefused':
      return { ...agreement, status: 'refused' };
    case 'AgreementEnteredIntoForce':
      return { ...agreement, status: 'in-force' };
    case 'AgreementTerminated':
      return { ...agreement, status: 'terminated', terminatedOn: dayOf(event.meta.occurredAt) };
    case 'AgreementClaimLapsed':
      return agreement;
    default:
      event satisfies never;
      return agreement;
  }
}

/** The claim under which an agreement may be drafted once so many of its claims have lapsed. */
export const claimOf = (id: string, { lapses }: { readonly lapses: number }): string => uuidv5(id, String(lapses));

/** What must come before the room that a claim without a draft takes can be given to another. */
export const lapsing = (body: LapseAgreementClaim): PriorCommand => ({
  command: 'LapseAgreementClaim',
  body,
  key: body.claim,
});

/** Who signed; nobody while it does not hold. */
export const signatoriesOf = (agreement: Agreement): readonly string[] =>
  'signatories' in agreement && agreement.status !== 'refused' && agreement.status !== 'terminated'
    ? agreement.signatories
    : [];
