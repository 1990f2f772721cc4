import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { allCommands, eventTypes } from '#domain';
import { action, ProposeBroadened, type ActionEvent } from '#domain/action';
import { CommandRunner, ProcessRunner, simulatedClock } from '#engine';
import { codec } from '#event-store';
import { memoryEventStore } from '#event-store/memory';
import { fold, type JsonObject, type Recorded } from '#kernel';
import { memorySubjects } from '#privacy';
import { memoryReadStore } from '#read-store/memory';
import { actionEvaluated, actionProposed, idOf, NETWORK, record, type Fact } from '#testkit';
import { broaden } from './broaden.ts';

const [PARENT, LEUVEN, GENT, HOUSING, UNKNOWN] = ['parent', 'leuven', 'gent', 'huisvesting', 'unknown'].map(idOf) as [
  string,
  string,
  string,
  string,
  string,
];
const BROADENING = idOf('broadening');
const carried = { method: 'Huurwaarborg', indicators: ['Stabiel na 6 maanden'], learnings: ['Vaste begeleider'] };

const broadened = (partner: string): Fact<Extract<ActionEvent, { type: 'ActionBroadened' }>> => ({
  type: 'ActionBroadened',
  id: BROADENING,
  data: {
    kind: 'region',
    evaluation: idOf('evaluation'),
    decision: idOf('decision'),
    planVersion: 2,
    generation: 2,
    root: idOf('root'),
    actionKind: 'regular',
    title: { nl: 'Wonen met begeleiding' },
    targetGroup: '17-25',
    intendedChange: 'Een stabiele thuis',
    horizon: 'medium',
    plan: { text: 'Samen huren', from: '2020-10-01', until: '2022-12-31' },
    targets: [
      { network: LEUVEN, regions: ['24062'], partners: [{ organisation: HOUSING }], leadHint: 'Het OCMW' },
      { network: GENT, regions: ['44021'], partners: [{ organisation: partner }], targetGroup: '18-26' },
    ],
    carried,
  },
  meta: { occurredAt: '2022-06-16T08:00:00.000Z', recordedAt: '2022-06-16T08:00:00.000Z' },
});
const event = record('action', PARENT, [broadened(HOUSING)])[0]!;
const origin = {
  action: PARENT,
  network: NETWORK,
  root: idOf('root'),
  planVersion: 2,
  evaluation: idOf('evaluation'),
  kind: 'region',
  generation: 2,
  carried,
};

describe('what is broadened', () => {
  const [leuven, gent] = broaden.reacts(event);

  it('is proposed once in each receiving network (BRD-2), with its origin (BRD-3)', () => {
    expect(broaden.reacts(event)).toHaveLength(2);
    expect(leuven).toMatchObject({
      command: 'ProposeBroadened',
      body: {
        network: LEUVEN,
        title: { nl: 'Wonen met begeleiding' },
        targetGroup: '17-25',
        regions: ['24062'],
        partners: [{ organisation: HOUSING }],
        derivedFrom: { ...origin, leadHint: 'Het OCMW' },
      },
    });
  });

  it('may be for another target group there', () =>
    expect(gent!.body).toMatchObject({ network: GENT, targetGroup: '18-26', derivedFrom: origin }));

  it('brings its plan, not its dates, and no money (BRD-5)', () => {
    expect(leuven!.body).toMatchObject({ plan: { text: 'Samen huren' } });
    expect(leuven!.body).not.toHaveProperty('plan.from');
    expect(leuven!.body).not.toHaveProperty('budgetCents');
  });

  it('says which practice it follows', () => {
    const data = { ...broadened(HOUSING).data, practice: idOf('praktijk'), practiceVersion: 2 };
    const [child] = broaden.reacts({ ...event, data });
    expect(child!.body).toMatchObject({ derivedFrom: { practice: idOf('praktijk'), practiceVersion: 2 } });
    expect(leuven!.body).not.toHaveProperty('derivedFrom.practice');
  });

  it('is a body that the command takes', () =>
    expect(
      validateSync(plainToInstance(ProposeBroadened, leuven!.body), { whitelist: true, forbidNonWhitelisted: true }),
    ).toEqual([]));

  it('is noted on the parent where it is refused', () =>
    expect(gent!.refused!({ rejected: 'unknown-reference', params: {} })).toEqual({
      command: 'NoteBroadeningRefused',
      id: PARENT,
      body: { broadening: BROADENING, target: 1, network: GENT, code: 'unknown-reference' },
    }));

  it('is all it reacts to', () => expect(broaden.reacts({ ...event, type: 'ActionEvaluated' })).toEqual([]));
});

