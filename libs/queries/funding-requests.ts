import { dayOf, s, sum } from '#kernel';
import { ref } from '#domain';
import { ACTION_STATUSES, period, type ActionCard, type Allocation } from '#projections';
import type { Doc, Page, Query, Reader } from '#read-store';
import { grantsOf } from './funding.ts';
import { idsIn, namesOf } from './names.ts';
import { PagedOfNetwork } from './params.ts';
import { notFound } from './query.ts';
import { every, pageOf, question } from './question.ts';

const OPEN = ['proposed', 'approved', 'active', 'suspended'] as const;

const row = s.object({
  action: s.id(),
  title: s.json('In nl, fr, en.'),
  status: s.oneOf(ACTION_STATUSES),
  requests: s.list(s.object({ id: s.id(), amountCents: s.cents(), purpose: s.text(), at: s.instant() })),
  requestedCents: s.cents('All requests together.'),
  setAsideCents: s.cents('What grants set aside for it, whatever became of that: free, committed, spent or accepted.'),
  missingCents: s.cents('Requested and not set aside.'),
  grants: s.list(
    s.object({ grant: s.id(), title: s.text(), period, unallocatedCents: s.cents() }),
    'Of its network, with money that is not set aside, whose period runs or is still to begin; none when nothing is missing.',
  ),
});

export const listFundingRequests = question({
  name: 'listFundingRequests',
  path: '/funding-requests',
  summary:
    'Actions of a network that asked for money, what they got, what is missing, and the grants that have money left.',
  params: PagedOfNetwork,
  answer: pageOf(row),
  reads: ['action-card', 'allocation', 'grant-card'],
  example: { network: ref('network') },
  run: async ({ network, limit = 50, cursor }, context) => {
    if (!context.networks.has(network)) return notFound;
    const { reader, now } = context;
    const today = dayOf(now);
    const query = {
      model: 'action-card',
      where: [
        ['network', 'eq', network],
        ['status', 'in', OPEN],
      ],
      sort: ['proposedAt', 1],
      limit,
      ...(cursor !== undefined && { cursor }),
    } as const satisfies Query;
    const [page, grants] = await Promise.all([requesting(reader, query), grantsOf(reader, network)]);
    const withMoney = grants
      .filter(
        ({ status, period, totals }) => status === 'awarded' && period.until >= today && totals.unallocatedCents > 0,
      )
      .map(({ id, title, period, totals }) => ({
        grant: id,
        title,
        period,
        unallocatedCents: totals.unallocatedCents,
      }));
    const items = await Promise.all(
      page.items.map(async ({ id, title, status, fundingRequests }) => {
        const requestedCents = sum(fundingRequests.map(({ amountCents }) => amountCents));
        const setAsideCents = await setAside(reader, network, id);
        const missingCents = Math.max(0, requestedCents - setAsideCents);
        return {
          action: id,
          title,
          status,
          requests: fundingRequests,
          requestedCents,
          setAsideCents,
          missingCents,
          grants: missingCents > 0 ? withMoney : [],
        };
      }),
    );
    return { items, next: page.next, names: await namesOf(context, idsIn(items)) };
  },
});

/** A page of those that asked for money: pages of the actions, until it is full. */
async function requesting(
  reader: Reader,
  { limit, ...query }: Query & { readonly limit: number },
): Promise<Pick<Page<ActionCard>, 'items' | 'next'>> {
  const items: ActionCard[] = [];
  let next: string | null | undefined = query.cursor;
  do {
    const page: Page<ActionCard & Doc> = await reader.find({
      ...query,
      limit: limit - items.length,
      ...(next != null && { cursor: next }),
    });
    items.push(...page.items.filter(({ fundingRequests }) => fundingRequests.length > 0));
    next = page.next;
  } while (next !== null && items.length < limit);
  return { items, next };
}

/** Money goes to actions of the grant's own network only. */
async function setAside(reader: Reader, network: string, action: string): Promise<number> {
  const purposes = await every<Allocation>(reader, {
    model: 'allocation',
    where: [
      ['network', 'eq', network],
      ['action', 'eq', action],
    ],
  });
  return sum(
    purposes.map(
      ({ allocatedCents, committedCents, spentCents, acceptedCents }) =>
        allocatedCents + committedCents + spentCents + acceptedCents,
    ),
  );
}
