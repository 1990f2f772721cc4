import type { Day } from '#kernel';
import { ref, refs, type Acting, type Step } from './scenario.ts';

/*
 * What shows that something changed, in steps that the scenarios can list in one line each.
 */

type More = Readonly<Record<string, unknown>>;

interface Defined {
  readonly network: string;
  readonly code: string;
  readonly title: string;
  readonly definition: string;
  readonly unit: 'count' | 'percent' | 'days';
  readonly rba: 'how-much' | 'how-well' | 'better-off';
  readonly level?: 'output' | 'outcome' | 'impact';
  readonly aggregation: 'sum' | 'last' | 'ratio-of-sums';
  readonly frequency: 'yearly' | 'irregular';
  readonly validFrom: Day;
  readonly more?: More;
}

export const indicator = (on: Day, by: Acting, name: string, { title, definition, more, ...what }: Defined): Step => ({
  on,
  as: by,
  command: 'DefineIndicator',
  name,
  body: {
    level: 'output',
    accountability: 'performance',
    ascending: true,
    horizon: 'medium',
    source: 'Registratie van de partners.',
    method: 'Telling door wie begeleidt.',
    sensitivity: 'open',
    ...what,
    network: ref(what.network),
    name: { nl: title },
    definition: { nl: definition },
    ...more,
  },
});

/** A calendar year. */
export const year = (of: number) => ({ from: `${of}-01-01`, until: `${of}-12-31` });

interface Measured {
  readonly network: string;
  readonly action?: string;
  readonly period: { readonly from: Day; readonly until: Day };
  /** A count, or the two parts of a ratio. */
  readonly value: number | readonly [numerator: number, denominator: number];
  readonly more?: More;
}

export const measure = (
  on: Day,
  by: Acting,
  indicator: string,
  { network, action, period, value, more }: Measured,
): Step => {
  const [numerator, denominator] = typeof value === 'number' ? [value] : value;
  return {
    on,
    as: by,
    command: 'RecordMeasurement',
    body: {
      network: ref(network),
      indicator: ref(indicator),
      ...(action !== undefined && { action: ref(action) }),
      period,
      numerator,
      ...(denominator !== undefined && { denominator }),
      ...more,
    },
  };
};

/** From these scopes a value is expected of each period that is over. */
export const attach = (on: Day, by: Acting, indicator: string, network: string, action?: string): Step => ({
  on,
  as: by,
  command: 'AttachIndicator',
  target: indicator,
  body: { network: ref(network), ...(action !== undefined && { action: ref(action) }) },
});

interface Held {
  readonly network: string;
  readonly kind: 'workshop' | 'interview' | 'co-creation' | 'training';
  readonly title: string;
  readonly topic: string;
  readonly organisations: readonly string[];
  readonly participants: number;
  readonly confidentiality?: 'open' | 'participants-only';
  readonly more?: More;
}

export const session = (on: Day, by: Acting, name: string, { network, organisations, more, ...what }: Held): Step => ({
  on,
  as: by,
  command: 'RecordSession',
  name,
  body: { confidentiality: 'open', ...what, network: ref(network), organisations: refs(organisations), ...more },
});

interface Final {
  readonly from: Day;
  readonly until: Day;
  readonly method: string;
  readonly worked: string;
  readonly value: readonly [label: string, numerator: number, denominator: number];
  readonly learning: readonly [text: string, tag: string];
  readonly voices: number;
  readonly evaluators: readonly string[];
}

/** A final evaluation that says: it works. */
export const works = (on: Day, by: Acting, action: string, name: string, what: Final): Step => ({
  on,
  as: by,
  command: 'EvaluateAction',
  target: action,
  name,
  body: {
    kind: 'final',
    period: { from: what.from, until: what.until },
    method: what.method,
    questions: { worked: what.worked },
    verdict: 'works',
    confidence: 3,
    indicatorSnapshot: [
      { label: what.value[0], rba: 'better-off', numerator: what.value[1], denominator: what.value[2] },
    ],
    learnings: [{ text: what.learning[0], tag: what.learning[1], polarity: 'works' }],
    voices: [{ source: 'target-group', n: what.voices }],
    nextStep: 'continue',
    evaluators: refs(what.evaluators),
  },
});

/** What an evaluation rests on, where it is an indicator of the action. */
export const known = (indicator: string, knownAt?: Day) => ({
  indicator: ref(indicator),
  ...(knownAt !== undefined && { knownAt }),
});
