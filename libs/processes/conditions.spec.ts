import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { allCommands, eventTypes } from '#domain';
import { PutConditionAtRisk, type GrantEvent } from '#domain/grant';
import { WatchCondition, type NetworkEvent } from '#domain/network';
import { CommandRunner, ProcessRunner, simulatedClock } from '#engine';
import { codec } from '#event-store';
import { memoryEventStore } from '#event-store/memory';
import type { JsonObject, Recorded } from '#kernel';
import { memorySubjects } from '#privacy';
import { memoryReadStore } from '#read-store/memory';
import { idOf, NETWORK, record, schemeTerms, type Fact } from '#testkit';
import { conditions } from './conditions.ts';

const [GRANT, GGZ, AGREEMENT] = [idOf('grant'), idOf('ggz'), idOf('agreement')];
const on = (day: string) => ({ meta: { occurredAt: `${day}T10:00:00.000Z`, recordedAt: `${day}T10:00:00.000Z` } });
const sectors = ['mental-health'] as const;

const awarded: Fact<GrantEvent> = {
  type: 'GrantAwarded',
  data: {
    title: 'OverKop',
    funder: idOf('vlaanderen'),
    scheme: idOf('scheme'),
    schemeVersion: 1,
    terms: { ...schemeTerms, oneGrantPerArea: true },
    amountCents: 30_000_000,
    period: { from: '2021-05-01', until: '2024-04-30' },
    area: null,
    funderDecision: { reference: '…', date: '2021-04-01' },
    conditions: [
      { code: 'C1', text: '…', kind: 'sectors', sectors },
      { code: 'C2', text: '…', kind: 'agreement', sectors: [] },
      { code: 'C3', text: '…', kind: 'sectors', sectors, agreement: AGREEMENT },
      { code: 'C4', text: '…', kind: 'agreement', sectors: [], agreement: AGREEMENT },
    ],
    instalments: [],
    externalCodes: [],
  },
  ...on('2021-05-01'),
};
const accepted = (day: string): Fact<GrantEvent> => ({
  type: 'ConditionAccepted',
  data: { condition: 'C1' },
  ...on(day),
});
const left: Fact<NetworkEvent> = {
  type: 'MemberLeft',
  data: { organisation: GGZ, uncovered: [{ grant: GRANT, condition: 'C1', sectors }] },
  ...on('2022-02-01'),
};
const reactsTo = (aggregate: string, id: string, fact: Fact) => conditions.reacts(record(aggregate, id, [fact])[0]!);
const taken = (type: new () => object, body: object) =>
  validateSync(plainToInstance(type, body), { whitelist: true, forbidNonWhitelisted: true });

describe('a grant that is awarded', () => {
  it('has its conditions on sectors and on a named agreement watched by its network', () => {
    const watches = reactsTo('grant', GRANT, awarded);
    expect(watches).toEqual([
      { command: 'WatchCondition', id: NETWORK, body: { grant: GRANT, condition: 'C1', sectors } },
      {
        command: 'WatchCondition',
        id: NETWORK,
        body: { grant: GRANT, condition: 'C3', sectors, agreement: AGREEMENT },
      },
      {
        command: 'WatchCondition',
        id: NETWORK,
        body: { grant: GRANT, condition: 'C4', sectors: [], agreement: AGREEMENT },
      },
    ]);
    for (const { body } of watches) expect(taken(WatchCondition, body)).toEqual([]);
  });
});

describe('an agreement that ends', () => {
  it('puts at risk what rests on it', () => {
    const ended = {
      type: 'AgreementTerminated',
      data: { uncovered: [{ grant: GRANT, condition: 'C4', sectors: [] }] },
    };
    expect(reactsTo('agreement', AGREEMENT, ended)).toMatchObject([
      { command: 'PutConditionAtRisk', id: GRANT, body: { condition: 'C4', sectors: [] } },
    ]);
    expect(reactsTo('agreement', AGREEMENT, { type: 'AgreementTerminated', data: {} })).toEqual([]);
  });
});

