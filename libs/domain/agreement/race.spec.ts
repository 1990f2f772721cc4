import { codec, type EventStore } from '#event-store';
import { memoryEventStore } from '#event-store/memory';
import { CommandRunner, simulatedClock, type CommandRequest, type CommandResult } from '#engine';
import { uuidv5 } from '#kernel';
import { memorySubjects } from '#privacy';
import { AN } from '#testkit';
import { allCommands } from '../all.ts';
import { calendar, calendarId } from '../agreement-calendar/state.ts';
import { eventTypes } from '../event-types.ts';
import { agreement, claimOf } from './state.ts';

/* The rule that no two agreements overlap, as the engine keeps it: over real streams, at once, and after a crash in between. */

const OPERATOR = { subject: 'operator', role: 'operator' };
const ADA = { subject: AN, role: 'back-office' };
const PROCESS = { subject: 'process:claims', role: 'process' };
const SCHEME_TERMS = {
  validFrom: '2009-01-01',
  legalBasis: 'demoregel',
  isDemoRule: true,
  maxPublicShare: { num: 1, den: 3 },
  reportDays: 90,
  cureDays: 60,
  recoveryDays: 30,
  lapseWarningDays: 90,
  retention: { anchor: 'closure', years: 7 },
};

/** A network with a back office, under a scheme; two runners are two processes on one log. */
async function setUp(store: EventStore = memoryEventStore()) {
  const clock = simulatedClock('2014-01-01T10:00:00.000Z');
  const runners = [1, 2].map(() => new CommandRunner(store, codec(eventTypes), memorySubjects(), clock, allCommands));
  const run = (
    name: string,
    body: object,
    { by = 0, ...more }: Partial<CommandRequest> & { readonly by?: number } = {},
  ) =>
    runners[by]!.run({
      definition: allCommands.find((one) => one.name === name)!,
      body,
      actor: OPERATOR,
      key: name,
      ifMatch: '*',
      ...more,
    });
  const begun = async (name: string, body: object): Promise<string> => receipt(await run(name, body)).id;
  const network = await begun('FoundNetwork', { kind: 'local-network', name: 'Oudenaarde', regions: ['45035'] });
  const scheme = await begun('DefineScheme', { name: 'Participatie', terms: SCHEME_TERMS });
  const city = await begun('RegisterOrganisation', { name: 'Stad', sector: 'local-government' });
  receipt(await run('RegisterPerson', { name: 'An' }, { id: AN }));
  receipt(await run('GiveRole', { role: 'back-office', network }, { id: AN }));
  const draft = (from: string, until: string | undefined, key: string, more: Parameters<typeof run>[2] = {}) =>
    run(
      'DraftAgreement',
      {
        network,
        kind: 'scheme-period',
        title: key,
        period: { from, ...(until !== undefined && { until }) },
        parties: [city],
        scheme,
      },
      { key, actor: ADA, ...more },
    );
  const claim = (id: string, from: string) =>
    run(
      'ClaimPeriod',
      { network, scheme, agreement: id, claim: claimOf(id, { lapses: 0 }), from },
      { key: claimOf(id, { lapses: 0 }), actor: PROCESS },
    );
  const claims = async () => (await runners[0]!.streams.load(calendar, calendarId(network, scheme))).state.claims;
  const stateOf = async (id: string) => (await runners[0]!.streams.load(agreement, id)).state;
  return { run, draft, claim, claims, stateOf, city };
}

const receipt = (result: CommandResult) => {
  if (result.kind !== 'done') throw new Error(JSON.stringify(result));
  return result.receipt;
};
const code = (result: CommandResult) => (result.kind === 'refused' ? result.rejection.rejected : result.kind);