describe('on the engine', () => {
  const store = memoryEventStore();
  const types = codec(eventTypes);
  const commands = new CommandRunner(store, types, memorySubjects(), simulatedClock('2022-06-17T08:00:00.000Z'));

  const write = async (aggregate: string, id: string, ...facts: readonly Fact[]): Promise<void> => {
    const events = record(aggregate, id, facts).map(({ id: eventId, type, data, meta }) => ({
      id: eventId,
      type,
      data: data as JsonObject,
      meta: meta as unknown as JsonObject,
    }));
    await store.append(`${aggregate}-${id}`, events, { expected: 'no_stream' });
  };
  /** A process that knows nothing of what it did before: as after the loss of its checkpoint. */
  const catchUp = async (): Promise<void> => {
    const { logId, position } = await store.head();
    const runner = new ProcessRunner([broaden], allCommands, commands, store, types, memoryReadStore(), logId);
    await runner.start();
    await runner.reached(position!, 5_000);
    await runner.stop();
  };
  const actions = async (): Promise<ReadonlyMap<string, readonly Recorded<ActionEvent>[]>> => {
    const all: Recorded[] = [];
    for await (const page of store.readAll()) all.push(...page.map((stored) => types.decode(stored)!));
    const own = all.filter(({ stream }) => stream.aggregate === 'action') as unknown as Recorded<ActionEvent>[];
    return Map.groupBy(own, ({ stream }) => stream.id);
  };

  beforeAll(async () => {
    for (const network of [NETWORK, LEUVEN, GENT])
      await write('network', network, {
        type: 'NetworkFounded',
        data: { kind: 'coalition', name: 'Coalitie', regions: [], parent: null },
      });
    await write('organisation', HOUSING, {
      type: 'OrganisationRegistered',
      data: { name: 'Huisvesting', sector: 'housing', units: [], enterpriseNumber: null, umbrellaOf: [] },
    });
    await write(
      'action',
      PARENT,
      actionProposed(),
      { type: 'ActionApproved', data: { decision: idOf('d1') } },
      { type: 'ActionStarted', data: {} },
      actionEvaluated({ verdict: 'works', kind: 'final' }),
      broadened(UNKNOWN),
    );
    await catchUp();
  });

  const children = async () => [...(await actions())].filter(([id]) => id !== PARENT);

  it('a child is proposed in the receiving network at the moment of the broadening', async () => {
    const [[, events]] = (await children()) as [[string, readonly Recorded<ActionEvent>[]]];
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({
      type: 'ActionProposed',
      data: { group: null, objectives: [], budgetCents: null, derivedFrom: origin },
      meta: {
        network: LEUVEN,
        occurredAt: '2022-06-16T08:00:00.000Z',
        actor: { subject: 'process:broaden', role: 'process' },
        causationId: BROADENING,
      },
    });
    expect(fold(action, events)).toMatchObject({ status: 'proposed', network: LEUVEN });
  });

  it('what could not be is noted on the parent, which keeps its state (BRD-4)', async () => {
    const events = (await actions()).get(PARENT)!;
    expect(events.at(-1)).toMatchObject({
      type: 'BroadeningRefused',
      data: { broadening: BROADENING, target: 1, network: GENT, code: 'unknown-reference' },
    });
    expect(fold(action, events).status).toBe('active');
  });

  it('a restart that repeats everything makes no second child and no second note', async () => {
    const before = await actions();
    await catchUp();
    expect(await actions()).toEqual(before);
    expect(before.size).toBe(2);
  });
});
