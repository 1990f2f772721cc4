import { uuidv5 } from '#kernel';
import { AN, elsewhere, given, idOf, indicatorDefined, measuredOf, NETWORK, type Fact } from '#testkit';
import { disclosed, disclosedId } from '../disclosed/state.ts';
import { indicator } from '../indicator/state.ts';
import { measurement, measurementId } from '../measurement/state.ts';
import type { NetworkEvent } from '../network/events.ts';
import { network } from '../network/state.ts';
import { check, prepare, publish, withdraw } from './decide.ts';
import type { ReleaseEvent } from './events.ts';
import { release } from './state.ts';

const OWN = uuidv5('testkit', 'own', 'release');
const [GENT, EEKLO, WAAS] = [idOf('gent'), idOf('eeklo'), idOf('waas')];
const YEAR = { from: '2019-01-01', until: '2019-12-31' };
const NOW = '2020-06-10T10:00:00.000Z';
const reason = { text: { nl: 'Dubbel geteld' } };

const founded = (id: string, name: string, parent: string | null, ...more: Fact<NetworkEvent>[]) =>
  elsewhere(
    network,
    id,
    { type: 'NetworkFounded', data: { kind: 'programme', name, regions: [], parent }, meta: { network: id } },
    ...more,
  );
const programme = [
  founded(NETWORK, 'Eén gezin, één plan', null),
  ...([[GENT, 'Gent'], [EEKLO, 'Eeklo'], [WAAS, 'Waas']] as const).map(([id, name]) => founded(id, name, NETWORK)), // prettier-ignore
];
type Definition = NonNullable<Parameters<typeof indicatorDefined>[0]>;
const defined = (id: string, data: Definition = {}) =>
  elsewhere(
    indicator,
    id,
    indicatorDefined({ code: 'gezinnen', unit: 'count', aggregation: 'sum', sensitivity: 'small-numbers', ...data }),
    ...[GENT, EEKLO, WAAS].map((one) => ({
      type: 'IndicatorAttached' as const,
      data: { scope: { kind: 'network' as const, id: one }, network: one },
    })),
  );
const FAMILIES = idOf('gezinnen');
const measured = (
  of: string,
  where: string,
  ...values: (readonly [number, (number | undefined)?, Record<string, string>?])[]
) =>
  elsewhere(
    measurement,
    measurementId(of, where),
    ...values.map(([numerator, denominator, dims = {}]) => ({
      type: 'MeasurementRecorded' as const,
      data: { ...measuredOf(of, { kind: 'network', id: where }, YEAR, numerator, denominator ?? null), dims },
      meta: { network: where },
    })),
  );
const asked = (more: object = {}) => ({
  network: NETWORK,
  table: 'kerncijfers',
  title: { nl: 'Kerncijfers 2019' },
  indicators: [FAMILIES],
  periods: [YEAR],
  by: ['networks'],
  ...more,
});

/** What is prepared of these facts. */
function preparedOf(others: readonly ReturnType<typeof elsewhere>[], more: object = {}) {
  let event: ReleaseEvent | undefined;
  given(release, ...others)
    .when((command, state, context) => {
      const outcome = prepare(command, state, context);
      event = outcome as ReleaseEvent;
      return outcome;
    }, asked(more))
    .then(expect.objectContaining({ type: 'ReleasePrepared' }));
  return event as Extract<ReleaseEvent, { type: 'ReleasePrepared' }>;
}
const line = (where: string, numerator: number, more: object = {}) => ({
  indicator: FAMILIES,
  definitionVersion: 1,
  period: YEAR,
  network: where,
  isElsewhere: false,
  category: null,
  numerator,
  upTo: null,
  denominator: null,
  ...more,
});

const families = [
  ...programme,
  defined(FAMILIES),
  measured(FAMILIES, GENT, [214]),
  measured(FAMILIES, EEKLO, [187]),
  measured(FAMILIES, WAAS, [203]),
];
const small = [
  ...programme,
  defined(FAMILIES),
  measured(FAMILIES, GENT, [214]),
  measured(FAMILIES, EEKLO, [3]),
  measured(FAMILIES, WAAS, [20]),
];

