import { elsewhere, given, NETWORK } from '#testkit';
import { person } from '../person/state.ts';
import {
  ANKE,
  child,
  D1,
  decisionOf,
  HOUSING,
  in_,
  LIES,
  LEUVEN,
  MO,
  on,
  PREVENTIE,
  proposed,
  world,
  WELFARE,
  YOUTH,
} from './harness.ts';
import { actionCommands } from './index.ts';
import { action } from './state.ts';

const FUNDER = ANKE.replace(/^./, 'f');
const STRANGER = ANKE.replace(/^./, 'e');
const people = [
  elsewhere(
    person,
    FUNDER,
    { type: 'PersonRegistered', data: {} },
    {
      type: 'RoleGiven',
      data: { role: 'funder', network: NETWORK },
    },
  ),
  elsewhere(
    person,
    STRANGER,
    { type: 'PersonRegistered', data: {} },
    {
      type: 'RoleGiven',
      data: { role: 'back-office', network: LEUVEN },
    },
  ),
];

/** `verb` by somebody in some role, on these facts: what the registry says. */
const may = (
  verb: string,
  subject: string,
  role: string,
  facts: readonly ReturnType<typeof proposed>[] = in_.active,
  body: object = {},
) => {
  const { authorise } = actionCommands.find((command) => (command.verb ?? 'create') === verb)!;
  return given(action, ...world(), ...people, decisionOf(D1, '2020-06-25'), ...facts).when(
    authorise as never,
    body as never,
    on('2021-05-20', subject, role),
  );
};
const handedOver = { type: 'LeadTransferred' as const, data: { from: LIES, lead: ANKE, handOver: 'Zie map' } };

describe('who acts on an action', () => {
  it('proposes as member or from the back office, within the network', () => {
    may('create', MO, 'member', [], { network: NETWORK }).then({ organisation: HOUSING });
    may('create', FUNDER, 'funder', [], { network: NETWORK }).rejects('forbidden');
    may('create', STRANGER, 'back-office', [], { network: NETWORK }).rejects('not-found');
  });

  it('sees nothing of another network', () => may('start', STRANGER, 'back-office').rejects('not-found'));

  it('evaluates as its lead, and for the organisation for which the lead holds that role', () =>
    may('evaluate', LIES, 'lead').then({}));

  it('does so no more after handing over', () => {
    may('evaluate', LIES, 'lead', [...in_.active, handedOver]).rejects('forbidden');
    may('evaluate', ANKE, 'lead', [...in_.active, handedOver]).then({});
  });

  it('evaluates as lead only', () => may('evaluate', ANKE, 'back-office').rejects('forbidden'));

  it('leads through the group while the action has no lead', () => {
    may('revise', LIES, 'lead', in_.proposed).then({});
    may('start', LIES, 'lead', in_.approved).then({});
    may('start', LIES, 'lead', [proposed({ group: PREVENTIE }), ...in_.approved.slice(1)]).rejects('forbidden');
  });

  it('revises what was proposed by oneself, in whatever role', () => {
    const own = [{ ...proposed(), meta: { actor: { subject: MO, role: 'member' } } }];
    may('revise', MO, 'member', own).then({ organisation: HOUSING });
    may('revise', MO, 'member', in_.proposed).rejects('forbidden');
  });

  it('completes and withdraws a broadened child in the back office of the network that received it', () => {
    may('revise', ANKE, 'back-office', [child()]).then({ organisation: WELFARE });
    may('withdraw', ANKE, 'back-office', [child()]).then({ organisation: WELFARE });
  });

  it('suspends at the request of the funder', () => {
    may('suspend', FUNDER, 'funder').then({});
    may('resume', FUNDER, 'funder').rejects('forbidden');
  });

  it('acts for the organisation of the role', () => may('close', LIES, 'back-office').then({ organisation: YOUTH }));

  it.each(['propose-broadened', 'note-broadening-refused'])('never gives what only a process gives: %s', (verb) => {
    const of = (role: string) =>
      actionCommands
        .find(({ name }) =>
          verb === 'propose-broadened' ? name === 'ProposeBroadened' : name === 'NoteBroadeningRefused',
        )!
        .authorise({ network: NETWORK } as never, given(action, ...in_.active).state as never, {
          ...on('2021-05-20', role === 'process' ? 'process:broaden' : ANKE, role),
          id: '',
          eventId: '',
          look: ((looked: { initial: object }) => looked.initial) as never,
        });
    expect(of('process')).toEqual({});
    expect(of('operator')).toMatchObject({ rejected: 'forbidden' });
  });
});
