import { s, sum, type TypeOf } from '#kernel';
import { ref } from '#domain';
import type { Allocation, Commitment, Expenditure, GrantCard } from '#projections';
import type { Doc, Reader } from '#read-store';
import { idsIn, namesOf } from './names.ts';
import { ById } from './params.ts';
import { notFound } from './query.ts';
import { every, names, owned, question } from './question.ts';

const KINDS = [
  'award',
  'allocation',
  'action',
  'commitment',
  'commitments',
  'expenditure',
  'others',
  'document',
] as const;
type Kind = (typeof KINDS)[number];

/** So many orders and expenditures are shown one by one, the largest first; the rest is one node with its total. */
const SHOWN = 200;

const node = s.object({
  id: s.text(),
  kind: s.oneOf(KINDS, '`commitments` and `others` are what is not shown one by one: orders and expenditures.'),
  label: s.nullable(s.text('Null: `names` has its name.')),
  inCents: s.integer('Euro cents that came in, with what is not drawn.'),
  outCents: s.integer('Euro cents that went on, with what is not drawn.'),
  balanceCents: s.integer('Euro cents that stay: what came in is what went on and this.'),
});
const link = {
  from: s.text(),
  to: s.text(),
  cents: s.integer('Euro cents'),
  count: s.integer('How many bookings it stands for.'),
  decisions: s.list(s.id(), 'On which the money was set aside.'),
};
const UNDRAWN = ['refused', 'corrected', 'others', 'negative'] as const;
const undrawn = s.object({
  ...link,
  why: s.oneOf(
    UNDRAWN,
    '`others`: refused or taken back of expenditures that are not shown one by one; `negative`: as of that moment more had left than had come.',
  ),
});
type Node = TypeOf<typeof node>;
type Undrawn = TypeOf<typeof undrawn>;
type Link = Omit<Undrawn, 'why'>;

export const getMoneyTrace = question({
  name: 'getMoneyTrace',
  path: '/grants/{id}/trace',
  summary:
    'Where the money of a grant went: award, purpose, action, order, expenditure, document, with the flows between them to the cent.',
  params: ById,
  answer: s.object({
    nodes: s.list(node),
    links: s.list(s.object(link), 'All above zero.'),
    notDrawn: s.list(undrawn, 'Flows below zero: what was refused or taken back, set against nothing.'),
    shown: s.object({ expenditures: s.integer(), ofExpenditures: s.integer() }, 'How many are shown one by one.'),
    differenceCents: s.cents('How far nodes are from what came in being what went on and stayed: 0.'),
    names,
  }),
  reads: ['allocation', 'commitment', 'expenditure', 'grant-card'],
  example: { id: ref('grant') },
  run: async ({ id }, context) => {
    const grant = await owned<GrantCard>(context, 'grant-card', id);
    if (grant === undefined) return notFound;
    const traced = traceOf(await factsOf(context.reader, grant));
    return { ...traced, names: await namesOf(context, idsIn(traced)) };
  },
});

interface Facts {
  readonly grant: GrantCard;
  readonly purposes: readonly Allocation[];
  readonly commitments: readonly Commitment[];
  readonly expenditures: readonly Expenditure[];
}

async function factsOf(reader: Reader, grant: GrantCard): Promise<Facts> {
  const largest = async <T extends Doc>(model: string, by: string): Promise<readonly T[]> =>
    (await reader.find<T>({ model, where: [['of', 'eq', grant.id]], sort: [by, -1], limit: SHOWN })).items;
  const [purposes, commitments, expenditures] = await Promise.all([
    every<Allocation>(reader, { model: 'allocation', where: [['of', 'eq', grant.id]] }),
    largest<Commitment & Doc>('commitment', 'committedCents'),
    largest<Expenditure & Doc>('expenditure', 'claimedGrantCents'),
  ]);
  return { grant, purposes, commitments, expenditures };
}

const COMMITMENTS = 'commitments';
const OTHERS = 'others';

const purposeId = ({ action, category }: Pick<Allocation, 'action' | 'category'>): string => `${action}/${category}`;
/** What is booked and neither refused nor taken back. */
const standing = ({ split, correctedCents }: Expenditure): number => split.grantCents - correctedCents;
const claimed = (all: readonly Expenditure[]): number => sum(all.map((one) => one.claimedGrantCents));