/** A store that is as slow as chance has it, so that two processes meet in many ways; chance from a seed. */
function unsteady(seed: number): EventStore {
  const store = memoryEventStore();
  let chance = seed;
  const wait = async (): Promise<void> => {
    chance = (chance * 48_271) % 2_147_483_647;
    for (let turn = chance % 7; turn > 0; turn--) await Promise.resolve();
    if (chance % 3 === 0) await new Promise((resolve) => setImmediate(resolve));
  };
  const append = store.append.bind(store);
  const readStream = store.readStream.bind(store);
  store.append = async (...appended) => {
    await wait();
    return append(...appended);
  };
  store.readStream = async function* (...read) {
    await wait();
    yield* readStream(...read);
  };
  return store;
}

/** The key of a draft makes the id of its agreement. */
const idOfDraft = (key: string): string => uuidv5(uuidv5(AN, 'DraftAgreement', '', key), 'id');

describe('two drafts with overlapping periods at once', () => {
  it.each([
    ['in one process', 0],
    ['in two processes', 1],
  ])(
    '%s: exactly one succeeds',
    async (_where, by) => {
      for (let round = 1; round <= 200; round++) {
        const { draft, stateOf, claims } = await setUp(unsteady(round));
        const results = await Promise.all([
          draft('2014-01-01', '2019-12-31', 'one'),
          draft('2015-01-01', undefined, 'other', { by }),
        ]);
        expect([round, ...results.map(code).toSorted()]).toEqual([round, 'agreement-overlap', 'done']);
        const drafted = await Promise.all(['one', 'other'].map((key) => stateOf(idOfDraft(key))));
        expect(drafted.filter(({ status }) => status === 'drafted')).toHaveLength(1);
        expect(Object.keys(await claims())).toEqual([receipt(results.find(({ kind }) => kind === 'done')!).id]);
      }
    },
    120_000,
  );

  it('that do not overlap both succeed', async () => {
    const { draft } = await setUp(unsteady(1));
    const results = await Promise.all([
      draft('2014-01-01', '2014-12-31', 'one'),
      draft('2015-01-01', undefined, 'other', { by: 1 }),
    ]);
    expect(results.map(code)).toEqual(['done', 'done']);
  });
});

describe('a claim that never led to a draft', () => {
  const dangling = idOfDraft('dangling');

  it('does not block for ever: who needs the room lapses it', async () => {
    const { draft, claim, claims, stateOf } = await setUp();
    receipt(await claim(dangling, '2014-01-01'));
    const { id } = receipt(await draft('2015-01-01', undefined, 'next'));
    expect(Object.keys(await claims())).toEqual([id]);
    expect(await stateOf(dangling)).toEqual({ status: 'none', lapses: 1 });
  });

  it('whose draft comes late finds it lapsed and claims anew: where there is still room, it is drafted', async () => {
    const { run, draft, claim, claims, city } = await setUp();
    receipt(await claim(dangling, '2014-01-01'));
    receipt(await draft('2016-01-01', undefined, 'next'));
    expect(code(await draft('2014-01-01', undefined, 'dangling'))).toBe('agreement-overlap');
    const { id } = receipt(await draft('2014-01-01', '2015-12-31', 'dangling'));
    expect(id).toBe(dangling);
    expect((await claims())[id]).toEqual({
      claim: claimOf(id, { lapses: 1 }),
      from: '2014-01-01',
      until: '2015-12-31',
    });
    // Its stream began with the lapse; what is signed before that moment is still told.
    const signed = { organisation: city, occurredAt: '2014-01-01' };
    expect(code(await run('SignAgreement', signed, { id, actor: ADA }))).toBe('done');
  });

  it('of the same key with other days is taken anew', async () => {
    const { draft, claim, claims } = await setUp();
    receipt(await claim(dangling, '2014-01-01'));
    receipt(await draft('2018-01-01', '2019-12-31', 'dangling'));
    expect((await claims())[dangling]).toMatchObject({ from: '2018-01-01', until: '2019-12-31' });
  });
});

it('a draft tried dry says what it would write and claims nothing', async () => {
  const { draft, claims } = await setUp();
  expect(code(await draft('2014-01-01', undefined, 'dry', { dryRun: true }))).toBe('dry-run');
  expect(await claims()).toEqual({});
});
