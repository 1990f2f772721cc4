import { isRejected, uuidv5, type Aggregate, type Event } from '#kernel';
import { AN, elsewhere, given, NETWORK } from '#testkit';
import type { Role } from './codes.ts';
import { Command, Id, Optional } from './commands.ts';
import { network } from './network/state.ts';
import type { PersonEvent } from './person/events.ts';
import { person } from './person/state.ts';
import { reject, type Decide } from './rejections.ts';
import { acts, commands, creates, type CommandEntry, type Who } from './registry.ts';

const [OTHER, CITY] = ['other network', 'city'].map((name) => uuidv5('spec', name)) as [string, string];
const NOW = '2020-06-10T10:00:00.000Z';

type Thing = { readonly status: 'none' | 'there' };
type Made = Event<'ThingMade'>;
const thing: Aggregate<Thing, Made> = {
  name: 'thing',
  initial: { status: 'none' },
  evolve: () => ({ status: 'there' }),
};
class MakeThing extends Command {
  @Id() readonly network!: string;
}
class UseThing extends Command {
  @Optional() @Id() readonly by?: string;
}

/** A thing in the network, used by these; `mine` says how the person stands to it, or whose it is. */
const using = (
  who: readonly Who[],
  mine: { readonly lead?: boolean; readonly proposer?: boolean; readonly funder?: string } = {},
) =>
  commands(
    thing,
    {
      collection: 'things',
      networkOf: () => NETWORK,
      ...(mine.lead !== undefined && { isLead: () => mine.lead! }),
      ...(mine.proposer !== undefined && { isProposer: () => mine.proposer! }),
      ...(mine.funder !== undefined && { actsFor: (organisation: string) => organisation === mine.funder }),
    },
    {
      create: creates({
        type: MakeThing,
        decide: () => ({ type: 'ThingMade', data: {} }),
        who,
        summary: 'Make it.',
        example: { network: NETWORK },
      }),
      use: acts({
        type: UseThing,
        decide: () => ({ type: 'ThingMade', data: {} }),
        who,
        summary: 'Use it.',
        example: {},
      }),
    },
  ) as unknown as readonly [CommandEntry, CommandEntry];

const role = (
  name: Role,
  more: { network?: string; organisation?: string; until?: string } = {},
  from = '2020-01-01T00:00:00.000Z',
) => ({ type: 'RoleGiven', data: { role: name, network: NETWORK, ...more }, meta: { occurredAt: from } }) as const;
const an = (...roles: readonly (PersonEvent & { meta: { occurredAt: string } })[]) =>
  elsewhere(person, AN, { type: 'PersonRegistered', data: {} }, ...roles);

type Facts = Parameters<typeof given<Thing, Made>>[1][];
/** Who gives the command, as the registry judges it; whoever may give it meets the next refusal. */
const asking = (entry: CommandEntry, acting: string, ...facts: Facts) => {
  const judge: Decide<object, Thing, Made> = (command, state, context) => {
    const answer = entry.authorise(command, state as never, context);
    return isRejected(answer) ? (answer as ReturnType<typeof reject>) : reject('nothing-changed', answer);
  };
  return given(thing, ...facts).when(judge, {}, { actor: { subject: AN, role: acting } });
};
const made: Made = { type: 'ThingMade', data: {} };
const may = (organisation?: string) => ['nothing-changed', organisation === undefined ? {} : { organisation }] as const;

describe('a command comes from', () => {
  const [, use] = using(['back-office']);

  it('who holds the role in its network', () =>
    asking(use, 'back-office', made, an(role('back-office'))).rejects(...may()));

  it('and the organisation for which it is held is known', () =>
    asking(use, 'back-office', made, an(role('back-office', { organisation: CITY }))).rejects(...may(CITY)));

  it('nobody who acts in a role that may not', () =>
    asking(use, 'member', made, an(role('member'))).rejects('forbidden', { role: 'member', allowed: ['back-office'] }));

  it('nobody who claims a role that is not held', () =>
    asking(use, 'back-office', made, an(role('member'))).rejects('forbidden'));

  it('nobody who holds the role but acts in another', () =>
    asking(use, 'member', made, an(role('member'), role('back-office'))).rejects('forbidden'));

  it('nobody whose role has ended or has not begun', () => {
    asking(use, 'back-office', made, an(role('member'), role('back-office', { until: NOW }))).rejects('forbidden');
    asking(use, 'back-office', made, an(role('member'), role('back-office', {}, '2020-06-11T00:00:00.000Z'))).rejects(
      'forbidden',
    );
  });

  it('nobody who is not registered', () => asking(use, 'back-office', made).rejects('forbidden'));
});

