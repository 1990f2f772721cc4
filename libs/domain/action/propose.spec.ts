import { elsewhere, given, idOf, NETWORK } from '#testkit';
import { session } from '../session/state.ts';
import type { ProposeAction } from './commands.ts';
import {
  ANKE,
  approved,
  BEA,
  child,
  FOREIGN_GROUP,
  in_,
  LEUVEN,
  LIES,
  MO,
  on,
  OTHER,
  OWN,
  PREVENTIE,
  proposal,
  proposed,
  THIRD,
  UNKNOWN,
  WONEN,
  world,
} from './harness.ts';
import { propose, revise, withdraw } from './propose.ts';
import { action } from './state.ts';

const { budgetCents, kind, ...required } = proposal;
const body = { network: NETWORK, ...required, group: WONEN };
const reason = { text: { nl: 'Het kan niet meer.' } };
const SESSION = idOf('sessie');

describe('an action is proposed', () => {
  const proposing = (more: Partial<ProposeAction> = {}, ...others: Parameters<typeof elsewhere>[]) =>
    given(action, ...world(), ...others.map((other) => elsewhere(...other))).when(propose, { ...body, ...more });

  it('in a group of the network, for objectives of its agenda', () =>
    proposing({ budgetCents, kind }).then({ type: 'ActionProposed', data: proposal }));

  it('without a budget, as a regular action, unless it says so', () =>
    proposing().then({ type: 'ActionProposed', data: { ...proposal, budgetCents: null, kind: 'regular' } }));

  it('in a network that runs', () =>
    proposing({ network: UNKNOWN }).rejects('unknown-reference', { member: 'network', id: UNKNOWN }));

  it.each([UNKNOWN, FOREIGN_GROUP])('not in a group of elsewhere', (group) =>
    proposing({ group }).rejects('unknown-reference', { member: 'group', id: group }),
  );

  it.each(['O6', 'O9'])('not for an objective that the common agenda does not hold: %s', (objective) =>
    proposing({ objectives: ['O5', objective] }).rejects('objective-not-in-agenda', { objective }),
  );

  it('with partners that are known', () =>
    proposing({ partners: [{ organisation: UNKNOWN }] }).rejects('unknown-reference', {
      member: 'partners',
      id: UNKNOWN,
    }));

  it('with a plan that ends after it begins', () =>
    proposing({ plan: { text: 'Plan', from: '2021-01-01', until: '2020-01-01' } }).rejects('period-reversed'));

  it('as a part of another one, in a tree of at most three levels', () => {
    proposing({ partOf: OTHER }, [action, OTHER, proposed({ partOf: THIRD })], [action, THIRD, proposed()]).then({
      type: 'ActionProposed',
      data: { ...proposal, budgetCents: null, partOf: OTHER },
    });
    proposing(
      { partOf: OTHER },
      [action, OTHER, proposed({ partOf: THIRD })],
      [action, THIRD, proposed({ partOf: OWN })],
      [action, OWN, proposed()],
    ).rejects('tree-too-deep', { most: 3 });
  });

  it('not as a part of an action of another network', () => {
    const foreign = { ...proposed(), meta: { network: LEUVEN } };
    proposing({ partOf: OTHER }, [action, OTHER, foreign]).rejects('unknown-reference', {
      member: 'partOf',
      id: OTHER,
    });
  });

  it('inspired by actions that there are, anywhere', () => {
    const foreign = { ...proposed(), meta: { network: LEUVEN } };
    proposing({ inspiredBy: [OTHER] }, [action, OTHER, foreign]).then({
      type: 'ActionProposed',
      data: { ...proposal, budgetCents: null, inspiredBy: [OTHER] },
    });
    proposing({ inspiredBy: [OTHER] }).rejects('unknown-reference', { member: 'inspiredBy', id: OTHER });
  });

  it('inspired by sessions of its network, or at which its network was (A16)', () => {
    const held = (networks: readonly string[], home: string) =>
      [
        session,
        SESSION,
        {
          type: 'SessionHeld',
          data: {
            kind: 'learning-network',
            title: 'Gedeelde meting',
            topic: 'shared-measurement',
            organisations: [],
            networks,
            participants: 24,
            confidentiality: 'open',
          },
          meta: { network: home },
        },
      ] as Parameters<typeof elsewhere>;
    const inspired = { inspiredBySessions: [SESSION] };
    const event = { type: 'ActionProposed', data: { ...proposal, budgetCents: null, ...inspired } };
    proposing(inspired, held([], NETWORK)).then(event);
    proposing(inspired, held([NETWORK], LEUVEN)).then(event);
    const unknown = { member: 'inspiredBySessions', id: SESSION };
    proposing(inspired, held([], LEUVEN)).rejects('unknown-reference', unknown);
    proposing(inspired).rejects('unknown-reference', unknown);
  });

  it.each(['declined', 'withdrawn'] as const)('anew, when it was %s', (status) =>
    proposing({ resubmissionOf: OTHER }, [action, OTHER, ...in_[status]]).then({
      type: 'ActionProposed',
      data: { ...proposal, budgetCents: null, resubmissionOf: OTHER },
    }),
  );

  it('not anew when it was of another network', () => {
    const foreign = in_.declined.map((fact) => ({ ...fact, meta: { ...fact.meta, network: LEUVEN } }));
    proposing({ resubmissionOf: OTHER }, [action, OTHER, ...foreign]).rejects('unknown-reference');
    proposing({ resubmissionOf: OTHER }).rejects('unknown-reference', { member: 'resubmissionOf', id: OTHER });
  });

  it.each(['proposed', 'active', 'closed'] as const)('not anew while it is %s', (status) =>
    proposing({ resubmissionOf: OTHER }, [action, OTHER, ...in_[status]]).rejects('not-resubmittable', {
      action: OTHER,
      status,
    }),
  );
});

