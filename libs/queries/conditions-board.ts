import { dayOf, dayStart, plusDays, s, type Instant, type TypeOf } from '#kernel';
import { lastPeriodOver, ref } from '#domain';
import type {
  ActionCard,
  AgendaCard,
  Communication,
  GroupCard,
  IndicatorCard,
  MeasuredScope,
  MeetingCard,
  NetworkCard,
  PersonCard,
} from '#projections';
import type { Reader } from '#read-store';
import { networksBelow } from './below.ts';
import { sectorsOf } from './coverage.ts';
import { words } from './history.ts';
import { andAbove } from './indicators.ts';
import { idsIn, namesOf } from './names.ts';
import { PageById } from './params.ts';
import { notFound, type QueryContext } from './query.ts';
import { every, ofNetwork, owned, pageOfRows, pageWith, question } from './question.ts';
import { WORK_READS, workOf, type WorkItem } from './work-list.ts';
import {
  CONDITIONS,
  IMPACT_CONDITION_WORDS,
  SIGNAL_WORDS,
  SIGNALS,
  type ImpactCondition,
  type SignalCode,
} from './words.ts';

/** So many facts of each sort are named; the numbers count them all. */
const NAMED = 200;

const signal = s.object({
  id: s.oneOf(SIGNALS),
  number: s.integer('In the order of the conditions.'),
  condition: s.oneOf(CONDITIONS),
  words,
  numerator: s.integer('How many count.'),
  denominator: s.integer('Of how many; 0: there is nothing to tell from, and it is left out of the score.'),
  of: s.text('What the ids below are of: `action`, `group`, `sector`, `month` …'),
  counted: s.list(s.text(), `Ids of what counts, the first ${NAMED}.`),
  lacking: s.list(s.text(), `Ids of what lacks, the first ${NAMED}.`),
});
type Signal = TypeOf<typeof signal>;

const condition = s.object({
  condition: s.oneOf(CONDITIONS),
  words,
  score: s.nullable(
    s.integer(
      '0 to 100: the mean of its signals, each numerator / denominator, from exact fractions, rounded once, half up; null: no data.',
    ),
  ),
});

export const getConditionsBoard = question({
  name: 'getConditionsBoard',
  path: '/networks/{id}/conditions-board',
  summary:
    'How far a network is with the five conditions of collective impact, reckoned from facts, with the things that count and those that lack.',
  params: PageById,
  answer: pageWith({ conditions: s.list(condition) }, signal),
  reads: [...WORK_READS, 'agenda-card', 'communication', 'organisation-card'],
  example: { id: ref('network') },
  run: async ({ id, ...page }, context) => {
    const network = await owned<NetworkCard>(context, 'network-card', id);
    if (network === undefined) return notFound;
    const found = signalsOf(await factsOf(context, network));
    const { items, next } = pageOfRows(found, 'number', page);
    const conditions = CONDITIONS.map((one) => ({
      condition: one,
      words: IMPACT_CONDITION_WORDS[one],
      score: scoreOf(found.filter((signal) => signal.condition === one)),
    }));
    return { conditions, items, next, names: await namesOf(context, idsIn(items)) };
  },
});

/** The mean of fractions out of 100, rounded once, half up; null where there is nothing to tell from. */
export function scoreOf(
  signals: readonly { readonly numerator: number; readonly denominator: number }[],
): number | null {
  const told = signals.filter(({ denominator }) => denominator > 0);
  if (told.length === 0) return null;
  const whole = told.reduce((product, { denominator }) => product * BigInt(denominator), 1n);
  const part = told.reduce((sum, one) => sum + (BigInt(one.numerator) * whole) / BigInt(one.denominator), 0n);
  const parts = BigInt(told.length) * whole;
  return Number((200n * part + parts) / (2n * parts));
}

interface Facts {
  readonly now: Instant;
  readonly network: NetworkCard;
  readonly agenda: AgendaCard | undefined;
  /** Approved, active or suspended. */
  readonly actions: readonly ActionCard[];
  /** By action, of its partners. */
  readonly sectors: ReadonlyMap<string, ReadonlySet<string>>;
  readonly groups: readonly GroupCard[];
  readonly meetings: readonly MeetingCard[];
  /** Of the last twelve months, this one too. */
  readonly communications: readonly Communication[];
  /** Whether any was ever logged. */
  readonly tells: boolean;
  readonly persons: readonly PersonCard[];
  /** That the network shares with others. */
  readonly shared: readonly IndicatorCard[];
  /** Of these, what this network, its actions and those below it measured last. */
  readonly measured: readonly MeasuredScope[];
  readonly work: readonly WorkItem[];
}

