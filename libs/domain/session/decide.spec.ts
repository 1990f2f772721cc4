import { elsewhere, given, idOf, indicatorDefined, NETWORK } from '#testkit';
import { action } from '../action/state.ts';
import { proposal } from '../action/harness.ts';
import { group } from '../group/state.ts';
import { indicator } from '../indicator/state.ts';
import { network } from '../network/state.ts';
import { organisation } from '../organisation/state.ts';
import { person } from '../person/state.ts';
import { agreeStep, completeStep, record, recordOutcome } from './decide.ts';
import type { SessionEvent } from './events.ts';
import { session } from './state.ts';

const [CITY, LEUVEN, STRANGER, GROUP, CAS, TRAINING, DAYS] = [
  'stad',
  'leuven',
  'elders',
  'groep',
  'cas',
  'vorming',
  'dagen',
].map(idOf) as [string, string, string, string, string, string, string];
const founded = (id: string, parent: string | null) =>
  elsewhere(network, id, {
    type: 'NetworkFounded',
    data: { kind: 'movement', name: 'A Way Home', regions: [], parent },
  });
const movement = founded(NETWORK, null);
const leuven = founded(LEUVEN, NETWORK);
const city = elsewhere(organisation, CITY, {
  type: 'OrganisationRegistered',
  data: { name: 'Stad', sector: 'local-government', units: [], enterpriseNumber: null, umbrellaOf: [] },
});
const training = (home: string) =>
  elsewhere(action, TRAINING, { type: 'ActionProposed', data: proposal, meta: { network: home } });

const command = {
  network: NETWORK,
  kind: 'learning-network',
  title: 'Gedeelde meting',
  topic: 'shared-measurement',
  organisations: [CITY],
  networks: [LEUVEN],
  participants: 24,
  confidentiality: 'open',
} as const;
type Held = Extract<SessionEvent, { readonly type: 'SessionHeld' }>;
const held = (data: Partial<Held['data']> = {}): Held => {
  const { network: _network, ...rest } = command;
  return { type: 'SessionHeld', data: { ...rest, ...data } };
};
const agreed = (number: number): SessionEvent => ({
  type: 'StepAgreed',
  data: { number, text: 'Uitschrijven', owner: { kind: 'organisation', id: CITY }, dueOn: '2021-09-01' },
});
const outcome = (number: number, confidential = false): SessionEvent => ({
  type: 'OutcomeRecorded',
  data: { number, text: 'Wij meten hetzelfde.', confidential },
});

describe('a session is recorded', () => {
  it('with who was there', () => given(session, movement, leuven, city).when(record, command).then(held()));

  it('with its facilitator, an organisation or a firm, and its place', () => {
    const more = { facilitator: { organisation: CITY, external: 'Bureau (demo)' }, place: 'Leuven' };
    given(session, movement, leuven, city)
      .when(record, { ...command, ...more })
      .then(held(more));
    given(session, movement, leuven, city)
      .when(record, { ...command, facilitator: { organisation: STRANGER } })
      .rejects('unknown-reference', { member: 'facilitator', id: STRANGER });
  });

  it('once', () => given(session, held()).when(record, command).thenNothing());

  it('in a network that runs, of organisations that are known', () => {
    given(session).when(record, command).rejects('unknown-reference', { member: 'network', id: NETWORK });
    given(session, movement, leuven)
      .when(record, command)
      .rejects('unknown-reference', { member: 'organisations', id: CITY });
  });

  it('with the networks that were there: its own, and those somewhere below it', () => {
    const below = idOf('wijk');
    given(session, movement, leuven, city, founded(below, LEUVEN))
      .when(record, { ...command, networks: [NETWORK, below] })
      .then(held({ networks: [NETWORK, below] }));
    given(session, movement, leuven, city, founded(STRANGER, null))
      .when(record, { ...command, networks: [LEUVEN, STRANGER] })
      .rejects('unknown-reference', { member: 'networks', id: STRANGER });
    given(session, movement, city)
      .when(record, command)
      .rejects('unknown-reference', { member: 'networks', id: LEUVEN });
  });

  it('about an action of its network or of one below it', () => {
    const about = { ...command, action: TRAINING };
    for (const home of [NETWORK, LEUVEN])
      given(session, movement, leuven, city, training(home))
        .when(record, about)
        .then(held({ action: TRAINING }));
    given(session, movement, leuven, city, founded(STRANGER, null), training(STRANGER))
      .when(record, about)
      .rejects('unknown-reference', { member: 'action', id: TRAINING });
    given(session, movement, leuven, city)
      .when(record, about)
      .rejects('unknown-reference', { member: 'action', id: TRAINING });
  });
});

