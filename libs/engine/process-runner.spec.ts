import { codec } from '#event-store';
import { memoryEventStore } from '#event-store/memory';
import { uuidv5, type Process } from '#kernel';
import { memorySubjects } from '#privacy';
import { memoryReadStore } from '#read-store/memory';
import { closeCounter, eventTypes, openCounter, raiseCounter } from '#testkit';
import { simulatedClock } from './clock.ts';
import { CommandRunner } from './command-runner.ts';
import { ProcessRunner } from './process-runner.ts';

/** Whatever is closed is followed by a new one twice over; a raise by 5 asks for one that cannot be had. */
const heirs: Process = {
  name: 'heirs',
  reacts: (event) => {
    if (event.type === 'CounterClosed')
      return [1, 2].map((limit) => ({ command: 'OpenCounter', body: { limit } as object }));
    if (event.type === 'CounterRaised' && (event.data as { by: number }).by === 5)
      return [
        {
          command: 'RaiseCounter',
          id: event.stream.id,
          body: { by: 1_000 } as object,
          refused: ({ rejected }) => ({
            command: 'RaiseCounter',
            id: event.stream.id,
            body: { by: 1, reason: { code: rejected, text: {} } } as object,
          }),
        },
      ];
    return [];
  },
};

function setUp() {
  const store = memoryEventStore();
  const commands = new CommandRunner(
    store,
    codec(eventTypes),
    memorySubjects(),
    simulatedClock('2020-06-10T08:00:00.000Z'),
  );
  const definitions = [openCounter, raiseCounter, closeCounter];
  const start = async (reads = memoryReadStore()) => {
    const { logId } = await store.head();
    const runner = new ProcessRunner([heirs], definitions, commands, store, codec(eventTypes), reads, logId);
    await runner.start();
    return {
      reads,
      runner,
      settled: async () => {
        let position;
        do {
          ({ position } = await store.head());
          if (position !== null) await runner.reached(position, 5_000);
        } while ((await store.head()).position !== position);
      },
    };
  };
  const give = (definition: typeof openCounter, key: string, body: object, id?: string) =>
    commands.run({
      definition,
      body,
      key,
      ifMatch: '*',
      actor: { subject: uuidv5('an'), role: 'back-office' },
      ...(id !== undefined && { id }),
    });
  const open = async () => {
    const result = await give(openCounter, 'first', { limit: 9 });
    return result.kind === 'done' ? result.receipt.id : '';
  };
  const log = async () => {
    const events = [];
    for await (const page of store.readAll()) events.push(...page);
    return events;
  };
  return { start, give, open, log };
}

describe('a process', () => {
  it('gives its commands once, though its checkpoint is lost and it sees every event again', async () => {
    const { start, give, open, log } = setUp();
    const first = await start();
    const id = await open();
    await give(closeCounter, 'close', {}, id);
    await first.settled();
    const before = await log();
    expect(before.map(({ type }) => type)).toEqual([
      'CounterOpened',
      'CounterClosed',
      'CounterOpened',
      'CounterOpened',
    ]);
    await first.runner.stop();
    const second = await start();
    await second.settled();
    await second.runner.stop();
    expect(await log()).toEqual(before);
  });

  it('goes on from its checkpoint', async () => {
    const { start, give, open, log } = setUp();
    const first = await start();
    const id = await open();
    await first.settled();
    await first.runner.stop();
    await give(closeCounter, 'close', {}, id);
    const second = await start(first.reads);
    await second.settled();
    const { position } = (await log()).at(-1)!;
    expect((await second.runner.list())[0]).toMatchObject({ name: 'process:heirs', position, error: null });
    await second.runner.stop();
    expect(await log()).toHaveLength(4);
  });

  it('says what caused its commands, and acts when the cause did', async () => {
    const { start, give, open, log } = setUp();
    const { settled, runner } = await start();
    const id = await open();
    await give(closeCounter, 'close', {}, id);
    await settled();
    await runner.stop();
    const [, closed, heir] = await log();
    expect(heir!.meta).toMatchObject({
      actor: { subject: 'process:heirs', role: 'process' },
      causationId: closed!.id,
      correlationId: closed!.meta['correlationId'],
      occurredAt: closed!.meta['occurredAt'],
    });
  });

  it('answers a refusal with what it says', async () => {
    const { start, give, open, log } = setUp();
    const { settled, runner } = await start();
    const id = await open();
    await give(raiseCounter, 'raise', { by: 5 }, id);
    await settled();
    await runner.stop();
    expect((await log()).at(-1)).toMatchObject({ data: { by: 1 }, meta: { reason: { code: 'limit-exceeded' } } });
  });
});