function traceOf(facts: Facts) {
  const flows = [
    ...facts.purposes.flatMap(ofPurpose),
    ...facts.commitments.flatMap(toCommitment),
    ...facts.purposes.map((purpose) => toOtherCommitments(purpose, facts)),
    ...facts.expenditures.flatMap((one) => ofExpenditure(one, facts)),
    ...toOthers(facts),
  ];
  const links = together(flows.filter(({ cents }) => cents > 0));
  const notDrawn = [
    ...together(flows.filter(({ cents }) => cents < 0)).map((one) => ({ ...one, why: 'negative' as const })),
    ...facts.expenditures.flatMap(lostOf),
    ...facts.purposes.map((purpose) => lostOfOthers(purpose, facts)),
  ].filter(({ cents }) => cents < 0);
  const into = flowing([...links, ...notDrawn], 'to');
  const outOf = flowing([...links, ...notDrawn], 'from');
  const nodes = nodesOf(facts)
    .map(({ id, stays, ...rest }): Node => {
      const inCents = rest.kind === 'award' ? facts.grant.totals.awardCents : (into.get(id) ?? 0);
      return { id, ...rest, inCents, outCents: outOf.get(id) ?? 0, balanceCents: stays ?? inCents };
    })
    // What was wholly refused comes to nothing, and is still where its flows meet.
    .filter(({ id, kind, balanceCents }) => kind === 'award' || into.has(id) || outOf.has(id) || balanceCents !== 0);
  return {
    nodes,
    links,
    notDrawn,
    shown: {
      expenditures: facts.expenditures.length,
      ofExpenditures: sum(facts.purposes.map(({ bookings }) => bookings)),
    },
    differenceCents: sum(
      nodes.map(({ inCents, outCents, balanceCents }) => Math.abs(inCents - outCents - balanceCents)),
    ),
  };
}

const flow = (from: string, to: string, cents: number, count = 1, decisions: readonly string[] = []): Link => ({
  from,
  to,
  cents,
  count,
  decisions,
});

/** From the award to the purpose all that is, or was used, there; from the purpose to its action all that was ever used. */
function ofPurpose(purpose: Allocation): readonly Link[] {
  const { of, action, committedCents, bookedCents, bookings, decisions } = purpose;
  return [
    flow(of, purposeId(purpose), setAside(purpose), 1, decisions),
    flow(purposeId(purpose), action, committedCents + bookedCents, bookings, decisions),
  ];
}

const setAside = (purpose: Allocation): number =>
  kept(purpose) + purpose.committedCents + purpose.spentCents + purpose.acceptedCents;
/** What stays with a purpose: free, taken back for good, or lapsed. */
const kept = ({ allocatedCents, correctedCents, lapsedCents }: Allocation): number =>
  allocatedCents + correctedCents + lapsedCents;

/** What is open on an order is of the action that it is for now; what was booked, of the one that it was for then. */
const usedBy = ({
  action,
  openCents,
  bookings,
}: Commitment): readonly { action: string; cents: number; count: number }[] => [
  { action, cents: openCents, count: 0 },
  ...bookings,
];

const toCommitment = (commitment: Commitment): readonly Link[] =>
  usedBy(commitment).map(({ action, cents, count }) => flow(action, commitment.event, cents, count));

function toOtherCommitments(purpose: Allocation, { commitments }: Facts): Link {
  const shown = commitments
    .filter(({ category }) => category === purpose.category)
    .flatMap(usedBy)
    .filter(({ action }) => action === purpose.action);
  const { action, committedCents, bookedCents, directCents, bookings, directBookings } = purpose;
  return flow(
    action,
    COMMITMENTS,
    committedCents + bookedCents - directCents - sum(shown.map(({ cents }) => cents)),
    bookings - directBookings - sum(shown.map(({ count }) => count)),
  );
}

function ofExpenditure(one: Expenditure, { commitments }: Facts): readonly Link[] {
  const { event, action, commitment, document, claimedGrantCents } = one;
  const from =
    commitment === null ? action : commitments.some((other) => other.event === commitment) ? commitment : COMMITMENTS;
  return [flow(from, event, claimedGrantCents), ...(document === null ? [] : [flow(event, document, standing(one))])];
}

