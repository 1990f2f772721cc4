import { foldDocuments, s, sum, type Recorded, type TypeOf } from '#kernel';
import { OUTCOMES, ref, type GrantEvent } from '#domain';
import { BOOKS, postingsOf, type Purpose } from '#domain/grant';
import {
  asRecorded,
  documentCard,
  expenditure as expenditureModel,
  type DecisionEntry,
  type DocumentCard,
  type Expenditure,
  type JournalEntry,
} from '#projections';
import type { Doc, Filter } from '#read-store';
import { words } from './history.ts';
import { idsIn, namesOf, type Names } from './names.ts';
import { GetExpenditureTrace } from './params.ts';
import { notFound, type QueryContext } from './query.ts';
import { names, pick, picked, question } from './question.ts';
import { sentenceOf, shownData } from './tell.ts';

const PARTS = [
  'award',
  'allocation',
  'commitment',
  'expenditure',
  'verification',
  'correction',
  'finding',
  'instalment',
] as const;
type Part = (typeof PARTS)[number];

const line = s.object({
  book: s.oneOf(BOOKS),
  account: s.text('`allocated/<action>/<category>`: its kind, and what it is of.'),
  cents: s.integer('Euro cents; below zero: it goes away.'),
});

const stepMembers = {
  event: s.id(),
  type: s.text(),
  position: s.text('Of the event in the log.'),
  sentence: words,
  occurredAt: s.instant(),
  recordedAt: s.instant(),
  actor: s.object({ subject: s.text(), role: s.text(), organisation: s.nullable(s.id()) }),
  decision: s.nullable(s.id('On which it rests.')),
  lines: s.list(line, 'What it moved in the books.'),
  reason: s.nullable(s.json('Code, and text in nl, fr, en.')),
  evidence: s.list(s.json('`{sha256, mediaType, class, title, heldBy}`')),
  data: s.json('As recorded: refusals with their reasons, the funder’s decision, a bank reference …'),
};
export const step = s.object(stepMembers);

export const DECISION = ['id', 'proposal', 'outcome', 'status', 'body', 'meeting', 'decidedAt'] as const;
export const decision = s.object({
  id: s.id(),
  proposal: s.text(),
  outcome: s.oneOf(OUTCOMES),
  status: s.text(),
  body: s.id(),
  meeting: s.nullable(s.id()),
  decidedAt: s.instant(),
});

const DOCUMENT = ['id', 'supplier', 'number', 'date', 'grossCents', 'sha256'] as const;
const document = s.object({
  document: picked(documentCard.doc, DOCUMENT),
  claims: s.list(
    s.object({ grant: s.id(), network: s.id(), claimedCents: s.cents() }),
    'What each grant of the caller’s networks claimed of it.',
  ),
  elsewhereCents: s.cents('What grants of other networks claimed of it.'),
});
type DocumentOf = TypeOf<typeof document>;

/** So many events of each type are looked at, the first ones. */
const MOST = 1_000;

export const getExpenditureTrace = question({
  name: 'getExpenditureTrace',
  path: '/grants/{id}/expenditures/{expenditure}/trace',
  summary:
    'From a euro to its decision: each event that led to an expenditure and what became of it, with decisions, evidence and amounts.',
  params: GetExpenditureTrace,
  answer: s.object({
    expenditure: expenditureModel.doc,
    steps: s.list(
      s.object({ part: s.oneOf(PARTS), ...stepMembers }),
      `From the award on, part by part, in the order in which things happened; of each type the first ${MOST} of the grant are looked at.`,
    ),
    decisions: s.list(decision),
    document: s.nullable(document),
    standingCents: s.cents('Of the grant: claimed, less what was refused or taken back.'),
    names,
  }),
  reads: ['decision-register', 'document-card', 'journal'],
  example: { id: ref('grant'), expenditure: ref('event') },
  run: async ({ id, expenditure: event }, context) => {
    const own = await bookingsOf(context, id, event);
    const found = [...foldDocuments(expenditureModel, own).values()].at(0);
    if (found === undefined || !context.networks.has(found.network)) return notFound;
    const parts = await partsOf(context, id, found, own);
    const told = parts.flatMap(({ events }) => events);
    const [known, decisions, claimed] = await Promise.all([
      namesOf(context, idsIn(told.map(({ data, meta }) => [data, meta.actor, meta.decisionRef]))),
      decisionsOf(context, told),
      documentOf(context, found),
    ]);
    return {
      expenditure: found,
      steps: parts.flatMap(({ part, events }) => events.map((one) => ({ part, ...stepOf(one, known) }))),
      decisions,
      document: claimed,
      standingCents: found.split.grantCents - found.correctedCents,
      names: { ...known, ...(await namesOf(context, idsIn([decisions, claimed]))) },
    };
  },
});

type Fact = Recorded<GrantEvent>;

/**
 * Events of a grant that fit, the first ones, as they held. Who asks names the fields of one index and no other: of two that
 * fit, a store without statistics takes the one that reads all events of the grant.
 */
async function eventsOf(
  { reader, moment: { effectiveAt } }: QueryContext,
  grant: string,
  where: readonly Filter[],
): Promise<readonly Fact[]> {
  const { items } = await reader.find<JournalEntry & Doc>({
    model: 'journal',
    where: [...where, ...(effectiveAt === undefined ? [] : ([['occurredAt', 'lte', effectiveAt]] as const))],
    sort: ['position', 1],
    limit: MOST,
  });
  const ofGrant = items.filter(({ aggregate, streamId }) => aggregate === 'grant' && streamId === grant);
  return inOrder(ofGrant.map((entry) => asRecorded(entry) as Fact));
}