describe("another network's thing", () => {
  const [, use] = using(['back-office']);

  it('does not exist for the caller', () =>
    asking(use, 'back-office', made, an(role('back-office', { network: OTHER }))).rejects('not-found', {}));

  it('nor does it for who was there once', () =>
    asking(use, 'back-office', made, an(role('back-office', { until: NOW }))).rejects('not-found'));
});

describe('the operator and processes', () => {
  it('give the commands that name them, and no others', () => {
    const [, use] = using(['operator', 'process']);
    asking(use, 'operator', made).rejects(...may());
    asking(use, 'process', made).rejects(...may());
    const [, theirs] = using(['back-office']);
    asking(theirs, 'operator', made).rejects('forbidden', { role: 'operator', allowed: ['back-office'] });
    asking(theirs, 'process', made).rejects('forbidden');
  });

  it('of which processes are not told to people', () => {
    const [, use] = using(['process', 'back-office']);
    asking(use, 'member', made, an(role('member'))).rejects('forbidden', { role: 'member', allowed: ['back-office'] });
  });
});

describe('a thing of no network', () => {
  const [entry] = commands(
    thing,
    { collection: 'things', networkOf: () => null },
    {
      use: acts({
        type: UseThing,
        decide: () => made,
        who: ['operator', 'back-office'],
        summary: 'Use it.',
        example: {},
      }),
    },
  ) as readonly [CommandEntry];

  it('is for the role in whichever network', () =>
    asking(entry, 'back-office', made, an(role('back-office', { network: OTHER, organisation: CITY }))).rejects(
      ...may(CITY),
    ));

  it('and for no other', () => {
    asking(entry, 'member', made, an(role('member'))).rejects('forbidden');
    asking(entry, 'back-office', made, an(role('member'))).rejects('forbidden');
  });
});

describe('where a thing has a lead of its own', () => {
  it('the lead is its lead, not that of another', () => {
    asking(using(['lead'], { lead: true })[1], 'lead', made, an(role('lead'))).rejects(...may());
    asking(using(['lead'], { lead: false })[1], 'lead', made, an(role('lead'))).rejects('forbidden');
  });

  it('who leads it needs no role beside', () =>
    asking(using(['lead'], { lead: true })[1], 'lead', made, an()).rejects(...may()));

  it('to lead gives no other role', () =>
    asking(using(['back-office'], { lead: true })[1], 'back-office', made, an()).rejects('forbidden'));

  it('any lead may begin one', () =>
    asking(using(['lead'], { lead: false })[0], 'lead', an(role('lead'))).rejects(...may()));

  it('and is told so again, though another one leads it by then', () =>
    asking(using(['lead'], { lead: false })[0], 'lead', made, an(role('lead'))).rejects(...may()));
});

describe('who proposed a thing', () => {
  it('may do with it what its proposer may, in any role', () => {
    asking(using(['proposer'], { proposer: true })[1], 'member', made, an(role('member'))).rejects(...may());
    asking(using(['proposer'], { proposer: false })[1], 'member', made, an(role('member'))).rejects('forbidden');
  });

  it('but not in a role that is not held', () =>
    asking(using(['proposer'], { proposer: true })[1], 'finance', made, an(role('member'))).rejects('forbidden'));
});

