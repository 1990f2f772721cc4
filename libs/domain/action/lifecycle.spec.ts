import * as fc from 'fast-check';
import { isRejected, nothing, plusDays, type DecisionContext, type Recorded } from '#kernel';
import { given, NETWORK, record } from '#testkit';
import {
  ANKE,
  BEA,
  D1,
  D2,
  decisionOf,
  EVALUATION,
  evaluated,
  GENT,
  HOUSING,
  in_,
  judgement,
  LIES,
  on,
  OWN,
  PREVENTIE,
  proposal,
  world,
  WONEN,
} from './harness.ts';
import type { ActionEvent } from './events.ts';
import { actionCommands } from './index.ts';
import { action, type Action, type ActionStatus } from './state.ts';

const ALL: readonly ActionStatus[] = [
  'none',
  'proposed',
  'approved',
  'active',
  'suspended',
  'closed',
  'declined',
  'withdrawn',
];
const RUNNING: readonly ActionStatus[] = ['proposed', 'approved', 'active', 'suspended'];

/** `domain.md` §2.3, first column: in which states a command can be given. */
const TABLE: Readonly<Record<string, readonly ActionStatus[]>> = {
  ProposeAction: ['none'],
  ReviseProposal: ['proposed'],
  DecideAction: ['proposed'],
  WithdrawAction: ['proposed', 'approved'],
  MeetApprovalCondition: ['approved'],
  AssignLead: ['approved', 'active', 'suspended'],
  TransferLead: RUNNING,
  StartAction: ['approved'],
  AdjustAction: ['active'],
  SuspendAction: ['active'],
  ResumeAction: ['suspended'],
  EvaluateAction: ['active', 'suspended', 'closed'],
  DeclineNextStep: ['active', 'suspended', 'closed'],
  BroadenAction: ['active', 'closed'],
  CloseAction: ['active', 'suspended'],
  ReopenAction: ['closed'],
  JoinPartner: RUNNING,
  LeavePartner: RUNNING,
  ChangePartnerRole: RUNNING,
  LinkObjective: RUNNING,
  UnlinkObjective: RUNNING,
  LinkActions: RUNNING,
  MoveToGroup: RUNNING,
  AddObstacle: RUNNING,
  RecordMilestone: RUNNING,
  ContributeInKind: RUNNING,
  AttachEvidence: RUNNING,
  RequestFunding: RUNNING,
  StateContribution: ['active', 'suspended', 'closed'],
  CorrectRecord: ALL.filter((status) => status !== 'none'),
  ProposeBroadened: ['none'],
  NoteBroadeningRefused: ['active', 'suspended', 'closed'],
  LinkGrant: ALL.filter((status) => status !== 'none'),
};

/** The same table, last columns: which event leads from which state to which. */
const STEPS: readonly string[] = [
  'none ActionProposed proposed',
  'proposed ActionApproved approved',
  'proposed ActionApprovedWithConditions approved',
  'proposed ActionDeclined declined',
  'proposed ActionWithdrawn withdrawn',
  'approved ActionWithdrawn withdrawn',
  'approved ActionStarted active',
  'active ActionSuspended suspended',
  'suspended ActionResumed active',
  'active ActionClosed closed',
  'suspended ActionClosed closed',
  'closed ActionReopened active',
];

const ask = (name: string, body: object, state: Action, context: DecisionContext) =>
  actionCommands.find((command) => command.name === name)!.decide(body, state as never, context);

describe('ACT-1: a command is given in the states of the table and in no other', () => {
  const { network: _, ...example } = { network: NETWORK, ...proposal };
  it('is a table of every command there is', () =>
    expect(Object.keys(TABLE).toSorted()).toEqual(actionCommands.map(({ name }) => name).toSorted()));

  it.each(actionCommands.map((command) => [command.name, command] as const))('%s', (name, command) => {
    const lacking = ALL.filter((status) => {
      const outcome = given(action, ...world(), decisionOf(D1, '2020-06-25'), ...in_[status]);
      let refused = false;
      outcome.when(
        ((_: object, state: Action, context: DecisionContext) => {
          const kind = status === 'closed' ? 'ex-post' : 'final';
          const decided = ask(name, { ...example, ...command.example, kind }, state, context);
          refused = isRejected(decided) && decided.rejected === 'invalid-state';
          // What begins a stream finds it there already: nothing happens.
          if (decided === nothing && command.creates) refused = true;
          return decided;
        }) as never,
        {},
        on('2023-06-01', LIES, 'lead'),
      );
      return !refused;
    });
    expect(lacking).toEqual(ALL.filter((status) => TABLE[name]!.includes(status)));
  });
});

