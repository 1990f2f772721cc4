import { canonical, nothing, type DecisionContext, type Json } from '#kernel';
import { agenda } from '../agenda/state.ts';
import { reject, unknown, type Rejection } from '../rejections.ts';
import { session } from '../session/state.ts';
import { openMoney } from './money.ts';
import type { ProposeAction, ReviseProposal, WithdrawAction } from './commands.ts';
import type { Changes, Content, Field } from './events.ts';
import { notRunning, reversed, unknownGroup, unknownOrganisations, wrongState, type Decider } from './guards.ts';
import { action as actionAggregate, leadOf, type Known } from './state.ts';

type Look = DecisionContext['look'];
type Objection = Rejection | undefined;

const FIELDS: readonly Field[] = [
  'title',
  'group',
  'objectives',
  'targetGroup',
  'regions',
  'intendedChange',
  'horizon',
  'plan',
  'budgetCents',
];

export const propose: Decider<ProposeAction> = (command, action, { look }) => {
  if (action.status !== 'none') return nothing;
  const { network, partners, partOf, inspiredBy, inspiredBySessions, resubmissionOf } = command;
  const objection =
    notRunning(look, network) ??
    unfitContent(command, network, look) ??
    unknownOrganisations(
      look,
      'partners',
      partners.map(({ organisation }) => organisation),
    ) ??
    misplacedPart(partOf, network, look) ??
    unknownInspiration(inspiredBy, look) ??
    unknownSession(inspiredBySessions, network, look) ??
    notResubmittable(resubmissionOf, network, look);
  if (objection !== undefined) return objection;
  const { title, group, objectives, targetGroup, regions, intendedChange, horizon, plan } = command;
  return {
    type: 'ActionProposed',
    data: {
      title,
      group,
      objectives,
      targetGroup,
      regions,
      intendedChange,
      horizon,
      plan,
      partners,
      budgetCents: command.budgetCents ?? null,
      kind: command.kind ?? 'regular',
      ...(partOf !== undefined && { partOf }),
      ...(inspiredBy !== undefined && { inspiredBy }),
      ...(inspiredBySessions !== undefined && { inspiredBySessions }),
      ...(resubmissionOf !== undefined && { resubmissionOf }),
    },
  };
};

/** A decision names the version it was about, so each revision is a new one. */
export const revise: Decider<ReviseProposal> = (command, action, context) => {
  if (action.status !== 'proposed') return wrongState(action);
  if (!isIncomplete(action)) {
    const stranger = notTheirs(action, context);
    if (stranger !== undefined) return stranger;
  }
  const changes = changesOf(action.content, command);
  if (Object.keys(changes).length === 0) return reject('nothing-changed');
  return (
    unfitContent(command, action.network, context.look) ?? {
      type: 'ProposalRevised',
      data: { version: action.proposalVersion + 1, changes },
    }
  );
};

export const withdraw: Decider<WithdrawAction> = (_command, action, context) => {
  if (action.status !== 'proposed' && action.status !== 'approved') return wrongState(action);
  const stranger = action.derivedFrom === undefined ? notTheirs(action, context) : undefined;
  return stranger ?? openMoney(action, context, 'money-committed') ?? { type: 'ActionWithdrawn', data: {} };
};

/** A broadened child begins without group and objective (BRD-2), which the network that received it adds. */
export const isIncomplete = ({ derivedFrom, content }: Known): boolean =>
  derivedFrom !== undefined && (content.group === null || content.objectives.length === 0);

/** The back office stands in for the proposer where that was a process, and nowhere else. */
function notTheirs(action: Known, { actor, look }: DecisionContext): Objection {
  const theirs = action.proposedBy === actor.subject || leadOf(action, look) === actor.subject;
  return theirs ? undefined : reject('forbidden', { role: actor.role, allowed: ['proposer', 'lead'] });
}

type Given = { readonly [F in Field]?: Content[F] };

/** Old and new value of each field that the command changes. */
export const changesOf = (content: Content, given: Given): Changes =>
  Object.fromEntries(
    FIELDS.filter((field) => given[field] !== undefined && canonical(given[field]) !== canonical(content[field])).map(
      (field) => [field, { from: content[field] as Json, to: given[field] as Json }],
    ),
  );

/** The group is one of the network's, the objectives are of its common agenda as it is now. */
export function unfitContent({ group, objectives, plan }: Given, network: string, look: Look): Objection {
  return (
    (group === undefined || group === null ? undefined : unknownGroup(look, 'group', group, network)) ??
    (objectives === undefined ? undefined : foreignObjective(objectives, network, look)) ??
    (plan === undefined ? undefined : reversed(plan))
  );
}

export function foreignObjective(objectives: readonly string[], network: string, look: Look): Objection {
  const common = look(agenda, network);
  const adopted = common.status === 'adopted' ? common.objectives : [];
  const objective = objectives.find((code) => !adopted.includes(code));
  return objective === undefined ? undefined : reject('objective-not-in-agenda', { objective });
}

const DEEPEST = 3;

/** A tree of at most three levels within one network. */
function misplacedPart(partOf: string | undefined, network: string, look: Look): Objection {
  let levels = 1;
  for (let above = partOf; above !== undefined; levels++) {
    const whole = look(actionAggregate, above);
    if (whole.status === 'none' || whole.network !== network) return unknown('partOf', above);
    if (levels === DEEPEST) return reject('tree-too-deep', { most: DEEPEST });
    above = whole.partOf;
  }
  return undefined;
}

function unknownInspiration(ids: readonly string[] | undefined, look: Look): Objection {
  const id = ids?.find((id) => look(actionAggregate, id).status === 'none');
  return id === undefined ? undefined : unknown('inspiredBy', id);
}

/** From learning to result (A16): a session inspires where it was held, and those who were there. */
function unknownSession(ids: readonly string[] | undefined, network: string, look: Look): Objection {
  const id = ids?.find((id) => {
    const held = look(session, id);
    return held.status === 'none' || (held.network !== network && !held.networks.includes(network));
  });
  return id === undefined ? undefined : unknown('inspiredBySessions', id);
}

function notResubmittable(id: string | undefined, network: string, look: Look): Objection {
  if (id === undefined) return undefined;
  const former = look(actionAggregate, id);
  if (former.status === 'none' || former.network !== network) return unknown('resubmissionOf', id);
  return former.status === 'declined' || former.status === 'withdrawn'
    ? undefined
    : reject('not-resubmittable', { action: id, status: former.status });
}
