import { dayStart, uuidv5 } from '#kernel';
import {
  actionProposed,
  AN,
  decided,
  elsewhere,
  given,
  idOf,
  indicatorDefined,
  measuredOf,
  NETWORK,
  type Fact,
} from '#testkit';
import { action } from '../action/state.ts';
import { agenda } from '../agenda/state.ts';
import { AGGREGATIONS, UNITS, type Aggregation, type Unit } from '../codes.ts';
import { decision } from '../decision/state.ts';
import { measurement, measurementId } from '../measurement/state.ts';
import { network } from '../network/state.ts';
import { organisation } from '../organisation/state.ts';
import { person } from '../person/state.ts';
import type { DefineIndicator } from './commands.ts';
import { adopt, attach, define, defineVersion, detach, end, setTarget } from './decide.ts';
import type { IndicatorEvent } from './events.ts';
import { indicatorCommands } from './index.ts';
import { indicator, indicatorId } from './state.ts';

const OWN = uuidv5('testkit', 'own', 'indicator');
const [CHILD, GRANDCHILD, STRANGER, CITY] = [idOf('kind'), idOf('kleinkind'), idOf('vreemd'), idOf('stad')];
const [D1, D2, WMB] = [idOf('d1'), idOf('d2'), idOf('wmb')];
const now = '2021-06-01T10:00:00.000Z';

const founded = (id: string, parent: string | null) =>
  elsewhere(network, id, {
    type: 'NetworkFounded',
    data: { kind: 'movement', name: '…', regions: [], parent },
    meta: { network: id },
  });
const world = [
  founded(NETWORK, null),
  founded(CHILD, NETWORK),
  founded(GRANDCHILD, CHILD),
  founded(STRANGER, null),
  elsewhere(organisation, CITY, {
    type: 'OrganisationRegistered',
    data: { name: 'Stad', sector: 'other', units: [], enterpriseNumber: null, umbrellaOf: [] },
  }),
  elsewhere(
    agenda,
    NETWORK,
    { type: 'AgendaDrafted', data: { ambition: { nl: '…' }, problemStatement: { nl: '…' } } },
    { type: 'ObjectiveAdded', data: { code: 'O5', text: { nl: '…' } } },
    { type: 'AgendaVersionAdopted', data: { version: 1, decision: D1 } },
    { type: 'ObjectiveAdded', data: { code: 'O6', text: { nl: '…' } } },
  ),
  elsewhere(action, WMB, actionProposed({}, { network: CHILD })),
];
const decisionOf = (ref: string, said: object = {}, day = '2021-05-20') =>
  elsewhere(decision, ref, decided(day, { subjects: [{ kind: 'indicator', id: OWN }], ...said }));
const defined = indicatorDefined({}, { network: NETWORK });
const about = (...facts: readonly Fact<IndicatorEvent>[]) =>
  given(indicator, ...world, decisionOf(D1), decisionOf(D2), defined, ...facts);
const ended: Fact<IndicatorEvent> = { type: 'IndicatorEnded', data: {} };

