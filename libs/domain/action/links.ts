import { nothing, type DecisionContext } from '#kernel';
import { reject, unknown } from '../rejections.ts';
import type { LinkActions, LinkObjective, MoveToGroup, UnlinkObjective } from './commands.ts';
import { isOpen, unknownGroup, wrongState, type Decider } from './guards.ts';
import { foreignObjective } from './propose.ts';
import { action as actionAggregate, type Action } from './state.ts';

export const linkObjective: Decider<LinkObjective> = ({ objective }, action, { look }) => {
  if (!isOpen(action)) return wrongState(action);
  if (action.content.objectives.includes(objective)) return nothing;
  return foreignObjective([objective], action.network, look) ?? { type: 'ObjectiveLinked', data: { objective } };
};

export const unlinkObjective: Decider<UnlinkObjective> = ({ objective }, action) => {
  if (!isOpen(action)) return wrongState(action);
  if (!action.content.objectives.includes(objective)) return nothing;
  if (action.content.objectives.length === 1) return reject('last-objective', { objective });
  return { type: 'ObjectiveUnlinked', data: { objective } };
};

export const linkActions: Decider<LinkActions> = ({ kind, action: other }, action, { look, id }) => {
  if (!isOpen(action)) return wrongState(action);
  if (action.links.some((link) => link.kind === kind && link.action === other)) return nothing;
  const linked = look(actionAggregate, other);
  if (other === id || linked.status === 'none' || linked.network !== action.network) return unknown('action', other);
  if (kind === 'replaces' && comesFrom(other, id, look)) return reject('provenance-cycle', { action: other });
  return { type: 'ActionsLinked', data: { kind, action: other } };
};

export const moveToGroup: Decider<MoveToGroup> = ({ group }, action, { look }) => {
  if (!isOpen(action)) return wrongState(action);
  if (action.content.group === group) return nothing;
  return unknownGroup(look, 'group', group, action.network) ?? { type: 'MovedToGroup', data: { group } };
};

/** ACT-7: whether an action comes, over any number of steps, from another. */
function comesFrom(descendant: string, ancestor: string, look: DecisionContext['look']): boolean {
  const seen = new Set([descendant]);
  // A set that grows while it is walked: each action once.
  for (const id of seen) for (const origin of originsOf(look(actionAggregate, id))) seen.add(origin);
  return seen.has(ancestor);
}

/** What an action was derived from, proposes anew or replaces. */
function originsOf(action: Action): readonly string[] {
  if (action.status === 'none') return [];
  const replaced = action.links.filter(({ kind }) => kind === 'replaces').map((link) => link.action);
  return [action.derivedFrom?.action, action.resubmissionOf, ...replaced].filter((id) => id !== undefined);
}