const eventOf = (context: QueryContext, grant: string, event: string): Promise<readonly Fact[]> =>
  eventsOf(context, grant, [['eventId', 'eq', event]]);

/**
 * The booking of an expenditure and all that was said of it since: of twenty thousand others, none is read. Its network says
 * whether the caller may know; the card of the grant would, as of a moment, be folded of all its events.
 */
async function bookingsOf(context: QueryContext, grant: string, event: string): Promise<readonly Fact[]> {
  const [booking, later] = await Promise.all([
    eventOf(context, grant, event),
    eventsOf(context, grant, [['data.expenditure', 'eq', event]]),
  ]);
  return [...booking, ...later];
}

interface Told {
  readonly part: Part;
  readonly events: readonly Fact[];
}

async function partsOf(
  context: QueryContext,
  grant: string,
  { event, action, category, commitment }: Expenditure,
  own: readonly Fact[],
): Promise<readonly Told[]> {
  const typed = async (types: readonly GrantEvent['type'][], ...where: readonly Filter[]): Promise<readonly Fact[]> => {
    const found = types.map((type) =>
      eventsOf(context, grant, [['streamId', 'eq', grant], ['type', 'eq', type], ...where]),
    );
    return inOrder((await Promise.all(found)).flat());
  };
  const findings = own.filter(({ type }) => type === 'AuditFindingRaised').map(({ id }) => id);
  const [award, allocated, ordered, changed, closed, received] = await Promise.all([
    typed(['GrantAwarded', 'AwardAmended']),
    typed(['Allocated', 'Deallocated', 'Transferred', 'CommitmentCarried']),
    commitment === null ? [] : eventOf(context, grant, commitment),
    commitment === null
      ? []
      : typed(['CommitmentAmended', 'CommitmentReleased', 'CommitmentCarried'], ['data.commitment', 'eq', commitment]),
    findings.length === 0
      ? []
      : typed(['AuditFindingAnswered', 'AuditFindingClosed'], ['data.finding', 'in', findings]),
    typed(['InstalmentReceived', 'BalanceReceived']),
  ]);
  // What was set aside for it, and for the action from which its order was carried.
  const purposes = [
    { action, category },
    ...changed.flatMap(({ type, data }) => (type === 'CommitmentCarried' ? [{ action: data.from, category }] : [])),
  ];
  const isSetAside = (fact: Fact): boolean =>
    !changed.some(({ id }) => id === fact.id) &&
    purposesOf(fact).some((one) =>
      purposes.some((purpose) => one.action === purpose.action && one.category === purpose.category),
    );
  const ofType = (...types: readonly string[]): readonly Fact[] => own.filter(({ type }) => types.includes(type));
  return [
    { part: 'award', events: award },
    { part: 'allocation', events: allocated.filter(isSetAside) },
    { part: 'commitment', events: [...ordered, ...changed] },
    { part: 'expenditure', events: own.filter(({ id }) => id === event) },
    { part: 'verification', events: ofType('ExpenditureVerified') },
    { part: 'correction', events: ofType('ExpenditureCorrected') },
    { part: 'finding', events: inOrder([...ofType('AuditFindingRaised'), ...closed]) },
    { part: 'instalment', events: received },
  ];
}

const purposesOf = ({ type, data }: Fact): readonly Purpose[] => {
  if (type === 'Transferred') return [data.from, data.to];
  if (type === 'CommitmentCarried') return [{ action: data.from, category: data.category }, data];
  return [data as Purpose];
};

/** As things happened: a correction has its own time, whenever it was registered. */
const inOrder = (events: readonly Fact[]): readonly Fact[] =>
  events.toSorted((a, b) => (`${a.meta.occurredAt} ${a.position}` < `${b.meta.occurredAt} ${b.position}` ? -1 : 1));

export const stepOf = (event: Fact, known: Names): TypeOf<typeof step> => {
  const { meta } = event;
  return {
    event: event.id,
    type: event.type,
    position: event.position,
    sentence: sentenceOf(event, known),
    occurredAt: meta.occurredAt,
    recordedAt: meta.recordedAt,
    actor: { subject: meta.actor.subject, role: meta.actor.role, organisation: meta.actor.organisation ?? null },
    decision: meta.decisionRef ?? null,
    lines: postingsOf(event),
    reason: meta.reason ?? null,
    evidence: meta.evidence ?? [],
    data: shownData(event),
  };
};

/** The decisions on which these events rest, of the caller's networks. */
async function decisionsOf({ reader, networks }: QueryContext, events: readonly Fact[]) {
  const ids = events.flatMap(({ meta }) => meta.decisionRef ?? []);
  const found = await reader.getMany<DecisionEntry & Doc>('decision-register', ids);
  return [...found.values()]
    .filter(({ network }) => networks.has(network))
    .map((one) => pick(one, DECISION))
    .toSorted((a, b) => (a.decidedAt < b.decidedAt ? -1 : 1));
}

async function documentOf({ reader, networks }: QueryContext, { document }: Expenditure): Promise<DocumentOf | null> {
  const found = document === null ? null : await reader.get<DocumentCard & Doc>('document-card', document);
  if (found === null) return null;
  const { claims } = found.doc;
  const isOwn = ({ network }: { readonly network: string }): boolean => networks.has(network);
  return {
    document: pick(found.doc, DOCUMENT),
    claims: claims.filter(isOwn).map((one) => pick(one, ['grant', 'network', 'claimedCents'])),
    elsewhereCents: sum(claims.filter((one) => !isOwn(one)).map(({ claimedCents }) => claimedCents)),
  };
}
