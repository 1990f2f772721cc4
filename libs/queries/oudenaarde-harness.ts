import {
  measurementId,
  type ActionEvent,
  type AgendaEvent,
  type AgreementEvent,
  type DrawingRightEvent,
  type GroupEvent,
  type IndicatorEvent,
  type MeasurementEvent,
  type MeetingEvent,
} from '#domain';
import {
  actionProposed,
  at,
  doubleOwnTerms,
  idOf,
  indicatorDefined,
  measuredOf,
  NETWORK,
  on,
  stream,
  type Fact,
  type StreamFacts,
} from '#testkit';

/* Oudenaarde (S5, `domain.md` §7), as far as reports go. */

const meta = (day: string) => ({ meta: at(on(day)) });

const group = (name: string, timesPerYear: number | null): StreamFacts =>
  stream<GroupEvent>(
    'group',
    idOf(name),
    { type: 'GroupFounded', data: { name, kind: 'working-group' }, ...meta('2014-01-01') },
    { type: 'CadenceSet', data: { timesPerYear }, ...meta('2014-01-01') },
  );

function meeting(body: string, month: number, how: 'MeetingHeld' | 'MeetingCancelled' = 'MeetingHeld'): StreamFacts {
  const day = `2014-${String(month).padStart(2, '0')}-03`;
  const facts: readonly Fact<MeetingEvent>[] = [
    { type: 'MeetingPlanned', data: { body: idOf(body), startsAt: on(day) }, ...meta('2014-01-02') },
    { type: how, data: {}, ...meta(day) },
  ];
  return stream<MeetingEvent>('meeting', idOf(`${body} ${month}`), ...facts);
}

/** Monthly, and one not held; half-yearly; when there is reason to. */
export const groups: readonly StreamFacts[] = [
  group('OK Swaree', 12),
  group('planning', 2),
  group('denktank', null),
  ...Array.from({ length: 12 }, (_, i) => meeting('OK Swaree', i + 1, i === 6 ? 'MeetingCancelled' : 'MeetingHeld')),
  meeting('planning', 3),
  meeting('planning', 9),
];

const signed = (organisation: string, day: string): Fact<AgreementEvent> => ({
  type: 'AgreementSigned',
  data: { organisation: idOf(organisation) },
  ...meta(day),
});
type Drafted = Extract<AgreementEvent, { readonly type: 'AgreementDrafted' }>['data'];
/** A period under a scheme, which the city signed and another was to sign. */
export const agreement = (name: string, day: string, data: Partial<Drafted> & Pick<Drafted, 'period'>): StreamFacts =>
  stream<AgreementEvent>(
    'agreement',
    idOf(name),
    {
      type: 'AgreementDrafted',
      data: {
        kind: 'scheme-period',
        title: name,
        parties: [idOf('stad'), idOf('ocmw')],
        thirdParties: [],
        withNetworks: [],
        scheme: idOf('decreet'),
        succeeds: null,
        objectives: null,
        actions: [],
        ...data,
      },
      ...meta(day),
    },
    signed('stad', day),
    { type: 'AgreementEnteredIntoForce', data: {}, ...meta(data.period.from) },
  );

export const AGREEMENT = idOf('overeenkomst 2');
export const agreements: readonly StreamFacts[] = [
  agreement('overeenkomst 1', '2008-12-01', { period: { from: '2009-01-01', until: '2013-12-31' } }),
  agreement('overeenkomst 2', '2013-12-01', {
    period: { from: '2014-01-01', until: '2019-12-31' },
    succeeds: idOf('overeenkomst 1'),
    objectives: { carriedOver: ['D1'], ended: ['D0'] },
  }),
];

const own = (year: number, kind: 'own' | 'solidarity', amountCents: number): Fact<DrawingRightEvent> => ({
  type: 'OwnContributionRegistered',
  data: { year, kind, organisation: idOf('stad'), amountCents },
  ...meta(`${year}-06-01`),
});
const drawn = (year: number, amountCents: number): readonly Fact<DrawingRightEvent>[] => [
  { type: 'DrawnDown', data: { year, amountCents }, ...meta(`${year}-11-01`) },
];

