import {
  asMoment,
  corrects,
  dayOf,
  daysBetween,
  foldDocument,
  isMoment,
  s,
  step,
  type Instant,
  type Recorded,
  type TypeOf,
} from '#kernel';
import { ref } from '#domain';
import { actionCard, asRecorded, type ActionCard, type DecisionEntry, type JournalEntry } from '#projections';
import type { Doc } from '#read-store';
import { changesBetween, type Change } from './facets.ts';
import { idsIn, namesOf, type Names } from './names.ts';
import { ById, GetActionDiff } from './params.ts';
import { asHeld } from './past.ts';
import { notFound, type Moment, type QueryContext } from './query.ts';
import { every, names, owned, pick, question } from './question.ts';
import { changeInWords, sentenceOf, shownData } from './tell.ts';
import { FACET_WORDS } from './words.ts';

export const words = s.object({ nl: s.text(), fr: s.text(), en: s.text() });
const change = s.object({
  field: s.oneOf(Object.keys(FACET_WORDS) as (keyof typeof FACET_WORDS)[]),
  label: words,
  before: s.json('Its value before; null for none.'),
  after: s.json('Its value after; null for none.'),
  words,
});
const correction = { field: s.text(), from: s.json(), to: s.json(), confirmedBy: s.id('The second person.') };
const DECISION = ['id', 'proposal', 'body', 'decidedAt', 'outcome', 'status'] as const;

const entry = s.object({
  id: s.id('The event’s.'),
  type: s.text(),
  subject: s.object({ aggregate: s.text(), id: s.id() }, 'The action itself, or a grant whose money it is about.'),
  revision: s.integer(),
  position: s.text(),
  sentence: words,
  occurredAt: s.instant('When it happened.'),
  recordedAt: s.instant('When it was registered.'),
  knownAt: s.instant('Since when it is known.'),
  lateDays: s.integer('Calendar days from the one to the other.'),
  who: s.object({
    person: s.text('Pseudonymous id; `operator` or a process where no person acted.'),
    role: s.text(),
    organisation: s.nullable(s.id()),
    onBehalfOf: s.nullable(s.id()),
  }),
  decision: s.nullable(
    s.object({
      id: s.id(),
      proposal: s.text(),
      body: s.id(),
      decidedAt: s.instant(),
      outcome: s.text(),
      status: s.text(),
    }),
  ),
  reason: s.nullable(s.json('`{code?, text}`')),
  evidence: s.list(s.json('`{sha256, mediaType, class, title, heldBy}`')),
  basis: s.list(s.json('`{stream, revision}`: what the decider had seen of other streams.')),
  data: s.json('As recorded; the text of a confidential obstacle is left out.'),
  changes: s.list(change, 'What it changed on the action.'),
  corrects: s.nullable(s.object({ event: s.id(), ...correction })),
  correctedBy: s.list(s.object({ event: s.id(), at: s.instant('Since when that is known.'), ...correction })),
});

export const getActionHistory = question({
  name: 'getActionHistory',
  path: '/actions/{id}/history',
  summary:
    'All that happened to an action, its money too: who, when on both clocks, on which decision, why, and what it changed.',
  params: ById,
  answer: s.object({ items: s.list(entry), names }),
  reads: ['action-card', 'decision-register', 'journal'],
  example: { id: ref('action') },
  run: async ({ id }, context) => {
    if ((await owned<ActionCard>(context, 'action-card', id)) === undefined) return notFound;
    const entries = await every<JournalEntry>(context.reader, {
      model: 'journal',
      where: [
        ['aggregate', 'eq', 'action'],
        ['streamId', 'eq', id],
      ],
      sort: ['position', 1],
    });
    const { effectiveAt } = context.moment;
    const money = await moneyOf(context, id);
    const all = [...entries, ...money];
    const steps = stepsOf(entries.map(asRecorded), effectiveAt);
    const [known, decisions] = await Promise.all([namesOf(context, idsIn(all)), decisionsOf(context, all)]);
    const confidential = new Set(
      steps.flatMap(({ event: { id, data } }) =>
        (data as { readonly confidential?: boolean }).confidential === true ? id : [],
      ),
    );
    const isConfidential = (event: string) => confidential.has(event);
    const since = new Map(all.map((one) => [one.eventId, one.knownAt]));
    const knownAt = (event: string): string => since.get(event)!;
    const moves = asHeld(money.map(asRecorded), effectiveAt).map((event) => ({ event, changes: [] }));
    const told = [...steps, ...moves].toSorted((a, b) => inOrder(a.event, b.event, effectiveAt));
    const items = told.map(({ event, changes }) => ({
      ...itemOf(event, known, isConfidential),
      knownAt: knownAt(event.id),
      decision: decisions.get(decisionOf(event) ?? '') ?? null,
      changes: changes.map((one) => changeOf(one, known)),
      correctedBy: steps.flatMap(({ event: other }) => {
        const { event: wrong, ...correction } = correctionOf(other, isConfidential) ?? {};
        return wrong === event.id ? [{ ...correction, event: other.id, at: knownAt(other.id) } as Corrected] : [];
      }),
    }));
    return { items, names: known };
  },
});

