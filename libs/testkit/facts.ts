import { uuidv5, type Meta } from '#kernel';
import type { ActionEvent, DecisionEvent, IndicatorEvent, MeasurementEvent, SchemeEvent } from '#domain';
import { AN, type Fact } from './given.ts';

type Data<E extends { readonly type: string }, T extends E['type']> =
  Extract<E, { readonly type: T }> extends {
    readonly data: infer D;
  }
    ? D
    : never;
type SchemeTerms = Data<SchemeEvent, 'SchemeDefined'>['terms'];

/** An id by which a spec knows something: the same name gives the same id. */
export const idOf = (name: string): string => uuidv5('testkit', name);

/** Terms of a scheme that pays four fifths and asks nothing more. */
export const schemeTerms: SchemeTerms = {
  validFrom: '2020-01-01',
  legalBasis: 'Reglement (demoregel)',
  isDemoRule: true,
  maxPublicShare: { num: 4, den: 5 },
  categories: [],
  simplifiedCosts: [],
  instalments: [],
  correctionsReusable: false,
  carryOver: false,
  oneGrantPerArea: false,
  reportDays: 90,
  cureDays: 60,
  recoveryDays: 30,
  lapseWarningDays: 90,
  retention: { anchor: 'closure', years: 7 },
};

/** Terms of a scheme that asks for double own money. */
export const doubleOwnTerms: SchemeTerms = {
  ...schemeTerms,
  validFrom: '2009-01-01',
  legalBasis: 'Participatiedecreet (demoregel)',
  maxPublicShare: { num: 1, den: 3 },
  minOwnPerGrant: { num: 2, den: 1 },
};

export const actionProposed = (
  data: Partial<Data<ActionEvent, 'ActionProposed'>> = {},
  meta: Partial<Meta> = {},
): Fact<ActionEvent> => ({
  type: 'ActionProposed',
  data: {
    title: { nl: 'Wonen met begeleiding' },
    group: idOf('wonen'),
    objectives: ['O5'],
    targetGroup: '17-25 jaar',
    regions: ['11002'],
    intendedChange: 'Een stabiele thuis',
    horizon: 'medium',
    plan: { text: 'Samen huren' },
    budgetCents: 6_000_000,
    kind: 'regular',
    partners: [{ organisation: idOf('jeugdhulp') }, { organisation: idOf('huisvesting') }],
    ...data,
  },
  meta,
});

export const actionEvaluated = (
  data: Partial<Data<ActionEvent, 'ActionEvaluated'>> = {},
  meta: Partial<Meta> = {},
): Fact<ActionEvent> => ({
  type: 'ActionEvaluated',
  data: {
    kind: 'interim',
    period: { from: '2020-10-01', until: '2021-03-31' },
    method: 'gesprekken',
    questions: { worked: 'een vaste begeleider' },
    verdict: 'works-partly',
    confidence: 3,
    indicatorSnapshot: [],
    learnings: [{ text: 'Wachten maakt moe', tag: 'wachttijd', polarity: 'does-not-work' }],
    voices: [{ source: 'target-group', n: 4 }],
    nextStep: 'adjust',
    evaluators: [idOf('jeugdhulp')],
    planVersion: 1,
    ...data,
  },
  meta,
});

export const decisionRecorded = (
  data: Partial<Data<DecisionEvent, 'DecisionRecorded'>> = {},
  meta: Partial<Meta> = {},
): Fact<DecisionEvent> => ({
  type: 'DecisionRecorded',
  data: {
    body: idOf('collectief'),
    mode: 'meeting',
    meeting: idOf('meeting'),
    subjects: [{ kind: 'action', id: idOf('wmb'), proposalVersion: 1 }],
    proposal: 'Wonen met begeleiding starten',
    alternatives: [],
    outcome: 'approve',
    conditions: [],
    quorum: 2,
    rule: 'consent',
    entitled: [
      { organisation: idOf('jeugdhulp'), seats: 2 },
      { organisation: idOf('huisvesting'), seats: 1 },
    ],
    present: [idOf('jeugdhulp')],
    votes: [],
    dissent: [],
    conflicts: [],
    rationale: 'Er is nood aan',
    grounds: [],
    effectiveAt: '2020-06-25T10:00:00.000Z',
    waives: [],
    knownAt: '2020-06-25T10:00:00.000Z',
    ...data,
  },
  meta: { actor: { subject: AN, role: 'secretary' }, ...meta },
});

/** A yearly percentage of one age group or another. */
export const indicatorDefined = (
  data: Partial<Data<IndicatorEvent, 'IndicatorDefined'>> = {},
  meta: Partial<Meta> = {},
): Fact<IndicatorEvent> => ({
  type: 'IndicatorDefined',
  data: {
    code: 'stabiel',
    name: { nl: 'Stabiel na 6 maanden' },
    definition: { nl: 'Wie na zes maanden nog in dezelfde woning woont' },
    accountability: 'performance',
    rba: 'better-off',
    level: 'outcome',
    unit: 'percent',
    aggregation: 'ratio-of-sums',
    ascending: true,
    horizon: 'medium',
    dimensions: [{ code: 'leeftijd', values: ['17-20', '21-25'] }],
    baseline: null,
    source: 'Registratie',
    method: 'Telling',
    frequency: 'yearly',
    owner: null,
    sensitivity: 'small-numbers',
    objectives: [],
    validFrom: '2018-01-01',
    ...data,
  },
  meta,
});

type Measured = Data<MeasurementEvent, 'MeasurementRecorded'>;

/** A value as it was measured, by version 1 and of the total. */
export const measuredOf = (
  indicator: string,
  scope: Measured['scope'],
  period: Measured['period'],
  numerator: number,
  denominator: number | null = null,
): Measured => ({
  indicator,
  scope,
  definitionVersion: 1,
  period,
  dims: {},
  numerator,
  upTo: null,
  denominator,
  text: null,
  source: null,
  method: null,
  quality: 'measured',
  n: null,
});
