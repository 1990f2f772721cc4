import type { GroupEvent, MeetingEvent } from '#domain';
import { AN, at, idOf, LIES, log, NETWORK, on, stream, story } from '#testkit';
import { Asked } from './harness.ts';

const asked = new Asked(story);
const COLLECTIVE = idOf('collectief');

describe('the group board', () => {
  it('shows that the collective met twice in 2020 and had agreed on three', async () =>
    expect(await asked.ask('getGroupBoard', { network: NETWORK, year: 2020 })).toMatchObject({
      year: 2020,
      groups: [
        {
          id: COLLECTIVE,
          cadence: { timesPerYear: 3, planned: 0, held: 2, cancelled: 1, basisPoints: 6667, met: false },
        },
        { id: idOf('wonen'), lead: LIES, cadence: { timesPerYear: null, held: 0, basisPoints: null, met: null } },
      ],
    }));

  it('shows 11 of 12 as 91.67 %', async () => {
    const month = (i: number) => `2014-${String(i + 1).padStart(2, '0')}-03`;
    const meetings = Array.from({ length: 12 }, (_, i) =>
      stream<MeetingEvent>(
        'meeting',
        idOf(`swaree-${i}`),
        { type: 'MeetingPlanned', data: { body: idOf('swaree'), startsAt: on(month(i)) }, meta: at(on('2014-01-02')) },
        { type: i === 6 ? 'MeetingCancelled' : 'MeetingHeld', data: {}, meta: at(on(month(i))) },
      ),
    );
    const swaree = stream<GroupEvent>(
      'group',
      idOf('swaree'),
      { type: 'GroupFounded', data: { name: 'OK Swaree', kind: 'working-group' }, meta: at(on('2014-01-01')) },
      { type: 'CadenceSet', data: { timesPerYear: 12 }, meta: at(on('2014-01-01')) },
    );
    expect(
      await new Asked(log(swaree, ...meetings)).ask('getGroupBoard', { network: NETWORK, year: 2014 }),
    ).toMatchObject({ groups: [{ cadence: { held: 11, cancelled: 1, basisPoints: 9167, met: false } }] });
  });

  it('as of June showed what was planned then', async () =>
    expect(await asked.ask('getGroupBoard', { network: NETWORK, year: 2020 }, { asOf: '2020-06-30' })).toMatchObject({
      groups: [{ cadence: { planned: 1, held: 2, cancelled: 0 } }, {}],
    }));
});

describe('the overview', () => {
  it('is what the first page needs', async () =>
    expect(await asked.ask('getNetworkOverview', { id: NETWORK }, {}, { now: on('2020-10-15') })).toMatchObject({
      network: { name: 'Mind the Gap', kind: 'coalition', regions: ['11002'] },
      below: 1,
      members: [{ sector: 'youth-care' }, { sector: 'housing' }],
      missingSectors: ['mental-health', 'justice'],
      missingActors: 1,
      recentDecisions: [{ id: idOf('d2') }, { id: idOf('d1'), lagDays: 37 }],
      groupsWithoutLead: [],
    }));

  it('as of a day has the next meeting and the counts of that day', async () =>
    expect(await asked.ask('getNetworkOverview', { id: NETWORK }, { asOf: '2020-06-20' })).toMatchObject({
      nextMeeting: { id: idOf('m2'), body: COLLECTIVE },
      actions: expect.arrayContaining([{ status: 'proposed', count: 1 }]) as object,
      recentDecisions: [],
      cadences: [{ group: COLLECTIVE, cadence: { held: 1, planned: 2 } }],
    }));
});

