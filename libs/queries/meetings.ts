import { asMoment, asOccurrence, s, type Instant, type TypeOf } from '#kernel';
import { ref } from '#domain';
import {
  asRecorded,
  decisionRegister,
  meetingCard,
  type ActionCard,
  type DecisionEntry,
  type JournalEntry,
  type MeetingCard,
} from '#projections';
import type { Doc, Reader } from '#read-store';
import { words } from './history.ts';
import { idsIn, namesOf, type Names } from './names.ts';
import { ById, ListMeetings } from './params.ts';
import { notFound } from './query.ts';
import { listed, names, ofNetwork, owned, pageOf, pick, question, whereOf } from './question.ts';
import { sentenceOf } from './tell.ts';
import { workItem, WORK_READS, workOf } from './work-list.ts';

const MODEL = 'meeting-card';

export const listMeetings = question({
  name: 'listMeetings',
  path: '/meetings',
  summary: 'The meetings of a network, the latest first.',
  params: ListMeetings,
  answer: pageOf(meetingCard.doc),
  reads: [MODEL],
  example: { network: ref('network'), status: ['planned'] },
  run: ({ from, until, ...params }, context) =>
    listed<MeetingCard>(
      context,
      params,
      {
        model: MODEL,
        where: whereOf(
          {
            ...params,
            ...(from !== undefined && { from: asOccurrence(from) }),
            ...(until !== undefined && { until: asMoment(until) }),
          },
          { body: ['body', 'eq'], status: ['status', 'in'], from: ['startsAt', 'gte'], until: ['startsAt', 'lte'] },
        ),
        sort: ['startsAt', -1],
      },
      (card) => card,
      idsIn,
    ),
});

export const getMeeting = question({
  name: 'getMeeting',
  path: '/meetings/{id}',
  summary: 'One meeting: its items, what was contributed, who was there.',
  params: ById,
  answer: s.object({ meeting: meetingCard.doc, names }),
  reads: [MODEL],
  example: { id: ref('meeting') },
  run: async ({ id }, context) => {
    const meeting = await owned<MeetingCard>(context, MODEL, id);
    return meeting === undefined ? notFound : { meeting, names: await namesOf(context, idsIn(meeting)) };
  },
});

const news = s.object({
  id: s.id('The event’s.'),
  type: s.text(),
  subject: s.object({ aggregate: s.text(), id: s.text() }),
  sentence: words,
  occurredAt: s.instant(),
  knownAt: s.instant(),
});
const proposal = s.object({
  id: s.id(),
  title: s.json('In nl, fr, en.'),
  proposedAt: s.instant(),
  proposalVersion: s.integer(),
});

export const getMeetingPack = question({
  name: 'getMeetingPack',
  path: '/meetings/{id}/pack',
  summary:
    'What a body needs at its meeting: items, proposals, overdue evaluations, and what changed since it last met.',
  params: ById,
  answer: s.object({
    meeting: meetingCard.doc,
    decisions: s.list(decisionRegister.doc, 'Taken in this meeting.'),
    previous: s.nullable(s.object({ id: s.id(), startsAt: s.instant() }, 'The meeting that the body held before.')),
    changes: s.list(
      news,
      'Known in the network after the previous meeting began and before this one did, the first 1,000.',
    ),
    proposals: s.list(proposal, 'Waiting for a decision.'),
    evaluations: s.list(workItem, 'Overdue.'),
    names,
  }),
  reads: [...WORK_READS, 'journal'],
  example: { id: ref('meeting') },
  run: async ({ id }, context) => {
    const meeting = await owned<MeetingCard>(context, MODEL, id);
    if (meeting === undefined) return notFound;
    const { reader, now } = context;
    const { network } = meeting;
    const previous = await previousOf(reader, meeting);
    const [decisions, entries, proposals, work] = await Promise.all([
      ofNetwork<DecisionEntry>(reader, 'decision-register', network, [['meeting', 'eq', id]]),
      knownBetween(reader, network, previous?.startsAt ?? '', meeting.startsAt < now ? meeting.startsAt : now),
      ofNetwork<ActionCard>(reader, 'action-card', network, [['status', 'eq', 'proposed']]),
      workOf(reader, network, now),
    ]);
    const answer = {
      meeting,
      decisions,
      previous: previous === undefined ? null : pick(previous, ['id', 'startsAt']),
      proposals: proposals.map((card) => pick(card, ['id', 'title', 'proposedAt', 'proposalVersion'])),
      evaluations: work.filter(({ kind }) => kind === 'evaluation-overdue'),
    };
    const known = await namesOf(context, [...idsIn(answer), ...idsIn(entries)]);
    return { ...answer, changes: entries.map((entry) => newsOf(entry, known)), names: known };
  },
});

/** What the same body held last before it. */
async function previousOf(reader: Reader, { network, body, startsAt }: MeetingCard): Promise<MeetingCard | undefined> {
  const { items } = await reader.find<MeetingCard & Doc>({
    model: MODEL,
    where: [
      ['network', 'eq', network],
      ['body', 'eq', body],
      ['status', 'eq', 'held'],
      ['startsAt', 'lt', startsAt],
    ],
    sort: ['startsAt', -1],
    limit: 1,
  });
  return items[0];
}

async function knownBetween(
  reader: Reader,
  network: string,
  after: Instant,
  until: Instant,
): Promise<readonly JournalEntry[]> {
  const { items } = await reader.find<JournalEntry & Doc>({
    model: 'journal',
    where: [
      ['network', 'eq', network],
      ['knownAt', 'gt', after],
      ['knownAt', 'lte', until],
    ],
    sort: ['position', 1],
    limit: 1_000,
  });
  return items;
}

const newsOf = (entry: JournalEntry, known: Names): TypeOf<typeof news> => ({
  id: entry.eventId,
  type: entry.type,
  subject: { aggregate: entry.aggregate, id: entry.streamId },
  sentence: sentenceOf(asRecorded(entry), known),
  occurredAt: entry.occurredAt,
  knownAt: entry.knownAt,
});
