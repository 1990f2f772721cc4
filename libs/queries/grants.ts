import { dayOf, s, sum, type Day } from '#kernel';
import { ref, type ConditionStatus } from '#domain';
import {
  allocation,
  commitment,
  conditionStanding,
  expenditure,
  finding,
  grantCard,
  GRANT_STATUSES,
  partnerPayment,
  type Allocation,
  type Commitment,
  type Expenditure,
  type Finding,
  type GrantCard,
  type PartnerPayment,
} from '#projections';
import type { Doc, Filter, Query } from '#read-store';
import { idsIn, namesOf } from './names.ts';
import {
  ById,
  ListApplications,
  ListCommitments,
  ListConditions,
  ListExpenditures,
  ListFindings,
  ListGrants,
  PageById,
} from './params.ts';
import { notFound, type QueryContext } from './query.ts';
import { every, listed, names, owned, pageOf, pick, picked, question, whereOf } from './question.ts';

const CARD = 'grant-card';
const ROW = [
  'id',
  'network',
  'title',
  'status',
  'since',
  'scheme',
  'funder',
  'area',
  'period',
  'requestedCents',
  'totals',
  'openFindings',
  'revision',
  'position',
  'updatedAt',
] as const;
const row = picked(grantCard.doc, ROW);
const rowOf = (card: GrantCard) => pick(card, ROW);

const AWARDED = GRANT_STATUSES.filter((one) => one !== 'applied' && one !== 'refused');

export const listGrants = question({
  name: 'listGrants',
  path: '/grants',
  summary: 'The grants of a network with the totals of their books, the latest change of status first.',
  params: ListGrants,
  answer: pageOf(row),
  reads: [CARD],
  example: { network: ref('network'), status: ['awarded'] },
  run: ({ status = AWARDED, ...params }, context) =>
    listed(
      context,
      params,
      {
        model: CARD,
        where: [['status', 'in', status], ...whereOf(params, { scheme: ['scheme', 'eq'] })],
        sort: ['since', -1],
      },
      rowOf,
      idsIn,
    ),
});

export const listApplications = question({
  name: 'listApplications',
  path: '/applications',
  summary: 'What a network applied for: pending and refused applications, the latest first.',
  params: ListApplications,
  answer: pageOf(row),
  reads: [CARD],
  example: { network: ref('network') },
  run: (params, context) =>
    listed(
      context,
      params,
      {
        model: CARD,
        where: [['status', 'in', params.status ?? ['applied', 'refused']]],
        sort: ['since', -1],
      },
      rowOf,
      idsIn,
    ),
});

/** A statement shows so many purposes; the rest is in their list. */
const PURPOSES = 500;

export const getGrantStatement = question({
  name: 'getGrantStatement',
  path: '/grants/{id}',
  summary:
    'The statement of a grant: award, what became of it, cash, conditions, instalments and what is due either way.',
  params: ById,
  answer: s.object({
    grant: grantCard.doc,
    purposes: s.list(allocation.doc, `What was set aside for what; at most ${PURPOSES}.`),
    partners: s.list(partnerPayment.doc, 'What was paid to whom.'),
    entitlementCents: s.cents('LED-9: the least of the award less corrections, and what was accepted.'),
    balanceCents: s.cents('Still to be received; below zero: to be repaid.'),
    retainUntil: s.nullable(s.day('Until when its documents are kept; null while that is not known yet.')),
    names,
  }),
  reads: [CARD, 'allocation', 'partner-payment'],
  example: { id: ref('grant') },
  run: async ({ id }, context) => {
    const grant = await owned<GrantCard>(context, CARD, id);
    if (grant === undefined) return notFound;
    const [{ items: purposes }, partners] = await Promise.all([
      context.reader.find<Allocation & Doc>({ model: 'allocation', where: [['of', 'eq', id]], limit: PURPOSES }),
      every<PartnerPayment>(context.reader, {
        model: 'partner-payment',
        where: [['of', 'eq', id]],
        sort: ['organisation', 1],
      }),
    ]);
    const { awardCents, correctedCents, acceptedCents, receivedCents, repaidCents } = grant.totals;
    const entitlementCents = Math.min(awardCents - correctedCents, acceptedCents);
    const answer = {
      grant,
      purposes,
      partners,
      entitlementCents,
      balanceCents: entitlementCents - receivedCents + repaidCents,
      retainUntil: retainUntil(grant),
    };
    return { ...answer, names: await namesOf(context, idsIn(answer)) };
  },
});

/** 31 December of the year of the anchor, and so many years more (`domain.md` §3.2). */
export function retainUntil({ terms, closedAt, lastPaymentAt, period }: GrantCard): Day | null {
  if (terms === null) return null;
  const anchor = { closure: closedAt, 'last-payment': lastPaymentAt, 'period-end': `${period.until}T12:00:00.000Z` };
  const at = anchor[terms.retention.anchor];
  return at === null ? null : `${Number(dayOf(at).slice(0, 4)) + terms.retention.years}-12-31`;
}

