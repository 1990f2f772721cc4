import { codec } from '#event-store';
import { memoryEventStore } from '#event-store/memory';
import { CommandRunner, simulatedClock, type CommandRequest, type CommandResult } from '#engine';
import { memorySubjects } from '#privacy';
import { AN, idOf } from '#testkit';
import { allCommands } from '../all.ts';
import { eventTypes } from '../event-types.ts';
import { bpOn } from './days.ts';
import { secondment, secondmentsOf, spansOf } from './state.ts';

/* The caps of a person as the engine keeps them: over networks, at once, and after a crash between claim and booking. */

const WORKER = idOf('worker');
const PROCESS = { subject: 'process:claims', role: 'process' };
const BACK_OFFICE = { subject: AN, role: 'back-office' };
const year = { from: '2019-01-01', until: '2019-12-31' };

/** Two networks with one back office; two runners are two processes on one log. */
async function setUp() {
  const store = memoryEventStore();
  const clock = simulatedClock('2019-01-01T10:00:00.000Z');
  const runners = [1, 2].map(() => new CommandRunner(store, codec(eventTypes), memorySubjects(), clock, allCommands));
  const run = (
    name: string,
    body: object,
    { by = 0, ...more }: Partial<CommandRequest> & { readonly by?: number } = {},
  ): Promise<CommandResult> =>
    runners[by]!.run({
      definition: allCommands.find((one) => one.name === name)!,
      body,
      actor: { subject: 'operator', role: 'operator' },
      key: name,
      ifMatch: '*',
      ...more,
    });
  const founded = async (name: string): Promise<string> =>
    receipt(await run('FoundNetwork', { kind: 'coalition', name, regions: [] }, { key: name })).id;
  const networks = [await founded('Tafels'), await founded('Gent')] as const;
  const sender = receipt(await run('RegisterOrganisation', { name: 'D.O.P.', sector: 'care' })).id;
  for (const id of [AN, WORKER]) receipt(await run('RegisterPerson', { name: '…' }, { id }));
  for (const network of networks)
    receipt(await run('GiveRole', { role: 'back-office', network }, { id: AN, key: network }));
  const agree = (network: string, fteBp: number, from: string, by: number) =>
    run(
      'AgreeSecondment',
      { network, secondee: WORKER, sender, receiver: network, function: '…', fteBp, from, until: from },
      { by, actor: BACK_OFFICE, key: `${network} ${from}` },
    );
  const charge = (network: string, claim: string, shareBp: number, by = 0) =>
    run(
      'ChargeStaffCost',
      { network, secondee: WORKER, claim: idOf(claim), grant: idOf(`grant ${claim}`), ...year, shareBp },
      { by, actor: PROCESS, key: claim },
    );
  const state = async () => {
    const { state } = await runners[0]!.streams.load(secondment, secondmentsOf(WORKER));
    if (state.status === 'none') throw new Error('none');
    return state;
  };
  const log = async () => {
    const events = [];
    for await (const page of store.readAll()) events.push(...page);
    return events.map(({ type, data, meta }) => ({ type, data, network: meta['network'] }));
  };
  return { run, networks, agree, charge, state, log };
}

const receipt = (result: CommandResult) => {
  if (result.kind !== 'done') throw new Error(JSON.stringify(result));
  return result.receipt;
};
const code = (result: CommandResult) => (result.kind === 'refused' ? result.rejection.rejected : result.kind);

it('two networks that want the last of a person at once: one has it', async () => {
  const { networks, agree, state } = await setUp();
  const [tafels, gent] = networks;
  for (let day = 10; day < 30; day++) {
    const from = `2019-03-${day}`;
    const answers = await Promise.all([agree(tafels, 8_000, from, 0), agree(gent, 3_000, from, 1)]);
    expect(answers.map(code).toSorted()).toEqual(['done', 'fte-over-100']);
    const spans = Object.values((await state()).secondments).flatMap(spansOf);
    expect(bpOn(spans, from)).toBeLessThanOrEqual(8_000);
  }
});

it('another network’s secondment on the same stream is not there', async () => {
  const { run, networks, agree } = await setUp();
  const [tafels, gent] = networks;
  const theirs = receipt(await agree(gent, 3_000, '2019-03-01', 0));
  receipt(await run('RevokeRole', { role: 'back-office', network: gent }, { id: AN }));
  receipt(await agree(tafels, 5_000, '2019-03-01', 0));
  const end = { secondment: theirs.event!.id, until: '2019-03-01' };
  expect(code(await run('EndSecondment', end, { id: theirs.id, actor: BACK_OFFICE }))).toBe('not-found');
});

it('a claim that was never booked gives way: it is lapsed in its grant, then released in its own network', async () => {
  const { networks, charge, log } = await setUp();
  const [tafels, gent] = networks;
  receipt(await charge(tafels, 'first', 8_000));
  receipt(await charge(gent, 'second', 5_000));
  expect((await log()).slice(-4)).toMatchObject([
    { type: 'StaffCostCharged', network: tafels },
    { type: 'ClaimLapsed', data: { claim: idOf('first') } },
    { type: 'StaffCostReleased', data: { claim: idOf('first') }, network: tafels },
    { type: 'StaffCostCharged', data: { claim: idOf('second') }, network: gent },
  ]);
});

it('two claims for the last of a day at once never come to more than the whole', async () => {
  const { networks, charge, state } = await setUp();
  const [tafels, gent] = networks;
  const names = Array.from({ length: 6 }, (_, i) => `claim ${i}`);
  await Promise.all(names.map((name, i) => charge(i % 2 === 0 ? tafels : gent, name, 6_000, i % 2)));
  expect(bpOn((await state()).charges, '2019-06-01')).toBeLessThanOrEqual(10_000);
});