/** What is not shown one by one, from each order, from the orders that are not shown, and from actions. */
function toOthers({ purposes, commitments, expenditures }: Facts): readonly Link[] {
  const rest = (from: string, cents: number, count: number, shown: readonly Expenditure[]): Link =>
    flow(from, OTHERS, cents - claimed(shown), count - shown.length);
  const ordered = expenditures.filter(({ commitment }) => commitment !== null);
  const onShown = (one: Expenditure): boolean => commitments.some(({ event }) => event === one.commitment);
  const bookings = commitments.flatMap((one) => one.bookings);
  return [
    ...commitments.map((one) =>
      rest(
        one.event,
        one.spentCents,
        sum(one.bookings.map(({ count }) => count)),
        ordered.filter(({ commitment }) => commitment === one.event),
      ),
    ),
    rest(
      COMMITMENTS,
      sum(purposes.map((one) => one.bookedCents - one.directCents)) - sum(bookings.map(({ cents }) => cents)),
      sum(purposes.map((one) => one.bookings - one.directBookings)) - sum(bookings.map(({ count }) => count)),
      ordered.filter((one) => !onShown(one)),
    ),
    ...purposes.map((purpose) =>
      rest(
        purpose.action,
        purpose.directCents,
        purpose.directBookings,
        expenditures.filter((one) => one.commitment === null && purposeId(one) === purposeId(purpose)),
      ),
    ),
  ];
}

/** What was refused or taken back of an expenditure: it is back with its purpose. */
const lostOf = (one: Expenditure): readonly Undrawn[] => [
  { ...flow(purposeId(one), one.event, one.split.grantCents - one.claimedGrantCents), why: 'refused' },
  { ...flow(purposeId(one), one.event, -one.correctedCents), why: 'corrected' },
];

function lostOfOthers(purpose: Allocation, { expenditures }: Facts): Undrawn {
  const shown = expenditures.filter((one) => purposeId(one) === purposeId(purpose));
  const { bookedCents, spentCents, acceptedCents, bookings } = purpose;
  const lost = spentCents + acceptedCents - bookedCents;
  const lostOfShown = sum(shown.map((one) => standing(one) - one.claimedGrantCents));
  return { ...flow(purposeId(purpose), OTHERS, lost - lostOfShown, bookings - shown.length), why: 'others' };
}

/** One link between two nodes. */
const together = (flows: readonly Link[]): readonly Link[] =>
  [...Map.groupBy(flows, ({ from, to }) => `${from} ${to}`).values()].map((same) => ({
    ...same[0]!,
    cents: sum(same.map(({ cents }) => cents)),
    count: sum(same.map(({ count }) => count)),
  }));

const flowing = (links: readonly Link[], end: 'from' | 'to'): ReadonlyMap<string, number> =>
  new Map(
    [...Map.groupBy(links, (one) => one[end])].map(([id, all]) => [id, sum(all.map(({ cents }) => cents))] as const),
  );

/** `stays` is reckoned from the books, not from the flows; undefined where all that comes in stays. */
interface Place extends Pick<Node, 'id' | 'label'> {
  readonly kind: Kind;
  readonly stays?: number;
}

function nodesOf({ grant, purposes, commitments, expenditures }: Facts): readonly Place[] {
  const { unallocatedCents, lapsedCents } = grant.totals;
  const actions = new Set(purposes.map(({ action }) => action));
  const documents = new Map(
    expenditures.flatMap(({ document, supporting }) =>
      document === null || supporting === null
        ? []
        : [[document, `${supporting.supplier.name} ${supporting.number}`] as const],
    ),
  );
  const lapsedThere = sum(purposes.map((one) => one.lapsedCents));
  const spentOrAccepted = sum(purposes.map((one) => one.spentCents + one.acceptedCents));
  return [
    { id: grant.id, kind: 'award', label: grant.title, stays: unallocatedCents + lapsedCents - lapsedThere },
    ...purposes.map((one) => ({
      id: purposeId(one),
      kind: 'allocation' as const,
      label: one.category,
      stays: kept(one),
    })),
    ...[...actions].map((id) => ({ id, kind: 'action' as const, label: null, stays: 0 })),
    ...commitments.map((one) => ({
      id: one.event,
      kind: 'commitment' as const,
      label: one.title,
      stays: one.openCents,
    })),
    {
      id: COMMITMENTS,
      kind: 'commitments',
      label: null,
      stays: sum(purposes.map((one) => one.committedCents)) - sum(commitments.map((one) => one.openCents)),
    },
    ...expenditures.map((one) => ({
      id: one.event,
      kind: 'expenditure' as const,
      label: one.supporting?.number ?? one.method,
      stays: one.document === null ? standing(one) : 0,
    })),
    { id: OTHERS, kind: 'others', label: null, stays: spentOrAccepted - sum(expenditures.map(standing)) },
    ...[...documents].map(([id, label]) => ({ id, kind: 'document' as const, label })),
  ];
}
