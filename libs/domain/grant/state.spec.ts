import { copied, record, type Fact } from '#testkit';
import { fold, uuidv5 } from '#kernel';
import type { GrantEvent } from './events.ts';
import { accepted, awarded, E1, GRANT, purpose, rentPaid, s1, split } from './harness.ts';
import { grant } from './state.ts';

const MANY = 2_000;

const paid = (n: number): Fact<GrantEvent> =>
  ({
    ...rentPaid,
    id: uuidv5('spec', 'paid', String(n)),
    data: { ...rentPaid.data, claim: uuidv5('spec', 'paid for', String(n)), split: split(8, 2) },
  }) as Fact<GrantEvent>;

const corrected: Fact<GrantEvent> = {
  type: 'ExpenditureCorrected',
  data: { ...purpose, expenditure: E1, amountCents: 1, to: 'corrected', ground: 'Dubbel betaald', recoveryCents: 0 },
};

describe('a grant of two thousand expenditures', () => {
  const facts = [
    awarded({ amountCents: 90_000_000 }),
    ...s1.spent.slice(1),
    ...Array.from({ length: MANY }, (_, n) => paid(n)),
  ];
  const state = fold(grant, record('grant', GRANT, facts));

  it.each<[string, Fact<GrantEvent>]>([
    ['spends', paid(MANY)],
    ['verifies', accepted],
    ['corrects', corrected],
  ])('%s and copies some hundred members: a change costs about what it costs on a small one', (_, fact) => {
    const event = record('grant', GRANT, [...facts, fact]).at(-1)!;
    expect(copied(state, grant.evolve(state, event))).toBeLessThan(400);
  });
});
