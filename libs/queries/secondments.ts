import { dayOf, s, sum, type Day } from '#kernel';
import { bpOn, ref, spansOf } from '#domain';
import { secondmentCard, staffCharge, type SecondmentCard, type StaffCharge } from '#projections';
import type { Filter, Reader } from '#read-store';
import { idsIn, namesOf } from './names.ts';
import { GetSecondmentStatement, PagedOfNetwork } from './params.ts';
import { notFound } from './query.ts';
import { every, listed, names, pageOf, question } from './question.ts';

const CARD = 'secondment-card';
const CHARGE = 'staff-charge';

export const getSecondmentStatement = question({
  name: 'getSecondmentStatement',
  path: '/secondments',
  summary:
    'Who is seconded in or to a network on a day, how much of full time, and which shares of their cost its grants pay.',
  params: GetSecondmentStatement,
  answer: s.object({
    on: s.day(),
    totalBp: s.integer('Of all secondments that were agreed in the network or work for it, on that day.'),
    secondments: s.list(
      s.object({ bp: s.integer('Of full time on that day, in basis points.'), secondment: secondmentCard.doc }),
      'By first day; commands on one are given on its `of`.',
    ),
    charges: s.list(staffCharge.doc, 'What grants of the network pay of the cost of that day, by first day.'),
    names,
  }),
  reads: [CARD, CHARGE],
  example: { network: ref('network'), on: '2019-03-01' },
  run: async ({ network, on }, context) => {
    if (!context.networks.has(network)) return notFound;
    const { reader, now } = context;
    const day = on ?? dayOf(now);
    const [secondments, charges] = await Promise.all([
      secondedOn(reader, network, day),
      begunBy<StaffCharge>(reader, CHARGE, day, ['network', 'eq', network], ['until', 'gte', day]),
    ]);
    const totalBp = sum(secondments.map(({ bp }) => bp));
    return {
      on: day,
      totalBp,
      secondments,
      charges,
      names: await namesOf(context, idsIn([secondments, charges])),
    };
  },
});

/** Who is seconded in a network or to it on a day, and how much of full time. */
export async function secondedOn(
  reader: Reader,
  network: string,
  day: Day,
): Promise<readonly { readonly bp: number; readonly secondment: SecondmentCard }[]> {
  const [agreed, received] = await Promise.all([
    begunBy<SecondmentCard>(reader, CARD, day, ['network', 'eq', network]),
    begunBy<SecondmentCard>(reader, CARD, day, ['receiver', 'eq', network]),
  ]);
  return [...agreed, ...received.filter((card) => card.network !== network)]
    .toSorted((a, b) => (a.from < b.from ? -1 : Number(a.from > b.from)))
    .map((secondment) => ({ bp: bpOn(spansOf(secondment), day), secondment }))
    .filter(({ bp }) => bp > 0);
}

const begunBy = <T extends object>(
  reader: Reader,
  model: string,
  day: Day,
  ...where: readonly Filter[]
): Promise<readonly T[]> => every<T>(reader, { model, where: [['from', 'lte', day], ...where], sort: ['from', 1] });

export const listStaffCharges = question({
  name: 'listStaffCharges',
  path: '/staff-charges',
  summary: 'The shares of the pay of seconded people that grants of a network take, the latest first day first.',
  params: PagedOfNetwork,
  answer: pageOf(staffCharge.doc),
  reads: [CHARGE],
  example: { network: ref('network') },
  run: (params, context) =>
    listed<StaffCharge>(context, params, { model: CHARGE, sort: ['from', -1] }, (charge) => charge, idsIn),
});
