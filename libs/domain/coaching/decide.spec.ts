import { isRejected } from '#kernel';
import { AN, elsewhere, given, idOf, NETWORK, type Fact } from '#testkit';
import fc from 'fast-check';
import type { Role } from '../codes.ts';
import { network } from '../network/state.ts';
import { organisation } from '../organisation/state.ts';
import { person } from '../person/state.ts';
import { reject, type Decide } from '../rejections.ts';
import { coachingCommands } from './index.ts';
import { changeCoaches, changePhase, end, start } from './decide.ts';
import type { CoachingEvent } from './events.ts';
import { coaching, type Coaching } from './state.ts';

const [MOVEMENT, KNOWLEDGE, BO, CAS] = ['beweging', 'kenniscentrum', 'bo', 'cas'].map(idOf) as [
  string,
  string,
  string,
  string,
];
const founded = (parent: string | null) =>
  ({ type: 'NetworkFounded', data: { kind: 'coalition', name: 'Leuven', regions: [], parent } }) as const;
const leuven = elsewhere(network, NETWORK, founded(MOVEMENT));
const knowledge = elsewhere(organisation, KNOWLEDGE, {
  type: 'OrganisationRegistered',
  data: { name: 'Kenniscentrum', sector: 'other', units: [], enterpriseNumber: null, umbrellaOf: [] },
});
const known = [BO, CAS].map((id) => elsewhere(person, id, { type: 'PersonRegistered', data: {} }));
const world = [leuven, knowledge, ...known];
const command = { network: NETWORK, organisations: [KNOWLEDGE], coaches: [BO], purpose: 'Op gang helpen' };
type Started = Extract<CoachingEvent, { readonly type: 'EngagementStarted' }>;
const started = (data: Partial<Started['data']> = {}): Started => ({
  type: 'EngagementStarted',
  data: {
    number: 1,
    organisations: [KNOWLEDGE],
    coaches: [BO],
    purpose: 'Op gang helpen',
    phases: [],
    phase: null,
    ...data,
  },
});
const phased = started({ phases: ['verkennen', 'opstarten'], phase: 'verkennen' });
const ended: CoachingEvent = {
  type: 'EngagementEnded',
  data: { number: 1, exit: { findings: 'Op eigen kracht' }, coaches: [BO] },
};
const exit = { findings: 'Op eigen kracht' };

describe('a network is coached', () => {
  it('by persons of organisations', () =>
    given(coaching, ...world)
      .when(start, command)
      .then(started()));

  it('in phases, of which the first begins', () =>
    given(coaching, ...world)
      .when(start, { ...command, phases: ['verkennen', 'opstarten'] })
      .then(phased));

  it('until a day as it is planned, which is not before its first', () => {
    const at = { occurredAt: '2018-08-31T22:00:00.000Z' };
    given(coaching, ...world)
      .when(start, { ...command, plannedUntil: '2018-09-01' }, at)
      .then(started({ plannedUntil: '2018-09-01' }));
    given(coaching, ...world)
      .when(start, { ...command, plannedUntil: '2018-08-31' }, at)
      .rejects('period-reversed', { from: '2018-09-01', until: '2018-08-31' });
  });

  it('one engagement at a time: the next one begins when the former has ended', () => {
    given(coaching, ...world, started())
      .when(start, command)
      .rejects('already-exists', { network: NETWORK });
    given(coaching, ...world, started(), ended)
      .when(start, command)
      .then(started({ number: 2 }));
  });

  it('when it runs, by organisations and persons that are known', () => {
    const unknown = { ...command, network: idOf('nergens') };
    given(coaching, knowledge, ...known)
      .when(start, unknown)
      .rejects('unknown-reference', { member: 'network', id: unknown.network });
    given(coaching, leuven, ...known)
      .when(start, command)
      .rejects('unknown-reference', { member: 'organisations', id: KNOWLEDGE });
    given(coaching, leuven, knowledge).when(start, command).rejects('unknown-reference', { member: 'coaches', id: BO });
  });
});

