import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { allCommands, eventTypes } from '#domain';
import { action, ProposeBroadened, type ActionEvent } from '#domain/action';
import { NotePracticeAdoptionRefused, type PracticeEvent } from '#domain/practice';
import { CommandRunner, ProcessRunner, simulatedClock, type CommandResult } from '#engine';
import { codec } from '#event-store';
import { memoryEventStore } from '#event-store/memory';
import { fold, type JsonObject, type Recorded } from '#kernel';
import { memorySubjects } from '#privacy';
import { memoryReadStore } from '#read-store/memory';
import { actionEvaluated, actionProposed, idOf, NETWORK, record, type Fact } from '#testkit';
import { adoptPractice } from './adopt-practice.ts';

const [PRACTICE, ABDIJ, MECHELEN, TURNHOUT, KERK] = ['praktijk', 'abdij', 'mechelen', 'turnhout', 'kerkfabriek'].map(
  idOf,
) as [string, string, string, string, string];
const [MIA, TINE, LEA] = ['mia', 'tine', 'lea'].map(idOf) as [string, string, string];
const ADOPTION = idOf('adoption');
const NOW = '2022-06-17T08:00:00.000Z';
const on = (occurredAt: string) => ({ meta: { occurredAt, recordedAt: occurredAt } });

const adopted: Fact<PracticeEvent> = {
  type: 'PracticeAdopted',
  id: ADOPTION,
  data: {
    network: MECHELEN,
    practiceVersion: 2,
    adaptations: 'Vier kamers',
    regions: ['12025'],
    partners: [{ organisation: KERK }],
    leadHint: 'Het OCMW',
    action: ABDIJ,
    actionNetwork: NETWORK,
    actionKind: 'regular',
    root: ABDIJ,
    generation: 1,
    planVersion: 3,
    evaluation: idOf('e1'),
    title: { nl: 'Opvang in abdij' },
    targetGroup: '17-25',
    intendedChange: 'Een stabiele thuis',
    horizon: 'medium',
    plan: { text: 'Samen huren', from: '2020-10-01', until: '2022-12-31' },
    carried: { method: 'Negen kamers', indicators: [], learnings: [] },
  },
};
const event = record('practice', PRACTICE, [adopted])[0]!;
const taken = (type: new () => object, body: object) =>
  validateSync(plainToInstance(type, body), { whitelist: true, forbidNonWhitelisted: true });

describe('a practice that is adopted', () => {
  const [proposal, ...others] = adoptPractice.reacts(event);

  it('is proposed in the network that adopts it, with its origin (BRD-3), without dates and money (BRD-5)', () => {
    expect(others).toEqual([]);
    expect(proposal).toMatchObject({
      command: 'ProposeBroadened',
      body: {
        network: MECHELEN,
        title: { nl: 'Opvang in abdij' },
        targetGroup: '17-25',
        regions: ['12025'],
        intendedChange: 'Een stabiele thuis',
        horizon: 'medium',
        plan: { text: 'Samen huren' },
        kind: 'regular',
        partners: [{ organisation: KERK }],
        derivedFrom: {
          action: ABDIJ,
          network: NETWORK,
          root: ABDIJ,
          planVersion: 3,
          evaluation: idOf('e1'),
          kind: 'network',
          generation: 1,
          adaptations: 'Vier kamers',
          leadHint: 'Het OCMW',
          practice: PRACTICE,
          practiceVersion: 2,
          carried: { method: 'Negen kamers', indicators: [], learnings: [] },
        },
      },
    });
    expect(proposal!.body).not.toHaveProperty('plan.from');
    expect(proposal!.body).not.toHaveProperty('budgetCents');
    expect(taken(ProposeBroadened, proposal!.body)).toEqual([]);
  });

  it('is noted on the practice where that is refused', () => {
    const noted = proposal!.refused!({ rejected: 'unknown-reference', params: {} })!;
    const body = { adoption: ADOPTION, network: MECHELEN, code: 'unknown-reference' };
    expect(noted).toEqual({ command: 'NotePracticeAdoptionRefused', id: PRACTICE, body });
    expect(taken(NotePracticeAdoptionRefused, body)).toEqual([]);
  });

  it('is all it reacts to', () => expect(adoptPractice.reacts({ ...event, type: 'PracticeRevised' })).toEqual([]));
});

