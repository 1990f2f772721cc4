import { addDays, uuidv5, type Aggregate, type Day, type Recorded, type Instant } from '#kernel';
import { noted, touches, type Since } from '../order.ts';
import type { Span } from './days.ts';
import type { SecondmentEvent } from './events.ts';

/** So much of full time from a day on. */
export interface FteFrom {
  readonly from: Day;
  readonly fteBp: number;
}

export interface Secondment {
  /** In which it is agreed. */
  readonly network: string;
  readonly from: Day;
  readonly until: Day | null;
  /** The earliest first; the first one is what was agreed. */
  readonly ftes: readonly FteFrom[];
  readonly isEnded: boolean;
}

/** A share of the cost of a person that a grant pays, or is about to (LED-8). */
export interface Charge extends Span {
  readonly claim: string;
  readonly grant: string;
  /** Of the grant. */
  readonly network: string;
  readonly until: Day;
  /** By which it was charged. */
  readonly event: string;
}

/** All secondments of one person, of whatever network: only so is it sure that they never come to more than full time. */
export type Secondee =
  | { readonly status: 'none' }
  | {
      readonly status: 'known';
      readonly secondments: Readonly<Record<string, Secondment>>;
      readonly charges: readonly Charge[];
      /** When its first fact held: none is before it. */
      readonly begunAt: Instant;
      readonly since: Since;
    };

export const secondment: Aggregate<Secondee, SecondmentEvent> = {
  name: 'secondment',
  initial: { status: 'none' },
  evolve,
};

/** The stream of a person's secondments. */
export const secondmentsOf = (secondee: string): string => uuidv5('secondment', secondee);

const ofSecondment = ({ secondment: id }: { readonly secondment: string }): readonly string[] => [`secondment/${id}`];

export const touched = touches<SecondmentEvent>({
  SecondmentAgreed: ofSecondment,
  SecondmentChanged: ofSecondment,
  SecondmentEnded: ofSecondment,
});

const NONE = { status: 'known', secondments: {}, charges: [], begunAt: '', since: {} } as const;

function evolve(secondee: Secondee, event: Recorded<SecondmentEvent>): Secondee {
  const next = after(secondee.status === 'none' ? NONE : secondee, event);
  if (next === NONE) return secondee;
  const { occurredAt } = event.meta;
  return { ...next, begunAt: next.begunAt || occurredAt, since: noted(next.since, touched(event), occurredAt) };
}

type Known = Extract<Secondee, { readonly status: 'known' }>;

function after(secondee: Known, event: Recorded<SecondmentEvent>): Known {
  const { secondments, charges } = secondee;
  switch (event.type) {
    case 'SecondmentAgreed': {
      const { secondment: id, from, until = null, fteBp } = event.data;
      const network = event.meta.network ?? '';
      const agreed = { network, from, until, ftes: [{ from, fteBp }], isEnded: false };
      return { ...secondee, secondments: { ...secondments, [id]: agreed } };
    }
    case 'SecondmentChanged':
    case 'SecondmentEnded': {
      const { secondment: id } = event.data;
      const changed = secondments[id];
      if (changed === undefined) return secondee;
      const next = event.type === 'SecondmentEnded' ? ended(changed, event.data) : afterChange(changed, event.data);
      return { ...secondee, secondments: { ...secondments, [id]: next } };
    }
    case 'StaffCostCharged': {
      const { claim, grant, from, until, shareBp } = event.data;
      const network = event.meta.network ?? '';
      const charge = { claim, grant, network, from, until, bp: shareBp, event: event.id };
      return { ...secondee, charges: [...charges, charge] };
    }
    case 'StaffCostReleased':
      return { ...secondee, charges: charges.filter(({ claim }) => claim !== event.data.claim) };
    default:
      event satisfies never;
      return secondee;
  }
}

interface Change {
  readonly from: Day;
  readonly fteBp?: number;
  readonly until?: Day;
}

/** The secondment as it is with a change more. */
export const afterChange = (secondment: Secondment, { from, fteBp, until }: Change): Secondment => ({
  ...secondment,
  ...(until !== undefined && { until }),
  ...(fteBp !== undefined && { ftes: withFte(secondment.ftes, { from, fteBp }) }),
});

const ended = (secondment: Secondment, { until }: { readonly until: Day }): Secondment => ({
  ...secondment,
  until,
  isEnded: true,
});

/** A change holds until the next one, whichever was told first; on the same day the later one told holds. */
export const withFte = (ftes: readonly FteFrom[], fte: FteFrom): readonly FteFrom[] =>
  [...ftes.filter(({ from }) => from !== fte.from), fte].toSorted((a, b) => (a.from < b.from ? -1 : 1));

/** What a secondment takes on which days. */
export const spansOf = ({ ftes, until }: Pick<Secondment, 'ftes' | 'until'>): readonly Span[] =>
  ftes.flatMap(({ from, fteBp }, i) => {
    const next = ftes[i + 1]?.from;
    const last = next === undefined ? until : earlier(addDays(next, -1), until);
    return last !== null && last < from ? [] : [{ from, until: last, bp: fteBp }];
  });

const earlier = (day: Day, other: Day | null): Day => (other !== null && other < day ? other : day);
