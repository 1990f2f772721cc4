import { centsOf, decimal, s, sum, type Recorded, type TypeOf } from '#kernel';
import { ref, type GrantEvent } from '#domain';
import { kindOf, postingsOf } from '#domain/grant';
import {
  asRecorded,
  totals,
  type Allocation,
  type Commitment,
  type DocumentCard,
  type Expenditure,
  type GrantCard,
  type JournalEntry,
  type NetworkCard,
  type PartnerPayment,
  type Totals,
} from '#projections';
import type { Doc, Reader } from '#read-store';
import { grantsOf } from './funding.ts';
import { idsIn, namesOf } from './names.ts';
import { ById } from './params.ts';
import { notFound, type QueryContext } from './query.ts';
import { every, names, owned, question } from './question.ts';

type Member = keyof Totals;
const MEMBERS = Object.keys((totals as unknown as { readonly properties: object }).properties) as readonly Member[];

const account = s.object({
  kind: s.oneOf(MEMBERS, 'As in the totals of a grant.'),
  eventCents: s.integer('Euro cents: the postings of the events, added up anew.'),
  projectionCents: s.integer('Euro cents: what the statement of the grant says.'),
  exports: s.list(
    s.object({ list: s.text(), exportCents: s.integer('Euro cents') }),
    'What the lines of the lists come to, their decimals as an export writes them read back.',
  ),
  differenceCents: s.cents('How far all these are from the events, added up: 0 where they agree.'),
});
type Account = TypeOf<typeof account>;

/** More than this are counted, not listed. */
const MOST = 1_000;
const withoutEvidence = s.object({
  count: s.integer(),
  claimedCents: s.cents('Of the grant.'),
  items: s.list(
    s.object({
      grant: s.id(),
      expenditure: s.id(),
      action: s.id(),
      category: s.text(),
      method: s.nullable(s.text()),
      claimedCents: s.cents(),
      status: s.text(),
    }),
    `The first ${MOST}.`,
  ),
});
type WithoutEvidence = TypeOf<typeof withoutEvidence>;
const withoutMoney = s.object({
  count: s.integer(),
  claimedCents: s.cents(),
  items: s.list(
    s.object({ grant: s.id(), document: s.id(), claim: s.id(), claimedCents: s.cents() }),
    `The first ${MOST}.`,
  ),
});
type WithoutMoney = TypeOf<typeof withoutMoney>;

const figures = {
  accounts: s.list(account),
  differenceCents: s.cents('All differences added up: 0 when everything agrees.'),
  events: s.integer('How many were added up.'),
  expenditures: s.object({ count: s.integer(), claimedCents: s.cents(), provenCents: s.cents('With evidence.') }),
  withoutEvidence,
  withoutMoney,
};
const SUMMARY =
  'Whether events, statement and lists agree to the cent, what was spent without evidence, and which documents were claimed and not booked';
const READS = [
  'allocation',
  'commitment',
  'document-card',
  'expenditure',
  'grant-card',
  'journal',
  'network-card',
  'partner-payment',
];

export const getGrantReconciliation = question({
  name: 'getGrantReconciliation',
  path: '/grants/{id}/reconciliation',
  summary: `${SUMMARY}, of one grant.`,
  params: ById,
  answer: s.object({ ...figures, names }),
  reads: READS,
  example: { id: ref('grant') },
  run: async ({ id }, context) => {
    const card = await owned<GrantCard>(context, 'grant-card', id);
    if (card === undefined) return notFound;
    return answered(context, [await reconciled(context, card)], card.network);
  },
});

export const getNetworkReconciliation = question({
  name: 'getNetworkReconciliation',
  path: '/networks/{id}/reconciliation',
  summary: `${SUMMARY}, of all grants of a network.`,
  params: ById,
  answer: s.object({
    ...figures,
    grants: s.list(s.object({ grant: s.id(), title: s.text(), differenceCents: s.cents() })),
    names,
  }),
  reads: READS,
  example: { id: ref('network') },
  run: async ({ id }, context) => {
    if ((await owned<NetworkCard>(context, 'network-card', id)) === undefined) return notFound;
    const found: Found[] = [];
    for (const card of await grantsOf(context.reader, id)) found.push(await reconciled(context, card));
    const grants = found.map(({ card, accounts }) => ({
      grant: card.id,
      title: card.title,
      differenceCents: sum(accounts.map((one) => one.differenceCents)),
    }));
    return { ...(await answered(context, found, id)), grants };
  },
});