describe('a funder', () => {
  const [, entry] = using(['funder', 'finance'], { funder: CITY });

  it('acts on what its organisation funds', () =>
    asking(entry, 'funder', made, an(role('funder', { organisation: CITY }))).rejects(...may(CITY)));

  it('and on nothing of another funder', () =>
    asking(entry, 'funder', made, an(role('funder', { organisation: OTHER }))).rejects('forbidden'));

  it('which binds no other role', () =>
    asking(entry, 'finance', made, an(role('finance', { organisation: OTHER }))).rejects(...may(OTHER)));
});

describe('what is told of a command', () => {
  const [make, use] = using(['back-office']);

  it('is its name, its place in the URL and whether it begins something', () => {
    expect(make).toMatchObject({ name: 'MakeThing', collection: 'things', verb: null, creates: true, internal: false });
    expect(use).toMatchObject({ name: 'UseThing', collection: 'things', verb: 'use', creates: false, personal: [] });
  });
});

describe('a fact is told in time (ACT-4)', () => {
  const [, use] = using(['back-office']);
  const coalition = (...policy: readonly { readonly backDatingDays: number }[]) =>
    elsewhere(
      network,
      NETWORK,
      {
        type: 'NetworkFounded',
        data: { kind: 'coalition', name: 'Mind the Gap', regions: [], parent: null },
        meta: { occurredAt: '2018-01-01T10:00:00.000Z' },
      },
      ...policy.map((changed) => ({ type: 'PolicySet' as const, data: { policy: changed } })),
    );
  /** Refused as untimely, or (for in time) as nothing. */
  const told = (
    occurredAt: string,
    command: object = {},
    as = 'back-office',
    home: string | null = NETWORK,
    facts: Facts = [coalition()],
  ) => {
    const judge: Decide<object, Thing, Made> = (body, _state, context) =>
      (use.timely(body, home, context) as ReturnType<typeof reject> | undefined) ?? reject('nothing-changed');
    return given(thing, ...facts).when(judge, command, { occurredAt, now: NOW, actor: { subject: AN, role: as } });
  };
  const inTime = 'nothing-changed';
  const late = { reason: { code: 'late-registration', text: { nl: 'Vergeten' } } };

  it('not before it happened, but for five minutes that clocks may differ', () => {
    told('2020-06-10T10:05:00.000Z').rejects(inTime);
    told('2020-06-10T10:05:00.001Z').rejects('occurred-in-future', {
      occurredAt: '2020-06-10T10:05:00.001Z',
      now: NOW,
    });
    told('2020-06-10T10:05:00.001Z', {}, 'back-office', null).rejects('occurred-in-future');
  });

  it('not from before the day on which its network began', () => {
    told('2018-01-01T00:00:00.000Z', late).rejects(inTime);
    told('2017-12-31T22:59:59.999Z', late).rejects('before-network-start', {
      occurredAt: '2017-12-31T22:59:59.999Z',
      start: '2018-01-01T10:00:00.000Z',
    });
  });

  it('within the days that the network allows, or else with the reason', () => {
    told('2020-03-12T00:00:00.000Z').rejects(inTime);
    told('2020-03-11T12:00:00.000Z').rejects('late-registration', { days: 90 });
    told('2020-03-11T12:00:00.000Z', late).rejects(inTime);
    told('2020-03-11T12:00:00.000Z', { reason: { code: 'other', text: { nl: '…' } } }).rejects('late-registration');
  });

  it('as the network has set it', () => {
    const strict = [coalition({ backDatingDays: 0 })];
    told('2020-06-09T22:00:00.000Z', {}, 'back-office', NETWORK, strict).rejects(inTime);
    told('2020-06-09T21:59:59.999Z', {}, 'back-office', NETWORK, strict).rejects('late-registration', { days: 0 });
  });

  it('while a process is never late', () => told('2019-01-01T00:00:00.000Z', {}, 'process').rejects(inTime));

  it('and a thing of no network, or one that begins a network, only not in the future', () => {
    told('1990-01-01T00:00:00.000Z', {}, 'back-office', null).rejects(inTime);
    told('1990-01-01T00:00:00.000Z', {}, 'operator', OTHER).rejects(inTime);
  });
});
