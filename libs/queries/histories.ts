import { LANGUAGES, ref, type Localized } from '#domain';
import type { ActionCard, AgendaCard, DefinitionVersion, JournalEntry, NetworkCard } from '#projections';
import type { Reader } from '#read-store';
import { history, historyOf, titled } from './history.ts';
import { ObjectiveOfNetwork, PageById } from './params.ts';
import { notFound } from './query.ts';
import { every, ofNetwork, owned, question } from './question.ts';

export const getObjectiveHistory = question({
  name: 'getObjectiveHistory',
  path: '/networks/{id}/objectives/{code}/history',
  summary:
    'All that happened to an objective of a network: to itself, to the actions that ever served it, to their money and to what it is measured by.',
  params: ObjectiveOfNetwork,
  answer: history,
  reads: ['action-card', 'agenda-card', 'decision-register', 'definition-version', 'journal'],
  example: { id: ref('network'), code: 'O5' },
  run: async ({ id, code, ...page }, context) => {
    const agenda = await owned<AgendaCard>(context, 'agenda-card', id);
    const objective = agenda?.objectives.find((one) => one.code === code);
    if (agenda === undefined || objective === undefined) return notFound;
    const about = new Set([
      ...(await actionsEverFor(context.reader, id, code)),
      ...(await indicatorsEverFor(context.reader, id, code)),
    ]);
    const fits = (entry: JournalEntry): boolean =>
      entry.aggregate === 'agenda' ? isOfObjective(entry, agenda, code) : concerns(entry, about);
    return historyOf(
      context,
      { title: titled('objective', coded(code, objective.text)), among: [ofIt(id)], fits },
      page,
    );
  },
});

export const getNetworkHistory = question({
  name: 'getNetworkHistory',
  path: '/networks/{id}/history',
  summary: 'All that happened in a network: who, when on both clocks, on which decision, why, and what it changed.',
  params: PageById,
  answer: history,
  who: ['auditor', 'back-office', 'secretary'],
  reads: ['decision-register', 'journal', 'network-card'],
  example: { id: ref('network') },
  run: async ({ id, ...page }, context) => {
    const network = await owned<NetworkCard>(context, 'network-card', id);
    if (network === undefined) return notFound;
    return historyOf(context, { title: titled('network', { nl: network.name }), among: [ofIt(id)] }, page);
  },
});

const ofIt = (network: string) => [['network', 'eq', network]] as const;

const coded = (code: string, text: Localized): Localized =>
  Object.fromEntries(
    LANGUAGES.flatMap((language) => (text[language] === undefined ? [] : [[language, `${code}: ${text[language]}`]])),
  );

/** Events that can take an objective from an action. */
const UNLINKING = ['ActionAdjusted', 'ObjectiveUnlinked', 'ProposalRevised'] as const;

/** The actions that serve an objective, and those that once did. */
async function actionsEverFor(reader: Reader, network: string, code: string): Promise<readonly string[]> {
  const [cards, ...changed] = await Promise.all([
    ofNetwork<ActionCard>(reader, 'action-card', network),
    ...UNLINKING.map((type) =>
      every<JournalEntry>(reader, {
        model: 'journal',
        where: [
          ['network', 'eq', network],
          ['type', 'eq', type],
        ],
        sort: ['position', 1],
      }),
    ),
  ]);
  return [
    ...cards.flatMap(({ id, objectives }) => (objectives.includes(code) ? id : [])),
    ...changed.flat().flatMap((one) => (objectivesLeftIn(one).includes(code) ? one.streamId : [])),
  ];
}

/** The indicators of which some definition tells of an objective. */
async function indicatorsEverFor(reader: Reader, network: string, code: string): Promise<readonly string[]> {
  const versions = await ofNetwork<DefinitionVersion>(reader, 'definition-version', network);
  return versions.flatMap(({ of, objectives }) => (objectives.includes(code) ? of : []));
}

function objectivesLeftIn({ data }: JournalEntry): readonly string[] {
  const { objective, changes } = data as {
    readonly objective?: string;
    readonly changes?: { readonly objectives?: { readonly from: readonly string[] } };
  };
  return objective === undefined ? (changes?.objectives?.from ?? []) : [objective];
}

/** Its own words, and the versions of the agenda that hold it. */
function isOfObjective({ type, data }: JournalEntry, { versions }: AgendaCard, code: string): boolean {
  const { version, code: about } = data as { readonly version?: number; readonly code?: string };
  if (type !== 'AgendaVersionAdopted') return about === code;
  return versions.some((one) => one.version === version && one.objectives.some((objective) => objective.code === code));
}

/** Whether an event is of one of these things, or says something about one. */
function concerns({ streamId, data }: JournalEntry, things: ReadonlySet<string>): boolean {
  const { action, from, to, indicator, scope } = data as Readonly<Record<string, unknown>>;
  return [streamId, action, indicator, from, of(from, 'action'), of(to, 'action'), of(scope, 'id')].some(
    (id) => typeof id === 'string' && things.has(id),
  );
}

const of = (part: unknown, member: string): unknown =>
  typeof part === 'object' && part !== null ? (part as Readonly<Record<string, unknown>>)[member] : undefined;