/** 6 613.00 a year from 2013 on: 2014 wholly eligible, 2015 up to 6 500.00; 2013 is of the agreement before. */
export const right: StreamFacts = stream<DrawingRightEvent>(
  'drawing-right',
  idOf('trekkingsrecht'),
  {
    type: 'RightGranted',
    data: {
      scheme: idOf('decreet'),
      version: 1,
      terms: doubleOwnTerms,
      funder: idOf('vlaanderen'),
      amountCents: 661_300,
      basis: 'per-year',
      years: { from: 2013, until: 2019 },
      funderDecision: { reference: 'MB', date: '2012-12-13' },
    },
    ...meta('2013-01-02'),
  },
  own(2013, 'own', 1_322_600),
  own(2014, 'own', 1_200_000),
  own(2014, 'solidarity', 122_600),
  ...drawn(2014, 661_300),
  own(2015, 'own', 1_300_000),
  ...drawn(2015, 661_300),
);

const action = (name: string, day: string, objective: string, ...facts: readonly Fact<ActionEvent>[]): StreamFacts =>
  stream<ActionEvent>(
    'action',
    idOf(name),
    actionProposed({ title: { nl: name }, objectives: [objective] }, at(on(day))),
    ...facts,
  );

/** Of the agenda D1 goes on, D0 ended with the agreement before. */
export const work: readonly StreamFacts[] = [
  stream<AgendaEvent>(
    'agenda',
    NETWORK,
    {
      type: 'AgendaDrafted',
      data: { ambition: { nl: 'Meedoen' }, problemStatement: { nl: 'Armoede' } },
      ...meta('2009-01-02'),
    },
    { type: 'ObjectiveAdded', data: { code: 'D0', text: { nl: 'Vorming' } }, ...meta('2009-01-02') },
    { type: 'ObjectiveAdded', data: { code: 'D1', text: { nl: 'Uitbreiding en activering' } }, ...meta('2009-01-02') },
    { type: 'AgendaVersionAdopted', data: { version: 1, decision: idOf('d0') }, ...meta('2009-01-03') },
    { type: 'ObjectiveEnded', data: { code: 'D0' }, ...meta('2013-12-31') },
  ),
  action('OK-pas', '2014-02-01', 'D1', {
    type: 'ActionApproved',
    data: { decision: idOf('d0') },
    ...meta('2014-03-01'),
  }),
  action('vroeger', '2010-02-01', 'D1', { type: 'ActionWithdrawn', data: {}, ...meta('2011-03-01') }),
];

const year = (of: number) => ({ from: `${of}-01-01`, until: `${of}-12-31` });
export const [HOLDERS, PARTICIPATIONS] = [idOf('houders'), idOf('deelnames')];
const indicator = (id: string, code: string, aggregation: 'last' | 'sum'): StreamFacts =>
  stream<IndicatorEvent>(
    'indicator',
    id,
    indicatorDefined(
      {
        code,
        name: { nl: code },
        unit: 'count',
        aggregation,
        frequency: 'yearly',
        objectives: ['D1'],
        validFrom: '2014-01-01',
      },
      at(on('2013-12-09')),
    ),
  );
const told = (of: number, id: string, numerator: number): Fact<MeasurementEvent> => ({
  type: 'MeasurementRecorded',
  data: measuredOf(id, { kind: 'network', id: NETWORK }, year(of), numerator, null),
  meta: at(on(`${of + 1}-01-18`)),
});

/** Who has a pass, and how often it was used. */
export const measurements: readonly StreamFacts[] = [
  indicator(HOLDERS, 'houders', 'last'),
  indicator(PARTICIPATIONS, 'deelnames', 'sum'),
  stream<MeasurementEvent>(
    'measurement',
    measurementId(HOLDERS, NETWORK),
    told(2014, HOLDERS, 412),
    told(2015, HOLDERS, 486),
  ),
  stream<MeasurementEvent>('measurement', measurementId(PARTICIPATIONS, NETWORK), told(2015, PARTICIPATIONS, 3_906)),
];
