import type { AccessLogEvent, IndicatorEvent, NetworkEvent, Prepared, PublicTable, ReleaseEvent } from '#domain';
import { AN, at, idOf, indicatorDefined, LIES, log, NETWORK, on, stream, type StreamFacts } from '#testkit';

/** A table of one number that is small, published twice; the first release was withdrawn. */
export const TABLE = 'kerncijfers';
const THERAPY = idOf('naar therapie');
const period = { from: '2021-01-01', until: '2021-12-31' };
const place = {
  indicator: THERAPY,
  definitionVersion: 1,
  period,
  network: NETWORK,
  isElsewhere: false,
  category: null,
};
const shown = { indicator: THERAPY, definitionVersion: 1, code: 'therapie', name: { nl: 'Naar therapie' }, unit: 'count' } as const; // prettier-ignore
const about = { table: TABLE, title: { nl: 'Kerncijfers 2021' }, networks: [{ id: NETWORK, name: 'OverKop', parent: null }], dimension: null }; // prettier-ignore

const prepared = (numerator: number, knownAt: string): Prepared => ({
  ...about,
  definitions: [{ ...shown, sensitivity: 'small-numbers', isAdded: true }],
  lines: [{ ...place, numerator, upTo: null, denominator: null }],
  knownAt,
});
const published: PublicTable = {
  ...about,
  definitions: [shown],
  lines: [{ ...place, numerator: null, upTo: null, denominator: null, hidden: ['numerator'], text: '<5' }],
  k: 5,
};
const by = (subject: string, day: string) => ({ ...at(on(day)), actor: { subject, role: 'data-steward' } });

const release = (name: string, numerator: number, days: readonly [string, string, string]): StreamFacts =>
  stream<ReleaseEvent>(
    'release',
    idOf(name),
    { type: 'ReleasePrepared', data: prepared(numerator, on(days[0])), meta: by(AN, days[0]) },
    {
      type: 'ReleaseChecked',
      data: {
        rules: { k: 5, suppressZero: false },
        hidden: [{ line: 0, number: 'numerator', why: 'primary' }],
        considered: { [THERAPY]: [] },
      },
      meta: by(AN, days[1]),
    },
    { type: 'ReleasePublished', data: published, meta: by(LIES, days[2]) },
  );

const first = release('eerste', 3, ['2022-01-10', '2022-01-11', '2022-01-12']);
const third = release('klaar', 4, ['2022-05-01', '2022-05-02', '2022-05-03']);
export const releaseStory = log(
  stream<NetworkEvent>('network', NETWORK, {
    type: 'NetworkFounded',
    data: { kind: 'integrated-partnership', name: 'OverKop', regions: ['35013'], parent: null },
    meta: at(on('2016-01-01')),
  }),
  stream<IndicatorEvent>(
    'indicator',
    THERAPY,
    indicatorDefined({ code: 'therapie', unit: 'count', aggregation: 'sum' }, at(on('2021-01-01'))),
  ),
  {
    ...first,
    facts: [
      ...first.facts,
      {
        type: 'ReleaseWithdrawn',
        data: {},
        meta: { ...by(LIES, '2022-03-01'), reason: { text: { nl: 'Een jaar te veel' } } },
      },
    ],
  },
  release('tweede', 4, ['2022-04-01', '2022-04-02', '2022-04-03']),
  { ...third, facts: third.facts.slice(0, 2) },
  stream<AccessLogEvent>('access-log', idOf('toegang'), {
    type: 'ExactTableRead',
    data: {
      reader: AN,
      role: 'back-office',
      organisation: null,
      question: 'getIndicatorSeries',
      subject: THERAPY,
      asOf: null,
      effectiveAt: null,
    },
    meta: { ...at(on('2022-01-20')), actor: { subject: 'process:access-log', role: 'process' } },
  }),
);
