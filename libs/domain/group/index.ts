import { ref } from '../examples.ts';
import { acts, commands, creates } from '../registry.ts';
import {
  AddGroupMember,
  AssignGroupLead,
  EndGroup,
  FoundGroup,
  MergeGroup,
  ReleaseGroupLead,
  RemoveGroupMember,
  RenameGroup,
  SetCadence,
  SetDecisionRule,
} from './commands.ts';
import {
  addMember,
  assignLead,
  end,
  found,
  merge,
  releaseLead,
  removeMember,
  rename,
  setCadence,
  setDecisionRule,
} from './decide.ts';
import { group, touched } from './state.ts';

export const groupCommands = commands(
  group,
  {
    collection: 'groups',
    networkOf: ({ network }, group) => (group.status === 'none' ? (network ?? null) : group.network),
    touched,
  },
  {
    create: creates({
      type: FoundGroup,
      decide: found,
      who: ['back-office'],
      summary: 'Found a group: an action group, a steering group, the collective that decides.',
      example: { network: ref('network'), name: 'Wonen', kind: 'action-group' },
    }),
    rename: acts({
      type: RenameGroup,
      decide: rename,
      who: ['back-office'],
      summary: 'Give the group another name.',
      example: { name: 'Wonen en buurt' },
    }),
    merge: acts({
      type: MergeGroup,
      decide: merge,
      who: ['back-office'],
      summary: 'End the group; another one takes over.',
      example: { into: ref('group') },
    }),
    end: acts({ type: EndGroup, decide: end, who: ['back-office'], summary: 'End the group.', example: {} }),
    'add-member': acts({
      type: AddGroupMember,
      decide: addMember,
      who: ['back-office'],
      summary: 'Give an organisation a place in the group.',
      example: { organisation: ref('organisation') },
    }),
    'remove-member': acts({
      type: RemoveGroupMember,
      decide: removeMember,
      who: ['back-office'],
      summary: 'End the place of an organisation in the group.',
      example: { organisation: ref('organisation') },
    }),
    'assign-lead': acts({
      type: AssignGroupLead,
      decide: assignLead,
      who: ['back-office'],
      summary: 'Give the group its lead (trekker).',
      example: { lead: ref('person') },
    }),
    'release-lead': acts({
      type: ReleaseGroupLead,
      decide: releaseLead,
      who: ['back-office'],
      summary: "End the lead's term.",
      example: { handOver: 'De afspraken met de huisvestingsmaatschappij lopen tot juni.' },
    }),
    'set-cadence': acts({
      type: SetCadence,
      decide: setCadence,
      who: ['back-office'],
      summary: 'Say how often a year the group meets.',
      example: { timesPerYear: 3 },
    }),
    'set-decision-rule': acts({
      type: SetDecisionRule,
      decide: setDecisionRule,
      who: ['back-office'],
      summary: 'Make the group a body that decides: its seats, its quorum and its rule.',
      example: { quorum: 1, rule: 'consent', seats: [{ organisation: ref('organisation') }] },
    }),
  },
);

export * from './commands.ts';
export * from './decide.ts';
export type * from './events.ts';
export * from './state.ts';
