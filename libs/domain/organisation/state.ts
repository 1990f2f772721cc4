import type { Aggregate, Recorded } from '#kernel';
import { noted, touches, type Since } from '../order.ts';
import type { OrganisationEvent } from './events.ts';

export type Organisation =
  | { readonly status: 'none' }
  | {
      readonly status: 'active';
      readonly name: string;
      readonly enterpriseNumber: string | null;
      readonly since: Since;
    }
  | { readonly status: 'ended' };

export const organisation: Aggregate<Organisation, OrganisationEvent> = {
  name: 'organisation',
  initial: { status: 'none' },
  evolve,
};

export const touched = touches<OrganisationEvent>({
  OrganisationRenamed: () => ['name'],
  NumberCorrected: () => ['enterpriseNumber'],
});

function evolve(organisation: Organisation, event: Recorded<OrganisationEvent>): Organisation {
  const next = after(organisation, event);
  return next.status === 'active' ? { ...next, since: noted(next.since, touched(event), event.meta.occurredAt) } : next;
}

function after(organisation: Organisation, event: Recorded<OrganisationEvent>): Organisation {
  switch (event.type) {
    case 'OrganisationRegistered':
      return { status: 'active', name: event.data.name, enterpriseNumber: event.data.enterpriseNumber, since: {} };
    case 'OrganisationRenamed':
      return organisation.status === 'active' ? { ...organisation, name: event.data.name } : organisation;
    case 'NumberCorrected':
      return organisation.status === 'active'
        ? { ...organisation, enterpriseNumber: event.data.enterpriseNumber }
        : organisation;
    case 'OrganisationEnded':
      return { status: 'ended' };
    default:
      event satisfies never;
      return organisation;
  }
}