describe('the coverage of sectors', () => {
  it('shows gaps with the days they are open, and what each action misses', async () =>
    expect(await asked.ask('getSectorCoverage', { id: NETWORK }, {}, { now: on('2020-12-31') })).toMatchObject({
      required: ['youth-care', 'housing', 'mental-health', 'justice'],
      gaps: [
        { sector: 'mental-health', since: '2019-12-01', days: 396 },
        { sector: 'justice', since: '2018-01-01' },
      ],
      missingActors: [{ number: 1, sector: 'justice', days: 351 }],
      actions: [
        {
          action: idOf('wmb'),
          sectors: [{ sector: 'youth-care', organisations: [idOf('jeugdhulp')] }],
          missing: ['housing', 'mental-health', 'justice'],
        },
      ],
    }));
});

describe('a meeting’s pack', () => {
  it('has the items, what changed since the body last met, and what waits', async () => {
    const pack: { readonly changes: readonly { readonly sentence: { readonly nl: string } }[] } = await asked.ask(
      'getMeetingPack',
      { id: idOf('m2') },
      {},
      { now: on('2020-06-25') },
    );
    expect(pack).toMatchObject({
      meeting: { items: [{ number: 1 }], inputs: [{ text: 'Doen' }], present: [idOf('jeugdhulp')] },
      previous: { id: idOf('m1') },
      decisions: [{ id: idOf('d1') }],
    });
    expect(pack.changes.map(({ sentence }) => sentence.nl)).toContain(
      'An (Back-office) stelde de actie “Wonen met begeleiding” voor.',
    );
  });

  it('before the meeting shows the proposals to decide on', async () =>
    expect(await asked.ask('getMeetingPack', { id: idOf('m2') }, { asOf: '2020-06-24' })).toMatchObject({
      decisions: [],
      proposals: [{ id: idOf('wmb'), proposalVersion: 1 }],
    }));
});

describe('the register of decisions', () => {
  const idsOf = async (filters: object, moment = {}): Promise<readonly string[]> => {
    const { items }: { readonly items: readonly { readonly id: string }[] } = await asked.ask(
      'listDecisions',
      { network: NETWORK, ...filters },
      moment,
    );
    return items.map(({ id }) => id);
  };

  it('filters by body, outcome, subject, period and lateness', async () => {
    expect(await idsOf({})).toEqual([idOf('d2'), idOf('d1')]);
    expect(await idsOf({ lagDays: 30 })).toEqual([idOf('d1')]);
    expect(await idsOf({ from: '2020-06-25', until: '2020-06-25' })).toEqual([idOf('d1')]);
    expect(await idsOf({ outcome: ['decline'] })).toEqual([]);
    expect(await idsOf({ subject: idOf('wmb'), subjectKind: 'action', body: COLLECTIVE })).toHaveLength(2);
  });

  it('did not know of a decision before it was registered, though it held', async () => {
    expect(await idsOf({}, { asOf: '2020-07-31' })).toEqual([]);
    expect(await idsOf({}, { effectiveAt: on('2020-06-26') })).toEqual([idOf('d1')]);
  });

  it('shows what rests on a decision, and up to when the body knew', async () =>
    expect(await asked.ask('getDecision', { id: idOf('d1') })).toMatchObject({
      dependants: { actions: [{ id: idOf('wmb'), status: 'active' }], agendaVersions: [] },
      known: { asOf: on('2020-06-25'), actions: [idOf('wmb')] },
    }));
});

describe('persons', () => {
  it('are shown with the roles they hold in the network asked about, by name', async () => {
    const holders: { readonly items: readonly { readonly id: string; readonly roles: readonly object[] }[] } =
      await asked.ask('listPersons', { network: NETWORK, role: 'back-office' }, {}, { now: on('2022-01-01') });
    expect(holders.items.map(({ id }) => id).toSorted()).toEqual([AN, LIES].toSorted());
    expect(holders).toMatchObject({ names: { [AN]: 'An' } });
    expect(await asked.ask('listPersons', { network: NETWORK, role: 'back-office' })).toMatchObject({
      items: [{ id: AN }],
    });
    expect(await asked.ask('getPerson', { id: LIES })).toMatchObject({ person: { roles: [{ network: NETWORK }] } });
  });
});
