import { actionEvaluated, actionProposed, elsewhere, given, idOf, NETWORK, type Fact } from '#testkit';
import { action, type ActionEvent } from '../action/index.ts';
import { network } from '../network/state.ts';
import { organisation } from '../organisation/state.ts';
import { adopt, noteAdoptionRefused, publish, revise, withdraw } from './decide.ts';
import type { PracticeEvent } from './events.ts';
import { practice } from './state.ts';

const [ABDIJ, E1, E2, MECHELEN, ROOT, KERK] = ['abdij', 'e1', 'e2', 'mechelen', 'root', 'kerkfabriek'].map(idOf) as [
  string,
  string,
  string,
  string,
  string,
  string,
];
const words = { title: { nl: 'Opvang in abdij' }, method: { nl: 'Negen kamers' }, context: { nl: 'Een stad' } };
const reason = { text: { nl: 'Verouderd' } };
const home = (id: string) =>
  elsewhere(network, id, {
    type: 'NetworkFounded',
    data: { kind: 'coalition', name: 'Coalitie', regions: [], parent: null },
  });
const kerk = elsewhere(organisation, KERK, {
  type: 'OrganisationRegistered',
  data: { name: 'Kerkfabriek', sector: 'other', units: [], enterpriseNumber: null, umbrellaOf: [] },
});

type Evaluated = Parameters<typeof actionEvaluated>[0];
const evaluated = (id: string, data: Evaluated): Fact<ActionEvent> => ({
  ...actionEvaluated({ learnings: [], ...data }),
  id,
});
const works = evaluated(E1, {
  verdict: 'works',
  learnings: [
    { text: '…', tag: 'abdij', polarity: 'works' },
    { text: 'nog eens', tag: 'abdij', polarity: 'works' },
    { text: '…', tag: 'wachttijd', polarity: 'does-not-work' },
  ],
});
const abdij = (facts: readonly Fact<ActionEvent>[] = [works], of = NETWORK, data: object = {}) =>
  elsewhere(
    action,
    ABDIJ,
    ...[
      actionProposed({ title: { nl: 'Abdij' }, kind: 'exploratory', ...data }),
      { type: 'ActionApproved', data: { decision: idOf('d1') } } as Fact<ActionEvent>,
      { type: 'ActionStarted', data: {} } as Fact<ActionEvent>,
      ...facts,
    ].map((fact) => ({ ...fact, meta: { ...fact.meta, network: of } })),
  );

const described = { ...words, conditions: null, evaluation: E1, tags: ['abdij'] };
const published: PracticeEvent = { type: 'PracticePublished', data: { ...described, version: 1, action: ABDIJ } };
const revised: PracticeEvent = {
  type: 'PracticeRevised',
  data: { ...described, version: 2, conditions: { nl: 'De stad tekent' } },
};
const withdrawn: PracticeEvent = { type: 'PracticeWithdrawn', data: {} };

describe('a practice is published', () => {
  const command = { network: NETWORK, action: ABDIJ, ...words, evaluation: E1 };

  it('from an action of which the latest evaluation says that it works, with what it says works', () =>
    given(practice, home(NETWORK), abdij()).when(publish, command).then(published));

  it.each(['works-partly', 'does-not-work', 'too-early', 'not-evaluable'] as const)('not when it says: %s', (verdict) =>
    given(practice, home(NETWORK), abdij([works, evaluated(E2, { verdict })]))
      .when(publish, { ...command, evaluation: E2 })
      .rejects('verdict-not-works', { verdict }),
  );

  it('not on an evaluation that was overtaken, nor without one', () => {
    given(practice, home(NETWORK), abdij([works, evaluated(E2, { verdict: 'works' })]))
      .when(publish, command)
      .rejects('basis-unknown', { kind: 'evaluation', ref: E1 });
    given(practice, home(NETWORK), abdij([])).when(publish, command).rejects('no-evaluation');
  });

  it('from an action of the network itself, which runs', () => {
    given(practice, home(NETWORK), abdij([works], MECHELEN))
      .when(publish, command)
      .rejects('unknown-reference', { member: 'action', id: ABDIJ });
    given(practice, home(NETWORK)).when(publish, command).rejects('unknown-reference');
    given(practice, abdij()).when(publish, command).rejects('unknown-reference', { member: 'network', id: NETWORK });
  });

  it('once', () => given(practice, home(NETWORK), abdij(), published).when(publish, command).thenNothing());
});

