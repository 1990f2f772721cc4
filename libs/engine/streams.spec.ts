import { codec } from '#event-store';
import { memoryEventStore } from '#event-store/memory';
import type { JsonObject } from '#kernel';
import { counter, eventTypes } from '#testkit';
import { Streams } from './streams.ts';

const META = { schema: 1, network: 'n', occurredAt: '2020-01-01T00:00:00.000Z', commandId: 'c', commandHash: 'h' };
const ID = '00000000-0000-5000-8000-000000000001';

function setUp() {
  const store = memoryEventStore();
  let expected: 'no_stream' | bigint = 'no_stream';
  const append = async (n: number, type: string, data: JsonObject, meta: JsonObject = {}) => {
    const id = `00000000-0000-5000-8000-00000000000${n}`;
    ({ revision: expected } = await store.append(`counter-${ID}`, [{ id, type, data, meta: { ...META, ...meta } }], {
      expected,
    }));
    return id;
  };
  return { append, streams: new Streams(store, codec(eventTypes)) };
}

describe('a folded stream', () => {
  it('of nothing is the first state at no revision', async () => {
    const { streams } = setUp();
    expect(await streams.load(counter, ID)).toMatchObject({ state: { status: 'none' }, revision: -1, firstAt: null });
  });

  it('reads on from what it knows: another writer is seen', async () => {
    const { streams, append } = setUp();
    await append(1, 'CounterOpened', { limit: 9 });
    expect((await streams.load(counter, ID)).state.total).toBe(0);
    await append(2, 'CounterRaised', { by: 4 });
    expect(await streams.load(counter, ID)).toMatchObject({ state: { total: 4 }, revision: 1 });
  });

  it('is folded anew when an earlier event was corrected', async () => {
    const { streams, append } = setUp();
    await append(1, 'CounterOpened', { limit: 9 });
    const wrong = await append(2, 'CounterRaised', { by: 4 });
    await streams.load(counter, ID);
    await append(3, 'RecordCorrected', { event: wrong, field: 'by', from: 4, to: 7, confirmedBy: 'bo' });
    expect(await streams.load(counter, ID)).toMatchObject({ state: { total: 7 }, revision: 2 });
  });

  it('knows when its status last changed, corrections included', async () => {
    const { streams, append } = setUp();
    const opened = await append(1, 'CounterOpened', { limit: 9 });
    await append(2, 'CounterRaised', { by: 4 }, { occurredAt: '2020-03-01T00:00:00.000Z' });
    const to = '2020-02-01T00:00:00.000Z';
    await append(3, 'RecordCorrected', {
      event: opened,
      field: 'occurredAt',
      from: META.occurredAt,
      to,
      confirmedBy: 'bo',
    });
    expect(await streams.load(counter, ID)).toMatchObject({ firstAt: to, statusAt: to });
  });
});
