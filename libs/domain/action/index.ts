import { ref } from '../examples.ts';
import { acts, commands, creates } from '../registry.ts';
import { adjust } from './adjust.ts';
import { broaden, noteBroadeningRefused, proposeBroadened } from './broaden.ts';
import { close, reopen } from './close.ts';
import {
  AddObstacle,
  AdjustAction,
  AssignLead,
  AttachEvidence,
  BroadenAction,
  ChangePartnerRole,
  CloseAction,
  CorrectRecord,
  DecideAction,
  DeclineNextStep,
  EvaluateAction,
  JoinPartner,
  LeavePartner,
  LinkActions,
  LinkGrant,
  LinkObjective,
  MeetApprovalCondition,
  MoveToGroup,
  NoteBroadeningRefused,
  ProposeAction,
  ProposeBroadened,
  RecordMilestone,
  ReopenAction,
  RequestFunding,
  ResumeAction,
  ReviseProposal,
  StartAction,
  SuspendAction,
  TransferLead,
  UnlinkObjective,
  WithdrawAction,
} from './commands.ts';
import { correct } from './correct.ts';
import { assignLead, decide, meetCondition, resume, start, suspend, transferLead } from './decide.ts';
import { declineNextStep, evaluate } from './evaluate.ts';
import { leadOf } from './guards.ts';
import { linkGrant } from './money.ts';
import { linkActions, linkObjective, moveToGroup, unlinkObjective } from './links.ts';
import { addObstacle, attachEvidence, recordMilestone, requestFunding } from './notes.ts';
import { changePartnerRole, joinPartner, leavePartner } from './partners.ts';
import { propose, revise, withdraw } from './propose.ts';
import { action, touched } from './state.ts';

const reason = { text: { nl: 'De intake duurt te lang.' } };
const document = {
  sha256: 'a'.repeat(64),
  mediaType: 'application/pdf',
  class: 'survey',
  title: 'Bevraging van de jongeren',
  heldBy: 'CAW',
};
const learning = { text: 'Een vaste begeleider werkt.', tag: 'vaste-begeleider', polarity: 'works' };
const carried = { indicators: ['Stabiel na 6 maanden'], learnings: ['Een vaste begeleider werkt.'] };

