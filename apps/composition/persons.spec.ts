import { StoreError } from '#event-store';
import type { Actor } from '#kernel';
import { compose } from './compose.ts';
import { openMemory } from './stack.ts';

const OPERATOR: Actor = { subject: 'operator', role: 'operator' };

/** One who coordinates, on stores in memory. */
async function coordinator() {
  const stack = openMemory();
  const spoor = await compose(stack, 'system');
  const give = async (name: string, body: object, id?: string): Promise<string> => {
    const definition = spoor.catalogue.commands.find((one) => one.name === name)!;
    const target = id === undefined ? {} : { id };
    const result = await spoor.commands.run({ definition, body, actor: OPERATOR, key: name, ifMatch: '*', ...target });
    if (result.kind !== 'done') throw new Error(JSON.stringify(result));
    return result.receipt.id;
  };
  const network = await give('FoundNetwork', { kind: 'coalition', name: 'Mind', regions: ['11002'] });
  const subject = await give('RegisterPerson', { name: 'An' });
  await give('GiveRole', { role: 'back-office', network }, subject);
  const { position } = await spoor.events.head();
  await spoor.reached(position!, [], 5_000);
  const actor: Actor = { subject, role: 'back-office' };
  const close = async () => {
    await spoor.close();
    await stack.close();
  };
  return { stack, spoor, give, network, actor, close };
}

describe('who may read while the log is away', () => {
  it.each([
    ['refuses', () => Promise.reject(new StoreError('store-unavailable', 'away', {}, { retryable: true }))],
    ['says nothing', () => new Promise<never>(() => {})],
  ])('is what the read model says, when the log %s', async (_, next) => {
    const { stack, spoor, network, actor, close } = await coordinator();
    stack.events.readStream = () => ({ [Symbol.asyncIterator]: () => ({ next }) });
    expect(await spoor.actorState(actor)).toBe('known');
    expect(await spoor.networksOf(actor)).toEqual(new Set([network]));
    expect(await spoor.actorState({ ...actor, subject: network })).toBe('unknown');
    const entry = spoor.catalogue.queries.find(({ name }) => name === 'getNetwork')!;
    expect(await spoor.queries.run(entry, { id: network }, {}, actor)).toMatchObject({ kind: 'found' });
    await close();
  });

  it('is what the stream says as soon as it answers: a role that ended counts at once', async () => {
    const { spoor, give, network, actor, close } = await coordinator();
    await give('RevokeRole', { role: 'back-office', network }, actor.subject);
    expect(await spoor.networksOf(actor)).toEqual(new Set());
    await close();
  });
});
