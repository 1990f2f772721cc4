import { startNode, type PretendNode } from '../../../test/servers/eventstoredb/index.ts';
import { batch, refused } from '../contract-kit.ts';
import { StoreError } from '../port.ts';
import type { StoredRecord } from './gateway.ts';
import { openCopyTarget, openEventStoreDb } from './index.ts';
import type { EventStoreDb } from './index.ts';
import { inspect, safety } from './inspect.ts';

/** A secured server, as far as an inspection sees it. */
class Secured {
  secured = true;
  user = 'spoor';
  isOperator = false;
  settings: unknown = { $userStreamAcl: { $r: '$all', $w: '$all', $d: '$admins', $mr: '$all', $mw: '$admins' } };
  metadata: readonly (readonly [stream: string, data: object])[] = [];
  told = '26.0.3';

  serverClock: () => Promise<number | null> = async () => Date.now();
  readonly version = async () => this.told;
  readonly address = async () => 'node1.example:2113';
  readonly streamPage = async (stream: string): Promise<readonly StoredRecord[]> => {
    if (stream === '$users') return this.isOperator ? [] : denied();
    if (stream === '$settings') return this.settings === 'denied' ? denied() : records([[stream, this.settings]]);
    return records([[stream, { logId: 'a log' }]]);
  };
  readonly streamMetadata = async function* (this: Secured): AsyncGenerator<readonly StoredRecord[]> {
    yield records(this.metadata.map(([stream, data]) => [`$$${stream}`, data] as const));
  };
}

const denied = (): never => {
  throw new StoreError('store-access-denied', 'no');
};
const records = (all: readonly (readonly [string, unknown])[]): readonly StoredRecord[] =>
  all
    .filter(([, data]) => data !== undefined)
    .map(([stream, data]) => ({
      stream,
      data,
      meta: undefined,
      revision: 0n,
      id: '',
      type: '$metadata',
      created: new Date(0),
      position: '' as StoredRecord['position'],
    }));

const wrong = async (server: Secured) => (await safety(server)).filter(({ ok }) => !ok).map(({ found }) => found);

describe('a secured server', () => {
  it('where only operators may delete is safe', async () => {
    expect(await wrong(new Secured())).toEqual([]);
  });

  it.each<[string, Partial<Secured>, RegExp]>([
    [
      'gives Spoor an operator',
      { isOperator: true },
      /spoor is an operator .*curl -u admin https:\/\/node1\.example:2113\/users\//,
    ],
    ['has the rules it came with', { settings: undefined }, /\$d \$all, \$mw \$all.*\$userStreamAcl.*"\$d":"\$admins"/],
    [
      'lets a user delete',
      { settings: { $userStreamAcl: { $d: ['$admins', 'spoor'], $mw: '$admins' } } },
      /\$d \$admins spoor/,
    ],
    ['lets a user set retention', { settings: { $userStreamAcl: { $d: '$admins', $mw: 'spoor' } } }, /\$mw spoor/],
    [
      'does not show its rules',
      { settings: 'denied' },
      /may not see .*%24settings\/metadata.*"\$r":\["\$admins","spoor"\]/,
    ],
    ['forgets by age', { metadata: [['action-1', { $maxAge: 60 }]] }, /action-1 \$maxAge=60/],
    ['forgets by number', { metadata: [['action-1', { $maxCount: 3 }]] }, /action-1 \$maxCount=3/],
    ['has a stream cut off', { metadata: [['action-1', { $tb: 5 }]] }, /action-1 \$tb=5/],
    ['opens one stream', { metadata: [['action-1', { $acl: { $d: 'spoor', $mw: '$admins' } }]] }, /action-1 \$d spoor/],
  ])('that %s is not', async (_, found, words) => {
    const problems = await wrong(Object.assign(new Secured(), found));
    expect(problems).toEqual([expect.stringMatching(words)]);
  });

  it('that does not let Spoor read the log is told how to', async () => {
    const server = new Secured();
    const problems = await wrong(Object.assign(server, { streamMetadata: denied }));
    expect(problems).toEqual([
      expect.stringMatching(/spoor may not read \$all.*%24all\/metadata.*\["\$admins","spoor"\]/),
    ]);
  });

  it('is judged by the metadata that hold now, and of our streams only', async () => {
    const metadata = [
      ['action-1', { $maxAge: 60 }],
      ['action-1', {}],
      ['$stats-1', { $maxAge: 60 }],
      ['Other', { $tb: 1 }],
    ] as const;
    expect(await wrong(Object.assign(new Secured(), { metadata }))).toEqual([]);
  });

  it.each<[string, Partial<Secured>, string]>([
    ['version', { told: '22.10.5' }, '22.10.5: upgrade the server to 23.10 or later'],
    ['clock', { serverClock: async () => Date.now() + 3_600_000 }, '3600 s ahead of this host'],
    ['clock', { serverClock: async () => Date.now() - 60_000 }, '60 s behind this host'],
    ['clock', { serverClock: async () => null }, 'no Date header'],
    ['identity', {}, 'restart Spoor on the log it had'],
  ])('with a wrong %s is told to an operator', async (check, found, words) => {
    const findings = await inspect(Object.assign(new Secured(), found), { logId: 'another log', revision: 0n });
    expect(findings).toContainEqual({
      check: expect.stringContaining(check),
      ok: false,
      found: expect.stringContaining(words),
    });
  });
});