interface Found {
  readonly card: GrantCard;
  readonly accounts: readonly Account[];
  readonly events: number;
  readonly expenditures: readonly Expenditure[];
  /** The claims on documents that its events booked. */
  readonly booked: ReadonlySet<string>;
}

async function answered(context: QueryContext, found: readonly Found[], network: string) {
  const grants = new Map(found.map((one) => [one.card.id, one.booked]));
  const expenditures = found.flatMap((one) => one.expenditures);
  const accounts = MEMBERS.map((kind, i) =>
    together(
      kind,
      found.map((one) => one.accounts[i]!),
    ),
  );
  const [bare, idle] = [unproven(expenditures), await unbooked(context.reader, network, grants)];
  const claimedCents = sum(expenditures.map((one) => one.claimedGrantCents));
  const answer = {
    accounts,
    differenceCents: sum(found.flatMap((one) => one.accounts.map(({ differenceCents }) => differenceCents))),
    events: sum(found.map((one) => one.events)),
    expenditures: { count: expenditures.length, claimedCents, provenCents: claimedCents - bare.claimedCents },
    withoutEvidence: bare,
    withoutMoney: idle,
  };
  return { ...answer, names: await namesOf(context, idsIn(bare.items.map(({ action }) => action))) };
}

/** An event between two reads makes them differ: what differs is read again, and what is wrong still does. */
const TRIES = 3;

async function reconciled(context: QueryContext, { id }: GrantCard): Promise<Found> {
  let found = await readOnce(context, id);
  for (let tries = 1; tries < TRIES && found.accounts.some((one) => one.differenceCents > 0); tries++)
    found = await readOnce(context, id);
  return found;
}

async function readOnce(context: QueryContext, id: string): Promise<Found> {
  const { reader } = context;
  const of = <T extends object>(model: string, sort: string): Promise<readonly T[]> =>
    every<T>(reader, { model, where: [['of', 'eq', id]], sort: [sort, 1] });
  const [card, events, allocations, commitments, expenditures, payments] = await Promise.all([
    reader.get<GrantCard & Doc>('grant-card', id),
    eventsOf(context, id),
    of<Allocation>('allocation', 'id'),
    of<Commitment>('commitment', 'at'),
    of<Expenditure>('expenditure', 'position'),
    of<PartnerPayment>('partner-payment', 'organisation'),
  ]);
  const replayed = replayedTotals(events);
  const exported = exportedTotals({ allocations, commitments, expenditures, payments });
  return {
    card: card!.doc,
    accounts: MEMBERS.map((kind) => accountOf(kind, replayed[kind], card!.doc.totals[kind], exported[kind] ?? {})),
    events: events.length,
    expenditures,
    booked: new Set(events.flatMap(({ data }) => ('claim' in data ? (data.claim ?? []) : []))),
  };
}

type GrantFact = Recorded<GrantEvent>;

/** In whatever order: sums do not mind. */
async function eventsOf({ reader, moment }: QueryContext, id: string): Promise<readonly GrantFact[]> {
  const entries = await every<JournalEntry>(reader, {
    model: 'journal',
    where: [
      ['aggregate', 'eq', 'grant'],
      ['streamId', 'eq', id],
      ...(moment.effectiveAt === undefined ? [] : ([['occurredAt', 'lte', moment.effectiveAt]] as const)),
    ],
    sort: ['position', 1],
  });
  return entries.map((entry) => asRecorded(entry) as GrantFact);
}

/** The books once more, from the lines alone and by no code that made the statement. */
function replayedTotals(events: readonly GrantFact[]): Totals {
  const lines = Map.groupBy(events.flatMap(postingsOf), ({ account }) => kindOf(account));
  const of = (kind: string): number => sum((lines.get(kind) ?? []).map(({ cents }) => cents));
  return {
    awardCents: -of('award'),
    unallocatedCents: of('unallocated'),
    allocatedCents: of('allocated'),
    committedCents: of('committed'),
    spentCents: of('spent'),
    acceptedCents: of('accepted'),
    correctedCents: of('corrected'),
    lapsedCents: of('lapsed'),
    receivedCents: -of('funder') - of('repayable'),
    cashCents: of('received'),
    paidCents: of('paid'),
    repayableCents: of('repayable'),
    repaidCents: of('repaid'),
    ownCents: of('own'),
    otherGrantCents: of('other-grant'),
    solidarityCents: of('solidarity'),
    inKindCents: of('in-kind'),
  };
}

