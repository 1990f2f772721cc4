import { nothing, type Aggregate, type Decide, type Event } from '#kernel';
import { AN, elsewhere, given, NETWORK, record } from './given.ts';

type Pushed = Event<'Pushed', { readonly by: number }>;
type Counter = { readonly status: 'counting'; readonly count: number };
const counter: Aggregate<Counter, Pushed> = {
  name: 'counter',
  initial: { status: 'counting', count: 0 },
  evolve: (state, { data }) => ({ ...state, count: state.count + data.by }),
};
const pushed = (by: number): Pushed => ({ type: 'Pushed', data: { by } });

/** Pushes by what it is told and what stands elsewhere; not at all by 0; and never by less. */
const push: Decide<{ readonly by: number }, Counter, Pushed> = ({ by }, _counter, { look }) => {
  const total = by + look(counter, 'other').count;
  if (total < 0) return { rejected: 'too-low', params: { total } };
  return total === 0 ? nothing : pushed(total);
};

describe('given, when, then', () => {
  it('folds the given facts to the state', () =>
    expect(given(counter, pushed(1), pushed(2)).state).toEqual({ status: 'counting', count: 3 }));

  it('keeps the facts of other streams apart, for the decision to look at', () => {
    const both = given(counter, pushed(1), elsewhere(counter, 'other', pushed(4), pushed(1)));
    expect(both.state.count).toBe(1);
    both.when(push, { by: 1 }).then(pushed(6));
  });

  it('has nothing in a stream that is not given', () => given(counter).when(push, { by: 1 }).then(pushed(1)));

  it('fails where something else came out', () => {
    expect(() => given(counter).when(push, { by: 1 }).then(pushed(2))).toThrow('toEqual');
    expect(() => given(counter).when(push, { by: 1 }).thenNothing()).toThrow('toBe');
    expect(() => given(counter).when(push, { by: 1 }).rejects('too-low')).toThrow('not refused');
    expect(() => given(counter).when(push, { by: -1 }).rejects('too-high')).toThrow('toBe');
    expect(() => given(counter).when(push, { by: -1 }).rejects('too-low', { total: 0 })).toThrow('toEqual');
  });

  it('takes a refusal with or without what it says', () => {
    given(counter).when(push, { by: -1 }).rejects('too-low');
    given(counter).when(push, { by: -1 }).rejects('too-low', { total: -1 });
    given(counter).when(push, { by: 0 }).thenNothing();
  });

  it('decides now, unless told when and by whom', () => {
    const who: Decide<object, Counter, Pushed> = (_command, _state, { actor, occurredAt, now }) => ({
      rejected: 'seen',
      params: { subject: actor.subject, occurredAt, now },
    });
    const now = '2020-06-10T10:00:00.000Z';
    given(counter).when(who, {}).rejects('seen', { subject: AN, occurredAt: now, now });
    const then = '2021-01-01T00:00:00.000Z';
    given(counter).when(who, {}, { now: then }).rejects('seen', { subject: AN, occurredAt: then, now: then });
    given(counter).when(who, {}, { occurredAt: then }).rejects('seen', { subject: AN, occurredAt: then, now });
  });
});

it('facts are recorded as the log holds them: numbered, each with an id of its own, and with what the test says', () => {
  const [first, second] = record('counter', 'c', [pushed(1), { ...pushed(1), meta: { network: null } }]);
  expect(first).toMatchObject({ stream: { aggregate: 'counter', id: 'c' }, revision: 0, meta: { network: NETWORK } });
  expect(second).toMatchObject({ revision: 1, meta: { network: null } });
  expect(second!.id).not.toBe(first!.id);
  expect(record('counter', 'c', [pushed(1)])[0]!.id).toBe(first!.id);
});