describe('an engagement', () => {
  const change = { phase: 'opstarten', note: 'De kerngroep staat.' };
  const changed = (phase: string): CoachingEvent => ({
    type: 'EngagementPhaseChanged',
    data: { number: 1, phase, note: '…' },
  });

  it('goes on to another of its phases', () => {
    given(coaching, phased)
      .when(changePhase, change)
      .then({ type: 'EngagementPhaseChanged', data: { number: 1, ...change } });
    given(coaching, phased, changed('opstarten')).when(changePhase, change).thenNothing();
    given(coaching, phased)
      .when(changePhase, { ...change, phase: 'verankeren' })
      .rejects('unknown-reference', { member: 'phase', id: 'verankeren' });
  });

  it('has whatever phases come up where none were agreed', () =>
    given(coaching, started())
      .when(changePhase, change)
      .then({ type: 'EngagementPhaseChanged', data: { number: 1, ...change } }));

  it('is not told of without end', () => {
    const often = Array.from({ length: 50 }, (_, i) => changed(`fase ${i}`));
    given(coaching, started(), ...often.slice(1))
      .when(changePhase, change)
      .then({ type: 'EngagementPhaseChanged', data: { number: 1, ...change } });
    given(coaching, started(), ...often)
      .when(changePhase, change)
      .rejects('too-many-changes', { most: 50 });
  });

  it('gets other coaches, with what its process must know of them', () => {
    given(coaching, ...world, started({ plannedUntil: '2022-08-31' }))
      .when(changeCoaches, { coaches: [CAS] })
      .then({
        type: 'EngagementCoachesChanged',
        data: {
          number: 1,
          organisations: [KNOWLEDGE],
          plannedUntil: '2022-08-31',
          coaches: [CAS],
          joined: [CAS],
          left: [BO],
        },
      });
    given(coaching, ...world, started())
      .when(changeCoaches, { coaches: [BO] })
      .thenNothing();
    given(coaching, leuven, started())
      .when(changeCoaches, { coaches: [BO, CAS] })
      .rejects('unknown-reference', { member: 'coaches', id: CAS });
  });

  it('ends, with what it came to', () =>
    given(coaching, started())
      .when(end, { exit: { ...exit, maturity: 'coordinated' } })
      .then({
        type: 'EngagementEnded',
        data: { number: 1, exit: { ...exit, maturity: 'coordinated' }, coaches: [BO] },
      }));

  it('that has ended, or is not there, changes no more', () => {
    for (const [facts, status] of [
      [[], 'none'],
      [[started(), ended], 'ended'],
    ] as const) {
      given(coaching, ...facts)
        .when(changePhase, change)
        .rejects('invalid-state', { status });
      given(coaching, ...facts)
        .when(changeCoaches, { coaches: [CAS] })
        .rejects('invalid-state', { status });
      given(coaching, ...facts)
        .when(end, { exit })
        .rejects('invalid-state', { status });
    }
  });

  it('has at each moment those as coaches who joined and have not left', () => {
    const all = Array.from({ length: 5 }, (_, i) => idOf(`coach ${i}`));
    const persons = all.map((id) => elsewhere(person, id, { type: 'PersonRegistered', data: {} }));
    fc.assert(
      fc.property(fc.array(fc.subarray(all, { minLength: 1 }), { minLength: 1, maxLength: 8 }), ([first, ...next]) => {
        const facts: CoachingEvent[] = [started({ coaches: first! })];
        const present = new Set(first);
        for (const coaches of next) {
          const decided = changeCoaches({ coaches }, given(coaching, ...facts).state, contextOf(persons));
          if (typeof decided === 'symbol') continue;
          const { joined, left } = (decided as Extract<CoachingEvent, { type: 'EngagementCoachesChanged' }>).data;
          for (const coach of left) expect(present.delete(coach)).toBe(true);
          for (const coach of joined) expect(present.size).toBe(present.add(coach).size - 1);
          facts.push(decided as CoachingEvent);
          expect([...present].toSorted()).toEqual(coaches.toSorted());
        }
      }),
    );
  });
});

/** The context in which the specs decide. */
function contextOf(persons: readonly ReturnType<typeof elsewhere>[]) {
  let context: Parameters<Decide<object, Coaching, CoachingEvent>>[2] | undefined;
  const seen: Decide<object, Coaching, CoachingEvent> = (_command, _coaching, one) => {
    context = one;
    return reject('nothing-changed');
  };
  given(coaching, ...persons).when(seen, {});
  return context!;
}

describe('who arranges the coaching of a network', () => {
  const holding = (of: string, role: Role = 'back-office') =>
    elsewhere(person, AN, { type: 'PersonRegistered', data: {} }, { type: 'RoleGiven', data: { role, network: of } });
  const asking = (name: string, role: string, ...facts: readonly (Fact<CoachingEvent> | typeof leuven)[]) => {
    const entry = coachingCommands.find((one) => one.name === name)!;
    const judge: Decide<object, Coaching, CoachingEvent> = (given, state, context) => {
      const answer = entry.authorise(given, state as never, context);
      return isRejected(answer) ? (answer as ReturnType<typeof reject>) : reject('nothing-changed');
    };
    return given(coaching, leuven, ...facts).when(judge, command, { id: NETWORK, actor: { subject: AN, role } });
  };
  const MAY = 'nothing-changed';

  it.each(['StartEngagement', 'ChangePhase', 'ChangeCoaches', 'EndEngagement'])(
    '%s: its own back office or that of the network it is a part of',
    (name) => {
      asking(name, 'back-office', started(), holding(NETWORK)).rejects(MAY);
      asking(name, 'back-office', started(), holding(MOVEMENT)).rejects(MAY);
      asking(name, 'back-office', started(), holding(idOf('elders'))).rejects('not-found');
      asking(name, 'member', started(), holding(MOVEMENT, 'member')).rejects('forbidden');
    },
  );

  it('its coach goes on to the next phase, and arranges nothing', () => {
    asking('ChangePhase', 'coach', started(), holding(NETWORK, 'coach')).rejects(MAY);
    asking('EndEngagement', 'coach', started(), holding(NETWORK, 'coach')).rejects('forbidden');
  });
});
