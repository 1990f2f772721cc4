import { setTimeout } from 'node:timers/promises';
import { startNode, type PretendNode } from '../../test/servers/eventstoredb/index.ts';
import { startMongo, type PretendMongo } from '../../test/servers/mongodb/index.ts';
import { lookBeneath } from './beneath.ts';

describe('beneath the server stack (pretend EventStoreDB, pretend MongoDB)', () => {
  let node: PretendNode;
  let mongo: PretendMongo;
  const look = () => lookBeneath({ stack: 'server', eventStoreUrl: node.url, mongoUrl: mongo.url });
  /** What is wrong, by name. */
  const wrong = async (): Promise<readonly string[]> =>
    (await look()).findings.filter(({ ok }) => !ok).map(({ check }) => check);

  beforeEach(async () => {
    [node, mongo] = await Promise.all([startNode(), startMongo({})]);
  });
  afterEach(async () => {
    await node.close();
    await mongo.close();
  });

  it('versions, clocks, rights, retention, identity, topology and indexes are looked at', async () => {
    const { findings, hasData } = await look();
    expect(hasData).toBe(true);
    expect(findings.map(({ check }) => check)).toEqual([
      'EventStoreDB',
      'event store version',
      'event store clock',
      'event store access rules',
      'retention metadata',
      'log identity',
      'MongoDB',
      'MongoDB version',
      'MongoDB topology',
      'MongoDB clock',
      'MongoDB indexes and validators',
      'MongoDB commits',
    ]);
  });

  it('a server without security is told of, and is no reason to stop looking', async () =>
    expect(await wrong()).toEqual(['event store access rules']));

  it('retention hides events', async () => {
    node.write('$$group-1', { type: '$metadata', data: Buffer.from('{"$maxCount":1}') });
    expect(await wrong()).toEqual(['event store access rules', 'retention metadata']);
  });

  it('EventStoreDB away: MongoDB is looked at all the same, and the data are not opened', async () => {
    await node.kill();
    const { findings, hasData } = await look();
    expect(hasData).toBe(false);
    expect(findings.filter(({ ok }) => !ok).map(({ check }) => check)).toEqual(['EventStoreDB']);
    expect(findings.map(({ check }) => check)).toContain('MongoDB topology');
  });

  it('MongoDB away: EventStoreDB is looked at all the same, and the data are not opened', async () => {
    await mongo.kill();
    const { findings, hasData } = await look();
    expect(hasData).toBe(false);
    expect(findings.filter(({ ok }) => !ok).map(({ check }) => check)).toEqual(['event store access rules', 'MongoDB']);
    expect(findings.map(({ check }) => check)).toContain('log identity');
  });

  it('leaves nothing open', async () => {
    await look();
    for (let tries = 0; node.connections > 0 && tries < 250; tries++) await setTimeout(20);
    expect([node.openCalls, node.connections]).toEqual([0, 0]);
  });
});
