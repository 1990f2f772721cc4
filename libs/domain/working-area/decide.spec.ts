import { elsewhere, given, NETWORK, type Fact } from '#testkit';
import { uuidv5 } from '#kernel';
import type { GrantEvent } from '../grant/events.ts';
import { awarded, closed, SCHEME } from '../grant/harness.ts';
import { grant } from '../grant/state.ts';
import { reserve } from './decide.ts';
import type { WorkingAreaEvent } from './events.ts';
import { areaId, workingArea } from './state.ts';

const [ONE, OTHER] = [uuidv5('spec', 'one'), uuidv5('spec', 'other')];
const PERIOD = { from: '2021-05-01', until: '2024-04-30' };
const ask = (changes: object = {}) => ({
  scheme: SCHEME,
  area: '35013',
  network: NETWORK,
  grant: ONE,
  claim: 'mine',
  period: PERIOD,
  ...changes,
});
const event = (changes: object = {}): Fact<WorkingAreaEvent> => ({
  type: 'AreaReserved',
  data: { ...ask(), releases: [], ...changes },
});
const theirs = event({ grant: OTHER, claim: 'theirs' });
const other = (...facts: readonly Fact<GrantEvent>[]) => elsewhere(grant, OTHER, ...facts);
const booked = awarded({ claim: 'theirs', area: '35013' });

describe('a working area', () => {
  it('is reserved, once by each claim', () => {
    given(workingArea).when(reserve, ask()).then(event());
    given(workingArea, event()).when(reserve, ask()).thenNothing();
  });

  it('is of one grant at a time', () =>
    given(workingArea, theirs, other(booked))
      .when(reserve, ask())
      .rejects('area-already-funded', { scheme: SCHEME, area: '35013', ...PERIOD }));

  it.each<[string, { from: string; until: string }, boolean]>([
    ['ends the day before', { from: '2020-01-01', until: '2021-04-30' }, true],
    ['ends on its first day', { from: '2020-01-01', until: '2021-05-01' }, false],
    ['begins on its last day', { from: '2024-04-30', until: '2025-01-01' }, false],
    ['begins the day after', { from: '2024-05-01', until: '2025-01-01' }, true],
    ['lies around it', { from: '2020-01-01', until: '2025-01-01' }, false],
  ])('has room for another that %s: %s', (_when, period, may) => {
    const decision = given(workingArea, theirs, other(booked)).when(reserve, ask({ period }));
    if (may) decision.then(event({ period }));
    else decision.rejects('area-already-funded');
  });

  it('is free when the grant is over', () => {
    given(workingArea, theirs, other(booked, closed)).when(reserve, ask()).then(event());
    const terminated = { ...closed, type: 'GrantTerminated' } as Fact<GrantEvent>;
    given(workingArea, theirs, other(booked, terminated)).when(reserve, ask()).then(event());
  });

  it('of a claim that led to no award is taken by who lapses that first', () => {
    given(workingArea, theirs)
      .when(reserve, ask())
      .thenFirst(
        { command: 'LapseClaim', body: { grant: OTHER, network: NETWORK, claim: 'theirs' }, key: 'theirs' },
        event(),
      );
    // Another claim of that grant than the one it was awarded on.
    given(workingArea, theirs, other(awarded({ claim: 'another' })))
      .when(reserve, ask())
      .thenFirst({ command: 'LapseClaim' });
    const lapsed: Fact<GrantEvent> = { type: 'ClaimLapsed', data: { claim: 'theirs' } };
    given(workingArea, theirs, other(lapsed))
      .when(reserve, ask())
      .then(event({ releases: ['theirs'] }));
    expect(given(workingArea, theirs, event({ releases: ['theirs'] })).state.claims).toHaveLength(1);
  });

  it('does not stand in the way of the same grant', () =>
    given(workingArea, event())
      .when(reserve, ask({ claim: 'again' }))
      .then(event({ claim: 'again' })));

  it('is one by scheme and code', () =>
    expect(new Set([areaId(SCHEME, 'a'), areaId(SCHEME, 'b'), areaId(ONE, 'a'), areaId(SCHEME, 'a')]).size).toBe(3));
});