const reason = { text: { nl: 'Daarom.' } };
const EXTRA = EVALUATION.replace(/^./, '0');
/** Taken after anything that comes, and holding all along: it carries every later step. */
const LATER = EVALUATION.replace(/^./, '1');
const learnings = [{ text: 'Het werkt.', tag: 'tag', polarity: 'works' }];
const better = [{ label: 'Stabiel', rba: 'better-off', numerator: 1 }];

/** Commands that may be legal, whatever the state. */
const COMMANDS: readonly (readonly [string, object])[] = [
  ['ProposeAction', { network: NETWORK, ...proposal }],
  ['ReviseProposal', { targetGroup: '17-26' }],
  ['ReviseProposal', { targetGroup: '17-27' }],
  ['DecideAction', { decisionRef: D1 }],
  ['DecideAction', { decisionRef: D2 }],
  ['DecideAction', { decisionRef: EXTRA }],
  ['WithdrawAction', { reason }],
  ['MeetApprovalCondition', { condition: 'C1' }],
  ['AssignLead', { lead: LIES }],
  ['AssignLead', { lead: ANKE }],
  ['TransferLead', { lead: LIES, handOver: 'Zie map' }],
  ['StartAction', {}],
  ['AdjustAction', { plan: { text: 'Anders' }, basis: { kind: 'decision', ref: LATER }, reason }],
  ['SuspendAction', { code: 'other', reason }],
  ['ResumeAction', { note: 'Verder' }],
  ['EvaluateAction', { ...judgement, evaluators: [HOUSING] }],
  ['EvaluateAction', { ...judgement, kind: 'final', learnings }],
  [
    'EvaluateAction',
    {
      ...judgement,
      kind: 'final',
      verdict: 'works',
      indicatorSnapshot: better,
      learnings,
      nextStep: 'close',
      voices: [{ source: 'target-group', n: 1 }],
    },
  ],
  ['EvaluateAction', { ...judgement, kind: 'ex-post' }],
  ['DeclineNextStep', { reason }],
  [
    'BroadenAction',
    {
      decisionRef: LATER,
      kind: 'region',
      targets: [{ network: GENT, regions: ['44021'], partners: [] }],
      carried: { indicators: [], learnings: [] },
    },
  ],
  ['CloseAction', { outcome: 'achieved', learnings: [] }],
  ['CloseAction', { outcome: 'stopped', learnings, decisionRef: LATER }],
  ['ReopenAction', { decisionRef: LATER, reason }],
  ['JoinPartner', { organisation: HOUSING }],
  ['LeavePartner', { organisation: HOUSING }],
  ['ChangePartnerRole', { organisation: HOUSING, role: 'Anders' }],
  ['LinkObjective', { objective: 'O4' }],
  ['UnlinkObjective', { objective: 'O5' }],
  ['LinkActions', { kind: 'replaces', action: OWN }],
  ['MoveToGroup', { group: PREVENTIE }],
  ['MoveToGroup', { group: WONEN }],
  ['AddObstacle', { class: 'other', text: 'Iets', confidential: false }],
  [
    'ContributeInKind',
    { organisation: HOUSING, what: 'Een zaal', amountCents: 100, basis: 'per-year', method: 'Huur elders' },
  ],
  ['RecordMilestone', { text: 'Klaar', date: '2020-12-01' }],
  ['AttachEvidence', {}],
  ['RequestFunding', { amountCents: 100, purpose: 'Waarborg' }],
  ['CorrectRecord', { event: EXTRA, field: 'occurredAt', from: '2020-01-01', to: '2020-01-02', confirmedBy: BEA }],
];

interface Step {
  readonly command: number;
  readonly days: number;
}

