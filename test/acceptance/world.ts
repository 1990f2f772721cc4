import type { Actor, Day, Recorded } from '#kernel';
import type { ActionCard } from '#projections';
import { makeLog } from '../../apps/api/log.ts';
import { startServer } from '../../apps/api/server.ts';
import type { Spoor } from '../../apps/api/spoor.ts';
import { compose } from '../../apps/composition/compose.ts';
import type { Given, Outcome } from '../../apps/seed/driver.ts';
import { Run } from '../../apps/seed/run.ts';
import { timeline, type Scenario } from '../../apps/seed/scenario.ts';
import { Client, OPERATOR } from './client.ts';
import type { TestStack } from './stacks.ts';

/** A moment to ask about: what was known then, or what held then. */
export interface At {
  readonly asOf?: string;
  readonly effectiveAt?: string;
}

/** A scenario, played over HTTP on a store of its own; every command was given twice. */
export class World {
  constructor(
    readonly scenario: Scenario,
    readonly client: Client,
    readonly run: Run,
    readonly spoor: Spoor,
    readonly diary: readonly DiaryEntry[],
    /** What was refused, by the name of its step. */
    readonly refusals: ReadonlyMap<string, Outcome>,
    readonly close: () => Promise<void>,
  ) {}

  /** The person of that name in a role. */
  as(role: string, person: string): Actor {
    return { subject: this.run.id(person), role };
  }

  /** One action, as the back office of its network sees it. */
  async action(name: string, person: string, at: At = {}): Promise<ActionAnswer> {
    return this.client.ask(`/actions/${this.run.id(name)}`, this.as('back-office', person), { ...at });
  }

  async history(name: string, person: string, at: At = {}): Promise<readonly HistoryItem[]> {
    const path = `/actions/${this.run.id(name)}/history`;
    const whole = { limit: 200, ...at };
    const { items } = await this.client.ask<{ items: HistoryItem[] }>(path, this.as('back-office', person), whole);
    return items;
  }

  async events(): Promise<readonly Recorded[]> {
    const events: Recorded[] = [];
    for await (const page of this.spoor.events.readAll({}))
      events.push(...page.map((stored) => this.spoor.decode(stored)!));
    return events;
  }
}

export interface ActionAnswer {
  readonly action: ActionCard;
  readonly parts: readonly { readonly id: string }[];
}

export interface HistoryItem {
  readonly type: string;
  readonly data: { readonly indicatorSnapshot?: readonly Ratio[] };
}

export interface GroupBoard {
  readonly groups: readonly { readonly id: string; readonly cadence: object }[];
}

export interface Ratio {
  readonly numerator: number;
  readonly denominator?: number;
}

/** Whose network is watched: the network by the person who coordinates it. */
export type Watched = Readonly<Record<string, string>>;

/** What was answered about a network at the end of a day. */
interface DiaryEntry {
  readonly day: Day;
  readonly told: readonly Told[];
  /** What is answered as of that day. */
  readonly again: () => Promise<readonly Told[]>;
}

type Told = Readonly<Record<string, unknown>>;

const LISTS = [
  '/decisions',
  '/meetings',
  '/groups',
  '/group-board',
  '/grants',
  '/commitments',
  '/expenditures',
  '/documents',
  '/conditions',
];

/** All that is told of a network: lists, each action with its history, each grant with its journal. */
async function toldOf(client: Client, reader: Actor, network: string, asOf?: Day): Promise<readonly Told[]> {
  const ask = async (path: string, parameters: object = {}): Promise<Told> => {
    const { asOf: _position, names: _names, ...told } = await client.ask<Told>(path, reader, { ...parameters, asOf });
    return told;
  };
  const actions = await ask('/actions', { network });
  const told = [actions, await ask(`/networks/${network}`)];
  for (const path of LISTS) told.push(await ask(path, { network }));
  const { items: grants } = (await ask('/grants', { network })) as {
    readonly items: readonly { readonly id: string }[];
  };
  for (const { id } of grants) told.push(await ask(`/grants/${id}`), await ask(`/grants/${id}/postings`));
  for (const { id } of actions['items'] as readonly { readonly id: string }[])
    told.push(await ask(`/actions/${id}`), await ask(`/actions/${id}/history`, { limit: 200 }));
  return told;
}

/** Gives each command twice: the second time must tell the same, and change nothing. */
const twice = (client: Client) => ({
  give: async (given: Given): Promise<Outcome> => {
    const first = await client.give(given);
    const second = await client.give(given);
    if (first.kind === 'done') expect(second).toEqual({ ...first, replayed: true });
    else expect(second).toMatchObject({ kind: 'refused', code: first.code });
    return first;
  },
});

interface Served {
  readonly url: string;
  readonly spoor: Spoor;
  close(): Promise<void>;
}

/** The API on a stack of its own. */
async function serve({ open }: TestStack): Promise<Served> {
  const stack = await open();
  const spoor = await compose(stack, 'simulated');
  const server = await startServer(spoor, { host: '127.0.0.1', port: 0 }, makeLog('warn'));
  return {
    url: server.url,
    spoor,
    close: async () => {
      await server.stop();
      await spoor.close();
      await stack.close();
    },
  };
}

/** Plays a scenario. Rejects, with nothing left open, at the first step that does not lead to what it expects. */
export async function play(scenario: Scenario, watched: Watched, stack: TestStack): Promise<World> {
  const served = await serve(stack);
  const client = new Client(served.url);
  const run = new Run(twice(client));
  try {
    const refusals = new Map<string, Outcome>();
    const diary = await played(scenario, watched, client, run, refusals, stack.diaryDays ?? 1);
    return new World(scenario, client, run, served.spoor, diary, refusals, () => served.close());
  } catch (error) {
    await served.close();
    throw error;
  }
}

async function played(
  scenario: Scenario,
  watched: Watched,
  client: Client,
  run: Run,
  refusals: Map<string, Outcome>,
  eachOf: number,
): Promise<readonly DiaryEntry[]> {
  const diary: DiaryEntry[] = [];
  let days = 0;
  const steps = timeline([scenario]);
  for (const [index, step] of steps.entries()) {
    const outcome = await run.give(step);
    if (outcome.kind === 'refused' && step.name !== undefined) refusals.set(step.name, outcome);
    if (steps[index + 1]?.on === step.on) continue;
    await settled(client, step.now);
    if (days++ % eachOf !== 0 && index + 1 < steps.length) continue;
    for (const [name, coordinator] of Object.entries(watched)) {
      if (!run.knows(name)) continue;
      const [network, reader] = [run.id(name), { subject: run.id(coordinator), role: 'back-office' }];
      const told = await toldOf(client, reader, network);
      diary.push({ day: step.on, told, again: () => toldOf(client, reader, network, step.on) });
    }
  }
  return diary;
}

/** A later now waits until processes and projections have caught up. */
async function settled(client: Client, now: string): Promise<void> {
  const later = new Date(Date.parse(now) + 60_000).toISOString();
  const { status } = await client.get('/projections', OPERATOR, {}, later);
  expect(status).toBe(200);
}
