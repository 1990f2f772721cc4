import type { Aggregate, Instant, Recorded } from '#kernel';
import type { DecisionRule, GroupKind } from '../codes.ts';
import { isThatDay, noted, touches, type Since } from '../order.ts';
import type { GroupEvent, Seat } from './events.ts';

export interface BodyRule {
  /** Seats that must be present. */
  readonly quorum: number;
  readonly rule: DecisionRule;
  readonly seats: readonly Seat[];
}

interface DatedRule extends BodyRule {
  readonly from: Instant;
}

export type Group =
  | { readonly status: 'none' }
  | {
      readonly status: 'running' | 'ended';
      readonly network: string;
      readonly name: string;
      readonly kind: GroupKind;
      readonly lead?: string;
      /** Organisations. */
      readonly members: readonly string[];
      readonly timesPerYear: number | null;
      /** Oldest first. */
      readonly rules: readonly DatedRule[];
      readonly since: Since;
    };

export const group: Aggregate<Group, GroupEvent> = { name: 'group', initial: { status: 'none' }, evolve };

const member = ({ organisation }: { readonly organisation: string }): readonly string[] => [`member/${organisation}`];

export const touched = touches<GroupEvent>({
  GroupRenamed: () => ['name'],
  GroupMemberAdded: member,
  GroupMemberRemoved: member,
  GroupLeadAssigned: () => ['lead'],
  GroupLeadReleased: () => ['lead'],
  CadenceSet: () => ['timesPerYear'],
  DecisionRuleSet: () => ['rule'],
});

function evolve(group: Group, event: Recorded<GroupEvent>): Group {
  const next = after(group, event);
  return next.status === 'none' ? next : { ...next, since: noted(next.since, touched(event), event.meta.occurredAt) };
}

function after(group: Group, event: Recorded<GroupEvent>): Group {
  if (event.type === 'GroupFounded')
    return {
      status: 'running',
      network: event.meta.network ?? '',
      name: event.data.name,
      kind: event.data.kind,
      members: [],
      timesPerYear: null,
      rules: [],
      since: {},
    };
  if (group.status === 'none') return group;
  switch (event.type) {
    case 'GroupRenamed':
      return { ...group, name: event.data.name };
    case 'GroupsMerged':
    case 'GroupEnded':
      return { ...group, status: 'ended' };
    case 'GroupMemberAdded':
      return group.members.includes(event.data.organisation)
        ? group
        : { ...group, members: [...group.members, event.data.organisation] };
    case 'GroupMemberRemoved':
      return { ...group, members: group.members.filter((member) => member !== event.data.organisation) };
    case 'GroupLeadAssigned':
      return { ...group, lead: event.data.lead };
    case 'GroupLeadReleased': {
      const { lead: _released, ...rest } = group;
      return rest;
    }
    case 'CadenceSet':
      return { ...group, timesPerYear: event.data.timesPerYear };
    case 'DecisionRuleSet':
      return { ...group, rules: [...group.rules, { ...event.data, from: event.meta.occurredAt }] };
    default:
      event satisfies never;
      return group;
  }
}

/** DEC-2: the rule that a body had at that moment; a date has the precision of a day. */
export const ruleAt = ({ rules }: { readonly rules: readonly DatedRule[] }, at: Instant): BodyRule | undefined =>
  rules.findLast(({ from }) => from <= at || isThatDay(at, from));