/** Events of grants about the action: money set aside for it, ordered, spent, judged, moved to it or from it. */
async function moneyOf({ reader }: QueryContext, action: string): Promise<readonly JournalEntry[]> {
  const found = await Promise.all(
    ['data.action', 'data.to.action', 'data.from.action', 'data.from'].map((field) =>
      every<JournalEntry>(reader, {
        model: 'journal',
        where: [
          ['aggregate', 'eq', 'grant'],
          [field, 'eq', action],
        ],
        sort: ['position', 1],
      }),
    ),
  );
  return [...new Map(found.flat().map((one) => [one.id, one])).values()];
}

/** As recorded in log order; as held by when it happened. */
function inOrder(a: Recorded, b: Recorded, effectiveAt: Instant | undefined): number {
  const [x, y] =
    effectiveAt === undefined || a.meta.occurredAt === b.meta.occurredAt
      ? [a.position, b.position]
      : [a.meta.occurredAt, b.meta.occurredAt];
  return x < y ? -1 : Number(x > y);
}

export const getActionDiff = question({
  name: 'getActionDiff',
  path: '/actions/{id}/diff',
  summary: 'What differs between two moments of an action, in words and in values.',
  params: GetActionDiff,
  answer: s.object({
    exists: s.object({ from: s.boolean(), to: s.boolean() }, 'Whether the action was there.'),
    changes: s.list(change),
    names,
  }),
  reads: ['action-card', 'journal'],
  timeTravel: false,
  example: { id: ref('action'), from: '2021-04-01', to: '2021-04-16' },
  run: async ({ id, from, to, clock = 'known' }, context) => {
    if ((await owned<ActionCard>(context, 'action-card', id)) === undefined) return notFound;
    const [before, after] = await Promise.all(
      [from, to].map((moment) =>
        context.at(clock === 'held' ? heldAt(moment) : { asOf: moment }).get<ActionCard & Doc>('action-card', id),
      ),
    );
    const changes = changesBetween(before?.doc, after?.doc);
    const known = await namesOf(context, idsIn(changes));
    return {
      exists: { from: before != null, to: after != null },
      changes: changes.map((one) => changeOf(one, known)),
      names: known,
    };
  },
});

/** A position says what was known; what held has dates. */
const heldAt = (moment: string): Moment => (isMoment(moment) ? { effectiveAt: asMoment(moment) } : { asOf: moment });

interface Step {
  readonly event: Recorded;
  readonly changes: readonly Change[];
}

/** Each event with what it changed: in log order as recorded; for what held, right values in the order in which things happened. */
function stepsOf(events: readonly Recorded[], effectiveAt: Instant | undefined): readonly Step[] {
  const told = effectiveAt === undefined ? events : asHeld(events, effectiveAt);
  let card: ActionCard | undefined;
  return told.map((event, i) => {
    const before = card;
    card =
      corrects(event) && effectiveAt === undefined
        ? foldDocument(actionCard, events.slice(0, i + 1))
        : step(actionCard, before, event);
    return { event, changes: changesBetween(before, card) };
  });
}

type Item = TypeOf<typeof entry>;
type Corrected = Item['correctedBy'][number];

function itemOf(
  event: Recorded,
  known: Names,
  isConfidential: (event: string) => boolean,
): Omit<Item, 'knownAt' | 'decision' | 'changes' | 'correctedBy'> {
  const { meta } = event;
  const data = shownData(event, isConfidential);
  return {
    id: event.id,
    type: event.type,
    subject: event.stream,
    revision: event.revision,
    position: event.position,
    sentence: sentenceOf(event, known, data),
    occurredAt: meta.occurredAt,
    recordedAt: meta.recordedAt,
    lateDays: daysBetween(dayOf(meta.occurredAt), dayOf(meta.recordedAt)),
    who: {
      person: meta.actor.subject,
      role: meta.actor.role,
      organisation: meta.actor.organisation ?? null,
      onBehalfOf: meta.onBehalfOf ?? null,
    },
    reason: meta.reason ?? null,
    evidence: meta.evidence ?? [],
    basis: meta.basis,
    data,
    corrects: correctionOf(event, isConfidential) ?? null,
  };
}

const correctionOf = (
  event: Recorded,
  isConfidential: (event: string) => boolean,
): NonNullable<Item['corrects']> | undefined =>
  corrects(event) ? (shownData(event, isConfidential) as NonNullable<Item['corrects']>) : undefined;

const changeOf = (one: Change, known: Names) => ({
  ...one,
  label: FACET_WORDS[one.field],
  words: changeInWords(one, known),
});

const decisionOf = ({ data, meta }: Recorded): string | undefined =>
  (data as { readonly decision?: string }).decision ?? meta.decisionRef;

/** The decisions these events rest on, as they stood at the moment asked for. */
async function decisionsOf(
  { reader, networks }: QueryContext,
  entries: readonly JournalEntry[],
): Promise<ReadonlyMap<string, Item['decision']>> {
  const ids = entries.flatMap((one) => decisionOf(asRecorded(one)) ?? []);
  const found = await reader.getMany<DecisionEntry & Doc>('decision-register', ids);
  return new Map(
    [...found.values()].filter(({ network }) => networks.has(network)).map((one) => [one.id, pick(one, DECISION)]),
  );
}
