import type { DecisionContext } from '#kernel';
import { ref } from '../examples.ts';
import { isPartOf } from '../network/state.ts';
import { acts, commands, creates } from '../registry.ts';
import {
  AdoptIndicator,
  AttachIndicator,
  DefineIndicator,
  DefineVersion,
  DetachIndicator,
  EndIndicator,
  SetTarget,
} from './commands.ts';
import { adopt, attach, define, defineVersion, detach, end, setTarget } from './decide.ts';
import { indicator, indicatorId, touched, type Indicator } from './state.ts';

/** Who measures says so, or whose indicator it is; to who is not at or below that network, it does not exist. */
const scope = ({ network }: AttachIndicator, indicator: Indicator, { look }: DecisionContext): readonly string[] => {
  if (indicator.status === 'none') return [network];
  return isPartOf(network, indicator.network, look) ? [network, indicator.network] : [indicator.network];
};

export const indicatorCommands = commands(
  indicator,
  {
    collection: 'indicators',
    networkOf: ({ network }, indicator) => (indicator.status === 'none' ? (network ?? null) : indicator.network),
    touched,
  },
  {
    create: creates({
      type: DefineIndicator,
      decide: define,
      who: ['data-steward', 'back-office'],
      idOf: ({ network, code }) => indicatorId(network, code),
      summary: 'Define an indicator of a network, which the networks below it may use too.',
      example: {
        network: ref('network'),
        code: 'stabiel-na-6-maanden',
        name: { nl: 'Stabiel na 6 maanden', en: 'Stable after 6 months' },
        definition: { nl: 'Jongeren die zes maanden na hun start nog in dezelfde woning wonen, op alle gestarte.' },
        accountability: 'performance',
        rba: 'better-off',
        level: 'outcome',
        unit: 'percent',
        aggregation: 'ratio-of-sums',
        ascending: true,
        horizon: 'medium',
        dimensions: [{ code: 'leeftijd', values: ['17-20', '21-25'] }],
        source: 'Registratie van de begeleiders',
        method: 'Telling na zes maanden',
        frequency: 'yearly',
        sensitivity: 'small-numbers',
        validFrom: '2020-01-01',
      },
    }),
    'define-version': acts({
      type: DefineVersion,
      decide: defineVersion,
      who: ['data-steward', 'back-office'],
      summary: 'Change what the indicator means from a day on: values before and after it are never put together.',
      example: { definition: { nl: 'Ook wie naar een andere stabiele woning verhuisde.' }, validFrom: '2023-01-01' },
    }),
    adopt: acts({
      type: AdoptIndicator,
      decide: adopt,
      who: ['secretary', 'back-office'],
      summary: 'Make it an indicator that the network and all networks below it share, on a decision about it.',
      example: { decisionRef: ref('decision') },
    }),
    'set-target': acts({
      type: SetTarget,
      decide: setTarget,
      who: ['data-steward', 'back-office'],
      summary:
        'Set what is to be reached in a period, on a decision about the indicator; a former target stays visible.',
      example: {
        period: { from: '2021-01-01', until: '2021-12-31' },
        numerator: 75,
        denominator: 100,
        floorPerChild: 60,
        decisionRef: ref('decision'),
      },
    }),
    attach: acts({
      type: AttachIndicator,
      decide: attach,
      who: ['data-steward', 'back-office', 'process'],
      scope,
      summary: 'Expect a value of each period that is over from a network or from one of its actions.',
      example: { network: ref('network'), action: ref('action') },
    }),
    detach: acts({
      type: DetachIndicator,
      decide: detach,
      who: ['data-steward', 'back-office'],
      scope,
      summary: 'Expect no more values from a network or from one of its actions.',
      example: { network: ref('network'), action: ref('action') },
    }),
    end: acts({
      type: EndIndicator,
      decide: end,
      who: ['data-steward', 'back-office'],
      summary: 'End the indicator; periods that were over by then may still be measured.',
      example: {},
    }),
  },
);

export * from './commands.ts';
export type * from './events.ts';
export * from './state.ts';