/** Carries out the commands one after another, as the runner would: what led from which state to which, and what was refused. */
function live(steps: readonly Step[]): { readonly steps: readonly string[]; readonly refused: readonly string[] } {
  const others = [
    ...world({ leadInBackOffice: false, minimumPartners: 1 }),
    decisionOf(D1, '2019-06-01'),
    decisionOf(D2, '2019-06-01', { outcome: 'decline' }),
    decisionOf(LATER, '2099-01-01', { effectiveAt: '2019-06-01T00:00:00.000Z' }),
    decisionOf(EXTRA, '2019-06-01', {
      outcome: 'approve-with-conditions',
      conditions: [{ code: 'C1', text: 'Eerst dit' }],
    }),
  ];
  const took: string[] = [];
  const refused: string[] = [];
  let state: Action = action.initial;
  let occurredAt = '2020-01-01T00:00:00.000Z';
  const when = given(action, ...others);
  for (const [revision, { command, days }] of steps.entries()) {
    const [name, body] = COMMANDS[command]!;
    occurredAt = plusDays(occurredAt, days);
    const evaluationRef = state.status === 'none' ? undefined : state.evaluation?.id;
    const actor = { subject: LIES, role: 'lead' };
    const outcomes: ReturnType<typeof ask>[] = [];
    when.when(
      ((_: object, __: Action, context: DecisionContext) =>
        outcomes.push(ask(name, { evaluationRef, ...body }, state, { ...context, id: OWN }))) as never,
      {},
      { occurredAt, now: occurredAt, actor },
    );
    const decided = outcomes[0]!;
    if (decided === nothing) continue;
    if (isRejected(decided)) {
      refused.push(`${state.status} ${name} ${decided.rejected}`);
      continue;
    }
    const [event] = record('action', `${OWN}/${revision}`, [
      { ...(decided as ActionEvent), meta: { occurredAt, actor } },
    ]) as readonly [Recorded<ActionEvent>];
    const next = action.evolve(state, event);
    took.push(`${state.status} ${event.type} ${next.status}`);
    state = next;
  }
  return { steps: took, refused };
}

describe('ACT-1: along any commands, legal and illegal', () => {
  const lives = fc.array(fc.record({ command: fc.nat(COMMANDS.length - 1), days: fc.constantFrom(0, 1, 100, 200) }), {
    maxLength: 80,
    size: 'max',
  });
  // A life as the scenarios lead it, to begin with: what comes at random then goes through every state.
  const begun = [0, 3, 8, 11].map((command) => ({ command, days: 1 }));
  const changes = (step: string): boolean => step.split(' ')[0] !== step.split(' ')[2];

  it('the status changes along the table and no other way', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(fc.boolean(), lives, (whole, commands) => {
        const { steps } = live(whole ? [...begun, ...commands] : [{ command: 0, days: 1 }, ...commands]);
        for (const step of steps.filter(changes)) {
          seen.add(step);
          expect(STEPS).toContain(step);
        }
      }),
      { numRuns: 300, seed: 3 },
    );
    // Not by standing still: every row of the table was walked.
    expect([...seen].toSorted()).toEqual([...STEPS].toSorted());
  });

  it('what has ended takes nothing but a correction (ACT-6)', () =>
    fc.assert(
      fc.property(lives, fc.constantFrom(4, 6), (commands, end) => {
        const { steps } = live([{ command: 0, days: 1 }, { command: end, days: 1 }, ...commands]);
        expect(steps.slice(2)).toEqual([]);
      }),
      { numRuns: 100 },
    ));
});

describe('an event that the table does not allow', () => {
  it.each(ALL)('never changes the status of what is %s', (status) => {
    const { state } = given(action, ...in_[status]);
    const events: readonly ActionEvent[] = [
      { type: 'ActionApproved', data: { decision: D1 } },
      { type: 'ActionDeclined', data: { decision: D1 } },
      { type: 'ActionWithdrawn', data: {} },
      { type: 'ActionStarted', data: {} },
      { type: 'ActionSuspended', data: { code: 'other' } },
      { type: 'ActionResumed', data: { note: '', suspendedDays: 0 } },
      { type: 'ActionClosed', data: { outcome: 'achieved', learnings: [] } },
      { type: 'ActionReopened', data: { decision: D1 } },
      evaluated(),
    ];
    const changes = record('action', OWN, events).flatMap((event) => {
      const next = action.evolve(state, event);
      return next.status === status ? [] : [`${status} ${event.type} ${next.status}`];
    });
    expect(changes.filter((change) => !STEPS.includes(change))).toEqual([]);
  });
});
