import { ref } from '../examples.ts';
import { acts, commands, creates } from '../registry.ts';
import { DrawDown, GrantDrawingRight, RegisterOwnContribution, RepayDrawn, SettleYear } from './commands.ts';
import { draw, grant, registerOwn, repay, settle } from './decide.ts';
import { drawingRight, touched } from './state.ts';

export const drawingRightCommands = commands(
  drawingRight,
  {
    collection: 'drawing-rights',
    networkOf: ({ network }, right) => (right.status === 'none' ? (network ?? null) : right.network),
    touched,
  },
  {
    create: creates({
      type: GrantDrawingRight,
      decide: grant,
      who: ['finance', 'funder'],
      summary: 'Grant a network a drawing right for some calendar years.',
      example: {
        network: ref('network'),
        scheme: ref('scheme'),
        funder: ref('organisation'),
        amountCents: 661_300,
        basis: 'per-year',
        years: { from: 2020, until: 2025 },
        funderDecision: { reference: 'MB 2019-12-13', date: '2019-12-13' },
      },
    }),
    'register-own-contribution': acts({
      type: RegisterOwnContribution,
      decide: registerOwn,
      who: ['finance'],
      summary: 'Register what an organisation brings in itself in a year: money, something in kind, or solidarity.',
      example: {
        year: 2020,
        kind: 'solidarity',
        organisation: ref('organisation'),
        amountCents: 122_600,
        valuation: 'Korting op 613 inschrijvingen, aan het gewone tarief',
      },
    }),
    'draw-down': acts({
      type: DrawDown,
      decide: draw,
      who: ['finance'],
      summary: 'Draw of the right of a year for which an own contribution is registered.',
      example: { year: 2020, amountCents: 661_300 },
    }),
    'settle-year': acts({
      type: SettleYear,
      decide: settle,
      who: ['finance'],
      summary: 'Settle a year: what of it is eligible, what is recovered, what lapses or goes over to the next.',
      example: { year: 2020 },
    }),
    'repay-drawn': acts({
      type: RepayDrawn,
      decide: repay,
      who: ['finance'],
      summary: 'Repay what was drawn of a settled year above what its own contributions allow.',
      example: { year: 2020, amountCents: 11_300, bankReference: '+++090/9337/55493+++' },
    }),
  },
);

export * from './commands.ts';
export type * from './events.ts';
export * from './state.ts';
