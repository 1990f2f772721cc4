import { position } from '#kernel';
import { codec } from './codec.ts';
import type { StoredEvent } from './port.ts';

const stored = (type: string, schema: number, stream = 'thing-1'): StoredEvent => ({
  id: 'e',
  type,
  data: { name: 'x' },
  meta: { schema },
  stream,
  revision: 4n,
  position: position(7),
  storedAt: new Date(0),
});

describe('the codec', () => {
  const { decode, schemaOf } = codec({
    ThingMade: {
      aggregate: 'thing',
      upcasts: [(data) => ({ ...data, size: 1 }), (data) => ({ ...data, colour: 'red' })],
    },
    ThingLost: { aggregate: 'thing' },
  });

  it('writes the present version', () => expect([schemaOf('ThingMade'), schemaOf('ThingLost')]).toEqual([3, 1]));

  it('reads every former version as the present one', () => {
    expect(decode(stored('ThingMade', 1))?.data).toEqual({ name: 'x', size: 1, colour: 'red' });
    expect(decode(stored('ThingMade', 2))?.data).toEqual({ name: 'x', colour: 'red' });
    expect(decode(stored('ThingMade', 3))?.data).toEqual({ name: 'x' });
  });

  it('says whose event it is', () =>
    expect(decode(stored('ThingLost', 1))).toMatchObject({
      stream: { aggregate: 'thing', id: '1' },
      revision: 4,
      position: position(7),
    }));

  it('passes over streams that are not ours', () => expect(decode(stored('ThingMade', 1, 'other-1'))).toBeNull());

  it('never passes over an unknown event of ours, nor guesses at a newer one', () => {
    expect(() => decode(stored('ThingEaten', 1))).toThrow('unknown event ThingEaten at thing-1/4');
    expect(() => decode(stored('ThingLost', 2))).toThrow('newer than this program');
  });
});