interface Lists {
  readonly allocations: readonly Allocation[];
  readonly commitments: readonly Commitment[];
  readonly expenditures: readonly Expenditure[];
  readonly payments: readonly PartnerPayment[];
}

/** What each list that shows a kind of account comes to. Award, cash and what lapsed unallocated have no lines but postings. */
function exportedTotals({
  allocations,
  commitments,
  expenditures,
  payments,
}: Lists): Partial<Record<Member, Readonly<Record<string, number>>>> {
  const of = <T>(lines: readonly T[], cents: (line: T) => number): number =>
    sum(lines.map((line) => centsOf(decimal(cents(line)))));
  const split = (member: keyof Expenditure['split']) => ({
    expenditures: of(expenditures, (one) => one.split[member]),
  });
  return {
    allocatedCents: { purposes: of(allocations, (one) => one.allocatedCents) },
    committedCents: {
      purposes: of(allocations, (one) => one.committedCents),
      commitments: of(commitments, (one) => one.openCents),
    },
    spentCents: {
      purposes: of(allocations, (one) => one.spentCents),
      expenditures: of(expenditures, (one) => (one.status === 'recorded' ? one.split.grantCents : 0)),
    },
    acceptedCents: {
      purposes: of(allocations, (one) => one.acceptedCents),
      expenditures: of(expenditures, (one) => one.acceptedCents),
    },
    correctedCents: { purposes: of(allocations, (one) => one.correctedCents) },
    paidCents: { partners: of(payments, (one) => one.paidCents) },
    ownCents: split('ownCents'),
    otherGrantCents: split('otherGrantCents'),
    solidarityCents: split('solidarityCents'),
    inKindCents: split('inKindCents'),
  };
}

function accountOf(
  kind: Member,
  eventCents: number,
  projectionCents: number,
  lists: Readonly<Record<string, number>>,
): Account {
  // Every kind stands in the list of grants too.
  const grants = centsOf(decimal(projectionCents));
  const exports = Object.entries({ ...lists, grants }).map(([list, exportCents]) => ({ list, exportCents }));
  const others = [projectionCents, ...exports.map(({ exportCents }) => exportCents)];
  return {
    kind,
    eventCents,
    projectionCents,
    exports,
    differenceCents: sum(others.map((cents) => Math.abs(cents - eventCents))),
  };
}

function together(kind: Member, accounts: readonly Account[]): Account {
  const lists = new Set(accounts.flatMap(({ exports }) => exports.map(({ list }) => list)));
  return {
    kind,
    eventCents: sum(accounts.map((one) => one.eventCents)),
    projectionCents: sum(accounts.map((one) => one.projectionCents)),
    exports: [...lists].map((list) => ({
      list,
      exportCents: sum(
        accounts.flatMap(({ exports }) => exports.flatMap((one) => (one.list === list ? one.exportCents : []))),
      ),
    })),
    differenceCents: sum(accounts.map((one) => one.differenceCents)),
  };
}

/** An invoice says what is asked, not that it was delivered and paid: an expenditure is proven by what was shown with it. */
function unproven(expenditures: readonly Expenditure[]): WithoutEvidence {
  const bare = expenditures.filter(({ evidence }) => evidence === 0);
  return {
    count: bare.length,
    claimedCents: sum(bare.map((one) => one.claimedGrantCents)),
    items: bare.slice(0, MOST).map((one) => ({
      grant: one.of,
      expenditure: one.event,
      action: one.action,
      category: one.category,
      method: one.method,
      claimedCents: one.claimedGrantCents,
      status: one.status,
    })),
  };
}

/** Documents of which a grant claimed a part that it did not book. */
async function unbooked(
  reader: Reader,
  network: string,
  booked: ReadonlyMap<string, ReadonlySet<string>>,
): Promise<WithoutMoney> {
  const documents = await every<DocumentCard & Doc>(reader, {
    model: 'document-card',
    where: [['networks', 'has', network]],
    sort: ['date', 1],
  });
  const idle = documents.flatMap(({ id, claims }) =>
    claims
      .filter(({ grant, claim }) => booked.get(grant)?.has(claim) === false)
      .map(({ grant, claim, claimedCents }) => ({ grant, document: id, claim, claimedCents })),
  );
  return {
    count: idle.length,
    claimedCents: sum(idle.map((one) => one.claimedCents)),
    items: idle.slice(0, MOST),
  };
}