async function factsOf({ reader, now }: QueryContext, network: NetworkCard): Promise<Facts> {
  const { id } = network;
  const [agendas, actions, groups, meetings, communications, told, persons, shared, work] = await Promise.all([
    ofNetwork<AgendaCard>(reader, 'agenda-card', id),
    ofNetwork<ActionCard>(reader, 'action-card', id, [['status', 'in', ['approved', 'active', 'suspended']]]),
    ofNetwork<GroupCard>(reader, 'group-card', id, [['status', 'eq', 'running']]),
    ofNetwork<MeetingCard>(reader, 'meeting-card', id),
    every<Communication>(reader, {
      model: 'communication',
      where: [
        ['network', 'eq', id],
        ['at', 'gte', dayStart(`${monthsUpTo(now)[0]}-01`)],
      ],
      sort: ['at', 1],
    }),
    reader.count({ model: 'communication', where: [['network', 'eq', id]] }),
    every<PersonCard>(reader, { model: 'person-card', where: [['networks', 'has', id]] }),
    sharedIndicators(reader, id),
    workOf(reader, id, now),
  ]);
  const sectorOf = await sectorsOf(
    reader,
    network,
    actions.flatMap(({ organisations }) => organisations),
  );
  const sectors = new Map(
    actions.map((action) => [action.id, new Set(action.organisations.flatMap((one) => sectorOf.get(one) ?? []))]),
  );
  const measured = await measuredOf(reader, id, shared);
  const tells = told > 0;
  return {
    now,
    network,
    agenda: agendas[0],
    actions,
    sectors,
    groups,
    meetings,
    communications,
    tells,
    persons,
    shared,
    measured,
    work,
  };
}

/** Adopted by the network or one above it. */
async function sharedIndicators(reader: Reader, network: string): Promise<readonly IndicatorCard[]> {
  const chain = await andAbove(reader, network);
  const found = await Promise.all(
    chain.map((one) => ofNetwork<IndicatorCard>(reader, 'indicator-card', one, [['status', 'eq', 'running']])),
  );
  return found.flat().filter(({ adopted }) => adopted !== null);
}

async function measuredOf(
  reader: Reader,
  network: string,
  shared: readonly IndicatorCard[],
): Promise<readonly MeasuredScope[]> {
  if (shared.length === 0) return [];
  const below = await networksBelow(reader, network);
  const found = await Promise.all(
    [network, ...below.map(({ id }) => id)].map((one) => ofNetwork<MeasuredScope>(reader, 'measured-scope', one)),
  );
  const ids = new Set(shared.map(({ id }) => id));
  return found.flat().filter(({ indicator, last }) => ids.has(indicator) && last !== null);
}

/** What counts, and what lacks. */
interface Counted {
  readonly of: string;
  readonly counted: readonly string[];
  readonly lacking: readonly string[];
}
type Reckoned = readonly [condition: ImpactCondition, code: SignalCode, counted: Counted];

const signalsOf = (facts: Facts): readonly Signal[] =>
  [
    ...ofAgenda(facts),
    ...ofMeasurement(facts),
    ...ofActivities(facts),
    ...ofCommunication(facts),
    ...ofBackbone(facts),
  ].map(([condition, id, { of, counted, lacking }]) => ({
    id,
    number: SIGNALS.indexOf(id) + 1,
    condition,
    words: SIGNAL_WORDS[id],
    numerator: counted.length,
    denominator: counted.length + lacking.length,
    of,
    counted: counted.slice(0, NAMED),
    lacking: lacking.slice(0, NAMED),
  }));

/** Those that do what is asked, and those that do not. */
const parted = <T extends { readonly id: string }>(
  of: string,
  all: readonly T[],
  does: (one: T) => boolean,
): Counted => ({
  of,
  counted: all.flatMap((one) => (does(one) ? one.id : [])),
  lacking: all.flatMap((one) => (does(one) ? [] : one.id)),
});

const RECENT_DAYS = 3 * 365;

function ofAgenda({ agenda, actions, now }: Facts): readonly Reckoned[] {
  const last = agenda?.versions.at(-1);
  const agreed = new Set(last?.objectives.map(({ code }) => code));
  const there = agenda === undefined ? [] : [agenda];
  const adopted = last === undefined ? [] : there;
  return [
    ['common-agenda', 'agenda-adopted', parted('agenda', there, () => last !== undefined)],
    ['common-agenda', 'agenda-recent', parted('agenda', adopted, () => plusDays(last!.adoptedAt, RECENT_DAYS) > now)],
    [
      'common-agenda',
      'actions-with-objective',
      parted('action', actions, ({ objectives }) => objectives.some((code) => agreed.has(code))),
    ],
  ];
}

