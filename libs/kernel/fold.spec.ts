import { record } from '#testkit';
import type { Aggregate } from './decider.ts';
import type { Event } from './event.ts';
import { corrected, fold } from './fold.ts';

type Told =
  | Event<'Opened', { readonly title: string; readonly amount: number }>
  | Event<'Closed'>
  | Event<
      'RecordCorrected',
      { readonly event: string; readonly field: string; readonly from: unknown; readonly to: unknown }
    >;
type File = { readonly status: 'none' | 'open' | 'closed'; readonly title?: string; readonly since?: string };

const file: Aggregate<File, Told> = {
  name: 'file',
  initial: { status: 'none' },
  evolve: (state, event) =>
    event.type === 'Opened'
      ? { status: 'open', title: event.data.title, since: event.meta.occurredAt }
      : event.type === 'Closed'
        ? { ...state, status: 'closed' }
        : state,
};
const opened = { type: 'Opened', data: { title: 'Wonne', amount: 3 }, id: 'e1' } as const;
const closed = { type: 'Closed', data: {}, id: 'e2' } as const;
const correction = (event: string, field: string, to: unknown) =>
  ({ type: 'RecordCorrected', data: { event, field, from: null, to } }) as const;
const events = (...facts: readonly (Told & { id?: string })[]) => record<Told>('file', 'f', facts);

describe('a state', () => {
  it('is the first one before anything happened', () => expect(fold(file, [])).toBe(file.initial));

  it('is what the events make of it, one after the other', () =>
    expect(fold(file, events(opened, closed))).toEqual({
      status: 'closed',
      title: 'Wonne',
      since: '2020-01-01T00:00:00.000Z',
    }));

  it('is as if an event that was corrected had been right', () =>
    expect(fold(file, events(opened, closed, correction('e1', 'title', 'Wonen')))).toMatchObject({
      status: 'closed',
      title: 'Wonen',
    }));
});

describe('a correction', () => {
  it('changes the member it names, and no other', () => {
    const [first, second] = corrected(events(opened, closed, correction('e1', 'title', 'Wonen')));
    expect(first!.data).toEqual({ title: 'Wonen', amount: 3 });
    expect(second!.data).toEqual({});
  });

  it('may say that something happened at another time', () => {
    const [first] = corrected(events(opened, correction('e1', 'occurredAt', '2019-12-01T00:00:00.000Z')));
    expect(first!.meta).toMatchObject({
      occurredAt: '2019-12-01T00:00:00.000Z',
      recordedAt: '2020-01-01T00:00:00.000Z',
    });
    expect(first!.data).toEqual(opened.data);
  });

  it('gives way to a later one', () => {
    const twice = events(opened, correction('e1', 'title', 'Won'), correction('e1', 'title', 'Wonen'));
    expect(corrected(twice)[0]!.data).toMatchObject({ title: 'Wonen' });
  });

  it('adds to others of the same event', () => {
    const both = events(opened, correction('e1', 'title', 'Wonen'), correction('e1', 'amount', 4));
    expect(corrected(both)[0]!.data).toEqual({ title: 'Wonen', amount: 4 });
  });

  it('of an event that is not there changes nothing, so that any beginning of a log can be read', () => {
    const some = events(opened, correction('e9', 'title', 'Wonen'));
    expect(corrected(some)).toEqual(some);
  });

  it('leaves the events themselves, their number and their order as they are', () => {
    const all = events(opened, closed, correction('e1', 'title', 'Wonen'));
    const before = structuredClone(all);
    expect(corrected(all).map(({ id }) => id)).toEqual(all.map(({ id }) => id));
    expect(all).toEqual(before);
  });
});