describe('a member that leaves, or goes over to another sector', () => {
  it('puts at risk what it leaves uncovered', () => {
    const seat = { organisation: GGZ, sector: 'care', seat: '…', representsTargetGroup: false } as const;
    const { uncovered } = left.data as { readonly uncovered: readonly object[] };
    const changed = { type: 'MemberSeatChanged', data: { ...seat, uncovered } };
    for (const fact of [left, changed]) {
      const [risk, ...others] = reactsTo('network', NETWORK, fact);
      expect(risk).toMatchObject({ command: 'PutConditionAtRisk', id: GRANT, body: { condition: 'C1', sectors } });
      expect(taken(PutConditionAtRisk, risk!.body)).toEqual([]);
      expect(others).toEqual([]);
    }
  });

  it('puts nothing at risk where it leaves nothing uncovered', () => {
    expect(reactsTo('network', NETWORK, { type: 'MemberLeft', data: { organisation: GGZ } })).toEqual([]);
    expect(reactsTo('network', NETWORK, { type: 'NetworkEnded', data: {} })).toEqual([]);
  });

  it('where it was accepted later: at risk from then; another refusal is passed over', () => {
    const [risk] = reactsTo('network', NETWORK, left);
    const late = { rejected: 'out-of-order', params: { notBefore: '2022-02-10T10:00:00.000Z' } };
    const again = risk!.refused!(late)!;
    expect(again.body).toEqual({ condition: 'C1', sectors, occurredAt: '2022-02-10T10:00:00.000Z' });
    expect(again.refused!(late)).toBeUndefined();
    expect(risk!.refused!({ rejected: 'grant-closed', params: {} })).toBeUndefined();
  });
});

/** C1, C3 and C4. */
const WATCHED = ['ConditionWatched', 'ConditionWatched', 'ConditionWatched'];

describe('on the engine', () => {
  /** What becomes of these facts when the process has seen them all, twice. */
  async function after(...facts: readonly Fact<GrantEvent>[]): Promise<readonly Recorded[]> {
    const store = memoryEventStore();
    const types = codec(eventTypes);
    const commands = new CommandRunner(store, types, memorySubjects(), simulatedClock('2022-03-01T08:00:00.000Z'));
    const write = (aggregate: string, id: string, all: readonly Fact[]) =>
      store.append(
        `${aggregate}-${id}`,
        record(aggregate, id, all).map(({ id: eventId, type, data, meta }) => ({
          id: eventId,
          type,
          data: data as JsonObject,
          meta: meta as unknown as JsonObject,
        })),
        { expected: 'no_stream' },
      );
    await write('grant', GRANT, [awarded, ...facts]);
    await write('network', NETWORK, [
      { type: 'NetworkFounded', data: { kind: 'coalition', name: '…', regions: [], parent: null } },
      {
        type: 'MemberJoined',
        data: { organisation: GGZ, sector: 'mental-health', seat: '…', representsTargetGroup: false },
      },
      left,
    ]);
    for (let times = 0; times < 2; times++) {
      const { logId, position } = await store.head();
      const runner = new ProcessRunner([conditions], allCommands, commands, store, types, memoryReadStore(), logId);
      await runner.start();
      await runner.reached(position!, 5_000);
      await runner.stop();
    }
    const all: Recorded[] = [];
    for await (const page of store.readAll()) all.push(...page.map((stored) => types.decode(stored)!));
    return all.filter(({ meta }) => meta.actor.subject === 'process:conditions');
  }

  it('the network watches, and what was accepted is at risk from the day on which the member left', async () => {
    const told = await after(accepted('2021-06-01'));
    expect(told.map(({ type }) => type)).toEqual([...WATCHED, 'ConditionAtRisk']);
    expect(told.at(-1)).toMatchObject({
      data: { condition: 'C1', sectors, cureBy: '2022-04-02' },
      meta: { occurredAt: '2022-02-01T10:00:00.000Z' },
    });
  });

  it('what was accepted since is at risk from then', async () => {
    const told = await after(accepted('2022-02-10'));
    expect(told.at(-1)).toMatchObject({ type: 'ConditionAtRisk', meta: { occurredAt: '2022-02-10T10:00:00.000Z' } });
  });

  it('what was not accepted is not at risk', async () =>
    expect((await after()).map(({ type }) => type)).toEqual(WATCHED));
});
