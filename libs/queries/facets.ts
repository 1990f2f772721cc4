import { canonical } from '#kernel';
import type { ActionCard } from '#projections';

/** What people see change on an action: no ids of events, no bookkeeping. */
const facetsOf = (card: ActionCard) => ({
  status: card.status,
  title: card.title,
  group: card.group,
  objectives: card.objectives,
  targetGroup: card.targetGroup,
  regions: card.regions,
  intendedChange: card.intendedChange,
  horizon: card.horizon,
  plan: card.plan,
  planVersion: card.planVersion,
  proposalVersion: card.proposalVersion,
  budgetCents: card.budgetCents,
  partners: card.partners.flatMap(({ organisation, role, until }) => (until === null ? [{ organisation, role }] : [])),
  lead: card.lead,
  approval: card.approval?.decision ?? null,
  openConditions: openConditionsOf(card),
  deferral: card.deferral?.until ?? card.deferral?.missingInformation ?? null,
  startedAt: card.startedAt,
  suspension: card.suspension?.code ?? null,
  expectedUntil: card.suspension?.expectedUntil ?? null,
  suspendedDays: card.suspendedDays,
  closedAt: card.closedAt,
  outcome: card.outcome,
  verdict: card.lastEvaluation?.verdict ?? null,
  nextStep: card.lastEvaluation?.settled === false ? card.lastEvaluation.nextStep : null,
  learnings: card.learnings.map(({ text }) => text),
  obstacles: card.obstacles.map((obstacle) => obstacle.text ?? obstacle.class),
  milestones: card.milestones.map(({ text }) => text),
  contribution: card.contribution?.what ?? null,
  fundingRequests: card.fundingRequests.map(({ purpose }) => purpose),
  evidenceCount: card.evidenceCount,
  broadenings: card.broadenings.flatMap(({ networks }) => networks),
  refusals: card.refusals.map(({ network }) => network),
  links: card.links.map(({ action }) => action),
});
export type Facet = keyof ReturnType<typeof facetsOf>;

export const openConditionsOf = ({ approval }: ActionCard): readonly string[] =>
  approval?.conditions.flatMap(({ code, metAt }) => (metAt === null ? code : [])) ?? [];

export interface Change {
  readonly field: Facet;
  readonly before: unknown;
  readonly after: unknown;
}

/** The facets in which two states of an action differ; an action that was not there has none. */
export function changesBetween(before: ActionCard | undefined, after: ActionCard | undefined): readonly Change[] {
  const [old, made] = [before && facetsOf(before), after && facetsOf(after)];
  return (Object.keys(made ?? old ?? {}) as Facet[]).flatMap((field) => {
    const change = { field, before: old?.[field] ?? null, after: made?.[field] ?? null };
    return isEmpty(change.before) && isEmpty(change.after) ? [] : differ(change) ? [change] : [];
  });
}

const differ = ({ before, after }: Change): boolean => canonical(before) !== canonical(after);
/** Nothing, none, zero and an empty list are the same to a reader. */
const isEmpty = (value: unknown): boolean =>
  value === null || value === 0 || (Array.isArray(value) && value.length === 0);