describe('a table is prepared', () => {
  it('exactly, as it was known then, from all that is at or below the network', () =>
    expect(preparedOf(families).data).toMatchObject({
      table: 'kerncijfers',
      definitions: [{ indicator: FAMILIES, code: 'gezinnen', unit: 'count', sensitivity: 'small-numbers' }],
      networks: [
        { id: NETWORK, name: 'Eén gezin, één plan', parent: null },
        { id: GENT, name: 'Gent', parent: NETWORK },
        { id: EEKLO, parent: NETWORK },
        { id: WAAS, parent: NETWORK },
      ],
      dimension: null,
      lines: [line(NETWORK, 604), line(GENT, 214), line(EEKLO, 187), line(WAAS, 203)],
      knownAt: NOW,
    }));

  it('in total only, when nothing is asked more', () =>
    expect(preparedOf(families, { by: [] }).data.lines).toEqual([line(NETWORK, 604)]));

  it('with what is elsewhere, where a network itself measured more than its parts', () =>
    expect(preparedOf([...families, measured(FAMILIES, NETWORK, [610])]).data.lines).toEqual([
      line(NETWORK, 610),
      line(NETWORK, 6, { isElsewhere: true }),
      line(GENT, 214),
      line(EEKLO, 187),
      line(WAAS, 203),
    ]));

  it('by a dimension, with what is unknown (IND-5)', () => {
    const facts = [
      ...programme,
      defined(FAMILIES, { dimensions: [{ code: 'leeftijd', values: ['jong', 'oud'] }] }),
      measured(FAMILIES, GENT, [20], [8, undefined, { leeftijd: 'jong' }], [9, undefined, { leeftijd: 'oud' }]),
    ];
    expect(preparedOf(facts, { by: ['leeftijd'] }).data.lines).toEqual([
      line(NETWORK, 20),
      line(NETWORK, 8, { category: 'jong' }),
      line(NETWORK, 9, { category: 'oud' }),
      line(NETWORK, 3, { category: '?' }),
    ]);
    const prepare_ = given(release, ...facts);
    prepare_.when(prepare, asked({ by: ['plaats'] })).rejects('unknown-dimension');
    prepare_.when(prepare, asked({ by: ['leeftijd', 'plaats'] })).rejects('one-dimension');
  });

  it('never of what is for inside, of text, of networks elsewhere, or of nothing', () => {
    const refused = (facts: readonly ReturnType<typeof elsewhere>[], more: object = {}) =>
      given(release, ...facts).when(prepare, asked(more));
    refused([...programme, defined(FAMILIES, { sensitivity: 'internal' })]).rejects('not-releasable');
    refused([...programme, defined(FAMILIES, { unit: 'text', aggregation: 'last' })]).rejects('not-releasable');
    refused(programme).rejects('unknown-reference', { member: 'indicators/0', id: FAMILIES });
    refused(families, { networks: [idOf('leuven')] }).rejects('unknown-reference');
    refused([...programme, defined(FAMILIES)]).rejects('nothing-measured');
    refused([defined(FAMILIES)]).rejects('unknown-reference', { member: 'network', id: NETWORK });
    refused(families, { periods: [{ from: '1999-01-01', until: '1999-12-31' }] }).rejects('before-definition');
  });

  it('once', () =>
    given(release, preparedOf(families), ...families)
      .when(prepare, asked())
      .thenNothing());
});

const checked = (hidden: object, considered: readonly string[] = []): Fact<ReleaseEvent> =>
  ({
    type: 'ReleaseChecked',
    data: { rules: { k: 5, suppressZero: false }, hidden, considered: { [FAMILIES]: considered } },
  }) as never;
const EEKLO_AND_WAAS = [
  { line: 2, number: 'numerator', why: 'primary' },
  { line: 3, number: 'numerator', why: 'secondary' },
];
const told = (...releases: readonly string[]) =>
  elsewhere(
    disclosed,
    disclosedId(FAMILIES),
    ...releases.map((id) => ({ type: 'FiguresDisclosed' as const, data: { indicator: FAMILIES, release: id } })),
  );

