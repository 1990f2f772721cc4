import { ref } from '../examples.ts';
import { acts, commands, creates } from '../registry.ts';
import { allocate, deallocate, transfer } from './allocate.ts';
import { amend, apply, award, awardApplication, refuse } from './award.ts';
import { close, resume, submitReport, suspend, terminate } from './close.ts';
import {
  AcceptCondition,
  Allocate,
  AmendAward,
  AmendCommitment,
  AnswerFinding,
  ApplyForGrant,
  AwardApplication,
  AwardGrant,
  BreachCondition,
  CarryCommitment,
  CloseFinding,
  CloseGrant,
  Commit,
  CorrectExpenditure,
  Deallocate,
  EvidenceCondition,
  FlagCondition,
  LapseClaim,
  PayPartner,
  PlanInstalment,
  PutConditionAtRisk,
  RaiseFinding,
  RaiseRecovery,
  ReceiveBalance,
  ReceiveInstalment,
  RecordExpenditure,
  RecordSimplifiedCost,
  RefuseApplication,
  RejectCondition,
  ReleaseCommitment,
  RepayFunder,
  RequestInstalment,
  ResumeGrant,
  SubmitReport,
  SuspendGrant,
  TakeBackFromPartner,
  TerminateGrant,
  Transfer,
  VerifyExpenditure,
  WaiveCondition,
  WithholdInstalment,
} from './commands.ts';
import { amendCommitment, carry, commit, release } from './commit.ts';
import { accept, breach, evidence, flag, putAtRisk, refuseCondition, waive } from './conditions.ts';
import { recordExpenditure, recordSimplifiedCost } from './expenditure.ts';
import { answer, closeFinding, lapse, raise } from './findings.ts';
import {
  payPartner,
  planInstalment,
  raiseRecovery,
  receiveBalance,
  receiveInstalment,
  repayFunder,
  requestInstalment,
  takeBack,
  withholdInstalment,
} from './payments.ts';
import { grant, lastChangeOf, touched, type Grant } from './state.ts';
import { correct, verify } from './verify.ts';

const reason = { text: { nl: 'De partner trok zich terug.' } };
const funderDecision = { reference: 'BVR 2020/117', date: '2020-09-10' };
const supplier = { name: 'Huisvestingsmaatschappij', enterpriseNumber: '0999000129' };
const order = {
  sha256: 'b'.repeat(64),
  mediaType: 'application/pdf',
  class: 'order',
  title: 'Bestelbon',
  heldBy: 'Dienst financiën',
};
const period = { from: '2020-09-01', until: '2022-12-31' };

const place = {
  collection: 'grants',
  networkOf: ({ network }: { readonly network?: string }, grant: Grant) =>
    'network' in grant ? grant.network : (network ?? null),
  touched,
  lastChange: lastChangeOf,
  // A funder looks after its own grants only.
  actsFor: (organisation: string, grant: Grant) => !('funder' in grant) || grant.funder === organisation,
};

