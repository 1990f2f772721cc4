import { dayOf, s, type Day, type TypeOf } from '#kernel';
import { AGREEMENT_KINDS, ref } from '#domain';
import { ACTION_STATUSES, agreementCard, type ActionCard, type AgreementCard } from '#projections';
import { evaluate, type Doc } from '#read-store';
import { idsIn, namesOf } from './names.ts';
import { ById, ListAgreements, SHOWN_STATUSES, type ShownStatus } from './params.ts';
import { notFound } from './query.ts';
import { names, ofNetwork, owned, pageOf, pick, question, whereOf } from './question.ts';

const MODEL = 'agreement-card';

const status = s.oneOf(
  SHOWN_STATUSES,
  'At the moment asked for: `superseded` once a successor that entered into force has begun; else `expired` once its period has ended.',
);

/** That time has passed nobody writes: what its status comes to on a day. `others` are the agreements of its network. */
function statusOn(today: Day, { id, status, until }: AgreementCard, others: readonly AgreementCard[]): ShownStatus {
  if (status !== 'in-force') return status;
  const isSuperseded = others.some(
    ({ succeeds, inForceAt, from }) => succeeds === id && inForceAt !== null && from <= today,
  );
  if (isSuperseded) return 'superseded';
  return until !== null && until < today ? 'expired' : status;
}

export const agreementRow = s.object({
  id: s.id(),
  kind: s.oneOf(AGREEMENT_KINDS),
  title: s.text(),
  from: s.day(),
  until: s.nullable(s.day()),
  status,
  scheme: s.nullable(s.id()),
  succeeds: s.nullable(s.id()),
  signatories: s.list(s.id(), 'Organisations that have signed.'),
});
type Row = TypeOf<typeof agreementRow>;

export const rowsOf = (cards: readonly AgreementCard[], today: Day): readonly Row[] =>
  cards.map((card) => ({
    ...pick(card, ['id', 'kind', 'title', 'from', 'until', 'scheme', 'succeeds']),
    status: statusOn(today, card, cards),
    signatories: card.signatures.map(({ organisation }) => organisation),
  }));

export const listAgreements = question({
  name: 'listAgreements',
  path: '/agreements',
  summary: 'The agreements of a network with their status at the moment asked for, the latest to begin first.',
  params: ListAgreements,
  answer: pageOf(agreementRow),
  reads: [MODEL],
  example: { network: ref('network'), status: 'in-force' },
  run: async ({ network, limit = 50, cursor, ...params }, context) => {
    if (!context.networks.has(network)) return notFound;
    // A network has tens of them; their status on a day depends on one another.
    const all = await ofNetwork<AgreementCard>(context.reader, MODEL, network);
    const { items, next } = evaluate<Row & Doc>(rowsOf(all, dayOf(context.now)), {
      model: MODEL,
      where: whereOf(params, { kind: ['kind', 'eq'], status: ['status', 'eq'] }),
      sort: ['from', -1],
      limit,
      ...(cursor !== undefined && { cursor }),
    });
    return { items, next, names: await namesOf(context, idsIn(items)) };
  },
});

export const getAgreement = question({
  name: 'getAgreement',
  path: '/agreements/{id}',
  summary: 'One agreement: its signatures, its status at the moment asked for, those before and after it, its actions.',
  params: ById,
  answer: s.object({
    agreement: agreementCard.doc,
    status,
    predecessor: s.nullable(agreementRow),
    successors: s.list(agreementRow),
    actions: s.list(s.object({ id: s.id(), title: s.json('In nl, fr, en.'), status: s.oneOf(ACTION_STATUSES) })),
    names,
  }),
  reads: [MODEL, 'action-card'],
  example: { id: ref('agreement') },
  run: async ({ id }, context) => {
    const agreement = await owned<AgreementCard>(context, MODEL, id);
    if (agreement === undefined) return notFound;
    const [all, actions] = await Promise.all([
      ofNetwork<AgreementCard>(context.reader, MODEL, agreement.network),
      context.reader.getMany<ActionCard & Doc>('action-card', agreement.actions),
    ]);
    const today = dayOf(context.now);
    const rows = rowsOf(all, today);
    const answer = {
      agreement,
      status: statusOn(today, agreement, all),
      predecessor: rows.find((one) => one.id === agreement.succeeds) ?? null,
      successors: rows.filter(({ succeeds }) => succeeds === id),
      actions: [...actions.values()].map((action) => pick(action, ['id', 'title', 'status'])),
    };
    return { ...answer, names: await namesOf(context, idsIn(answer)) };
  },
});
