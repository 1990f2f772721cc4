import { decided, elsewhere, NETWORK, type Fact } from '#testkit';
import { dayStart, uuidv5, type Day } from '#kernel';
import { agenda } from '../agenda/state.ts';
import { decision } from '../decision/state.ts';
import type { DecisionEvent } from '../decision/events.ts';
import { group } from '../group/state.ts';
import { network } from '../network/state.ts';
import type { Policy } from '../network/policy.ts';
import { organisation } from '../organisation/state.ts';
import { person } from '../person/state.ts';
import type { Role } from '../codes.ts';
import type { ActionEvent } from './events.ts';
import type { ActionStatus } from './state.ts';

/* The network in which the specs of actions take place, and an action in each of its states. */

const id = (name: string): string => uuidv5('spec', name);
/** The back office: two persons. Lies is the lead of the group, and in the back office for the youth-care organisation. */
export const [ANKE, BEA, LIES, MO] = [id('anke'), id('bea'), id('lies'), id('mo')];
export const [YOUTH, HOUSING, WELFARE] = [id('youth'), id('housing'), id('welfare')];
export const [WONEN, PREVENTIE, FOREIGN_GROUP] = [id('wonen'), id('preventie'), id('foreign group')];
export const [LEUVEN, GENT] = [id('leuven'), id('gent')];
/** Decisions: D1 approves the proposal; D2 serves whatever comes later. */
export const [D1, D2, UNKNOWN] = [id('d1'), id('d2'), id('unknown')];
export const OWN = uuidv5('testkit', 'own', 'action');
export const [OTHER, THIRD] = [id('other action'), id('third action')];
export const EVALUATION = id('evaluation');
export const OBSTACLE = id('obstacle');

/** A command of that day, in the morning. */
export const on = (day: Day, subject: string = ANKE, role: string = 'back-office', organisation?: string) => ({
  occurredAt: dayStart(day),
  now: `${day}T09:00:00.000Z`,
  actor: { subject, role, ...(organisation !== undefined && { organisation }) },
});

const at = (day: Day, subject: string = ANKE, role: string = 'back-office'): Pick<Fact, 'meta'> => ({
  meta: { occurredAt: dayStart(day), recordedAt: dayStart(day), actor: { subject, role } },
});

const founded = (of: string, regions: readonly string[], policy: Partial<Policy>) =>
  elsewhere(
    network,
    of,
    {
      type: 'NetworkFounded',
      data: { kind: 'coalition', name: 'Coalitie', regions, parent: null },
      ...at('2019-01-01'),
    },
    { type: 'PolicySet', data: { policy }, ...at('2019-01-01') },
  );

const known = (subject: string, ...roles: readonly (readonly [Role, string?])[]) =>
  elsewhere(
    person,
    subject,
    { type: 'PersonRegistered', data: {} },
    ...roles.map(([role, organisation]) => ({
      type: 'RoleGiven' as const,
      data: { role, network: NETWORK, ...(organisation !== undefined && { organisation }) },
    })),
  );

const registered = (one: string) =>
  elsewhere(organisation, one, {
    type: 'OrganisationRegistered',
    data: { name: 'Organisatie', sector: 'welfare', units: [], enterpriseNumber: null, umbrellaOf: [] },
  });

const carrier = (of: string, home: string, lead?: string) =>
  elsewhere(
    group,
    of,
    { type: 'GroupFounded', data: { name: 'Groep', kind: 'action-group' }, meta: { network: home } },
    ...(lead === undefined ? [] : [{ type: 'GroupLeadAssigned' as const, data: { lead } }]),
  );

/** The network, its people, groups, organisations and agenda; objectives O4 and O5 are adopted, O6 is only drafted. */
export const world = (policy: Partial<Policy> = {}) => [
  founded(NETWORK, ['11002'], policy),
  founded(LEUVEN, ['24062'], {}),
  founded(GENT, ['44021'], {}),
  known(ANKE, ['back-office', WELFARE]),
  known(BEA, ['back-office']),
  known(LIES, ['back-office', YOUTH]),
  known(MO, ['member', HOUSING]),
  registered(YOUTH),
  registered(HOUSING),
  registered(WELFARE),
  carrier(WONEN, NETWORK, LIES),
  carrier(PREVENTIE, NETWORK),
  carrier(FOREIGN_GROUP, LEUVEN),
  elsewhere(
    agenda,
    NETWORK,
    { type: 'AgendaDrafted', data: { ambition: { nl: 'Thuis' }, problemStatement: { nl: 'Dakloos' } } },
    { type: 'ObjectiveAdded', data: { code: 'O4', text: { nl: 'Uithuiszetting vermijden' } } },
    { type: 'ObjectiveAdded', data: { code: 'O5', text: { nl: 'Stabiel wonen' } } },
    { type: 'AgendaVersionAdopted', data: { version: 1, decision: id('agenda decision') } },
    { type: 'ObjectiveAdded', data: { code: 'O6', text: { nl: 'Later' } } },
  ),
];

