import { Agent } from 'node:http';
import type { EventStore, StoredEvent } from '#event-store';
import { openSqliteEventStore } from '#event-store/sqlite';
import { uuidv5 } from '#kernel';
import { send, underLoad, type Sent } from './load.ts';
import { Server } from './server.ts';

/** `npm run test:crash`: 20 rounds on 100,000 events; in CI a short version. */
const ROUNDS = Number(process.env['CRASH_ROUNDS'] ?? 20);
const EVENTS = Number(process.env['CRASH_EVENTS'] ?? 100_000);
const CLIENTS = 64;
const READY_MS = 2_000;
/** A contractual time, with the margin for noisy machines. */
const MARGIN = 5;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const open = (directory: string): Promise<EventStore> => openSqliteEventStore({ directory, onFatal: () => {} });

async function readLog(directory: string): Promise<readonly StoredEvent[]> {
  const store = await open(directory);
  const events: StoredEvent[] = [];
  for await (const page of store.readAll()) events.push(...page);
  await store.close();
  return events;
}

/** Organisations, a hundred a append, as the domain writes them. */
async function fill(directory: string, count: number): Promise<void> {
  const store = await open(directory);
  for (let n = 0; n < count; n += 100)
    await store.append(
      `organisation-${uuidv5('fill', String(n))}`,
      Array.from({ length: Math.min(100, count - n) }, (_, i) => ({
        id: uuidv5('fill', String(n), String(i)),
        type: i === 0 ? 'OrganisationRegistered' : 'OrganisationRenamed',
        data:
          i === 0
            ? { name: `Organisatie ${n} (demo)`, sector: 'housing', units: [], enterpriseNumber: null, umbrellaOf: [] }
            : { name: `Organisatie ${n}, naam ${i} (demo)` },
        meta: {
          schema: 1,
          network: null,
          occurredAt: '2020-01-01T00:00:00.000Z',
          recordedAt: '2020-01-01T00:00:00.000Z',
          actor: { subject: 'operator', role: 'operator' },
          commandId: uuidv5('fill', String(n), String(i)),
          commandHash: '',
          correlationId: uuidv5('fill', String(n), String(i)),
          causationId: uuidv5('fill', String(n), String(i)),
          basis: [],
          $audit: { salt: 'AAAAAAAAAAAAAAAAAAAAAA' },
        },
      })),
      { expected: 'no_stream' },
    );
  await store.close();
}

/** Positions without gap, revisions without gap in each stream, no command twice (I2, I4, I5). */
function checkLog(events: readonly StoredEvent[]): void {
  const revisions = new Map<string, bigint>();
  const commands = new Set<unknown>();
  for (const [index, { position, stream, revision, meta }] of events.entries()) {
    if (BigInt(`0x${position}`) !== BigInt(index + 1)) throw new Error(`position ${position} at place ${index + 1}`);
    if (revision !== (revisions.get(stream) ?? -1n) + 1n) throw new Error(`${stream} jumps to ${revision}`);
    revisions.set(stream, revision);
    if (commands.has(meta['commandId']))
      throw new Error(`command ${JSON.stringify(meta['commandId'])} has two effects`);
    commands.add(meta['commandId']);
  }
}

const wasDone = ({ answer }: Sent): boolean => answer !== undefined && answer.status < 300;

describe('kill -9 under 64 clients', () => {
  const server = new Server();
  afterAll(async () => {
    await server.kill();
    server.remove();
  });

  it(`loses nothing that was acknowledged, in ${ROUNDS} rounds on one directory`, async () => {
    await fill(server.directory, EVENTS);
    const made: string[] = [];
    const sent: Sent[] = [];
    for (let round = 1; round <= ROUNDS; round++) {
      const readyMs = await server.start();
      expect(readyMs).toBeLessThan(READY_MS * MARGIN);
      const log: Sent[] = [];
      const load = underLoad(server.url, CLIENTS, made, log);
      while (log.filter(wasDone).length < CLIENTS) await pause(10);
      await pause(Math.random() * 500);
      await server.kill();
      await load;
      sent.push(...log);
      made.push(
        ...log
          .filter((one) => wasDone(one) && one.path.endsWith('organisations'))
          .map(({ answer }) => answer!.body.id!),
      );

      const events = await readLog(server.directory);
      checkLog(events);
      const byCommand = new Map(events.map((event) => [event.meta['commandId'], event]));
      for (const { answer } of sent.filter(wasDone)) {
        const event = byCommand.get(answer!.body.commandId);
        if (event === undefined) throw new Error(`acknowledged and lost: ${JSON.stringify(answer)}`);
        expect([event.stream, Number(event.revision)]).toEqual([answer!.body.stream, answer!.body.revision]);
      }
    }
    const unknown = sent.filter(({ answer }) => answer === undefined);
    await server.start();
    const agent = new Agent({ keepAlive: true });
    for (const one of unknown) {
      const [first, second] = [await send(server.url, one, agent), await send(server.url, one, agent)];
      expect(first.status).toBeLessThan(300);
      expect(second.body).toEqual(first.body);
    }
    agent.destroy();
    await server.kill();
    const events = await readLog(server.directory);
    checkLog(events);
    const commands = new Set(events.map(({ meta }) => meta['commandId']));
    expect(sent.every(({ answer }) => answer === undefined || answer.status < 300)).toBe(true);
    expect(commands.size).toBe(EVENTS + sent.length);
    expect(unknown.length).toBeGreaterThan(0);
  }, 600_000);
});