export const grantCommands = [
  ...commands(
    grant,
    { ...place, collection: 'applications' },
    {
      create: creates({
        type: ApplyForGrant,
        decide: apply,
        who: ['back-office', 'finance'],
        summary: 'Apply for a grant; where a working area takes one, not for an area that has it.',
        example: {
          network: ref('network'),
          title: 'Huis voor jongeren',
          scheme: ref('scheme'),
          area: '35013',
          requestedCents: 30_000_000,
          period,
        },
      }),
    },
  ),
  ...commands(grant, place, {
    create: creates({
      type: AwardGrant,
      decide: award,
      who: ['finance', 'funder'],
      summary: 'Record a grant as its funder awarded it, with its period, conditions and instalments.',
      example: {
        network: ref('network'),
        title: 'Projectsubsidie stad',
        funder: ref('organisation'),
        scheme: ref('scheme'),
        amountCents: 8_500_000,
        period,
        funderDecision,
        conditions: [
          {
            code: 'C1',
            text: 'Jeugdwerk en ggz zijn partner',
            kind: 'sectors',
            sectors: ['youth-work', 'mental-health'],
          },
        ],
        instalments: [
          { code: 'voorschot', share: { num: 1, den: 2 } },
          { code: 'jaar-2', amountCents: 2_000_000, requires: ['C1'] },
          { code: 'saldo' },
        ],
      },
    }),
    award: acts({
      type: AwardApplication,
      decide: awardApplication,
      who: ['finance', 'funder'],
      summary: 'Award what was applied for; the id is that of the application.',
      example: { funder: ref('organisation'), amountCents: 8_500_000, funderDecision },
    }),
    refuse: acts({
      type: RefuseApplication,
      decide: refuse,
      who: ['finance', 'funder'],
      summary: 'Record that what was applied for was refused; the id is that of the application.',
      example: { reason },
    }),
    amend: acts({
      type: AmendAward,
      decide: amend,
      who: ['finance', 'funder'],
      summary: 'Raise or lower the award; only what is not allocated can be taken off.',
      example: { deltaCents: 500_000, funderDecision },
    }),
    allocate: acts({
      type: Allocate,
      decide: allocate,
      who: ['finance'],
      summary: 'Set money aside for an action that was approved or runs, on a decision.',
      example: { action: ref('action'), amountCents: 6_000_000, decisionRef: ref('decision') },
    }),
    deallocate: acts({
      type: Deallocate,
      decide: deallocate,
      who: ['finance'],
      summary: 'Take back what an action did not commit, on a decision.',
      example: { action: ref('action'), amountCents: 100_000, decisionRef: ref('decision') },
    }),
    transfer: acts({
      type: Transfer,
      decide: transfer,
      who: ['finance'],
      summary: 'Move allocated money to another action or category, on a decision.',
      example: {
        from: { action: ref('action') },
        to: { action: ref('action'), category: 'staff' },
        amountCents: 100_000,
        decisionRef: ref('decision'),
      },
    }),
    commit: acts({
      type: Commit,
      decide: commit,
      who: ['finance'],
      summary: 'Bind money that is allocated to an action to an order or contract; the event’s id is the commitment’s.',
      example: { action: ref('action'), amountCents: 3_000_000, title: 'Huurwaarborgen', supplier, evidence: [order] },
    }),
    'amend-commitment': acts({
      type: AmendCommitment,
      decide: amendCommitment,
      who: ['finance'],
      summary: 'Raise or lower a commitment.',
      example: { commitment: ref('event'), deltaCents: -100_000 },
    }),
    'release-commitment': acts({
      type: ReleaseCommitment,
      decide: release,
      who: ['finance'],
      summary: 'Free what is left of a commitment for the action it was of.',
      example: { commitment: ref('event') },
    }),
    'carry-commitment': acts({
      type: CarryCommitment,
      decide: carry,
      who: ['finance'],
      summary: 'Let another action take over a commitment, on a decision: one that closes leaves none open.',
      example: { commitment: ref('event'), to: ref('action'), decisionRef: ref('decision') },
    }),
    'record-expenditure': acts({
      type: RecordExpenditure,
      decide: recordExpenditure,
      who: ['finance'],
      summary:
        'Record an expenditure on a commitment or an action, with its document and where the money comes from; the event’s id is the expenditure’s, and the document is claimed over all grants of all networks.',
      example: {
        commitment: ref('event'),
        document: { supplier, number: 'F-2021-17', date: '2021-03-31', grossCents: 3_500_000, sha256: order.sha256 },
        period: { from: '2020-10-01', until: '2021-03-31' },
        eligibleCents: 3_500_000,
        split: { grantCents: 2_800_000, ownCents: 700_000 },
      },
    }),
    'record-simplified-cost': acts({
      type: RecordSimplifiedCost,
      decide: recordSimplifiedCost,
      who: ['finance'],
      summary:
        'Record a cost that the scheme of the grant lets reckon without documents; the event’s id is the expenditure’s.',
      example: {
        action: ref('action'),
        method: 'overhead',
        base: [ref('event')],
        period: { from: '2021-01-01', until: '2021-12-31' },
      },
    }),
    'verify-expenditure': acts({
      type: VerifyExpenditure,
      decide: verify,
      who: ['verifier'],
      summary: 'Accept a recorded expenditure, wholly, partly or not; once, and never by who recorded it.',
      example: {
        expenditure: ref('event'),
        outcome: 'partly',
        eligibleCents: 2_400_000,
        refusals: [{ cents: 100_000, reason: 'Buiten de periode geleverd' }],
      },
    }),
    'correct-expenditure': acts({
      type: CorrectExpenditure,
      decide: correct,
      who: ['finance', 'funder'],
      summary:
        'Take back what was accepted of a verified expenditure, on a finding of funder or audit; also after closing.',
      example: { expenditure: ref('event'), amountCents: 50_000, ground: 'Niet voor deze actie' },
    }),
    'plan-instalment': acts({
      type: PlanInstalment,
      decide: planInstalment,
      who: ['finance', 'funder'],
      summary: 'Plan an instalment more.',
      example: { instalment: { code: 'jaar-2', amountCents: 8_000_000, dueOn: '2022-05-01', requires: ['C1'] } },
    }),
    'request-instalment': acts({
      type: RequestInstalment,
      decide: requestInstalment,
      who: ['finance'],
      summary: 'Ask the funder for an instalment; each condition that it requires is accepted or waived before.',
      example: { instalment: 'voorschot' },
    }),
    'receive-instalment': acts({
      type: ReceiveInstalment,
      decide: receiveInstalment,
      who: ['finance'],
      summary:
        'Record that an instalment came in, asked for or not; each condition that it requires is accepted or waived before.',
      example: { instalment: 'voorschot', bankReference: '2020/0915/001' },
    }),
    'withhold-instalment': acts({
      type: WithholdInstalment,
      decide: withholdInstalment,
      who: ['funder'],
      summary: 'Hold an instalment back, with the reason.',
      example: { instalment: 'jaar-2', reason },
    }),
    'receive-balance': acts({
      type: ReceiveBalance,
      decide: receiveBalance,
      who: ['finance'],
      summary: 'Record that the balance that closing left came in.',
      example: { amountCents: 470_000, bankReference: '2023/0215/003' },
    }),
    'pay-partner': acts({
      type: PayPartner,
      decide: payPartner,
      who: ['finance'],
      summary: 'Record that a partner was paid from what was received.',
      example: { organisation: ref('organisation'), amountCents: 1_000_000, bankReference: '2020/1005/002' },
    }),
    'take-back-from-partner': acts({
      type: TakeBackFromPartner,
      decide: takeBack,
      who: ['finance'],
      summary: 'Record that a partner paid back.',
      example: { organisation: ref('organisation'), amountCents: 50_000, bankReference: '2022/0110/004' },
    }),
    'raise-recovery': acts({
      type: RaiseRecovery,
      decide: raiseRecovery,
      who: ['funder'],
      summary:
        'Claim back what was paid, on a ground of its own; what closing or a correction leaves to be repaid needs no claim.',
      example: { amountCents: 100_000, ground: 'Voorwaarde C1 verbroken' },
    }),
    'repay-funder': acts({
      type: RepayFunder,
      decide: repayFunder,
      who: ['finance'],
      summary: 'Record that money was paid back to the funder.',
      example: { amountCents: 100_000, bankReference: '2023/0301/001' },
    }),
    'evidence-condition': acts({
      type: EvidenceCondition,
      decide: evidence,
      who: ['back-office', 'finance'],
      summary:
        'Say that a condition is met that is open, rejected or at risk, with what shows it; then the funder judges.',
      example: { condition: 'C1', evidence: [order] },
    }),
    'accept-condition': acts({
      type: AcceptCondition,
      decide: accept,
      who: ['funder'],
      summary: 'Accept that a condition is met that was evidenced.',
      example: { condition: 'C1' },
    }),
    'reject-condition': acts({
      type: RejectCondition,
      decide: refuseCondition,
      who: ['funder'],
      summary: 'Say that what was evidenced does not do.',
      example: { condition: 'C1', reason },
    }),
    'waive-condition': acts({
      type: WaiveCondition,
      decide: waive,
      who: ['funder'],
      summary: 'Let a condition go: instalments no longer wait for it.',
      example: { condition: 'C1', reason },
    }),
    'flag-condition': acts({
      type: FlagCondition,
      decide: flag,
      who: ['back-office', 'finance', 'funder'],
      summary: 'Say that an accepted condition is at risk: its cure term begins.',
      example: { condition: 'C2', reason },
    }),
    'breach-condition': acts({
      type: BreachCondition,
      decide: breach,
      who: ['funder'],
      summary: 'Say that a condition at risk was not cured; not before its cure term is over.',
      example: { condition: 'C1', reason },
    }),
    'put-condition-at-risk': acts({
      type: PutConditionAtRisk,
      decide: putAtRisk,
      who: ['process'],
      internal: true,
      summary: 'Put a condition at risk when the last member of a sector has left.',
      example: { condition: 'C1', sectors: ['mental-health'] },
    }),
    'raise-finding': acts({
      type: RaiseFinding,
      decide: raise,
      who: ['auditor', 'funder'],
      summary:
        'Raise a finding, on an expenditure or on the grant, also after closing; the event’s id is the finding’s.',
      example: { text: 'De factuur vermeldt geen periode.', expenditure: ref('event'), amountCents: 50_000 },
    }),
    'answer-finding': acts({
      type: AnswerFinding,
      decide: answer,
      who: ['finance', 'back-office'],
      summary: 'Answer a finding.',
      example: { finding: ref('event'), text: 'De leverancier bevestigt de periode.' },
    }),
    'close-finding': acts({
      type: CloseFinding,
      decide: closeFinding,
      who: ['auditor', 'funder'],
      summary: 'Close a finding: upheld or withdrawn.',
      example: { finding: ref('event'), outcome: 'withdrawn', text: 'Voldoende toegelicht.' },
    }),
    'submit-report': acts({
      type: SubmitReport,
      decide: submitReport,
      who: ['finance', 'back-office'],
      summary: 'Submit a report to the funder; a grant closes after its final one.',
      example: { kind: 'final', period: { from: '2020-09-01', until: '2022-12-31' }, evidence: [order] },
    }),
    suspend: acts({
      type: SuspendGrant,
      decide: suspend,
      who: ['funder', 'finance'],
      summary: 'Suspend the grant: nothing new is bound or spent.',
      example: { reason },
    }),
    resume: acts({
      type: ResumeGrant,
      decide: resume,
      who: ['funder', 'finance'],
      summary: 'Resume the grant.',
      example: {},
    }),
    close: acts({
      type: CloseGrant,
      decide: close,
      who: ['finance'],
      summary:
        'Close the grant when each expenditure is verified and the final report submitted: what is left lapses, the balance is reckoned.',
      example: {},
    }),
    terminate: acts({
      type: TerminateGrant,
      decide: terminate,
      who: ['funder'],
      summary: 'End the grant before its time, without a final report; each expenditure is verified before.',
      example: { reason },
    }),
    'lapse-claim': creates({
      type: LapseClaim,
      decide: lapse,
      who: ['process'],
      internal: true,
      // A grant that was claimed for and never awarded has no stream yet.
      idOf: ({ grant }) => grant,
      summary: 'Let go a claim that never led to a booking.',
      example: { grant: ref('grant'), network: ref('network'), claim: ref('event') },
    }),
  }),
];

export * from './commands.ts';
export type * from './events.ts';
export * from './books.ts';
export * from './postings.ts';
export * from './state.ts';