type Said = Partial<Extract<DecisionEvent, { type: 'DecisionRecorded' }>['data']>;

/** A decision about the action, recorded by Bea, who did not propose it. */
export const decisionOf = (ref: string, day: Day, said: Said = {}, recordedBy: string = BEA) =>
  elsewhere(
    decision,
    ref,
    decided(
      day,
      { subjects: [{ kind: 'action', id: OWN, proposalVersion: 1 }], ...said },
      { actor: { subject: recordedBy, role: 'secretary' } },
    ),
  );

export type Proposed = Extract<ActionEvent, { type: 'ActionProposed' }>['data'];

export const proposal: Proposed = {
  title: { nl: 'Wonen met begeleiding' },
  group: WONEN,
  objectives: ['O5'],
  targetGroup: 'Thuisloze jongeren van 17 tot 25',
  regions: ['11002'],
  intendedChange: 'Zij wonen stabiel.',
  horizon: 'medium',
  plan: { text: 'Twintig woningen' },
  budgetCents: 6_000_000,
  kind: 'regular',
  partners: [{ organisation: YOUTH }, { organisation: HOUSING, role: 'Verhuurt' }],
};

/** Proposed by Lies, the lead of the group. */
export const proposed = (data: Partial<Proposed> = {}): Fact<ActionEvent> => ({
  type: 'ActionProposed',
  data: { ...proposal, ...data },
  ...at('2020-06-10', LIES, 'lead'),
});

/** What a broadened child begins with. */
export const child = (data: Partial<Proposed> = {}): Fact<ActionEvent> => ({
  type: 'ActionProposed',
  data: {
    ...proposal,
    group: null,
    objectives: [],
    budgetCents: null,
    derivedFrom: {
      action: OTHER,
      network: LEUVEN,
      root: THIRD,
      planVersion: 2,
      evaluation: EVALUATION,
      kind: 'region',
      generation: 1,
      carried: { indicators: [], learnings: [] },
    },
    ...data,
  },
  ...at('2020-06-10', 'process:broaden', 'process'),
});

export const approved: Fact<ActionEvent> = { type: 'ActionApproved', data: { decision: D1 }, ...at('2020-06-25') };
export const led: Fact<ActionEvent> = { type: 'LeadAssigned', data: { lead: LIES }, ...at('2020-07-01') };
export const started: Fact<ActionEvent> = { type: 'ActionStarted', data: {}, ...at('2020-10-01') };
export const suspended: Fact<ActionEvent> = {
  type: 'ActionSuspended',
  data: { code: 'force-majeure' },
  ...at('2020-11-01'),
};

export type Evaluated = Extract<ActionEvent, { type: 'ActionEvaluated' }>['data'];

export const judgement: Evaluated = {
  kind: 'interim',
  period: { from: '2020-10-01', until: '2021-05-01' },
  method: 'Gesprekken',
  questions: { worked: 'De vaste begeleider' },
  verdict: 'works-partly',
  confidence: 3,
  indicatorSnapshot: [],
  learnings: [],
  voices: [],
  nextStep: 'continue',
  evaluators: [YOUTH, HOUSING],
  planVersion: 1,
};

export const evaluated = (data: Partial<Evaluated> = {}): Fact<ActionEvent> => ({
  type: 'ActionEvaluated',
  id: EVALUATION,
  data: { ...judgement, ...data },
  ...at('2021-05-20', LIES, 'lead'),
});
export const finallyEvaluated = evaluated({
  kind: 'final',
  verdict: 'works',
  learnings: [{ text: 'Een vaste begeleider werkt.', tag: 'vaste-begeleider', polarity: 'works' }],
});
export const adjusted: Fact<ActionEvent> = {
  type: 'ActionAdjusted',
  data: { planVersion: 2, changes: {}, scope: 'minor', basis: { kind: 'evaluation', ref: EVALUATION } },
  ...at('2021-06-01', LIES, 'lead'),
};
export const obstacle: Fact<ActionEvent> = {
  type: 'ObstacleAdded',
  id: OBSTACLE,
  data: { class: 'vision', text: 'Zij zien het anders.', confidential: false },
  ...at('2020-12-01'),
};
export const closed: Fact<ActionEvent> = {
  type: 'ActionClosed',
  data: { outcome: 'achieved', learnings: [] },
  ...at('2022-12-31'),
};

const running = [proposed(), approved, led, started];
/** The facts of an action in each state. */
export const in_: Readonly<Record<ActionStatus, readonly Fact<ActionEvent>[]>> = {
  none: [],
  proposed: [proposed()],
  approved: [proposed(), approved],
  active: running,
  suspended: [...running, suspended],
  closed: [...running, finallyEvaluated, closed],
  declined: [proposed(), { type: 'ActionDeclined', data: { decision: D1 }, ...at('2020-06-25') }],
  withdrawn: [proposed(), { type: 'ActionWithdrawn', data: {}, ...at('2020-06-20', LIES, 'lead') }],
};