describe('a node without access control', () => {
  let node: PretendNode;
  let store: EventStoreDb;
  beforeEach(async () => {
    node = await startNode();
    store = await openEventStoreDb({ url: node.url, production: false });
  });
  afterEach(async () => {
    await store.close();
    await node.close();
  });
  const found = async () =>
    new Map((await store.inspect()).map(({ check, ok, found: words }) => [check, { ok, words }]));

  it('is inspected whole', async () => {
    const { logId } = await store.head();
    expect([...(await found())].map(([check, { ok }]) => [check, ok])).toEqual([
      ['event store version', true],
      ['event store clock', true],
      ['event store access rules', false],
      ['retention metadata', true],
      ['log identity', true],
    ]);
    expect((await found()).get('log identity')!.words).toBe(logId);
  });

  it('tells by HTTP what time it has', async () => {
    node.setClockOffset(-3_600_000);
    expect((await found()).get('event store clock')).toMatchObject({
      ok: false,
      words: expect.stringMatching(/behind/),
    });
  });

  it('tells of retention metadata, wherever in a long log', async () => {
    for (let n = 0; n < 30; n++) await store.append(`thing-${n}`, batch(`${n}`, 100), { expected: 'no_stream' });
    node.write('$$thing-7', { type: '$metadata', data: Buffer.from('{"$maxCount":5}') });
    expect((await found()).get('retention metadata')).toMatchObject({
      ok: false,
      words: expect.stringContaining('thing-7 $maxCount=5'),
    });
  });

  it('is refused in production, with what to do', async () => {
    await refused(openEventStoreDb({ url: node.url, production: true }), 'store-unsafe', {
      message: expect.stringMatching(/tls=false.*certificates/),
    });
  });
});

describe('an unfinished copy', () => {
  it('is refused to everybody but who finishes it; then it opens like any other', async () => {
    const node = await startNode();
    const begun = await openCopyTarget({ url: node.url, copyOf: 'source' });
    await begun.events.append('thing-1', batch('a', 2), { expected: 'no_stream' });
    await refused(openEventStoreDb({ url: node.url, production: false }), 'copy-unfinished', {
      message: expect.stringContaining('cli copy'),
    });
    await refused(openCopyTarget({ url: node.url, copyOf: 'another' }), 'invalid-request');
    const again = await openCopyTarget({ url: node.url, copyOf: 'source' });
    await again.complete(2);
    await refused(openCopyTarget({ url: node.url, copyOf: 'source' }), 'invalid-request', {
      message: expect.stringContaining('finished already: 2 events'),
    });
    const store = await openEventStoreDb({ url: node.url, production: false });
    expect((await store.inspect()).at(-1)!.found).toContain('a finished copy of source (2 events)');
    for (const { events } of [begun, again]) await events.close();
    await store.close();
    await node.close();
  });

  it('is not begun where events of ours lie already', async () => {
    const node = await startNode();
    node.write('thing-1', { type: 'ThingHappened' });
    await refused(openCopyTarget({ url: node.url, copyOf: 'source' }), 'invalid-request', {
      message: expect.stringContaining('empty database'),
    });
    await node.close();
  });
});
