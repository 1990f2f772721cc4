import { ref } from '../examples.ts';
import { acts, commands, creates } from '../registry.ts';
import {
  AdoptRecommendation,
  AnswerRecommendation,
  DraftRecommendation,
  FollowUpRecommendation,
  RewordRecommendation,
  SubmitRecommendation,
  WithdrawRecommendation,
} from './commands.ts';
import { adopt, answer, draft, followUp, reword, submit, withdraw } from './decide.ts';
import { recommendation, touched } from './state.ts';

export const recommendationCommands = commands(
  recommendation,
  {
    collection: 'recommendations',
    networkOf: ({ network }, recommendation) =>
      recommendation.status === 'none' ? (network ?? null) : recommendation.network,
    touched,
  },
  {
    create: creates({
      type: DraftRecommendation,
      decide: draft,
      who: ['back-office'],
      summary: 'Draft a recommendation on the basis of confirmed patterns or of evaluations.',
      example: {
        network: ref('network'),
        title: { nl: 'Eén vaste begeleider' },
        text: { nl: 'Betaal één begeleider voor de hele overgang naar volwassenheid.' },
        patterns: [ref('pattern')],
        basis: [{ action: ref('action'), evaluation: ref('event') }],
      },
    }),
    reword: acts({
      type: RewordRecommendation,
      decide: reword,
      who: ['back-office'],
      summary: 'Word the draft otherwise.',
      example: { text: { nl: 'Betaal één begeleider van 17 tot 25 jaar.' } },
    }),
    adopt: acts({
      type: AdoptRecommendation,
      decide: adopt,
      who: ['back-office', 'secretary'],
      summary: 'Carry out the decision that adopts the recommendation.',
      example: { decisionRef: ref('decision') },
    }),
    submit: acts({
      type: SubmitRecommendation,
      decide: submit,
      who: ['back-office'],
      summary: 'Record that it was submitted, at which level and to whom.',
      example: { level: 'flemish', addressee: 'Kabinet Welzijn' },
    }),
    answer: acts({
      type: AnswerRecommendation,
      decide: answer,
      who: ['back-office'],
      summary: 'Record the reply, or that none came.',
      example: { answer: 'partly', text: 'Een proefproject in twee regio’s.' },
    }),
    'follow-up': acts({
      type: FollowUpRecommendation,
      decide: followUp,
      who: ['back-office'],
      summary: 'Record what came of it; the last time with `done`.',
      example: { text: 'Het proefproject begon in september.', done: true },
    }),
    withdraw: acts({
      type: WithdrawRecommendation,
      decide: withdraw,
      who: ['back-office'],
      summary: 'Take back a recommendation that was not answered yet, with the reason.',
      example: { reason: { text: { nl: 'Het nieuwe decreet regelt dit al.' } } },
    }),
  },
);

export * from './commands.ts';
export * from './decide.ts';
export type * from './events.ts';
export * from './state.ts';
