import { s, sum, type Day } from '#kernel';
import { ref } from '#domain';
import { documentCard, type DocumentCard, type Expenditure, type GrantCard } from '#projections';
import type { Doc, Reader } from '#read-store';
import { retainUntil } from './grants.ts';
import { idsIn, namesOf } from './names.ts';
import { PagedOfNetwork } from './params.ts';
import { notFound, type Moment } from './query.ts';
import { every, pageOf, pick, picked, question } from './question.ts';

const DOCUMENT = ['id', 'supplier', 'number', 'date', 'grossCents', 'sha256'] as const;

const documentRow = s.object({
  ...(picked(documentCard.doc, DOCUMENT) as unknown as { properties: Record<string, ReturnType<typeof s.text>> })
    .properties,
  grants: s.list(
    s.object({
      grant: s.id(),
      expenditure: s.id(),
      status: s.text(),
      standingCents: s.integer('Of the document, in euro cents: claimed, less what was refused or taken back.'),
    }),
    'Of the caller’s networks.',
  ),
  elsewhereCents: s.cents('What grants of other networks have of it, in euro cents.'),
  pendingCents: s.cents('Claimed and not booked yet, in euro cents.'),
  standingCents: s.cents('All of this together; never more than the document comes to (LED-4).'),
  sameFile: s.list(
    s.id(),
    'Other documents of the caller’s networks that are this very file: written differently, or booked twice?',
  ),
  sameFileElsewhere: s.integer('How many more there are in other networks.'),
  retainUntil: s.nullable(s.day('The latest of the grants that used it; null while one is still running.')),
});

export const getDocumentMatrix = question({
  name: 'getDocumentMatrix',
  path: '/documents',
  summary: 'The supporting documents of a network and which grants have how much of each, over all networks.',
  params: PagedOfNetwork,
  answer: pageOf(documentRow),
  reads: ['document-card', 'expenditure', 'grant-card'],
  example: { network: ref('network') },
  run: async ({ network, limit = 50, cursor }, context) => {
    if (!context.networks.has(network)) return notFound;
    const { reader, networks, moment } = context;
    // A claim is a fact of what is known; what held of it, its bookings say.
    const known = moment.effectiveAt === undefined ? reader : context.at(withoutHeld(moment));
    const page = await known.find<DocumentCard & Doc>({
      model: 'document-card',
      where: [['networks', 'has', network]],
      sort: ['date', -1],
      limit,
      ...(cursor !== undefined && { cursor }),
    });
    const grants = [...new Set(page.items.flatMap(({ claims }) => claims.map(({ grant }) => grant)))];
    const [files, booked, held, cards] = await Promise.all([
      every<DocumentCard>(known, {
        model: 'document-card',
        where: [['sha256', 'in', page.items.map((one) => one.sha256)]],
      }),
      bookedOn(known, page.items),
      bookedOn(reader, page.items),
      reader.getMany<GrantCard & Doc>('grant-card', grants),
    ]);
    const items = page.items.map((document) => {
      const bookings = of(held, document).map((one) => ({
        network: one.network,
        grant: one.of,
        expenditure: one.event,
        status: one.status,
        standingCents: one.split.grantCents - one.correctedCents,
      }));
      const own = bookings.filter((one) => networks.has(one.network));
      const others = bookings.filter((one) => !networks.has(one.network));
      const claimedCents = sum(document.claims.map((claim) => claim.claimedCents));
      const pendingCents = Math.max(0, claimedCents - sum(of(booked, document).map((one) => one.claimedGrantCents)));
      const until = document.claims.map(({ grant }) => retainedUntil(cards.get(grant)));
      const same = files.filter(({ id, sha256 }) => sha256 === document.sha256 && id !== document.id);
      const here = same.filter((one) => one.networks.some((one) => networks.has(one)));
      return {
        ...pick(document, DOCUMENT),
        sameFile: here.map(({ id }) => id),
        sameFileElsewhere: same.length - here.length,
        grants: own.map(({ network: _own, ...booking }) => booking),
        elsewhereCents: sum(others.map((one) => one.standingCents)),
        pendingCents,
        standingCents: sum(bookings.map((one) => one.standingCents)) + pendingCents,
        retainUntil: until.includes(null)
          ? null
          : until.reduce<Day | null>((last, day) => (last !== null && day !== null && last > day ? last : day), null),
      };
    });
    return { items, next: page.next, names: await namesOf(context, idsIn(items.map(({ grants }) => grants))) };
  },
});

const retainedUntil = (card: GrantCard | undefined) => (card === undefined ? null : retainUntil(card));

const withoutHeld = ({ asOf }: Moment): Moment => (asOf === undefined ? {} : { asOf });

const of = (booked: readonly Expenditure[], { id }: DocumentCard): readonly Expenditure[] =>
  booked.filter((one) => one.document === id);

/** All that was booked on these documents, by whatever grant. */
const bookedOn = (reader: Reader, documents: readonly DocumentCard[]): Promise<readonly Expenditure[]> =>
  documents.length === 0
    ? Promise.resolve([])
    : every<Expenditure>(reader, {
        model: 'expenditure',
        where: [['document', 'in', documents.map(({ id }) => id)]],
      });
