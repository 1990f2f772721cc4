import { PassThrough, Writable } from 'node:stream';
import * as fc from 'fast-check';
import { frame, MAX_BUFFERED, SseClient } from './sse.ts';

/** As the specification of text/event-stream reads it. */
function read(stream: string): { id: string; event: string; data: string }[] {
  const events = [];
  let [id, event, data] = ['', 'message', [] as string[]];
  for (const line of stream.split(/\r\n|\r|\n/)) {
    if (line === '') {
      if (data.length > 0) events.push({ id, event, data: data.join('\n') });
      [event, data] = ['message', []];
      continue;
    }
    if (line.startsWith(':')) continue;
    const [, name, value] = /^([^:]*):? ?(.*)$/s.exec(line)!;
    if (name === 'id' && !value!.includes('\0')) id = value!;
    if (name === 'event') event = value!;
    if (name === 'data') data.push(value!);
  }
  return events;
}

describe('a message of an event stream', () => {
  it('has its fields in lines', () =>
    expect(frame({ id: '01', event: 'group-founded', data: '{"a":1}' })).toBe(
      'id: 01\nevent: group-founded\ndata: {"a":1}\n\n',
    ));

  it('is one message with the same data, whatever is in it', () => {
    const evil = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('\r', '\n', '\r\n', '\0', '\n\nid: 9\ndata: x', ':'),
    );
    const text = fc.array(evil, { maxLength: 4 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, text, text, (id, event, data) => {
        const events = read(frame({ id, event: `e${event}`, data }));
        expect(events).toHaveLength(1);
        expect(events[0]!.data).toBe(data.replaceAll(/\r\n|\r/g, '\n'));
        expect(events[0]!.id).toBe(id.replaceAll(/[\r\n\0]/g, ''));
      }),
    );
  });
});

describe('a listener', () => {
  const stuck = () => new Writable({ highWaterMark: 1_024, write: () => undefined });

  it('that does not read is dropped before it holds more than 64 KiB', () => {
    const out = stuck();
    let dropped = 0;
    const client = new SseClient(
      out,
      () => dropped++,
      () => undefined,
    );
    for (let i = 0; i < 1_000; i++) {
      client.send(frame({ data: 'x'.repeat(1_000) }));
      expect(client.buffered).toBeLessThanOrEqual(MAX_BUFFERED);
    }
    expect([client.open, out.destroyed, dropped]).toEqual([false, true, 1]);
  });

  it('hears a comment now and then, and at the end when to come back', async () => {
    const out = new PassThrough();
    const client = new SseClient(
      out,
      () => undefined,
      () => client.close(),
      5,
    );
    let heard = '';
    for await (const chunk of out) heard += String(chunk);
    expect(heard).toBe('retry: 3000\n\n: \n\nretry: 3000\n\n');
    expect(client.open).toBe(false);
  });

  it('can be waited for', async () => {
    const out = new PassThrough({ highWaterMark: 10 });
    const client = new SseClient(
      out,
      () => undefined,
      () => undefined,
    );
    client.send('x'.repeat(40_000));
    setTimeout(() => out.resume(), 5);
    await client.drained();
    expect(client.buffered).toBe(0);
    client.close();
  });
});
