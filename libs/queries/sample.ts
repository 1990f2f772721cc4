import { s, sha256, sum, type TypeOf } from '#kernel';
import { ref } from '#domain';
import type { Expenditure, GrantCard, JournalEntry } from '#projections';
import type { Doc } from '#read-store';
import { idsIn, namesOf } from './names.ts';
import { GetSample } from './params.ts';
import { notFound, type QueryContext } from './query.ts';
import { every, names, owned, question } from './question.ts';

const fraction = (description: string) => s.object({ num: s.integer(), den: s.integer() }, description);

const drawn = s.object({
  expenditure: s.id(),
  hits: s.integer('How many of the units drawn lie in it.'),
  claimedCents: s.cents('Of the grant, as recorded.'),
  status: s.text(),
  action: s.id(),
  category: s.text(),
  document: s.nullable(s.id()),
  position: s.text('Of the last event that changed it.'),
});
type Drawn = TypeOf<typeof drawn>;

export const getSample = question({
  name: 'getSample',
  path: '/grants/{id}/sample',
  summary:
    'A monetary-unit sample of the expenditures of a grant: each cent has the same chance, and what is as large as the interval is always in it. The same seed gives the same sample of the same books.',
  params: GetSample,
  answer: s.object({
    seed: s.text(),
    size: s.integer(),
    position: s.text('Of the last event of the grant that it reflects: ask with this `asOf` to draw it again.'),
    population: s.integer('How many expenditures there are.'),
    totalCents: s.cents('All that was claimed of the grant.'),
    intervalCents: fraction('The distance between two units drawn: total by size.'),
    startCents: fraction('Where the first unit lies, from the first expenditure: from seed, grant and position.'),
    items: s.list(drawn, 'In the order of their positions.'),
    names,
  }),
  reads: ['expenditure', 'grant-card', 'journal'],
  example: { id: ref('grant'), seed: '2022-Q4', size: 30 },
  run: async ({ id, seed, size }, context) => {
    if ((await owned<GrantCard>(context, 'grant-card', id)) === undefined) return notFound;
    const position = await lastPosition(context, id);
    // As of that event, and no later one while pages are read.
    const expenditures = await every<Expenditure>(context.at({ ...context.moment, asOf: position }), {
      model: 'expenditure',
      where: [['of', 'eq', id]],
      sort: ['position', 1],
    });
    const totalCents = sum(expenditures.map((one) => one.claimedGrantCents));
    const start = startOf([seed, id, position], totalCents);
    const hits = hitsOf(
      expenditures.map((one) => one.claimedGrantCents),
      { size, start },
    );
    const items = expenditures.flatMap((one, i) => (hits[i]! > 0 ? drawnOf(one, hits[i]!) : []));
    return {
      seed,
      size,
      position,
      population: expenditures.length,
      totalCents,
      intervalCents: { num: totalCents, den: size },
      startCents: { num: start, den: size },
      items,
      names: await namesOf(context, idsIn(items.map(({ action }) => action))),
    };
  },
});

async function lastPosition({ reader }: QueryContext, grant: string): Promise<string> {
  const { items } = await reader.find<JournalEntry & Doc>({
    model: 'journal',
    where: [
      ['aggregate', 'eq', 'grant'],
      ['streamId', 'eq', grant],
    ],
    sort: ['position', -1],
    limit: 1,
  });
  return items[0]!.position;
}

/** A number below the total that nobody chose, in parts of a cent: as many as units are drawn. */
export const startOf = (said: readonly string[], totalCents: number): number =>
  totalCents === 0 ? 0 : Number(BigInt(`0x${sha256(said.join('\0'))}`) % BigInt(totalCents));

/**
 * How often each amount is hit by units that lie one interval (total by size) apart. A cent is counted in `size` parts, so that
 * nothing is rounded: an amount is hit floor or ceil of amount by interval times.
 */
export function hitsOf(
  amounts: readonly number[],
  { size, start }: { readonly size: number; readonly start: number },
): readonly number[] {
  const total = BigInt(sum(amounts));
  if (total === 0n) return amounts.map(() => 0);
  /** How many units lie below so many cents. */
  const below = (cents: bigint): bigint => (cents * BigInt(size) - BigInt(start) + total - 1n) / total;
  let before = 0n;
  return amounts.map((cents) => {
    const after = before + BigInt(cents);
    const hits = Number(below(after) - below(before));
    before = after;
    return hits;
  });
}

const drawnOf = (one: Expenditure, hits: number): Drawn => ({
  expenditure: one.event,
  hits,
  claimedCents: one.claimedGrantCents,
  status: one.status,
  action: one.action,
  category: one.category,
  document: one.document,
  position: one.position,
});