describe('a published practice', () => {
  it('is revised: the next version, as a whole', () =>
    given(practice, abdij(), published)
      .when(revise, { conditions: { nl: 'De stad tekent' } })
      .then(revised));

  it('is revised on an evaluation that says that it works still', () => {
    const again = evaluated(E2, { verdict: 'works', learnings: [{ text: '…', tag: 'kerk', polarity: 'works' }] });
    given(practice, abdij([works, again]), published)
      .when(revise, { evaluation: E2 })
      .then({ type: 'PracticeRevised', data: { ...described, version: 2, evaluation: E2, tags: ['kerk'] } });
    given(practice, abdij([works, evaluated(E2, { verdict: 'does-not-work' })]), published)
      .when(revise, { evaluation: E2 })
      .rejects('verdict-not-works');
  });

  it('may be worded otherwise when it works no more', () =>
    given(practice, abdij([works, evaluated(E2, { verdict: 'does-not-work' })]), published)
      .when(revise, { conditions: { nl: 'De stad tekent' } })
      .then(revised));

  it('becomes something else than it was', () =>
    given(practice, abdij(), published).when(revise, { title: words.title }).rejects('nothing-changed'));

  it('is withdrawn with a reason, once', () => {
    given(practice, published).when(withdraw, { reason }).then(withdrawn);
    given(practice, published)
      .when(withdraw, {} as never)
      .rejects('reason-required');
    given(practice, published, withdrawn).when(withdraw, { reason }).thenNothing();
  });
});

describe('a practice is adopted', () => {
  const command = { network: MECHELEN, adaptations: 'Vier kamers', regions: ['12025'] };
  const adopted = {
    network: MECHELEN,
    practiceVersion: 1,
    adaptations: 'Vier kamers',
    regions: ['12025'],
    partners: [],
    action: ABDIJ,
    actionNetwork: NETWORK,
    actionKind: 'exploratory',
    root: ABDIJ,
    generation: 1,
    planVersion: 1,
    evaluation: E1,
    title: words.title,
    targetGroup: '17-25 jaar',
    intendedChange: 'Een stabiele thuis',
    horizon: 'medium',
    plan: { text: 'Samen huren' },
    carried: { method: 'Negen kamers', indicators: [], learnings: [] },
  };

  it('by a network, with what it makes different, from the action and the version as they are', () => {
    given(practice, home(MECHELEN), abdij(), published)
      .when(adopt, command)
      .then({ type: 'PracticeAdopted', data: adopted });
    given(practice, home(MECHELEN), kerk, abdij(), published, revised)
      .when(adopt, { ...command, targetGroup: '18+', partners: [{ organisation: KERK }], leadHint: 'Het OCMW' })
      .then({
        type: 'PracticeAdopted',
        data: {
          ...adopted,
          practiceVersion: 2,
          targetGroup: '18+',
          partners: [{ organisation: KERK }],
          leadHint: 'Het OCMW',
        },
      });
  });

  it('a generation further than its action, in the same line (BRD-3)', () => {
    const derivedFrom = {
      action: ROOT,
      network: MECHELEN,
      root: ROOT,
      planVersion: 1,
      evaluation: E2,
      kind: 'region',
      generation: 2,
      carried: { indicators: [], learnings: [] },
    };
    given(practice, home(MECHELEN), abdij([works], NETWORK, { derivedFrom }), published)
      .when(adopt, command)
      .then({ type: 'PracticeAdopted', data: { ...adopted, root: ROOT, generation: 3 } });
  });

  it('by a network that runs, with partners that are there', () => {
    given(practice, abdij(), published)
      .when(adopt, command)
      .rejects('unknown-reference', { member: 'network', id: MECHELEN });
    given(practice, home(MECHELEN), abdij(), published)
      .when(adopt, { ...command, partners: [{ organisation: KERK }] })
      .rejects('unknown-reference', { member: 'partners', id: KERK });
  });

  it('while it is published', () => {
    given(practice, home(MECHELEN), abdij(), published, withdrawn)
      .when(adopt, command)
      .rejects('invalid-state', { status: 'withdrawn' });
    given(practice, home(MECHELEN)).when(adopt, command).rejects('invalid-state', { status: 'none' });
  });

  it('and says so where the proposal was refused', () => {
    const data = { adoption: idOf('adoption'), network: MECHELEN, code: 'unknown-reference' };
    for (const facts of [[published], [published, withdrawn]])
      given(practice, ...facts)
        .when(noteAdoptionRefused, data)
        .then({ type: 'PracticeAdoptionRefused', data });
    given(practice).when(noteAdoptionRefused, data).rejects('invalid-state');
  });
});

it.each([
  ['revised', revise, { title: { nl: 'Anders' } }],
  ['withdrawn', withdraw, { reason }],
] as const)('what is not published is not %s', (_what, decide, command) => {
  given(practice)
    .when(decide as typeof revise, command)
    .rejects('invalid-state', { status: 'none' });
});

it('what is withdrawn is revised no more', () =>
  given(practice, abdij(), published, withdrawn)
    .when(revise, { title: { nl: 'Anders' } })
    .rejects('invalid-state', { status: 'withdrawn' }));