describe('an indicator is defined', () => {
  const { data } = defined as Extract<typeof defined, { type: 'IndicatorDefined' }>;
  const { baseline: _b, owner: _o, objectives: _j, dimensions: _d, ...least } = data;
  const defining = (command: Partial<DefineIndicator> = {}) =>
    given(indicator, ...world).when(define, { network: NETWORK, ...least, ...command });

  it('with what it counts, how, and how values are put together', () =>
    defining().then({ type: 'IndicatorDefined', data: { ...data, dimensions: [] } }));

  it('with a baseline, an owner, objectives and dimensions', () => {
    const more = {
      baseline: { numerator: 12, denominator: 17, year: 2019, source: 'Nulmeting' },
      owner: CITY,
      objectives: ['O5'],
      dimensions: [{ code: 'plaats', values: ['noord', 'zuid'] }],
    };
    defining(more).then({ type: 'IndicatorDefined', data: { ...data, ...more } });
  });

  it('once under its code in its network', () => {
    about()
      .when(define, { network: NETWORK, ...least })
      .rejects('already-exists', { member: 'code', code: 'stabiel' });
    expect(indicatorId(NETWORK, 'stabiel')).not.toBe(indicatorId(CHILD, 'stabiel'));
    expect(indicatorId(NETWORK, 'stabiel')).not.toBe(indicatorId(NETWORK, 'huisvest'));
  });

  it('in a network that runs, for what is there', () => {
    defining({ network: idOf('nergens') }).rejects('unknown-reference', { member: 'network', id: idOf('nergens') });
    defining({ owner: idOf('niemand') }).rejects('unknown-reference', { member: 'owner', id: idOf('niemand') });
    defining({ objectives: ['O5', 'O6'] }).rejects('objective-not-in-agenda', {
      member: 'objectives',
      objective: 'O6',
    });
  });

  const FITS: Readonly<Record<Unit, readonly Aggregation[]>> = {
    count: ['sum', 'last', 'distinct-none'],
    percent: ['ratio-of-sums', 'weighted-mean'],
    ratio: ['ratio-of-sums', 'weighted-mean'],
    scale: ['ratio-of-sums', 'weighted-mean'],
    currency: ['sum', 'last', 'ratio-of-sums', 'weighted-mean'],
    days: ['sum', 'last', 'ratio-of-sums', 'weighted-mean'],
    text: ['last'],
  };
  it.each(UNITS.flatMap((unit) => AGGREGATIONS.map((aggregation) => [unit, aggregation] as const)))(
    'a value that is %s put together by %s, or not so',
    (unit, aggregation) =>
      FITS[unit].includes(aggregation)
        ? defining({ unit, aggregation }).then({
            type: 'IndicatorDefined',
            data: { ...data, unit, aggregation, dimensions: [] },
          })
        : defining({ unit, aggregation }).rejects('aggregation-unfit', {
            member: 'aggregation',
            unit,
            allowed: FITS[unit],
          }),
  );

  it('with a baseline that can be one of its values', () => {
    const baseline = { numerator: 12, denominator: 17, year: 2019, source: '…' };
    const wrong = (changes: object, said: Partial<DefineIndicator> = {}) =>
      defining({ ...said, baseline: { ...baseline, ...changes } });
    wrong({ denominator: null }).rejects('denominator-required', { member: 'baseline/denominator' });
    wrong({ denominator: 11 }).rejects('numerator-over-denominator', {
      member: 'baseline/numerator',
      numerator: 12,
      denominator: 11,
    });
    wrong({}, { unit: 'count', aggregation: 'sum' }).rejects('denominator-not-allowed', {
      member: 'baseline/denominator',
    });
  });
});

/** The next version of the indicator, with what changes in it. */
const versionOf = (version: number, validFrom: string, changes: object = {}) => {
  const { code: _code, ...definition } = (defined as Extract<typeof defined, { type: 'IndicatorDefined' }>).data;
  return { type: 'DefinitionVersioned', data: { ...definition, ...changes, version, validFrom } } as const;
};

describe('a new version of its definition', () => {
  const versioned = versionOf(2, '2022-01-01', { ascending: false });

  it('says what it means from when on: what changes, and the rest', () => {
    about().when(defineVersion, { ascending: false, validFrom: '2022-01-01' }).then(versioned);
    about(versioned)
      .when(defineVersion, { unit: 'ratio', ascending: false, validFrom: '2023-01-01' })
      .then(versionOf(3, '2023-01-01', { unit: 'ratio', ascending: false }));
  });

  it('holds from later on than the former one', () => {
    about()
      .when(defineVersion, { ascending: false, validFrom: '2018-01-01' })
      .rejects('version-not-later', { member: 'validFrom', notBefore: '2018-01-01' });
    about()
      .when(defineVersion, { ascending: false, validFrom: '2018-01-02' })
      .then(versionOf(2, '2018-01-02', { ascending: false }));
  });

  it('changes something that fits the rest', () => {
    about().when(defineVersion, { ascending: true, validFrom: '2022-01-01' }).rejects('nothing-changed');
    about().when(defineVersion, { unit: 'count', validFrom: '2022-01-01' }).rejects('aggregation-unfit');
    about()
      .when(defineVersion, { objectives: ['O6'], validFrom: '2022-01-01' })
      .rejects('objective-not-in-agenda');
  });

  it('is of an indicator that there is, and not once it has ended', () => {
    const command = { ascending: false, validFrom: '2022-01-01' };
    given(indicator, ...world)
      .when(defineVersion, command)
      .rejects('invalid-state', { status: 'none' });
    about(ended).when(defineVersion, command).rejects('invalid-state', { status: 'ended' });
  });
});