it('a session is about an indicator of its network or of one above it', () => {
  const about = { ...command, network: LEUVEN, networks: [], indicator: DAYS };
  const of = (home: string) => elsewhere(indicator, DAYS, indicatorDefined({}, { network: home }));
  for (const home of [NETWORK, LEUVEN])
    given(session, movement, leuven, city, of(home))
      .when(record, about)
      .then(held({ networks: [], indicator: DAYS }));
  given(session, movement, leuven, city, of(STRANGER))
    .when(record, about)
    .rejects('unknown-reference', { member: 'indicator', id: DAYS });
  given(session, movement, leuven, city)
    .when(record, { ...about, network: NETWORK })
    .rejects('unknown-reference', { member: 'indicator', id: DAYS });
});

describe('what came of it', () => {
  const text = 'Wij meten hetzelfde.';

  it('is numbered', () => {
    given(session, held()).when(recordOutcome, { text }).then(outcome(1));
    given(session, held(), outcome(1)).when(recordOutcome, { text }).then(outcome(2));
  });

  it('says itself whether it is for participants only (O9)', () =>
    given(session, held({ confidentiality: 'participants-only' }))
      .when(recordOutcome, { text })
      .then(outcome(1, true)));

  it('is not told without end', () => {
    const many = Array.from({ length: 40 }, (_, i) => outcome(i + 1));
    given(session, held(), ...many)
      .when(recordOutcome, { text })
      .rejects('too-many-changes', { most: 40 });
    given(session, held(), ...many.slice(0, 39))
      .when(recordOutcome, { text })
      .then(outcome(40));
  });
});

describe('a step is agreed', () => {
  const step = (owner: string) => ({ text: 'Uitschrijven', owner, dueOn: '2021-09-01' });
  const agreedBy = (kind: string, id: string) => ({
    type: 'StepAgreed',
    data: { number: 1, text: 'Uitschrijven', owner: { kind, id }, dueOn: '2021-09-01' },
  });
  const groupOf = (home: string) =>
    elsewhere(group, GROUP, {
      type: 'GroupFounded',
      data: { name: 'Meten', kind: 'working-group' },
      meta: { network: home },
    });

  it('for an organisation, a group of the network or a person', () => {
    const cas = elsewhere(person, CAS, { type: 'PersonRegistered', data: {} });
    given(session, held(), city).when(agreeStep, step(CITY)).then(agreedBy('organisation', CITY));
    given(session, held(), groupOf(NETWORK)).when(agreeStep, step(GROUP)).then(agreedBy('group', GROUP));
    given(session, held(), cas).when(agreeStep, step(CAS)).then(agreedBy('person', CAS));
  });

  it('for nobody else', () => {
    given(session, held()).when(agreeStep, step(CAS)).rejects('unknown-reference', { member: 'owner', id: CAS });
    given(session, held(), groupOf(LEUVEN)).when(agreeStep, step(GROUP)).rejects('unknown-reference');
  });

  it('not without end', () => {
    const many = Array.from({ length: 40 }, (_, i) => agreed(i + 1));
    given(session, held(), city, ...many)
      .when(agreeStep, step(CITY))
      .rejects('too-many-changes', { most: 40 });
  });

  it('and done, once', () => {
    const isDone: SessionEvent = { type: 'StepDone', data: { number: 1, note: 'Rondgestuurd' } };
    const both = given(session, held(), agreed(1), agreed(2), isDone);
    given(session, held(), agreed(1)).when(completeStep, { number: 1, note: 'Rondgestuurd' }).then(isDone);
    both.when(completeStep, { number: 1 }).thenNothing();
    both.when(completeStep, { number: 2 }).then({ type: 'StepDone', data: { number: 2 } });
    both.when(completeStep, { number: 3 }).rejects('unknown-reference', { member: 'number', id: '3' });
  });
});

it('nothing comes of a session that was not held', () => {
  const nowhere = given(session, city);
  nowhere.when(recordOutcome, { text: '…' }).rejects('invalid-state', { status: 'none' });
  nowhere.when(agreeStep, { text: '…', owner: CITY, dueOn: '2021-09-01' }).rejects('invalid-state');
  nowhere.when(completeStep, { number: 1 }).rejects('invalid-state');
});
