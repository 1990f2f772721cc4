import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { actionCommands } from './index.ts';

const problems = (type: new () => object, body: object): readonly string[] =>
  validateSync(plainToInstance(type, body), { whitelist: true, forbidNonWhitelisted: true }).map(
    ({ property }) => property,
  );
const entry = (verb: string) => actionCommands.find((command) => (command.verb ?? 'create') === verb)!;
const without = (body: object, member: string): object =>
  Object.fromEntries(Object.entries(body).filter(([name]) => name !== member));

describe('the commands of an action', () => {
  it.each(['title', 'group', 'objectives', 'targetGroup', 'regions', 'intendedChange', 'horizon', 'plan', 'partners'])(
    'a proposal says its %s',
    (member) => {
      const { type, example } = entry('create');
      expect(problems(type, without(example, member))).toEqual([member]);
    },
  );

  it.each(['withdraw', 'adjust', 'suspend', 'decline-next-step', 'reopen', 'correct'])('%s says why', (verb) => {
    const { type, example } = entry(verb);
    expect(problems(type, without(example, 'reason'))).toEqual(['reason']);
  });

  it.each(['meet-condition', 'attach-evidence'])('%s names its evidence', (verb) => {
    const { type, example } = entry(verb);
    expect(problems(type, { ...example, evidence: [] })).toEqual(['evidence']);
  });

  it('a hand-over has its note', () => {
    const { type, example } = entry('transfer-lead');
    expect(problems(type, without(example, 'handOver'))).toEqual(['handOver']);
  });

  it('a partner is named once', () => {
    const { type, example } = entry('create');
    const [partner] = (example as { partners: object[] }).partners;
    expect(problems(type, { ...example, partners: [partner, partner] })).toEqual(['partners']);
  });

  it('a budget may be taken away', () => {
    const { type } = entry('revise');
    expect(problems(type, { budgetCents: null })).toEqual([]);
    expect(problems(type, { budgetCents: -1 })).toEqual(['budgetCents']);
  });
});

describe('who may give them', () => {
  it('is as the table says', () =>
    expect(Object.fromEntries(actionCommands.map(({ name, who }) => [name, who.join(' ')]))).toEqual({
      ProposeAction: 'member lead back-office',
      ReviseProposal: 'proposer lead back-office',
      DecideAction: 'secretary back-office',
      WithdrawAction: 'proposer lead back-office',
      MeetApprovalCondition: 'back-office',
      AssignLead: 'back-office',
      TransferLead: 'lead back-office',
      StartAction: 'lead back-office',
      ContributeInKind: 'lead back-office',
      StateContribution: 'lead back-office',
      AdjustAction: 'lead',
      SuspendAction: 'lead back-office funder',
      ResumeAction: 'lead back-office',
      EvaluateAction: 'lead',
      DeclineNextStep: 'lead back-office',
      BroadenAction: 'back-office',
      CloseAction: 'back-office',
      ReopenAction: 'back-office',
      JoinPartner: 'lead back-office',
      LeavePartner: 'lead back-office',
      ChangePartnerRole: 'lead back-office',
      LinkObjective: 'lead back-office',
      UnlinkObjective: 'lead back-office',
      LinkActions: 'lead back-office',
      MoveToGroup: 'lead back-office',
      AddObstacle: 'lead back-office',
      RecordMilestone: 'lead back-office',
      AttachEvidence: 'lead back-office',
      RequestFunding: 'lead back-office',
      CorrectRecord: 'back-office',
      ProposeBroadened: 'process',
      NoteBroadeningRefused: 'process',
      LinkGrant: 'process',
    }));

  it('has no route where only a process may', () =>
    expect(actionCommands.filter(({ internal }) => internal).map(({ name }) => name)).toEqual([
      'LinkGrant',
      'ProposeBroadened',
      'NoteBroadeningRefused',
    ]));
});
