import {
  corrects,
  dayOf,
  daysBetween,
  foldDocument,
  isPosition,
  s,
  step,
  type Instant,
  type Recorded,
  type TypeOf,
} from '#kernel';
import type { Localized } from '#domain';
import { actionCard, asRecorded, type ActionCard, type DecisionEntry, type JournalEntry } from '#projections';
import { ReadStoreError, type Doc, type Filter, type Reader } from '#read-store';
import { changesBetween, type Change } from './facets.ts';
import { idsIn, namesOf, type Names } from './names.ts';
import { asHeld, inOrderOfOccurrence } from './past.ts';
import type { QueryContext } from './query.ts';
import { every, pageWith, pick } from './question.ts';
import { changeInWords, inEach, sentenceOf, shownData } from './tell.ts';
import { FACET_WORDS, HISTORY_WORDS, type Words } from './words.ts';

export const words = s.object({ nl: s.text(), fr: s.text(), en: s.text() });
export const change = s.object({
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
  subject: s.object({ aggregate: s.text(), id: s.text() }, 'What it happened to.'),
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
  changes: s.list(change, 'What it changed on an action.'),
  corrects: s.nullable(s.object({ event: s.id(), ...correction })),
  correctedBy: s.list(s.object({ event: s.id(), at: s.instant('Since when that is known.'), ...correction })),
});
export type HistoryEntry = TypeOf<typeof entry>;

/** What every history answers. */
export const history = pageWith({ title: words }, entry);

/** What belongs to a history: where in the journal to look, and what of that is meant; by default all. */
interface Belonging {
  readonly title: Words;
  readonly among: readonly (readonly Filter[])[];
  readonly fits?: (entry: JournalEntry) => boolean;
}

interface Paging {
  readonly limit?: number;
  readonly cursor?: string;
}

/** A page of a history: in log order as it was recorded; of what held, right values in the order in which things happened. */
export async function historyOf(
  context: QueryContext,
  { title, ...belonging }: Belonging,
  { limit = 50, cursor }: Paging,
): Promise<TypeOf<typeof history>> {
  const found = context.moment.effectiveAt === undefined ? knownAfter : heldAfter;
  const entries = await found(context, belonging, cursor, limit + 1);
  const items = await told(context, entries.slice(0, limit));
  return { title, ...items, next: entries.length > limit ? entries[limit - 1]!.event.position : null };
}

export const titled = (of: keyof typeof HISTORY_WORDS, name: Localized): Words =>
  inEach((language) =>
    HISTORY_WORDS[of][language].replace('{name}', name[language] ?? name.nl ?? name.fr ?? name.en ?? ''),
  );

/** An event to tell, and since when it is known. */
interface Telling {
  readonly event: Recorded;
  readonly knownAt: Instant;
}
type Belongings = Omit<Belonging, 'title'>;
const tellingOf = (entry: JournalEntry): Telling => ({ event: asRecorded(entry), knownAt: entry.knownAt });

/** In log order, from after a position. */
async function knownAfter(
  { reader }: QueryContext,
  { among, fits }: Belongings,
  cursor: string | undefined,
  most: number,
): Promise<readonly Telling[]> {
  if (cursor !== undefined && !isPosition(cursor)) throw wrongCursor();
  const found = await Promise.all(among.map((where) => firstThat(reader, where, fits, cursor, most)));
  return once(found.flat())
    .toSorted((a, b) => (a.position < b.position ? -1 : 1))
    .slice(0, most)
    .map(tellingOf);
}

/** So many events are looked through at a time. */
const LOOK = 1_000;

async function firstThat(
  reader: Reader,
  where: readonly Filter[],
  fits: Belonging['fits'],
  cursor: string | undefined,
  most: number,
): Promise<readonly JournalEntry[]> {
  const found: JournalEntry[] = [];
  const limit = fits === undefined ? most : LOOK;
  let after = cursor;
  for (;;) {
    const { items } = await reader.find<JournalEntry & Doc>({
      model: 'journal',
      where: after === undefined ? where : [...where, ['position', 'gt', after]],
      sort: ['position', 1],
      limit,
    });
    found.push(...items.filter(fits ?? Boolean));
    if (found.length >= most || items.length < limit) return found.slice(0, most);
    after = items.at(-1)!.position;
  }
}

