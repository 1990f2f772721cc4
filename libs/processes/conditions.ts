import type { Process, ProcessCommand, Recorded } from '#kernel';
import type { AgreementEvent } from '#domain/agreement';
import type { GrantEvent } from '#domain/grant';
import type { NetworkEvent, Uncovered } from '#domain/network';

/**
 * A condition that asks for sectors or names an agreement is watched by its network, and put at risk when the last member of a
 * sector is gone or the agreement ends.
 */
export const conditions: Process = {
  name: 'conditions',
  reacts: (event) => {
    const { type, data, stream, meta } = event as Recorded<AgreementEvent | GrantEvent | NetworkEvent>;
    if (type === 'GrantAwarded')
      return data.conditions
        .filter(({ kind, agreement }) => kind === 'sectors' || agreement !== undefined)
        .map(({ code: condition, sectors, agreement }) => ({
          command: 'WatchCondition',
          id: meta.network ?? '',
          body: { grant: stream.id, condition, sectors, ...(agreement !== undefined && { agreement }) } as object,
        }));
    return type === 'MemberLeft' || type === 'MemberSeatChanged' || type === 'AgreementTerminated'
      ? (data.uncovered ?? []).map((one) => atRisk(one))
      : [];
  },
};

/** A condition that was accepted after the member left is at risk from then on. */
const atRisk = ({ grant, condition, sectors }: Uncovered, occurredAt?: string): ProcessCommand => ({
  command: 'PutConditionAtRisk',
  id: grant,
  body: { condition, sectors, ...(occurredAt !== undefined && { occurredAt }) } as object,
  refused: ({ rejected, params }) =>
    rejected === 'out-of-order' && occurredAt === undefined
      ? atRisk({ grant, condition, sectors }, params['notBefore'] as string)
      : undefined,
});
