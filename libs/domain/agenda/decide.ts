import { isRejected, nothing, type DecisionContext } from '#kernel';
import { action } from '../action/state.ts';
import { authority, notBefore } from '../authority.ts';
import type { TheoryNodeKind } from '../codes.ts';
import { approves } from '../decision/state.ts';
import { evidence } from '../evidence/state.ts';
import { indicator } from '../indicator/state.ts';
import { isPartOf, network } from '../network/state.ts';
import { reject, unknown, type Decide, type Rejection } from '../rejections.ts';
import type {
  AddObjective,
  AdoptAgendaVersion,
  DraftAgenda,
  DraftTheoryOfChange,
  EndObjective,
  RedraftAgenda,
  RewordObjective,
  TheoryNodeGiven,
} from './commands.ts';
import type { AgendaEvent, TheoryEdge } from './events.ts';
import type { Agenda } from './state.ts';

type Decider<C> = Decide<C, Agenda, AgendaEvent>;
const noAgenda = reject('invalid-state', { status: 'none' });

export const draft: Decider<DraftAgenda> = ({ network: id, ambition, problemStatement }, agenda, { look }) => {
  if (agenda.status !== 'none') return reject('already-exists', { network: id });
  if (look(network, id).status !== 'running') return unknown('network', id);
  return { type: 'AgendaDrafted', data: { ambition, problemStatement } };
};

export const redraft: Decider<RedraftAgenda> = ({ ambition, problemStatement }, agenda) =>
  agenda.status === 'none' ? noAgenda : { type: 'AgendaDrafted', data: { ambition, problemStatement } };

/** A code is never used again, so that the history of an objective is the history of its code. */
export const addObjective: Decider<AddObjective> = ({ code, text }, agenda) => {
  if (agenda.status === 'none') return noAgenda;
  if (agenda.used.includes(code)) return reject('objective-exists', { objective: code });
  return { type: 'ObjectiveAdded', data: { code, text } };
};

export const rewordObjective: Decider<RewordObjective> = ({ code, text }, agenda) => {
  if (agenda.status === 'none') return noAgenda;
  if (!agenda.draft.includes(code)) return reject('objective-not-in-agenda', { objective: code });
  return { type: 'ObjectiveReworded', data: { code, text } };
};

export const endObjective: Decider<EndObjective> = ({ code }, agenda) => {
  if (agenda.status === 'none') return noAgenda;
  if (agenda.draft.includes(code)) return { type: 'ObjectiveEnded', data: { code } };
  return agenda.used.includes(code) ? nothing : reject('objective-not-in-agenda', { objective: code });
};

type Look = DecisionContext['look'];
type Objection = Rejection | undefined;
type Known = Exclude<Agenda, { readonly status: 'none' }>;

/** Replaces the former draft; it becomes the network's with the version that is adopted next. */
export const draftTheory: Decider<DraftTheoryOfChange> = ({ nodes, edges }, agenda, { look }) => {
  if (agenda.status === 'none') return noAgenda;
  const codes = nodes.map(({ code }) => code);
  const strange = edges.flatMap(({ from, to }) => [from, to]).find((code) => !codes.includes(code));
  const objection =
    first(nodes, (node) => unfitRef(node, agenda, look)) ??
    (strange === undefined ? undefined : unknown('edges', strange)) ??
    first(edges, (edge) => unknownEvidence(edge, agenda, look));
  if (objection !== undefined) return objection;
  const circle = circleIn(codes, edges);
  if (circle.length > 0) return reject('theory-cycle', { nodes: circle });
  return { type: 'TheoryOfChangeDrafted', data: { version: agenda.version + 1, nodes, edges } };
};

function first<T>(all: readonly T[], objectTo: (one: T) => Objection): Objection {
  for (const one of all) {
    const objection = objectTo(one);
    if (objection !== undefined) return objection;
  }
  return undefined;
}

const MEASURABLE: readonly TheoryNodeKind[] = ['output', 'outcome', 'impact'];

/** An objective is one of the draft, an action one of the network, an indicator one of it or of a network above it. */
function unfitRef({ kind, ref }: TheoryNodeGiven, { draft, network }: Known, look: Look): Objection {
  if (ref === undefined) return undefined;
  if (kind === 'objective')
    return draft.includes(ref) ? undefined : reject('objective-not-in-agenda', { objective: ref });
  const isFit =
    (kind === 'action' && isActionOf(network, ref, look)) ||
    (MEASURABLE.includes(kind) && isIndicatorOf(network, ref, look));
  return isFit ? undefined : unknown('nodes', ref);
}

function isActionOf(network: string, id: string, look: Look): boolean {
  const found = look(action, id);
  return found.status !== 'none' && found.network === network;
}

function isIndicatorOf(network: string, id: string, look: Look): boolean {
  const found = look(indicator, id);
  return found.status !== 'none' && isPartOf(network, found.network, look);
}

function unknownEvidence({ evidence: ids = [] }: TheoryEdge, { network }: Known, look: Look): Objection {
  const stranger = ids.find((id) => {
    const found = look(evidence, id);
    return found.status === 'none' || found.network !== network;
  });
  return stranger === undefined ? undefined : unknown('edges', stranger);
}

/** The nodes that are left when what nothing left contributes to is taken away, again and again. */
function circleIn(codes: readonly string[], edges: readonly TheoryEdge[]): readonly string[] {
  const left = codes.filter((code) => edges.some(({ from, to }) => to === code && codes.includes(from)));
  return left.length === codes.length ? left : circleIn(left, edges);
}

/** A decision adopts one version: what is drafted after it needs another one. */
export const adopt: Decider<AdoptAgendaVersion> = ({ decisionRef }, agenda, { look, id, occurredAt }) => {
  if (agenda.status === 'none') return noAgenda;
  if (!agenda.changed) return reject('nothing-to-adopt');
  const decision = authority(look, decisionRef, { kind: 'agenda', id, network: agenda.network });
  if (isRejected(decision)) return decision;
  if (!approves(decision.outcome)) return reject('wrong-outcome', { outcome: decision.outcome });
  if (agenda.adoptedBy.includes(decisionRef!))
    return reject('decision-not-about-this', { decision: decisionRef, version: agenda.version + 1 });
  return {
    type: 'AgendaVersionAdopted',
    data: { version: agenda.version + 1, decision: decisionRef! },
    ...notBefore(decision, occurredAt),
  };
};
