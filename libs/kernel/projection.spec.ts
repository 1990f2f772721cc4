import { record } from '#testkit';
import type { Event, Recorded } from './event.ts';
import { corrects, foldDocument, gone, projection } from './projection.ts';
import { s } from './schema.ts';

type Told =
  | Event<'Opened', { readonly title: string }>
  | Event<'Retitled', { readonly title: string }>
  | Event<'Removed'>
  | Event<'Noted'>;
const card = s.object({ id: s.id(), title: s.text() });
type Card = { readonly id: string; readonly title: string };

const cards = projection<Card, Told>({
  name: 'cards',
  version: 1,
  source: 'file',
  doc: card,
  indexes: [['title']],
  starts: { Opened: ({ stream, data }) => ({ id: stream.id, title: data.title }) },
  on: { Retitled: (document, { data }) => ({ ...document, title: data.title }), Removed: () => gone },
});
const file = (...facts: readonly (Event & { id?: string })[]): readonly Recorded[] => record('file', 'f', facts);
const opened = { type: 'Opened', data: { title: 'Wonne' }, id: 'e1' };
const retitled = { type: 'Retitled', data: { title: 'Thuis' } };

describe('a read model of one document a stream', () => {
  it('begins a document, and changes it', () =>
    expect(foldDocument(cards, file(opened, retitled))).toEqual({ id: 'f', title: 'Thuis' }));

  it('has none any more once it is gone, and ignores what comes after', () => {
    expect(foldDocument(cards, file(opened, { type: 'Removed', data: {} }))).toBeUndefined();
    expect(foldDocument(cards, file(opened, { type: 'Removed', data: {} }, retitled))).toBeUndefined();
  });

  it('ignores an event about a document that is not there', () =>
    expect(foldDocument(cards, file(retitled))).toBeUndefined());

  it('reads and writes the document of the stream, for the events it names', () => {
    const [first, second, third] = file(opened, retitled, { type: 'Noted', data: {} });
    expect([first, second, third].map((event) => cards.keys(event!))).toEqual([['f'], ['f'], []]);
    expect(cards.apply(third!, () => ({ id: 'f', title: 'Thuis' }))).toEqual([]);
  });

  it('passes over the streams of others', () => expect(cards.keys(record('action', 'a', [opened])[0]!)).toEqual([]));

  it('shows an event as it was corrected', () => {
    const correction = { type: 'RecordCorrected', data: { event: 'e1', field: 'title', from: 'Wonne', to: 'Wonen' } };
    const events = file(opened, correction);
    expect(events.map(corrects)).toEqual([false, true]);
    expect(foldDocument(cards, events)).toEqual({ id: 'f', title: 'Wonen' });
  });
});
