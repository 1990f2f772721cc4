import { addDays, dayEnd, dayOf, dayStart, s, type Day, type TypeOf } from '#kernel';
import { ref } from '#domain';
import type {
  ActionCard,
  AgreementCard,
  DecisionEntry,
  GrantCard,
  MeetingCard,
  NetworkCard,
  SessionCard,
} from '#projections';
import type { Reader } from '#read-store';
import { grantsOf } from './funding.ts';
import { words } from './history.ts';
import { INDICATOR_READS } from './indicator-standing.ts';
import { measurementsBetween, type ToMeasure } from './measurements-due.ts';
import { idsIn, namesOf } from './names.ts';
import { GetCalendar } from './params.ts';
import { notFound } from './query.ts';
import { ofNetwork, owned, pageOfRows, pageWith, question } from './question.ts';
import { evaluationDue } from './work-list.ts';
import { DUE_KINDS, DUE_WORDS, type DueKind } from './words.ts';

const row = s.object({
  id: s.text('Names it within the calendar.'),
  on: s.day(),
  kind: s.oneOf(DUE_KINDS),
  words,
  subject: s.object({ aggregate: s.text(), id: s.id() }),
  detail: s.nullable(s.text('What precisely: an indicator, an instalment, a step.')),
  group: s.nullable(s.id()),
  lead: s.nullable(s.id()),
  done: s.boolean('Whether it was done by the moment asked for.'),
});
type Due = TypeOf<typeof row>;

const YEAR_DAYS = 365;

export const getCalendar = question({
  name: 'getCalendar',
  path: '/networks/{id}/calendar',
  summary:
    'What falls due in a network between two days, and what of it is done: measurements, evaluations, meetings, reports, instalments, reviews, steps and agreements that end.',
  params: GetCalendar,
  answer: pageWith({ from: s.day(), until: s.day() }, row),
  reads: [
    'action-card',
    'agreement-card',
    'decision-register',
    'grant-card',
    'indicator-scope',
    'measured-scope',
    'meeting-card',
    'session-card',
    ...INDICATOR_READS,
  ],
  example: { id: ref('network'), from: '2021-01-01', until: '2021-12-31' },
  run: async ({ id, from: first, until: last, kind, ...page }, context) => {
    const network = await owned<NetworkCard>(context, 'network-card', id);
    if (network === undefined) return notFound;
    const from = first ?? dayOf(context.now);
    const until = last ?? addDays(from, YEAR_DAYS);
    const due = (await dueIn(context.reader, network, { from, until })).filter(
      (one) => from <= one.on && one.on <= until && (kind === undefined || kind.includes(one.kind)),
    );
    const { items, next } = pageOfRows(due, 'on', page);
    return { from, until, items, next, names: await namesOf(context, idsIn(items)) };
  },
});

interface Window {
  readonly from: Day;
  readonly until: Day;
}

async function dueIn(reader: Reader, network: NetworkCard, window: Window): Promise<readonly Due[]> {
  const { id } = network;
  const [actions, meetings, agreements, grants, decisions, sessions] = await Promise.all([
    ofNetwork<ActionCard>(reader, 'action-card', id, [['status', 'eq', 'active']]),
    ofNetwork<MeetingCard>(reader, 'meeting-card', id, [
      ['startsAt', 'gte', dayStart(window.from)],
      ['startsAt', 'lte', dayEnd(window.until)],
    ]),
    ofNetwork<AgreementCard>(reader, 'agreement-card', id, [['status', 'eq', 'in-force']]),
    grantsOf(reader, id),
    ofNetwork<DecisionEntry>(reader, 'decision-register', id, [
      ['reviewDate', 'gte', window.from],
      ['reviewDate', 'lte', window.until],
      ['status', 'in', ['recorded', 'amended']],
    ]),
    ofNetwork<SessionCard>(reader, 'session-card', id),
  ]);
  const measurements = await measurementsBetween(reader, network, actions, window);
  return [
    ...actions.flatMap((action) => ofAction(action, network)),
    ...meetings.filter(({ status }) => status !== 'cancelled').map(ofMeeting),
    ...agreements.flatMap(ofAgreement),
    ...grants.flatMap(ofGrant),
    ...decisions.flatMap(ofDecision),
    ...sessions.flatMap(ofSession),
    ...measurements.map((one) => ofMeasurement(one, actions)),
  ];
}

interface Said {
  /** What tells it from others of its kind and subject. */
  readonly part?: string;
  readonly detail?: string | null;
  readonly group?: string | null;
  readonly lead?: string | null;
  readonly done?: boolean;
}

function due(
  kind: DueKind,
  on: Day,
  aggregate: string,
  id: string,
  { part, detail = null, group = null, lead = null, done = false }: Said = {},
): Due {
  const name = [kind, id, ...(part === undefined ? [] : [part])].join('/');
  return { id: name, on, kind, words: DUE_WORDS[kind], subject: { aggregate, id }, detail, group, lead, done };
}

function ofAction(action: ActionCard, network: NetworkCard): readonly Due[] {
  const on = evaluationDue(action, network);
  const { id, group, lead } = action;
  return on === undefined ? [] : [due('evaluation', dayOf(on), 'action', id, { group, lead })];
}

const ofMeeting = ({ id, startsAt, body, title, status }: MeetingCard): Due =>
  due('meeting', dayOf(startsAt), 'meeting', id, { detail: title, group: body, done: status === 'held' });

const ofAgreement = ({ id, until, title }: AgreementCard): readonly Due[] =>
  until === null ? [] : [due('agreement-end', until, 'agreement', id, { detail: title })];

const ofDecision = ({ id, reviewDate, body }: DecisionEntry): readonly Due[] =>
  reviewDate === null ? [] : [due('decision-review', reviewDate, 'decision', id, { group: body })];

const ofSession = ({ id, steps }: SessionCard): readonly Due[] =>
  steps.map(({ number, text, owner, dueOn, doneAt }) =>
    due('step', dueOn, 'session', id, {
      part: String(number),
      detail: text,
      group: owner.kind === 'group' ? owner.id : null,
      lead: owner.kind === 'person' ? owner.id : null,
      done: doneAt !== null,
    }),
  );

/** From the day after the period on; the detail is the indicator. */
function ofMeasurement({ indicator, subject, period, measured }: ToMeasure, actions: readonly ActionCard[]): Due {
  const { group, lead } = actions.find(({ id }) => id === subject.id) ?? { group: null, lead: null };
  const part = `${indicator}/${period.from}_${period.until}`;
  return due('measurement', addDays(period.until, 1), subject.aggregate, subject.id, {
    part,
    detail: indicator,
    group,
    lead,
    done: measured,
  });
}

/** The report after its period, and the instalments that have a day. */
function ofGrant({ id, terms, period, finalReportAt, instalments }: GrantCard): readonly Due[] {
  const report =
    terms === null
      ? []
      : [due('final-report', addDays(period.until, terms.reportDays), 'grant', id, { done: finalReportAt !== null })];
  return [
    ...report,
    ...instalments.flatMap(({ code, dueOn, status }) =>
      dueOn === null
        ? []
        : [due('instalment', dueOn, 'grant', id, { part: code, detail: code, done: status === 'received' })],
    ),
  ];
}