/** In the order in which things happened, from after the event at a position. */
async function heldAfter(
  { reader, moment }: QueryContext,
  { among, fits = () => true }: Belongings,
  cursor: string | undefined,
  most: number,
): Promise<readonly Telling[]> {
  const found = await Promise.all(
    among.map((where) => every<JournalEntry>(reader, { model: 'journal', where, sort: ['position', 1] })),
  );
  const entries = once(found.flat()).filter(fits);
  const knownAt = new Map(entries.map((one) => [one.eventId, one.knownAt]));
  const streams = Map.groupBy(entries.map(asRecorded), ({ stream }) => `${stream.aggregate} ${stream.id}`);
  const held = [...streams.values()]
    .flatMap((events) => asHeld(events, moment.effectiveAt))
    .toSorted(inOrderOfOccurrence)
    .map((event) => ({ event, knownAt: knownAt.get(event.id)! }));
  const last = held.findIndex(({ event }) => event.position === cursor);
  if (cursor !== undefined && last === -1) throw wrongCursor();
  return held.slice(last + 1, last + 1 + most);
}

const once = (entries: readonly JournalEntry[]): readonly JournalEntry[] => [
  ...new Map(entries.map((one) => [one.position, one])).values(),
];

const wrongCursor = (): ReadStoreError =>
  new ReadStoreError('invalid-cursor', 'The cursor is not one of this history', {});

/** Events as a reader sees them: in words, with their decisions, with what they changed on actions and what corrected them. */
async function told(
  context: QueryContext,
  tellings: readonly Telling[],
): Promise<{ readonly items: readonly HistoryEntry[]; readonly names: Names }> {
  const events = tellings.map(({ event }) => event);
  const lives = await livesOf(context.reader, events);
  const since = new Map([...tellings, ...lives.flat()].map(({ event, knownAt }) => [event.id, knownAt] as const));
  const steps = lives.flatMap((life) =>
    stepsOf(
      life.map(({ event }) => event),
      context.moment.effectiveAt,
    ),
  );
  const changes = new Map(steps.map((one) => [one.event.id, one.changes]));
  const confidential = new Set(
    steps.flatMap(({ event: { id, data } }) =>
      (data as { readonly confidential?: boolean }).confidential === true ? id : [],
    ),
  );
  const isConfidential = (event: string) => confidential.has(event);
  const [known, decisions] = await Promise.all([
    namesOf(context, idsIn(events.map((event) => [event, changes.get(event.id)]))),
    decisionsOf(context, events),
  ]);
  const items = events.map((event) => ({
    ...itemOf(event, known, isConfidential),
    knownAt: since.get(event.id)!,
    decision: decisions.get(decisionOf(event) ?? '') ?? null,
    changes: (changes.get(event.id) ?? []).map((one) => changeOf(one, known)),
    correctedBy: steps.flatMap(({ event: other }) => {
      const { event: wrong, ...correction } = correctionOf(other, isConfidential) ?? {};
      return wrong === event.id ? [{ ...correction, event: other.id, at: since.get(other.id)! } as Corrected] : [];
    }),
  }));
  return { items, names: known };
}

/** All events of the actions to which some of these happened: what each changed follows from those before it. */
async function livesOf(reader: Reader, events: readonly Recorded[]): Promise<readonly (readonly Telling[])[]> {
  const actions = new Set(events.flatMap(({ stream }) => (stream.aggregate === 'action' ? stream.id : [])));
  return Promise.all(
    [...actions].map(async (id) => {
      const life = await every<JournalEntry>(reader, {
        model: 'journal',
        where: [
          ['aggregate', 'eq', 'action'],
          ['streamId', 'eq', id],
        ],
        sort: ['position', 1],
      });
      return life.map(tellingOf);
    }),
  );
}

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

type Corrected = HistoryEntry['correctedBy'][number];

function itemOf(
  event: Recorded,
  known: Names,
  isConfidential: (event: string) => boolean,
): Omit<HistoryEntry, 'knownAt' | 'decision' | 'changes' | 'correctedBy'> {
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
): NonNullable<HistoryEntry['corrects']> | undefined =>
  corrects(event) ? (shownData(event, isConfidential) as NonNullable<HistoryEntry['corrects']>) : undefined;

export const changeOf = (one: Change, known: Names) => ({
  ...one,
  label: FACET_WORDS[one.field],
  words: changeInWords(one, known),
});

const decisionOf = ({ data, meta }: Recorded): string | undefined =>
  (data as { readonly decision?: string }).decision ?? meta.decisionRef;

/** The decisions these events rest on, as they stood at the moment asked for. */
async function decisionsOf(
  { reader, networks }: QueryContext,
  events: readonly Recorded[],
): Promise<ReadonlyMap<string, HistoryEntry['decision']>> {
  const ids = events.flatMap((one) => decisionOf(one) ?? []);
  const found = await reader.getMany<DecisionEntry & Doc>('decision-register', ids);
  return new Map(
    [...found.values()].filter(({ network }) => networks.has(network)).map((one) => [one.id, pick(one, DECISION)]),
  );
}