describe('a proposal is revised', () => {
  const asLies = on('2020-06-12', LIES, 'lead');

  it('field by field, as the next version', () =>
    given(action, ...world(), proposed())
      .when(revise, { targetGroup: '17-26', budgetCents: null, objectives: ['O5'] }, asLies)
      .then({
        type: 'ProposalRevised',
        data: {
          version: 2,
          changes: {
            targetGroup: { from: proposal.targetGroup, to: '17-26' },
            budgetCents: { from: 6_000_000, to: null },
          },
        },
      }));

  it('to something else than it was', () =>
    given(action, ...world(), proposed())
      .when(revise, { objectives: ['O5'], plan: { text: 'Twintig woningen' } }, asLies)
      .rejects('nothing-changed'));

  it('within the network and its agenda', () => {
    given(action, ...world(), proposed())
      .when(revise, { group: FOREIGN_GROUP }, asLies)
      .rejects('unknown-reference');
    given(action, ...world(), proposed())
      .when(revise, { objectives: ['O6'] }, asLies)
      .rejects('objective-not-in-agenda');
  });

  it('by its proposer and by its lead, not by the back office', () => {
    given(action, ...world(), proposed({ group: PREVENTIE }))
      .when(revise, { horizon: 'long' }, asLies)
      .then({
        type: 'ProposalRevised',
        data: { version: 2, changes: { horizon: { from: 'medium', to: 'long' } } },
      });
    given(action, ...world(), proposed())
      .when(revise, { horizon: 'long' }, on('2020-06-12', ANKE))
      .rejects('forbidden', { role: 'back-office', allowed: ['proposer', 'lead'] });
  });

  it('by the back office while a broadened child lacks group or objective (BRD-2)', () => {
    given(action, ...world(), child())
      .when(revise, { group: WONEN, objectives: ['O4'] }, on('2020-06-12', ANKE))
      .then({
        type: 'ProposalRevised',
        data: { version: 2, changes: { group: { from: null, to: WONEN }, objectives: { from: [], to: ['O4'] } } },
      });
    given(action, ...world(), child({ group: WONEN, objectives: ['O4'] }))
      .when(revise, { horizon: 'long' }, on('2020-06-12', ANKE))
      .rejects('forbidden');
  });
});

describe('a proposal is withdrawn', () => {
  it.each([
    ['its proposer', LIES, 'lead'],
    ['its proposer in another role', LIES, 'back-office'],
  ])('by %s', (_, subject, role) =>
    given(action, ...world(), proposed({ group: PREVENTIE }))
      .when(withdraw, { reason }, on('2020-06-12', subject, role))
      .then({ type: 'ActionWithdrawn', data: {} }),
  );

  it('by the lead, also when it is approved', () =>
    given(action, ...world(), { ...proposed(), meta: { actor: { subject: MO, role: 'member' } } }, approved)
      .when(withdraw, { reason }, on('2020-07-12', LIES, 'lead'))
      .then({ type: 'ActionWithdrawn', data: {} }));

  it('not by the back office', () =>
    given(action, ...world(), proposed())
      .when(withdraw, { reason }, on('2020-06-12', BEA))
      .rejects('forbidden'));

  it('by the back office of the network that received it', () =>
    given(action, ...world(), child())
      .when(withdraw, { reason }, on('2020-06-12', BEA))
      .then({ type: 'ActionWithdrawn', data: {} }));
});
