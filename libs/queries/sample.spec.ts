import fc from 'fast-check';
import { sum } from '#kernel';
import { LEUVEN } from '#testkit';
import { Asked } from './harness.ts';
import { GRANT, moneyStory, OVERHEAD, RENT, SUPPORT } from './money-harness.ts';
import { hitsOf, startOf } from './sample.ts';

interface Sample {
  readonly position: string;
  readonly totalCents: number;
  readonly startCents: { readonly num: number };
  readonly items: readonly { readonly expenditure: string; readonly hits: number }[];
}

const asked = new Asked(moneyStory);
const sample = (params: object, moment = {}): Promise<Sample> =>
  asked.ask('getSample', { id: GRANT, ...params }, moment);

const drawing = fc
  .record({
    amounts: fc.array(fc.nat(10 ** 9), { minLength: 1, maxLength: 60 }),
    size: fc.integer({ min: 1, max: 40 }),
  })
  .filter(({ amounts }) => sum(amounts) > 0)
  .chain(({ amounts, size }) =>
    fc.record({ amounts: fc.constant(amounts), size: fc.constant(size), start: fc.nat(sum(amounts) - 1) }),
  );

describe('units one interval apart', () => {
  it('are as many as are asked for, and hit each amount floor or ceil of its part of the interval', () =>
    fc.assert(
      fc.property(drawing, ({ amounts, size, start }) => {
        const hits = hitsOf(amounts, { size, start });
        expect(sum(hits)).toBe(size);
        const total = BigInt(sum(amounts));
        for (const [i, cents] of amounts.entries()) {
          const [whole, rest] = [(BigInt(cents) * BigInt(size)) / total, (BigInt(cents) * BigInt(size)) % total];
          expect([whole, rest === 0n ? whole : whole + 1n]).toContain(BigInt(hits[i]!));
        }
      }),
    ));

  it('never miss what is as large as the interval, nor hit nothing', () =>
    fc.assert(
      fc.property(drawing, ({ amounts, size, start }) => {
        const hits = hitsOf(amounts, { size, start });
        const total = BigInt(sum(amounts));
        const large = hits.filter((_, i) => BigInt(amounts[i]!) * BigInt(size) >= total);
        expect(large.filter((times) => times === 0)).toEqual([]);
        expect(sum(hits.filter((_, i) => amounts[i] === 0))).toBe(0);
      }),
    ));

  it('hit an amount in as many starts as it has cents, times the size', () => {
    const amounts = [3, 5, 2];
    const starts = Array.from({ length: 10 }, (_, start) => hitsOf(amounts, { size: 4, start }));
    expect(amounts.map((_, i) => sum(starts.map((hits) => hits[i]!)))).toEqual([12, 20, 8]);
  });

  it('lie where seed, grant and position say: at each place below the total', () => {
    const starts = Array.from({ length: 200 }, (_, i) => startOf([`zaad ${i}`, GRANT, '1'], 10));
    expect(new Set(starts).size).toBe(10);
    expect(Math.max(...starts)).toBe(9);
    expect(startOf(['zaad', GRANT, '1'], 0)).toBe(0);
  });
});

describe('the sample of a grant', () => {
  it('says from what it was drawn, and what was hit how often', async () => {
    const answer = await sample({ seed: 'zaad', size: 2 });
    expect(answer).toMatchObject({
      seed: 'zaad',
      size: 2,
      population: 3,
      totalCents: 4_880_000,
      intervalCents: { num: 4_880_000, den: 2 },
    });
    expect(sum(answer.items.map(({ hits }) => hits))).toBe(2);
    expect(answer.items.map(({ expenditure }) => expenditure)).toContain(RENT);
  });

  it('holds everything when it is large enough', async () => {
    const { items } = await sample({ seed: 'zaad', size: 61 });
    expect(items.map(({ expenditure }) => expenditure).toSorted()).toEqual([RENT, SUPPORT, OVERHEAD].toSorted());
    expect(items.find(({ expenditure }) => expenditure === RENT)!.hits).toBe(35);
  });

  it('is the same for the same seed and the same books, also when drawn again as of its position', async () => {
    const [first, { asOf: _now, ...again }] = [
      await sample({ seed: 'zaad', size: 7 }),
      (await sample({ seed: 'zaad', size: 7 })) as Sample & { readonly asOf: string },
    ];
    expect(first).toMatchObject(again);
    const { asOf: _then, ...later } = (await sample({ seed: 'zaad', size: 7 }, { asOf: first.position })) as Sample & {
      readonly asOf: string;
    };
    expect(later).toEqual(again);
  });

  it('is another one for another seed, and of other books', async () => {
    const first = await sample({ seed: 'zaad', size: 7 });
    expect((await sample({ seed: 'ander', size: 7 })).startCents).not.toEqual(first.startCents);
    expect(await sample({ seed: 'zaad', size: 7 }, { asOf: '2021-04-01' })).toMatchObject({
      population: 1,
      totalCents: 2_000_000,
    });
  });

  it('of nothing is empty, and of another network’s grant there is none', async () => {
    expect(await sample({ seed: 'zaad', size: 7 }, { asOf: '2020-12-31' })).toMatchObject({ totalCents: 0, items: [] });
    expect(await asked.ask('getSample', { id: GRANT, seed: 'x', size: 1 }, {}, { networks: [LEUVEN] })).toBeUndefined();
  });
});
