import type { Day } from '#kernel';
import type { GroupKind, Role, Sector } from '#domain';
import { atWork, ref, refs, type Acting, type Step } from './scenario.ts';

/*
 * What every network needs before its story begins, in steps that the scenarios can list in one line each.
 */

/** Bodies without an enterprise number leave it out. */
export const organisation = (
  on: Day,
  name: string,
  title: string,
  sector: Sector,
  more: { readonly number?: string; readonly units?: readonly string[] } = {},
): Step => ({
  on,
  as: 'operator',
  command: 'RegisterOrganisation',
  name,
  body: {
    name: `${title} (demo)`,
    sector,
    ...(more.number !== undefined && { enterpriseNumber: more.number }),
    ...(more.units !== undefined && { units: more.units }),
  },
});

/** A person is named by function only. */
export const person = (on: Day, name: string, title: string): Step => ({
  on,
  as: 'operator',
  command: 'RegisterPerson',
  name,
  body: { name: `${title} (demo)` },
});

export const role = (on: Day, by: Acting, given: Role, to: string, network: string, organisation?: string): Step => ({
  on,
  as: by,
  command: 'GiveRole',
  target: to,
  body: { role: given, network: ref(network), ...(organisation !== undefined && { organisation: ref(organisation) }) },
});

export const member = (
  on: Day,
  by: Acting,
  network: string,
  organisation: string,
  sector: Sector,
  seat: string,
  representsTargetGroup = false,
): Step => ({
  on,
  as: by,
  command: 'JoinNetwork',
  target: network,
  body: { organisation: ref(organisation), sector, seat, ...(representsTargetGroup && { representsTargetGroup }) },
});

export const group = (on: Day, by: Acting, network: string, name: string, title: string, kind: GroupKind): Step => ({
  on,
  as: by,
  command: 'FoundGroup',
  name,
  body: { network: ref(network), name: title, kind },
});

export const groupLead = (on: Day, by: Acting, group: string, lead: string): Step => ({
  on,
  as: by,
  command: 'AssignGroupLead',
  target: group,
  body: { lead: ref(lead) },
});

export const cadence = (on: Day, by: Acting, group: string, timesPerYear: number): Step => ({
  on,
  as: by,
  command: 'SetCadence',
  target: group,
  body: { timesPerYear },
});

/** Makes the group a body that decides; seats by organisation. */
export const decides = (
  on: Day,
  by: Acting,
  group: string,
  quorum: number,
  seats: Readonly<Record<string, number>>,
): Step => ({
  on,
  as: by,
  command: 'SetDecisionRule',
  target: group,
  body: {
    quorum,
    rule: 'consent',
    seats: Object.entries(seats).map(([organisation, seats]) => ({ organisation: ref(organisation), seats })),
  },
});

interface AgendaTexts {
  readonly ambition: string;
  readonly problem: string;
  readonly objectives: Readonly<Record<string, string>>;
}

/** The draft of the common agenda; its adoption is a decision. */
export const agenda = (
  on: Day,
  by: Acting,
  network: string,
  { ambition, problem, objectives }: AgendaTexts,
): Step[] => [
  {
    on,
    as: by,
    command: 'DraftAgenda',
    name: `${network}-agenda`,
    body: { network: ref(network), ambition: { nl: ambition }, problemStatement: { nl: problem } },
  },
  ...Object.entries(objectives).map(([code, text]) => ({
    on,
    as: by,
    command: 'AddObjective',
    target: `${network}-agenda`,
    body: { code, text: { nl: text } },
  })),
];

interface MeetingHeld {
  readonly network: string;
  readonly body: string;
  readonly plannedOn: Day;
  readonly on: Day;
  readonly title: string;
  readonly present?: readonly string[];
  /** Instead of held: why it was cancelled, and when. */
  readonly cancelled?: { readonly on: Day; readonly reason: string };
}

export const meeting = (by: Acting, secretary: Acting, name: string, what: MeetingHeld): Step[] => {
  const planned: Step = {
    on: what.plannedOn,
    as: by,
    command: 'PlanMeeting',
    name,
    body: { network: ref(what.network), body: ref(what.body), startsAt: atWork(what.on), title: what.title },
  };
  const { cancelled, present } = what;
  if (cancelled !== undefined)
    return [
      planned,
      {
        on: cancelled.on,
        as: by,
        command: 'CancelMeeting',
        target: name,
        body: { reason: { text: { nl: cancelled.reason } } },
      },
    ];
  const attended: Step[] =
    present === undefined
      ? []
      : [{ on: what.on, as: secretary, command: 'RecordAttendance', target: name, body: { present: refs(present) } }];
  return [planned, ...attended, { on: what.on, as: secretary, command: 'HoldMeeting', target: name, body: {} }];
};

interface DecisionTaken {
  readonly network: string;
  readonly body: string;
  /** Left out: in writing. */
  readonly meeting?: string;
  readonly present: readonly string[];
  readonly actions?: readonly string[];
  readonly agenda?: string;
  readonly proposal: string;
  readonly rationale: string;
  readonly more?: Readonly<Record<string, unknown>>;
}

export const decision = (on: Day, secretary: Acting, name: string, taken: DecisionTaken): Step => ({
  on,
  as: secretary,
  command: 'RecordDecision',
  name,
  body: {
    network: ref(taken.network),
    body: ref(taken.body),
    ...(taken.meeting === undefined ? { mode: 'written' } : { mode: 'meeting', meeting: ref(taken.meeting) }),
    subjects: [
      ...(taken.actions ?? []).map((action) => ({ kind: 'action', id: ref(action) })),
      ...(taken.agenda === undefined ? [] : [{ kind: 'agenda', id: ref(taken.agenda) }]),
    ],
    proposal: taken.proposal,
    outcome: 'approve',
    present: refs(taken.present),
    rationale: taken.rationale,
    ...taken.more,
  },
});

export const decided = (on: Day, by: Acting, action: string, decision: string): Step => ({
  on,
  as: by,
  command: 'DecideAction',
  target: action,
  body: { decisionRef: ref(decision) },
});

export const actionLead = (on: Day, by: Acting, action: string, lead: string): Step => ({
  on,
  as: by,
  command: 'AssignLead',
  target: action,
  body: { lead: ref(lead) },
});

export const start = (on: Day, by: Acting, action: string): Step => ({
  on,
  as: by,
  command: 'StartAction',
  target: action,
  body: {},
});