describe('an indicator is shared', () => {
  const adopted = { type: 'IndicatorAdopted', data: { version: 1, decision: D1 } } as const;
  const later = versionOf(2, '2022-01-01', { ascending: false });

  it('on a decision about it', () => {
    about().when(adopt, { decisionRef: D1 }, { now, occurredAt: now }).then(adopted);
    about().when(adopt, {}).rejects('decision-required');
    about()
      .when(adopt, { decisionRef: idOf('d3') })
      .rejects('unknown-reference');
    given(indicator, ...world, decisionOf(D1, { subjects: [{ kind: 'indicator', id: idOf('ander') }] }), defined)
      .when(adopt, { decisionRef: D1 })
      .rejects('decision-not-about-this');
    given(indicator, ...world, decisionOf(D1, { outcome: 'decline' }), defined)
      .when(adopt, { decisionRef: D1 })
      .rejects('wrong-outcome');
  });

  it('from when the decision holds', () =>
    about()
      .when(adopt, { decisionRef: D1 }, { now, occurredAt: dayStart('2021-05-01') })
      .then({ ...adopted, occurredAt: dayStart('2021-05-20') }));

  it('once a version, and the next version on a decision of its own', () => {
    about(adopted).when(adopt, { decisionRef: D1 }).thenNothing();
    about(adopted, later).when(adopt, { decisionRef: D1 }).rejects('decision-not-about-this');
    about(adopted, later)
      .when(adopt, { decisionRef: D2 }, { now, occurredAt: now })
      .then({ type: 'IndicatorAdopted', data: { version: 2, decision: D2 } });
  });

  it('not once it has ended', () => about(ended).when(adopt, { decisionRef: D1 }).rejects('invalid-state'));
});

describe('IND-6: a target', () => {
  const period = { from: '2021-01-01', until: '2021-12-31' };
  const target = { period, numerator: 3, denominator: 4, floorPerChild: 2 };
  const set = { type: 'TargetSet', data: { ...target, decision: D1 } } as const;
  const at = { now, occurredAt: now };

  it('is set for a period, on a decision about the indicator', () => {
    about()
      .when(setTarget, { ...target, decisionRef: D1 }, at)
      .then(set);
    about().when(setTarget, target, at).rejects('decision-required');
    given(indicator, ...world, decisionOf(D1, { outcome: 'decline' }), defined)
      .when(setTarget, { ...target, decisionRef: D1 })
      .rejects('wrong-outcome');
  });

  it('and again on another one: the former one stays', () => {
    const { state } = about(set, { type: 'TargetSet', data: { ...set.data, numerator: 2, decision: D2 } });
    expect(state).toMatchObject({ targets: [{ numerator: 3 }, { numerator: 2 }] });
    about(set)
      .when(setTarget, { ...target, numerator: 2, decisionRef: D2 }, at)
      .then({ type: 'TargetSet', data: { ...target, numerator: 2, decision: D2 } });
    about(set).when(setTarget, target, at).thenNothing();
  });

  it('is of a period in which it is measured', () => {
    const wrong = { from: '2021-01-01', until: '2021-06-30' };
    about()
      .when(setTarget, { ...target, period: wrong, decisionRef: D1 }, at)
      .rejects('period-unfit', { member: 'period', frequency: 'yearly' });
    const early = { from: '2017-01-01', until: '2017-12-31' };
    about()
      .when(setTarget, { ...target, period: early, decisionRef: D1 }, at)
      .rejects('before-definition', { member: 'period', validFrom: '2018-01-01' });
  });

  it('can be a value of it, and so can its floor', () => {
    about().when(setTarget, { period, numerator: 3 }).rejects('denominator-required', { member: 'denominator' });
    about().when(setTarget, { period, numerator: 3, denominator: 2 }).rejects('numerator-over-denominator');
    about()
      .when(setTarget, { ...target, floorPerChild: 5 })
      .rejects('numerator-over-denominator', { member: 'floorPerChild', numerator: 5, denominator: 4 });
  });

  it('is not set once the indicator has ended', () => about(ended).when(setTarget, target).rejects('invalid-state'));
});