describe('on the engine', () => {
  const store = memoryEventStore();
  const types = codec(eventTypes);
  const commands = new CommandRunner(store, types, memorySubjects(), simulatedClock(NOW));

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
    const runner = new ProcessRunner([adoptPractice], allCommands, commands, store, types, memoryReadStore(), logId);
    await runner.start();
    await runner.reached(position!, 5_000);
    await runner.stop();
  };
  const all = async (): Promise<readonly Recorded[]> => {
    const found: Recorded[] = [];
    for await (const page of store.readAll()) found.push(...page.map((stored) => types.decode(stored)!));
    return found;
  };
  const children = async (): Promise<readonly Recorded<ActionEvent>[]> =>
    (await all()).filter(({ type, stream }) => type === 'ActionProposed' && stream.id !== ABDIJ) as never;
  const adopting = (subject: string, network: string): Promise<CommandResult> =>
    commands.run({
      definition: allCommands.find(({ name }) => name === 'AdoptPractice')!,
      body: { network, adaptations: 'Vier kamers', regions: ['12025'] } as object,
      id: PRACTICE,
      actor: { subject, role: 'back-office' },
      key: `${subject} ${network}`,
      ifMatch: '*',
      correlationId: idOf('correlation'),
      causationId: idOf('causation'),
    });

  beforeAll(async () => {
    for (const network of [NETWORK, MECHELEN, TURNHOUT])
      await write('network', network, {
        type: 'NetworkFounded',
        data: { kind: 'coalition', name: 'Coalitie', regions: [], parent: null },
        // Turnhout began after the adoption is said to have happened.
        ...on(network === TURNHOUT ? '2023-01-01T00:00:00.000Z' : '2018-01-01T00:00:00.000Z'),
      });
    for (const [subject, network] of [
      [LEA, NETWORK],
      [MIA, MECHELEN],
      [TINE, TURNHOUT],
    ] as const)
      await write(
        'person',
        subject,
        { type: 'PersonRegistered', data: {} },
        { type: 'RoleGiven', data: { role: 'back-office', network } },
      );
    await write(
      'action',
      ABDIJ,
      actionProposed(),
      { type: 'ActionApproved', data: { decision: idOf('d1') } },
      { type: 'ActionStarted', data: {} },
      { ...actionEvaluated({ verdict: 'works' }), id: idOf('e1') },
    );
    await write('practice', PRACTICE, {
      type: 'PracticePublished',
      data: {
        version: 1,
        action: ABDIJ,
        title: { nl: 'Opvang in abdij' },
        method: { nl: 'Negen kamers' },
        context: { nl: 'Een stad' },
        conditions: null,
        evaluation: idOf('e1'),
        tags: [],
      },
    });
  });

  it('only the back office of the network that receives it adopts it', async () => {
    expect(await adopting(LEA, MECHELEN)).toMatchObject({ kind: 'refused', rejection: { rejected: 'not-found' } });
    expect((await adopting(MIA, MECHELEN)).kind).toBe('done');
    expect((await adopting(TINE, TURNHOUT)).kind).toBe('done');
    await catchUp();
  });

  it('the network has a proposal of it', async () => {
    const [child, ...others] = await children();
    expect(others).toEqual([]);
    expect(child).toMatchObject({
      data: {
        group: null,
        objectives: [],
        budgetCents: null,
        derivedFrom: { action: ABDIJ, root: ABDIJ, generation: 1, practice: PRACTICE, practiceVersion: 1 },
      },
      meta: { network: MECHELEN, actor: { subject: 'process:adopt-practice', role: 'process' } },
    });
    expect(fold(action, [child!])).toMatchObject({ status: 'proposed', network: MECHELEN });
  });

  it('what could not be is noted on the practice; the action it came from is as it was (BRD-4)', async () => {
    const events = await all();
    expect(events.filter(({ type }) => type === 'PracticeAdoptionRefused')).toMatchObject([
      { data: { network: TURNHOUT, code: 'before-network-start' }, meta: { network: NETWORK } },
    ]);
    expect(events.filter(({ stream }) => stream.id === ABDIJ)).toHaveLength(4);
  });

  it('a restart that repeats everything makes no second child and no second note', async () => {
    const before = await all();
    await catchUp();
    expect(await all()).toEqual(before);
  });
});