function ofMeasurement({ actions, shared, measured, now }: Facts): readonly Reckoned[] {
  const active = actions.filter(({ status }) => status === 'active');
  const upToDate = new Set(
    measured.flatMap(({ indicator, scope, last }) => {
      const { frequency } = shared.find(({ id }) => id === indicator)!;
      const over = lastPeriodOver(frequency, dayOf(now));
      return over === null || last!.period.until >= over.until ? scope.id : [];
    }),
  );
  const told = shared.filter(({ id }) => measured.some(({ indicator }) => indicator === id));
  const versionsOf = (id: string) =>
    new Set(measured.flatMap(({ indicator, last }) => (indicator === id ? last!.definitionVersion : [])));
  return [
    ['shared-measurement', 'actions-measured', parted('action', active, ({ id }) => upToDate.has(id))],
    ['shared-measurement', 'one-definition', parted('indicator', told, ({ id }) => versionsOf(id).size === 1)],
  ];
}

function ofActivities({ network, actions, sectors }: Facts): readonly Reckoned[] {
  const linked = new Set(
    actions.flatMap(({ id, links }) => (links.length === 0 ? [] : [id, ...links.map(({ action }) => action)])),
  );
  const present = new Set(network.members.flatMap(({ sector, until }) => (until === null ? sector : [])));
  const required = network.policy.requiredSectors.map((id) => ({ id }));
  return [
    [
      'mutually-reinforcing',
      'actions-of-two-sectors',
      parted('action', actions, ({ id }) => sectors.get(id)!.size >= 2),
    ],
    ['mutually-reinforcing', 'actions-linked', parted('action', actions, ({ id }) => linked.has(id))],
    ['mutually-reinforcing', 'required-sectors', parted('sector', required, ({ id }) => present.has(id))],
  ];
}

function ofCommunication({ groups, meetings, communications, tells, work, now }: Facts): readonly Reckoned[] {
  const behind = subjectsOf(work, 'cadence-behind');
  const agreed = groups.filter(({ timesPerYear }) => timesPerYear !== null);
  const heard = meetings.filter(({ inputs }) => inputs.length > 0);
  const told = new Set(communications.map(({ at }) => dayOf(at).slice(0, 7)));
  const months = tells ? monthsUpTo(now).map((id) => ({ id })) : [];
  return [
    ['continuous-communication', 'cadence-kept', parted('group', agreed, ({ id }) => !behind.has(id))],
    [
      'continuous-communication',
      'inputs-answered',
      parted('meeting', heard, ({ inputs }) => inputs.every(({ answer }) => answer !== null)),
    ],
    ['continuous-communication', 'months-with-communication', parted('month', months, ({ id }) => told.has(id))],
  ];
}

const MONTHS = 12;

/** The last twelve calendar months, this one the last: `2021-04`. */
function monthsUpTo(now: Instant): readonly string[] {
  const [year, month] = dayOf(now).split('-').map(Number) as [number, number];
  return Array.from({ length: MONTHS }, (_, i) => {
    const since = year * MONTHS + month - MONTHS + i;
    return `${Math.floor(since / MONTHS)}-${String((since % MONTHS) + 1).padStart(2, '0')}`;
  });
}

const IN_TIME_DAYS = 30;

function ofBackbone({ network, groups, persons, work, now }: Facts): readonly Reckoned[] {
  const leaderless = subjectsOf(work, 'group-without-lead');
  // The collective is chaired by all its members: it needs no lead.
  const led = groups.filter(({ kind }) => kind !== 'collective');
  const office = persons.filter(({ roles }) =>
    roles.some(
      (held) =>
        held.network === network.id &&
        held.role === 'back-office' &&
        held.from <= now &&
        (held.until === null || now < held.until),
    ),
  );
  const items = work.map(({ subject, days }) => ({ id: subject.id, days }));
  return [
    [
      'backbone',
      'back-office-staffed',
      persons.length === 0 || office.length > 0
        ? { of: 'person', counted: office.slice(0, 1).map(({ id }) => id), lacking: [] }
        : { of: 'network', counted: [], lacking: [network.id] },
    ],
    ['backbone', 'groups-led', parted('group', led, ({ id }) => !leaderless.has(id))],
    ['backbone', 'work-in-time', parted('work', items, ({ days }) => days <= IN_TIME_DAYS)],
  ];
}

const subjectsOf = (work: readonly WorkItem[], kind: WorkItem['kind']): ReadonlySet<string> =>
  new Set(work.flatMap((one) => (one.kind === kind ? one.subject.id : [])));
