import { dayOf, s, sum, type TypeOf } from '#kernel';
import { bpOn, ref, spansOf } from '#domain';
import {
  grantCard,
  secondmentCard,
  type Commitment,
  type GrantCard,
  type NetworkCard,
  type OrganisationCard,
  type PartnerPayment,
  type SecondmentCard,
} from '#projections';
import type { Doc, Filter } from '#read-store';
import { idsIn, namesOf } from './names.ts';
import { ById } from './params.ts';
import { notFound, type QueryContext } from './query.ts';
import { every, names, pick, picked, question } from './question.ts';

const GRANT = ['id', 'title', 'status', 'period', 'totals'] as const;

const sums = {
  awardedCents: s.cents('Of the grants it funds.'),
  paidCents: s.cents('Paid to it as a partner, and not taken back.'),
  orderedCents: s.cents('Ordered from it, by its enterprise number.'),
  openCents: s.cents('Of that, not yet spent.'),
  sentBp: s.integer('Of full time it sends that day, in basis points.'),
  receivedBp: s.integer('Of full time it receives that day, in basis points.'),
};
const totals = s.object(sums);
type Totals = TypeOf<typeof totals>;

const share = s.object({
  network: s.id(),
  memberships: s.list(
    s.object({ seat: s.text(), sector: s.text(), from: s.instant(), until: s.nullable(s.instant()) }),
    'Past ones too.',
  ),
  sent: s.list(secondmentCard.doc, 'Staff that it seconds, past and present.'),
  received: s.list(secondmentCard.doc, 'Staff that is seconded to it.'),
  funded: s.list(picked(grantCard.doc, GRANT), 'Grants that it gives.'),
  commitments: s.integer('How many orders it was given.'),
  totals,
});
type Share = TypeOf<typeof share>;

export const getOrganisationShare = question({
  name: 'getOrganisationShare',
  path: '/organisations/{id}/share',
  summary:
    'An organisation over all networks in which the caller holds a role: its seats, its staff, the grants it gives, the money it gets.',
  params: ById,
  answer: s.object({
    organisation: s.object({ id: s.id(), name: s.text(), enterpriseNumber: s.nullable(s.text()) }),
    networks: s.list(share, 'Those where it has, or had, a part; by name.'),
    totals: s.object(sums, 'Over all these networks.'),
    names,
  }),
  reads: ['organisation-card', 'network-card', 'secondment-card', 'grant-card', 'partner-payment', 'commitment'],
  example: { id: ref('organisation') },
  run: async ({ id }, context) => {
    const found = await context.reader.get<OrganisationCard & Doc>('organisation-card', id);
    if (found === null) return notFound;
    const cards = await context.reader.getMany<NetworkCard & Doc>('network-card', [...context.networks]);
    const byName = [...cards.values()].toSorted((a, b) =>
      a.name === b.name ? (a.id < b.id ? -1 : 1) : a.name < b.name ? -1 : 1,
    );
    const shares = await Promise.all(byName.map((network) => shareOf(context, found.doc, network)));
    const answer = {
      organisation: pick(found.doc, ['id', 'name', 'enterpriseNumber']),
      networks: shares.filter(hasPart),
      totals: added(shares.map((one) => one.totals)),
    };
    return { ...answer, names: await namesOf(context, idsIn(answer)) };
  },
});

async function shareOf(
  { reader, now }: QueryContext,
  { id, enterpriseNumber }: OrganisationCard,
  network: NetworkCard,
): Promise<Share> {
  const of = <T extends object>(model: string, sort: string, ...where: readonly Filter[]): Promise<readonly T[]> =>
    every<T>(reader, { model, where: [['network', 'eq', network.id], ...where], sort: [sort, 1] });
  const [sent, received, grants, payments, orders] = await Promise.all([
    of<SecondmentCard>('secondment-card', 'from', ['sender', 'eq', id]),
    of<SecondmentCard>('secondment-card', 'from', ['receiver', 'eq', id]),
    of<GrantCard>('grant-card', 'since', ['funder', 'eq', id]),
    of<PartnerPayment>('partner-payment', 'id', ['organisation', 'eq', id]),
    enterpriseNumber === null
      ? []
      : of<Commitment>('commitment', 'id', ['supplier.enterpriseNumber', 'eq', enterpriseNumber]),
  ]);
  const today = dayOf(now);
  const bp = (cards: readonly SecondmentCard[]): number => sum(cards.map((card) => bpOn(spansOf(card), today)));
  return {
    network: network.id,
    memberships: network.members
      .filter(({ organisation }) => organisation === id)
      .map((member) => pick(member, ['seat', 'sector', 'from', 'until'])),
    sent,
    received,
    funded: grants.map((card) => pick(card, GRANT)),
    commitments: orders.length,
    totals: {
      awardedCents: sum(grants.map((card) => card.totals.awardCents)),
      paidCents: sum(payments.map(({ paidCents }) => paidCents)),
      orderedCents: sum(orders.map(({ committedCents }) => committedCents)),
      openCents: sum(orders.map(({ openCents }) => openCents)),
      sentBp: bp(sent),
      receivedBp: bp(received),
    },
  };
}

const hasPart = ({ memberships, sent, received, funded, commitments, totals }: Share): boolean =>
  memberships.length + sent.length + received.length + funded.length + commitments + totals.paidCents > 0;

const added = (all: readonly Totals[]): Totals =>
  Object.fromEntries(
    (Object.keys(sums) as (keyof Totals)[]).map((member) => [member, sum(all.map((one) => one[member]))]),
  ) as Totals;
