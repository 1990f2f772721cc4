import { uuidv5, type Aggregate, type Day, type Instant, type Recorded } from '#kernel';
import { noted, touches, type Since } from '../order.ts';
import type { Definition, IndicatorEvent, Period, Scope, Target } from './events.ts';

export type { Definition, Scope } from './events.ts';

/** A definition as it holds from its `validFrom` on, until that of the next one. */
export interface Version extends Definition {
  readonly version: number;
}

interface SetTarget extends Target {
  readonly recordedAt: Instant;
}

export type Indicator =
  | { readonly status: 'none' }
  | {
      readonly status: 'running' | 'ended';
      readonly network: string;
      readonly code: string;
      /** The earliest first; never empty. */
      readonly versions: readonly Version[];
      /** The version that was adopted last; 0 for none. */
      readonly adopted: number;
      /** Decisions that have adopted a version. */
      readonly adoptedBy: readonly string[];
      /** Every one ever set, as told: the last one of a period is its target. */
      readonly targets: readonly SetTarget[];
      /** Whether a scope is attached or detached, by its id. */
      readonly scopes: Readonly<Record<string, 'attached' | 'detached'>>;
      readonly endedAt?: Instant;
      readonly since: Since;
    };
export type Defined = Exclude<Indicator, { readonly status: 'none' }>;

export const indicator: Aggregate<Indicator, IndicatorEvent> = {
  name: 'indicator',
  initial: { status: 'none' },
  evolve,
};

/** A code names one indicator of a network. */
export const indicatorId = (network: string, code: string): string => uuidv5('indicator', network, code);

const ofScope = ({ scope }: { readonly scope: Scope }): readonly string[] => [`scope/${scope.id}`];

export const touched = touches<IndicatorEvent>({
  DefinitionVersioned: () => ['definition'],
  IndicatorAdopted: () => ['adopted'],
  TargetSet: ({ period }) => [`target/${period.from}_${period.until}`],
  IndicatorAttached: ofScope,
  IndicatorDetached: ofScope,
});

function evolve(indicator: Indicator, event: Recorded<IndicatorEvent>): Indicator {
  const next = after(indicator, event);
  return next.status === 'none' ? next : { ...next, since: noted(next.since, touched(event), event.meta.occurredAt) };
}

function after(indicator: Indicator, event: Recorded<IndicatorEvent>): Indicator {
  if (event.type === 'IndicatorDefined') {
    const { code, ...definition } = event.data;
    return {
      status: 'running',
      network: event.meta.network ?? '',
      code,
      versions: [{ ...definition, version: 1 }],
      adopted: 0,
      adoptedBy: [],
      targets: [],
      scopes: {},
      since: {},
    };
  }
  if (indicator.status === 'none') return indicator;
  switch (event.type) {
    case 'DefinitionVersioned':
      return { ...indicator, versions: [...indicator.versions, event.data] };
    case 'IndicatorAdopted': {
      const { version, decision } = event.data;
      return { ...indicator, adopted: version, adoptedBy: [...indicator.adoptedBy, decision] };
    }
    case 'TargetSet': {
      const { decision: _decision, ...target } = event.data;
      return { ...indicator, targets: [...indicator.targets, { ...target, recordedAt: event.meta.recordedAt }] };
    }
    case 'IndicatorAttached':
      return { ...indicator, scopes: { ...indicator.scopes, [event.data.scope.id]: 'attached' } };
    case 'IndicatorDetached':
      return { ...indicator, scopes: { ...indicator.scopes, [event.data.scope.id]: 'detached' } };
    case 'IndicatorEnded':
      return { ...indicator, status: 'ended', endedAt: event.meta.occurredAt };
    default:
      event satisfies never;
      return indicator;
  }
}

export const lastVersion = ({ versions }: Pick<Defined, 'versions'>): Version => versions.at(-1)!;

/** The version that holds for periods that begin on that day; none before the first one. */
export const versionOn = <V extends Pick<Version, 'validFrom'>>(versions: readonly V[], day: Day): V | undefined =>
  versions.findLast(({ validFrom }) => validFrom <= day);

/** The target of a period as it was known at a moment. */
export const targetKnown = ({ targets }: Defined, { from, until }: Period, knownAt: Instant): Target | undefined =>
  targets.findLast(({ period, recordedAt }) => period.from === from && period.until === until && recordedAt <= knownAt);