/** A page of the parts of one grant, where it is the caller's. */
async function partsOf<T extends object>(
  context: QueryContext,
  { id, limit = 50, cursor }: PageById,
  query: Pick<Query, 'model' | 'sort'> & { readonly where?: readonly Filter[] },
) {
  if ((await owned<GrantCard>(context, CARD, id)) === undefined) return notFound;
  const page = await context.reader.find<T & Doc>({
    ...query,
    where: [['of', 'eq', id], ...(query.where ?? [])],
    limit,
    ...(cursor !== undefined && { cursor }),
  });
  return { items: page.items as readonly T[], next: page.next, names: await namesOf(context, idsIn(page.items)) };
}

export const listPurposes = question({
  name: 'listPurposes',
  path: '/grants/{id}/purposes',
  summary: 'What a grant set aside for which action and category, and what became of it.',
  params: PageById,
  answer: pageOf(allocation.doc),
  reads: [CARD, 'allocation'],
  example: { id: ref('grant') },
  run: (params, context) => partsOf<Allocation>(context, params, { model: 'allocation' }),
});

export const listCommitments = question({
  name: 'listCommitments',
  path: '/commitments',
  summary: 'What a network ordered from its grants, the latest first.',
  params: ListCommitments,
  answer: pageOf(commitment.doc),
  reads: ['commitment'],
  example: { network: ref('network') },
  run: (params, context) =>
    listed<Commitment>(
      context,
      params,
      {
        model: 'commitment',
        where: [
          ...whereOf(params, { grant: ['of', 'eq'], action: ['action', 'eq'] }),
          ...(params.open === true ? ([['openCents', 'gt', 0]] as const) : []),
        ],
        sort: ['at', -1],
      },
      (one) => one,
      idsIn,
    ),
});

export const listExpenditures = question({
  name: 'listExpenditures',
  path: '/expenditures',
  summary: 'What a network spent from its grants, line by line, with document and verification, the latest first.',
  params: ListExpenditures,
  answer: pageOf(expenditure.doc),
  reads: ['expenditure'],
  example: { network: ref('network'), status: ['recorded'] },
  run: (params, context) =>
    listed<Expenditure>(
      context,
      params,
      {
        model: 'expenditure',
        where: whereOf(params, {
          grant: ['of', 'eq'],
          action: ['action', 'eq'],
          status: ['status', 'in'],
          document: ['document', 'eq'],
        }),
        sort: ['recordedOn', -1],
      },
      (one) => one,
      idsIn,
    ),
});

export const listFindings = question({
  name: 'listFindings',
  path: '/findings',
  summary: 'What audit or funders found on the grants of a network, with reply and closure.',
  params: ListFindings,
  answer: pageOf(finding.doc),
  reads: ['finding'],
  example: { network: ref('network') },
  run: (params, context) =>
    listed<Finding>(
      context,
      params,
      {
        model: 'finding',
        where: whereOf(params, { grant: ['of', 'eq'], status: ['status', 'in'] }),
        sort: ['raisedOn', -1],
      },
      (one) => one,
      idsIn,
    ),
});

export const getConditionStatus = question({
  name: 'getConditionStatus',
  path: '/conditions',
  summary:
    'Where the conditions of a network’s grants stand, and which instalments wait for them; `limit` counts grants.',
  params: ListConditions,
  answer: s.object({
    items: s.list(
      s.object({
        grant: s.id(),
        title: s.text(),
        condition: conditionStanding,
        gates: s.list(s.text(), 'Instalments, not received yet, that require it.'),
      }),
    ),
    next: s.nullable(s.text('Cursor of the next page; null on the last.')),
    accepted: s.integer('How many are accepted or waived, on all pages.'),
    timesAtRisk: s.integer('How often one was put at risk, on all pages.'),
    names,
  }),
  reads: [CARD],
  example: { network: ref('network') },
  run: async ({ network, grant, status, limit = 50, cursor }, context) => {
    if (!context.networks.has(network)) return notFound;
    const where: readonly Filter[] = [
      ['network', 'eq', network],
      ...(grant === undefined ? [] : ([['id', 'eq', grant]] as const)),
    ];
    const query = { model: CARD, where, sort: ['since', -1] } as const;
    const page = await context.reader.find<GrantCard & Doc>({
      ...query,
      limit,
      ...(cursor !== undefined && { cursor }),
    });
    const all = (await every<GrantCard>(context.reader, query)).flatMap((card) => standingsOf(card, status));
    const items = page.items.flatMap((card) => standingsOf(card, status));
    return {
      items,
      next: page.next,
      accepted: all.filter(({ condition }) => condition.status === 'accepted' || condition.status === 'waived').length,
      timesAtRisk: sum(all.map(({ condition }) => condition.timesAtRisk)),
      names: await namesOf(context, idsIn(items)),
    };
  },
});

const standingsOf = ({ id, title, conditions, instalments }: GrantCard, status?: readonly ConditionStatus[]) =>
  conditions
    .filter((one) => status === undefined || status.includes(one.status))
    .map((condition) => ({
      grant: id,
      title,
      condition,
      gates: instalments
        .filter((one) => one.requires.includes(condition.code) && one.status !== 'received')
        .map(({ code }) => code),
    }));