describe('a table is checked', () => {
  it('nothing is hidden where nothing is small', () =>
    given(release, preparedOf(families), ...families)
      .when(check, {})
      .then(checked([])));

  it('a small number is, with what would tell it', () =>
    given(release, preparedOf(small), ...small)
      .when(check, {})
      .then(checked(EEKLO_AND_WAAS)));

  it('by the rule of the network', () => {
    const policy: Fact<NetworkEvent> = {
      type: 'PolicySet',
      data: { policy: { disclosure: { k: 10, suppressZero: true } } },
    };
    const [, ...others] = families;
    const ruled = expect.objectContaining({ rules: { k: 10, suppressZero: true } }) as object;
    const event = expect.objectContaining({ data: ruled }) as object;
    given(release, preparedOf(families), founded(NETWORK, 'Programma', null, policy), ...others)
      .when(check, {})
      .then(event);
  });

  it('not for an open indicator', () => {
    const open = [...programme, defined(FAMILIES, { sensitivity: 'open' }), measured(FAMILIES, GENT, [3])];
    given(release, preparedOf(open), ...open)
      .when(check, {})
      .then({ ...checked([]), data: { ...checked([]).data, considered: {} } });
  });

  it('against all that was ever told of its indicators, in whichever table', () => {
    const former = elsewhere(release, idOf('eerste'), preparedOf(families), checked([]), {
      type: 'ReleaseWithdrawn',
      data: {},
    });
    const now = [...programme, defined(FAMILIES), measured(FAMILIES, GENT, [216]), measured(FAMILIES, EEKLO, [187]), measured(FAMILIES, WAAS, [203])]; // prettier-ignore
    given(release, preparedOf(now, { table: 'andere' }), ...now, former, told(idOf('eerste')))
      .when(check, {})
      .then(
        checked(
          [
            { line: 0, number: 'numerator', why: 'difference' },
            { line: 1, number: 'numerator', why: 'difference' },
          ],
          [idOf('eerste')],
        ),
      );
  });

  it('anew, as long as it was not told; the same check changes nothing', () => {
    const again = given(release, preparedOf(small), checked(EEKLO_AND_WAAS), ...small);
    again.when(check, {}).thenNothing();
    given(release, preparedOf(small), checked([]), ...small)
      .when(check, {})
      .then(checked(EEKLO_AND_WAAS));
    given(release, preparedOf(small), checked(EEKLO_AND_WAAS), ...small, told(OWN))
      .when(check, {})
      .rejects('invalid-state');
  });

  it('is refused when what was told before gives away what is small now', () => {
    const alone = (id: string, where: readonly string[], hidden: object) =>
      elsewhere(
        release,
        id,
        preparedOf([...programme, defined(FAMILIES), ...where.map((one) => measured(FAMILIES, one, [20]))], { by: ['networks'] }), // prettier-ignore
        checked(hidden),
      );
    // The total of three was told while one was hidden, then the third alone: what was hidden is known.
    const first = elsewhere(release, idOf('eerste'), preparedOf(small), checked(EEKLO_AND_WAAS));
    const second = alone(idOf('tweede'), [WAAS], []);
    given(release, preparedOf(small), ...small, first, second, told(idOf('eerste'), idOf('tweede')))
      .when(check, {})
      .rejects('release-differs', {
        cells: [{ indicator: FAMILIES, period: YEAR, network: EEKLO, category: null }],
      });
  });
});