describe('from a scope a value is expected', () => {
  const attached = (id: string, network: string, kind: 'network' | 'action' = 'network') =>
    ({ type: 'IndicatorAttached', data: { scope: { kind, id }, network } }) as const;
  const detached = { type: 'IndicatorDetached', data: attached(CHILD, CHILD).data } as const;

  it('once it is attached: the own network, one below it, an action', () => {
    about().when(attach, { network: NETWORK }).then(attached(NETWORK, NETWORK));
    about().when(attach, { network: GRANDCHILD }).then(attached(GRANDCHILD, GRANDCHILD));
    about()
      .when(attach, { network: CHILD, action: WMB })
      .then(attached(WMB, CHILD, 'action'));
    about(attached(CHILD, CHILD)).when(attach, { network: CHILD }).thenNothing();
  });

  it('and no other: a network elsewhere, an action of another one', () => {
    about().when(attach, { network: STRANGER }).rejects('unknown-reference', { member: 'network', id: STRANGER });
    about().when(attach, { network: NETWORK, action: WMB }).rejects('unknown-reference', { member: 'action', id: WMB });
    about()
      .when(attach, { network: CHILD, action: idOf('geen') })
      .rejects('unknown-reference');
    about(ended).when(attach, { network: CHILD }).rejects('invalid-state');
  });

  it('until it is detached, and again once it is attached again', () => {
    about(attached(CHILD, CHILD)).when(detach, { network: CHILD }).then(detached);
    about(attached(CHILD, CHILD), detached).when(detach, { network: CHILD }).thenNothing();
    about(attached(CHILD, CHILD), detached).when(attach, { network: CHILD }).then(attached(CHILD, CHILD));
  });

  it('also where it once measured without being attached', () => {
    about().when(detach, { network: CHILD }).thenNothing();
    given(
      indicator,
      ...world,
      elsewhere(measurement, measurementId(OWN, CHILD), {
        type: 'MeasurementRecorded',
        data: measuredOf(OWN, { kind: 'network', id: CHILD }, { from: '2020-01-01', until: '2020-12-31' }, 1, 2),
      }),
      defined,
    )
      .when(detach, { network: CHILD })
      .then(detached);
  });

  it('says who works in the network that measures, or in that of the indicator, which for others does not exist', () => {
    const [asked] = indicatorCommands.filter(({ name }) => name === 'AttachIndicator');
    const { state } = about();
    const as = (home: string) => ({
      id: OWN,
      eventId: OWN,
      occurredAt: now,
      now,
      actor: { subject: AN, role: 'back-office' },
      look: ((looked: { readonly name: string }, id: string) =>
        looked.name === person.name
          ? { status: 'registered', roles: [{ role: 'back-office', network: home, from: '2018-01-01T00:00:00.000Z' }] }
          : { status: 'running', parent: { [CHILD]: NETWORK, [GRANDCHILD]: CHILD }[id] ?? null }) as never,
    });
    const may = (home: string, network: string) => asked!.authorise({ network } as never, state as never, as(home));
    expect(may(CHILD, CHILD)).toEqual({});
    expect(may(GRANDCHILD, GRANDCHILD)).toEqual({});
    expect(may(NETWORK, CHILD)).toEqual({});
    expect(may(CHILD, GRANDCHILD)).toMatchObject({ rejected: 'not-found' });
    expect(may(STRANGER, CHILD)).toMatchObject({ rejected: 'not-found' });
    expect(may(STRANGER, STRANGER)).toMatchObject({ rejected: 'not-found' });
  });
});

describe('an indicator ends', () => {
  it('once', () => {
    about().when(end, {}).then(ended);
    about(ended).when(end, {}).thenNothing();
    given(indicator, ...world)
      .when(end, {})
      .rejects('invalid-state', { status: 'none' });
  });
});