export const actionCommands = commands(
  action,
  {
    collection: 'actions',
    networkOf: ({ network }, action) => (action.status === 'none' ? (network ?? null) : action.network),
    touched,
    isLead: (action, { look, actor }) => leadOf(action, look) === actor.subject,
    isProposer: (action, { actor }) => action.status !== 'none' && action.proposedBy === actor.subject,
  },
  {
    create: creates({
      type: ProposeAction,
      decide: propose,
      who: ['member', 'lead', 'back-office'],
      summary: 'Propose an action.',
      example: {
        network: ref('network'),
        title: { nl: 'Wonen met begeleiding' },
        group: ref('group'),
        objectives: ['O5'],
        targetGroup: 'Thuisloze jongeren van 17 tot 25',
        regions: ['11002'],
        intendedChange: 'Zij wonen stabiel.',
        horizon: 'medium',
        plan: { text: 'Twintig woningen met een vaste begeleider.' },
        partners: [{ organisation: ref('organisation'), role: 'Verhuurt' }],
      },
    }),
    revise: acts({
      type: ReviseProposal,
      decide: revise,
      who: ['proposer', 'lead', 'back-office'],
      summary: 'Change the proposal; the back office does so to complete one that was broadened to its network.',
      example: { targetGroup: 'Thuisloze jongeren van 17 tot 26' },
    }),
    decide: acts({
      type: DecideAction,
      decide: decide,
      who: ['secretary', 'back-office'],
      summary:
        'Carry out what was decided on the proposal: approve it, with conditions or without, decline or defer it.',
      example: { decisionRef: ref('decision') },
    }),
    withdraw: acts({
      type: WithdrawAction,
      decide: withdraw,
      who: ['proposer', 'lead', 'back-office'],
      summary: 'Take the proposal back; the back office does so with one that was broadened to its network.',
      example: { reason },
    }),
    'meet-condition': acts({
      type: MeetApprovalCondition,
      decide: meetCondition,
      who: ['back-office'],
      summary: 'Record that a condition of the approval is met.',
      example: { condition: 'C1', evidence: [document] },
    }),
    'assign-lead': acts({
      type: AssignLead,
      decide: assignLead,
      who: ['back-office'],
      summary: 'Give the action its lead (trekker).',
      example: { lead: ref('person') },
    }),
    'transfer-lead': acts({
      type: TransferLead,
      decide: transferLead,
      who: ['lead', 'back-office'],
      summary: 'Hand the action over to another lead, with a note.',
      example: { lead: ref('person'), handOver: 'De afspraken met de huisvestingsmaatschappij lopen tot juni.' },
    }),
    start: acts({
      type: StartAction,
      decide: start,
      who: ['lead', 'back-office'],
      summary: 'Start the approved action.',
      example: {},
    }),
    adjust: acts({
      type: AdjustAction,
      decide: adjust,
      who: ['lead'],
      summary: 'Change the plan, on the basis of an evaluation, an obstacle or a decision.',
      example: {
        plan: { text: 'Intake binnen tien dagen.' },
        basis: { kind: 'evaluation', ref: ref('event') },
        reason,
      },
    }),
    suspend: acts({
      type: SuspendAction,
      decide: suspend,
      who: ['lead', 'back-office', 'funder'],
      summary: 'Suspend the action for a time.',
      example: { code: 'force-majeure', expectedUntil: '2020-09-01', reason },
    }),
    resume: acts({
      type: ResumeAction,
      decide: resume,
      who: ['lead', 'back-office'],
      summary: 'Resume the suspended action.',
      example: { note: 'De maatregelen zijn opgeheven.' },
    }),
    evaluate: acts({
      type: EvaluateAction,
      decide: evaluate,
      who: ['lead'],
      summary: 'Record an evaluation: what worked, for whom, how sure that is, and what comes next.',
      example: {
        kind: 'final',
        period: { from: '2020-10-01', until: '2022-05-01' },
        method: 'Gesprekken met jongeren en partners',
        questions: { worked: 'De vaste begeleider' },
        verdict: 'works',
        confidence: 3,
        indicatorSnapshot: [{ label: 'Stabiel na 6 maanden', rba: 'better-off', numerator: 15, denominator: 19 }],
        learnings: [learning],
        voices: [{ source: 'target-group', n: 8 }],
        nextStep: 'broaden',
        evaluators: [ref('organisation')],
      },
    }),
    'decline-next-step': acts({
      type: DeclineNextStep,
      decide: declineNextStep,
      who: ['lead', 'back-office'],
      summary: 'Say that what the last evaluation asked for will not be done.',
      example: { reason },
    }),
    broaden: acts({
      type: BroadenAction,
      decide: broaden,
      who: ['back-office'],
      summary: 'Broaden what works: each target network receives a proposal and decides for itself.',
      example: {
        decisionRef: ref('decision'),
        evaluationRef: ref('event'),
        kind: 'region',
        targets: [{ network: ref('network'), regions: ['24062'], partners: [] }],
        carried,
      },
    }),
    close: acts({
      type: CloseAction,
      decide: close,
      who: ['back-office'],
      summary: 'Close the action, with its outcome and what was learned.',
      example: { outcome: 'achieved', learnings: [learning] },
    }),
    reopen: acts({
      type: ReopenAction,
      decide: reopen,
      who: ['back-office'],
      summary: 'Reopen the closed action on a decision.',
      example: { decisionRef: ref('decision'), reason },
    }),
    'join-partner': acts({
      type: JoinPartner,
      decide: joinPartner,
      who: ['lead', 'back-office'],
      summary: 'Make an organisation a partner in the action.',
      example: { organisation: ref('organisation'), role: 'Begeleidt' },
    }),
    'leave-partner': acts({
      type: LeavePartner,
      decide: leavePartner,
      who: ['lead', 'back-office'],
      summary: 'End the part of an organisation in the action.',
      example: { organisation: ref('organisation') },
    }),
    'change-partner-role': acts({
      type: ChangePartnerRole,
      decide: changePartnerRole,
      who: ['lead', 'back-office'],
      summary: 'Say what a partner does in the action from now on.',
      example: { organisation: ref('organisation'), role: 'Verhuurt' },
    }),
    'link-objective': acts({
      type: LinkObjective,
      decide: linkObjective,
      who: ['lead', 'back-office'],
      summary: 'Link the action to an objective of the common agenda.',
      example: { objective: 'O4' },
    }),
    'unlink-objective': acts({
      type: UnlinkObjective,
      decide: unlinkObjective,
      who: ['lead', 'back-office'],
      summary: 'End the link with an objective; at least one stays.',
      example: { objective: 'O4' },
    }),
    'link-action': acts({
      type: LinkActions,
      decide: linkActions,
      who: ['lead', 'back-office'],
      summary: 'Say that the action reinforces, depends on or replaces another one.',
      example: { kind: 'reinforces', action: ref('action') },
    }),
    'move-to-group': acts({
      type: MoveToGroup,
      decide: moveToGroup,
      who: ['lead', 'back-office'],
      summary: 'Let another group carry the action.',
      example: { group: ref('group') },
    }),
    'add-obstacle': acts({
      type: AddObstacle,
      decide: addObstacle,
      who: ['lead', 'back-office'],
      summary: 'Record what stands in the way.',
      example: { class: 'vision', text: 'De partners zien de huiskamer anders.', confidential: true },
    }),
    'record-milestone': acts({
      type: RecordMilestone,
      decide: recordMilestone,
      who: ['lead', 'back-office'],
      summary: 'Record a step that was reached.',
      example: { text: 'Eerste tien woningen bewoond', date: '2020-12-01' },
    }),
    'attach-evidence': acts({
      type: AttachEvidence,
      decide: attachEvidence,
      who: ['lead', 'back-office'],
      summary: 'Attach the hashes of documents that are held elsewhere.',
      example: { evidence: [document] },
    }),
    'request-funding': acts({
      type: RequestFunding,
      decide: requestFunding,
      who: ['lead', 'back-office'],
      summary: 'Ask for money for the action.',
      example: { amountCents: 6_000_000, purpose: 'Huurwaarborgen en begeleiding' },
    }),
    correct: acts({
      type: CorrectRecord,
      decide: correct,
      who: ['back-office'],
      summary: 'Correct what a past event says; the history keeps both values.',
      example: {
        event: ref('event'),
        field: 'occurredAt',
        from: '2020-10-01',
        to: '2020-10-05',
        confirmedBy: ref('person'),
        reason,
      },
    }),
    'link-grant': acts({
      type: LinkGrant,
      decide: linkGrant,
      who: ['process'],
      internal: true,
      summary: 'Note that money of a grant was allocated to the action.',
      example: { grant: ref('grant') },
    }),
    'propose-broadened': creates({
      type: ProposeBroadened,
      decide: proposeBroadened,
      who: ['process'],
      internal: true,
      summary: 'Propose in a receiving network what was broadened to it.',
      example: {
        network: ref('network'),
        title: { nl: 'Wonen met begeleiding' },
        targetGroup: 'Thuisloze jongeren van 17 tot 25',
        regions: ['24062'],
        intendedChange: 'Zij wonen stabiel.',
        horizon: 'medium',
        plan: { text: 'Twintig woningen met een vaste begeleider.' },
        kind: 'regular',
        partners: [],
        derivedFrom: {
          action: ref('action'),
          network: ref('network'),
          root: ref('action'),
          planVersion: 2,
          evaluation: ref('event'),
          kind: 'region',
          generation: 1,
          carried,
        },
      },
    }),
    'note-broadening-refused': acts({
      type: NoteBroadeningRefused,
      decide: noteBroadeningRefused,
      who: ['process'],
      internal: true,
      summary: 'Note that a receiving network could not take the proposal.',
      example: { broadening: ref('event'), target: 0, network: ref('network'), code: 'unknown-reference' },
    }),
  },
);

export * from './commands.ts';
export type * from './events.ts';
export * from './state.ts';