describe('a table is published', () => {
  const lies = { actor: { subject: idOf('lies'), role: 'data-steward' } };
  const ready = given(release, preparedOf(small), checked(EEKLO_AND_WAAS), ...small, told(OWN));

  it('by another person than who prepared it, once its indicators have noted it', () => {
    const untold = given(release, preparedOf(small), checked(EEKLO_AND_WAAS), ...small);
    untold.when(publish, {}, { actor: { subject: AN, role: 'data-steward' } }).rejects('four-eyes', { person: AN });
    untold.when(publish, {}, lies).thenFirst({
      command: 'DiscloseFigures',
      body: { indicator: FAMILIES, release: OWN, considered: [] },
    });
  });

  it('by the rules that its network has by then: else it is checked anew', () => {
    const policy: Fact<NetworkEvent> = {
      type: 'PolicySet',
      data: { policy: { disclosure: { k: 10, suppressZero: false } } },
    };
    const [, ...others] = small;
    given(
      release,
      preparedOf(small),
      checked(EEKLO_AND_WAAS),
      founded(NETWORK, 'Programma', null, policy),
      ...others,
      told(OWN),
    )
      .when(publish, {}, lies)
      .rejects('check-outdated');
  });

  it('with all that is hidden looking the same', () =>
    ready.when(publish, {}, lies).then({
      type: 'ReleasePublished',
      data: expect.objectContaining({
        table: 'kerncijfers',
        k: 5,
        lines: [
          { ...line(NETWORK, 237), hidden: [], text: '237' },
          { ...line(GENT, 214), hidden: [], text: '214' },
          { ...line(EEKLO, 3), numerator: null, hidden: ['numerator'], text: '–' },
          { ...line(WAAS, 20), numerator: null, hidden: ['numerator'], text: '–' },
        ],
      }),
    }));

  it('a small count that stands alone is below k, whatever it is: k values from 0 on', () => {
    const only = [...programme, defined(FAMILIES), measured(FAMILIES, NETWORK, [3])];
    const prepared = preparedOf(only);
    const hidden = [{ line: 0, number: 'numerator', why: 'primary' }] as const;
    const lines = [{ ...line(NETWORK, 3), numerator: null, hidden: ['numerator'], text: '<5' }];
    const data = expect.objectContaining({ lines }) as object;
    given(release, prepared, checked(hidden), ...only, told(OWN))
      .when(publish, {}, lies)
      .then({ type: 'ReleasePublished', data });
  });

  it('a percentage with two decimals, where both its numbers are shown', () => {
    const percent: Definition = { unit: 'percent', aggregation: 'ratio-of-sums' };
    const answered = [
      ...programme,
      defined(FAMILIES, percent),
      measured(FAMILIES, GENT, [201, 214]),
      measured(FAMILIES, EEKLO, [160, 163]),
    ];
    const prepared = preparedOf(answered);
    const hidden = [{ line: 2, number: 'numerator', why: 'percentage' }, { line: 1, number: 'numerator', why: 'secondary' }]; // prettier-ignore
    given(release, prepared, ...answered)
      .when(check, {})
      .then(checked(hidden.toReversed()));
    const event = expect.objectContaining({
      data: expect.objectContaining({
        lines: [
          expect.objectContaining({ numerator: 361, denominator: 377, text: '95.76' }),
          expect.objectContaining({ numerator: null, denominator: 214, text: '–' }),
          expect.objectContaining({ numerator: null, denominator: 163, text: '–' }),
        ],
      }),
    }) as object;
    given(release, prepared, checked(hidden), ...answered, told(OWN))
      .when(publish, {}, lies)
      .then(event);
  });

  it('when it was checked, and once', () => {
    given(release, preparedOf(small), ...small)
      .when(publish, {}, lies)
      .rejects('invalid-state', { status: 'prepared' });
    given(release, preparedOf(small), checked(EEKLO_AND_WAAS), { type: 'ReleasePublished', data: {} as never })
      .when(publish, {}, lies)
      .thenNothing();
  });
});

describe('a table is withdrawn', () => {
  const published: Fact<ReleaseEvent> = { type: 'ReleasePublished', data: {} as never };
  const withdrawn: Fact<ReleaseEvent> = { type: 'ReleaseWithdrawn', data: {} };

  it('with the reason, once, when it was published', () => {
    const now = given(release, preparedOf(small), checked([]), published);
    now.when(withdraw, { reason }).then(withdrawn);
    now.when(withdraw, {}).rejects('reason-required');
    given(release, preparedOf(small), checked([]), published, withdrawn).when(withdraw, { reason }).thenNothing();
    given(release, preparedOf(small)).when(withdraw, { reason }).rejects('invalid-state', { status: 'prepared' });
  });
});
