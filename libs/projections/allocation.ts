import { s, type Recorded, type TypeOf } from '#kernel';
import type { GrantEvent } from '#domain';
import type { Purpose } from '#domain/grant';
import { network } from './parts.ts';
import { partsProjection, partStamped } from './parts-of.ts';
import { homeOf } from './stream.ts';

const allocationDoc = s.object({
  ...partStamped,
  network,
  action: s.id(),
  category: s.text(),
  allocatedCents: s.cents('Set aside and not committed.'),
  committedCents: s.cents(),
  spentCents: s.cents('Spent and not yet verified.'),
  acceptedCents: s.cents(),
  correctedCents: s.cents(),
  lapsedCents: s.cents(),
  bookedCents: s.cents(
    'All that was ever booked as spent, as it was claimed: nothing refused or taken back is left out.',
  ),
  bookings: s.integer('How many expenditures that is.'),
  directCents: s.cents('Of that, booked on no commitment.'),
  directBookings: s.integer(),
  decisions: s.list(s.id(), 'On which money was set aside for it; the latest hundred.'),
});
/** What a grant set aside for one category of one action, and what became of it. */
export type Allocation = TypeOf<typeof allocationDoc>;

type Column = 'allocatedCents' | 'committedCents' | 'spentCents' | 'acceptedCents' | 'correctedCents' | 'lapsedCents';
type Booked = 'bookedCents' | 'bookings' | 'directCents' | 'directBookings';
interface Move {
  readonly purpose: Purpose;
  readonly change: Partial<Readonly<Record<Column | Booked, number>>>;
}

const partOf = ({ action, category }: Purpose): string => `${action}/${category}`;

/** From one column of a purpose to another. */
const within = (purpose: Purpose, from: Column, to: Column, cents: number): Move => ({
  purpose,
  change: { [from]: -cents, [to]: cents },
});

/** What was claimed, and from where. */
const booking = (purpose: Purpose, cents: number, isDirect: boolean): Move => ({
  purpose,
  change: { bookedCents: cents, bookings: 1, ...(isDirect && { directCents: cents, directBookings: 1 }) },
});

type Type = GrantEvent['type'];
type Data<T extends Type> = Extract<GrantEvent, { readonly type: T }>['data'];

const over = ({ lapsed }: Data<'GrantClosed'>): readonly Move[] => [
  ...lapsed.allocated.map((one) => within(one, 'allocatedCents', 'lapsedCents', one.cents)),
  ...lapsed.committed.map((one) => within(one, 'committedCents', 'lapsedCents', one.cents)),
];

/** What each event moves between the columns of purposes. */
const MOVES: { readonly [T in Type]?: (data: Data<T>) => readonly Move[] } = {
  Allocated: (data) => [{ purpose: data, change: { allocatedCents: data.amountCents } }],
  Deallocated: (data) => [{ purpose: data, change: { allocatedCents: -data.amountCents } }],
  Transferred: ({ from, to, amountCents }) => [
    { purpose: from, change: { allocatedCents: -amountCents } },
    { purpose: to, change: { allocatedCents: amountCents } },
  ],
  Committed: (data) => [within(data, 'allocatedCents', 'committedCents', data.amountCents)],
  CommitmentAmended: (data) => [within(data, 'allocatedCents', 'committedCents', data.deltaCents)],
  CommitmentReleased: (data) => [within(data, 'committedCents', 'allocatedCents', data.amountCents)],
  CommitmentCarried: (data) => [
    { purpose: { ...data, action: data.from }, change: { committedCents: -data.amountCents } },
    { purpose: data, change: { committedCents: data.amountCents } },
  ],
  ExpenditureRecorded: (data) => {
    const isDirect = data.commitment === undefined;
    const { grantCents } = data.split;
    return [
      within(data, isDirect ? 'allocatedCents' : 'committedCents', 'spentCents', grantCents),
      booking(data, grantCents, isDirect),
    ];
  },
  SimplifiedCostRecorded: (data) => [
    within(data, 'allocatedCents', 'spentCents', data.split.grantCents),
    booking(data, data.split.grantCents, true),
  ],
  ExpenditureVerified: (data) => [
    within(data, 'spentCents', 'acceptedCents', data.split.grantCents),
    within(data, 'spentCents', 'allocatedCents', data.reduced.grantCents),
  ],
  ExpenditureCorrected: (data) => [within(data, 'acceptedCents', `${data.to}Cents`, data.amountCents)],
  GrantClosed: over,
  GrantTerminated: over,
};

const movesOf = ({ type, data }: Recorded<GrantEvent>): readonly Move[] =>
  (MOVES as Readonly<Record<string, ((data: unknown) => readonly Move[]) | undefined>>)[type]?.(data) ?? [];

const MOST_DECISIONS = 100;

function moved(before: Allocation, event: Recorded<GrantEvent>, part: string): Partial<Allocation> {
  const sums = movesOf(event)
    .filter(({ purpose }) => partOf(purpose) === part)
    .flatMap(({ change }) => Object.entries(change) as [Column | Booked, number][])
    .reduce<Allocation>((sums, [column, cents]) => ({ ...sums, [column]: sums[column] + cents }), before);
  const { decisionRef } = event.meta;
  return decisionRef === undefined
    ? sums
    : { ...sums, decisions: [...new Set([...before.decisions, decisionRef])].slice(-MOST_DECISIONS) };
}

const empty = (event: Recorded<GrantEvent>, part: string): Allocation => {
  const [action = '', category = ''] = part.split('/');
  return {
    network: homeOf(event),
    action,
    category,
    allocatedCents: 0,
    committedCents: 0,
    spentCents: 0,
    acceptedCents: 0,
    correctedCents: 0,
    lapsedCents: 0,
    bookedCents: 0,
    bookings: 0,
    directCents: 0,
    directBookings: 0,
    decisions: [],
  } as unknown as Allocation;
};

const first = (event: Recorded<GrantEvent>, part: string): Allocation => {
  const start = empty(event, part);
  return { ...start, ...moved(start, event, part) };
};

/** The same for every event that moves something. */
const forEach = <T>(one: T): Readonly<Record<string, T>> =>
  Object.fromEntries(Object.keys(MOVES).map((type) => [type, one]));

export const allocation = partsProjection<Allocation, GrantEvent>({
  name: 'allocation',
  version: 1,
  source: 'grant',
  doc: allocationDoc,
  parts: (event) => movesOf(event).map(({ purpose }) => partOf(purpose)),
  // As of a moment that held, an event may come before the one that set money aside: what it moved shows below zero (LED-2).
  starts: forEach(first),
  on: forEach(moved),
  indexes: [['of'], ['network'], ['network', 'action'], ['action']],
});
