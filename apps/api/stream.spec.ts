import { randomUUID } from 'node:crypto';
import { ANY, Api, problem, receiptOf, type Headers, type Network } from './harness.ts';

let api: Api;
let home: Network;
beforeAll(async () => {
  api = await Api.start();
  home = await api.network();
});
afterAll(() => api.stop());

/** Listens until `count` messages or, without a number, until the end. */
async function listen(query: string, headers: Headers, count = Infinity) {
  const leave = new AbortController();
  const response = await fetch(`${api.server.url}/api/v1/stream${query}`, { headers, signal: leave.signal });
  const messages: {
    id: string;
    event: string;
    data: { type: string; sequence: string; network: string; data: object };
  }[] = [];
  const done = (async () => {
    let text = '';
    if (count === 0) return;
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      const parts = text.split('\n\n');
      text = parts.pop()!;
      for (const part of parts) {
        const fields = Object.fromEntries(part.split('\n').map((line) => line.split(/: (.*)/s).slice(0, 2))) as Record<
          string,
          string
        >;
        if (fields['data'] !== undefined)
          messages.push({ id: fields['id']!, event: fields['event']!, data: JSON.parse(fields['data']) as never });
        if (messages.length >= count) return;
      }
    }
  })().finally(() => leave.abort());
  return { response, messages, done };
}

describe('the stream', () => {
  it('leaves out what came of a session for participants only (O9)', async () => {
    const { messages, done } = await listen('', home.anyone, 2);
    const session = {
      network: home.id,
      kind: 'interview',
      title: 'Gesprek',
      topic: 'other',
      organisations: [],
      participants: 2,
      confidentiality: 'participants-only',
    };
    const { id } = await api.make('/sessions', session, home.anyone);
    await api.make(`/sessions/${id}/record-outcome`, { text: 'Oud zeer' }, { ...home.anyone, ...ANY });
    await done;
    expect(messages.at(-1)).toMatchObject({
      event: 'outcome-recorded',
      data: { data: { number: 1, text: null, confidential: true } },
    });
  });

  it('tells the events of the caller’s networks as they come, and no others', async () => {
    const other = await api.network();
    const { messages, done, response } = await listen('', home.anyone, 2);
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    await api.group(other, 'Elders');
    const { id, position } = await receiptOf(await api.group(home, 'Hier'));
    await api.post(`/groups/${id}/rename`, { name: 'Hier ook' }, { ...home.anyone, 'if-match': '*' });
    await done;
    expect(messages.map(({ event }) => event)).toEqual(['group-founded', 'group-renamed']);
    expect(messages[0]).toMatchObject({
      id: position,
      data: {
        specversion: '1.0',
        source: '/api/v1/groups',
        type: 'be.spoor.group-founded.v1',
        subject: id,
        sequence: position,
        network: home.id,
        authid: home.an,
        data: { name: 'Hier' },
      },
    });
  });

  it('goes on where it was, without gap and without double', async () => {
    const fresh = await api.network();
    for (let i = 0; i < 20; i++) await api.group(fresh, `G${i}`);
    const all = await listen('?lastEventId=earliest', fresh.anyone, 22);
    const writing = (async () => {
      for (let i = 20; i < 40; i++) await api.group(fresh, `G${i}`);
    })();
    await all.done;
    expect(all.response.headers.get('stream-resumed-from')).toBe('earliest');
    const last = all.messages.at(-1)!.id;
    const rest = await listen('?topics=groups', { ...fresh.anyone, 'last-event-id': last }, 20);
    expect(rest.response.headers.get('stream-resumed-from')).toBe(last);
    await Promise.all([rest.done, writing]);
    const names = [...all.messages, ...rest.messages].flatMap(({ event, data }) =>
      event === 'group-founded' ? [(data.data as { name: string }).name] : [],
    );
    expect(names).toEqual(Array.from({ length: 40 }, (_, i) => `G${i}`));
  });

  it.each([
    ['?network=x', 400, 'invalid-parameter'],
    [`?network=${randomUUID()}`, 404, 'not-found'],
    ['?topics=groups,money', 400, 'invalid-parameter'],
    ['?topic=groups', 400, 'unknown-parameter'],
    ['?lastEventId=zzzz', 409, 'unknown-token'],
    ['?lastEventId=!', 409, 'unknown-token'],
    ['?lastEventId=0', 409, 'unknown-token'],
    ['?lastEventId=', 409, 'unknown-token'],
    ['?lastEventId=00000000000000001', 409, 'unknown-token'],
    ['?lastEventId=000000000000000G', 409, 'unknown-token'],
    ['?lastEventId=00000000ffffffff', 409, 'unknown-token'],
  ])('%s is refused', async (query, status, code) =>
    expect(await problem(await api.get(`/api/v1/stream${query}`, home.anyone))).toMatchObject({ status, code }),
  );

  it('needs somebody who acts', async () => expect((await api.get('/api/v1/stream')).status).toBe(401));

  it('from the beginning, however much there is: what can wait is never too much', async () => {
    const far = await api.network();
    const much = 'x'.repeat(480);
    for (let n = 0; n < 150; n++)
      await api.make(
        `/networks/${far.id}/identify-missing-actor`,
        { sector: 'justice', description: `${n} ${much}` },
        { ...far.anyone, ...ANY },
      );
    const { messages, done } = await listen('?lastEventId=earliest&topics=networks', far.anyone, 151);
    await done;
    expect(messages.filter(({ event }) => event === 'missing-actor-identified')).toHaveLength(150);
    expect(messages.map(({ id: position }) => position)).toEqual(
      messages.map(({ id: position }) => position).toSorted(),
    );
  });
});
