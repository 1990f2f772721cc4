import fc from 'fast-check';
import type { DecisionRule, Vote } from '../codes.ts';
import { improper, lacksSupport, type Ballot } from './ballot.ts';

/** a has five seats, b three, c and d one each. */
const seats = [
  { organisation: 'a', seats: 5 },
  { organisation: 'b', seats: 3 },
  { organisation: 'c', seats: 1 },
  { organisation: 'd', seats: 1 },
];
const body = (rule: DecisionRule, quorum = 1) => ({ rule, quorum, seats });
/** Whoever is named with a vote is present. */
const ballot = (votes: Readonly<Record<string, Vote>>, more: Partial<Ballot> = {}): Ballot => ({
  present: Object.keys(votes),
  votes: Object.entries(votes).map(([organisation, vote]) => ({ organisation, vote })),
  conflicts: [],
  ...more,
});

describe('who takes part (DEC-2)', () => {
  it('has a seat', () =>
    expect(improper(ballot({}, { present: ['a', 'x'] }), body('consent'))).toEqual({
      rejected: 'not-entitled',
      params: { organisation: 'x' },
    }));

  it('has a seat, who declares a conflict too', () =>
    expect(improper(ballot({}, { present: ['a'], conflicts: ['x'] }), body('consent'))).toMatchObject({
      rejected: 'not-entitled',
    }));

  it('is there to vote', () =>
    expect(improper(ballot({ a: 'for', b: 'for' }, { present: ['a'] }), body('consent'))).toEqual({
      rejected: 'not-entitled',
      params: { organisation: 'b' },
    }));

  it('abstains with a conflict of interest', () => {
    const votes = (vote: Vote) => ballot({ a: 'for', b: vote }, { conflicts: ['b'] });
    expect(improper(votes('for'), body('majority'))).toMatchObject({ rejected: 'not-entitled' });
    expect(improper(votes('against'), body('majority'))).toMatchObject({ rejected: 'not-entitled' });
    expect(improper(votes('abstain'), body('majority'))).toBeUndefined();
  });
});

describe('the quorum counts seats', () => {
  it('and is met by as many as it asks', () =>
    expect(improper(ballot({}, { present: ['a', 'b', 'c'] }), body('consent', 9))).toBeUndefined());

  it('and not by one fewer', () =>
    expect(improper(ballot({}, { present: ['a', 'b'] }), body('consent', 9))).toEqual({
      rejected: 'quorum-not-met',
      params: { quorum: 9, present: 8 },
    }));
});

describe.each<[DecisionRule, string, Ballot, boolean]>([
  ['consent', 'nobody votes', ballot({}, { present: ['a'] }), true],
  ['consent', 'some abstain', ballot({ a: 'for', b: 'abstain' }), true],
  ['consent', 'one seat is against', ballot({ a: 'for', b: 'for', d: 'against' }), false],
  ['majority', 'more seats are for than against', ballot({ a: 'for', b: 'against', c: 'against' }), true],
  [
    'majority',
    'as many seats are for as against',
    ballot({ a: 'for', b: 'against', c: 'against', d: 'against' }),
    false,
  ],
  ['majority', 'more organisations but fewer seats are for', ballot({ b: 'for', c: 'for', a: 'against' }), false],
  ['majority', 'nobody votes', ballot({}, { present: ['a'] }), false],
  ['two-thirds', 'six of nine seats are for', ballot({ a: 'for', c: 'for', b: 'against' }), true],
  ['two-thirds', 'five of eight seats are for', ballot({ a: 'for', b: 'against' }), false],
  ['two-thirds', 'abstentions are not counted', ballot({ c: 'for', a: 'abstain', b: 'abstain' }), true],
  ['two-thirds', 'nobody votes', ballot({}, { present: ['a'] }), false],
  ['unanimity', 'all who are present are for', ballot({ a: 'for', b: 'for' }), true],
  ['unanimity', 'one abstains', ballot({ a: 'for', b: 'abstain' }), false],
  ['unanimity', 'one does not vote', ballot({ a: 'for' }, { present: ['a', 'b'] }), false],
  ['unanimity', 'who abstains has a conflict', ballot({ a: 'for', b: 'abstain' }, { conflicts: ['b'] }), true],
  ['unanimity', 'all have a conflict', ballot({}, { present: ['a'], conflicts: ['a'] }), false],
])('by %s', (rule, situation, cast, approved) => {
  it(`when ${situation} it is ${approved ? 'approved' : 'not approved'}`, () =>
    expect(lacksSupport(cast, body(rule)) === undefined).toBe(approved));
});

it('says by how much a rule was not met', () =>
  expect(lacksSupport(ballot({ a: 'for', b: 'against' }), body('two-thirds'))).toEqual({
    rejected: 'rule-not-met',
    params: { rule: 'two-thirds', for: 5, against: 3 },
  }));

it('one more seat in favour never turns an approval into a refusal', () =>
  fc.assert(
    fc.property(
      fc.constantFrom<DecisionRule>('consent', 'majority', 'two-thirds', 'unanimity'),
      fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.constantFrom<Vote>('for', 'against', 'abstain')),
      fc.constantFrom('a', 'b', 'c', 'd'),
      (rule, votes, convinced) => {
        fc.pre(lacksSupport(ballot(votes), body(rule)) === undefined);
        expect(lacksSupport(ballot({ ...votes, [convinced]: 'for' }), body(rule))).toBeUndefined();
      },
    ),
  ));
