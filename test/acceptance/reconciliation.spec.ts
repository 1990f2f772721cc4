import type { Actor } from '#kernel';
import { allQueries } from '#queries';
import type { Spoor } from '../../apps/api/spoor.ts';
import { compose } from '../../apps/composition/compose.ts';
import { openMemory } from '../../apps/composition/stack.ts';
import { seed } from '../../apps/seed/seed.ts';
import { SLOW_MS } from './rules.ts';

/* Every euro of the demo histories reaches evidence or stands in the list of those without, on both clocks. */

const MOMENTS = [{}, { asOf: '2021-06-30' }, { effectiveAt: '2021-06-30T12:00:00.000Z' }];

interface Reconciliation {
  readonly differenceCents: number;
  readonly expenditures: { readonly claimedCents: number; readonly provenCents: number };
  readonly withoutEvidence: { readonly claimedCents: number };
  readonly grants: readonly { readonly grant: string }[];
}

let spoor: Spoor;
let close: () => Promise<unknown>;
/** Somebody with a role in each network. */
const members = new Map<string, Actor>();

/** The answer; undefined where, as of then, there is none. */
async function ask<T>(name: string, params: object, moment: object, actor: Actor): Promise<T | undefined> {
  const answer = await spoor.queries.run(
    allQueries.find((one) => one.name === name)!,
    params,
    moment,
    actor,
  );
  return 'value' in answer ? (answer.value as T) : undefined;
}

beforeAll(async () => {
  const stack = openMemory();
  spoor = await compose(stack, 'simulated');
  await seed(spoor);
  for await (const page of spoor.events.readAll())
    for (const stored of page) {
      const { stream, type, data } = spoor.decode(stored)!;
      const { role, network } = data as { readonly role?: string; readonly network?: string };
      if (type === 'RoleGiven') members.set(network!, { subject: stream.id, role: role! });
    }
  close = async () => {
    await spoor.close();
    await stack.close();
  };
}, SLOW_MS);
afterAll(() => close());

it(
  'events, statements and lists agree to the cent, and each flow of money is conserved',
  async () => {
    let [claimedCents, grants] = [0, 0];
    for (const [id, actor] of members)
      for (const moment of MOMENTS) {
        const found = await ask<Reconciliation>('getNetworkReconciliation', { id }, moment, actor);
        if (found === undefined) continue;
        expect(found.differenceCents).toBe(0);
        expect(found.expenditures.provenCents + found.withoutEvidence.claimedCents).toBe(
          found.expenditures.claimedCents,
        );
        for (const { grant } of found.grants)
          expect(await ask('getMoneyTrace', { id: grant }, moment, actor)).toMatchObject({ differenceCents: 0 });
        claimedCents += found.expenditures.claimedCents;
        grants += found.grants.length;
      }
    expect(claimedCents).toBeGreaterThan(0);
    expect(grants).toBeGreaterThan(5);
  },
  SLOW_MS,
);
