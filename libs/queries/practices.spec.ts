import { VERDICTS, type ActionEvent, type PracticeEvent, type Verdict } from '#domain';
import { memoryReadStore } from '#read-store/memory';
import {
  actionEvaluated,
  actionProposed,
  at,
  idOf,
  log,
  NETWORK,
  on,
  stream,
  type Fact,
  type StreamFacts,
} from '#testkit';
import fc from 'fast-check';
import { Asked } from './harness.ts';

const [ABDIJ, MECHELEN, TURNHOUT, ROOT, P1, P2] = ['abdij', 'mechelen', 'turnhout', 'root', 'p1', 'p2'].map(idOf) as [
  string,
  string,
  string,
  string,
  string,
  string,
];
const stranger = { networks: [TURNHOUT], actor: { subject: 'x', role: 'member' } };

/** An action of a network; a child of another one by a practice, or by none. */
const acted = (
  id: string,
  of: string,
  from: { readonly parent: string; readonly generation: number; readonly practice?: string } | null,
  ...facts: readonly Fact<ActionEvent>[]
) =>
  stream<ActionEvent>(
    'action',
    id,
    ...[
      actionProposed(
        from === null
          ? {}
          : {
              derivedFrom: {
                action: from.parent,
                network: NETWORK,
                root: ROOT,
                planVersion: 1,
                evaluation: idOf('e1'),
                kind: 'network',
                generation: from.generation,
                adaptations: 'Kleiner',
                ...(from.practice !== undefined && { practice: from.practice, practiceVersion: 1 }),
                carried: { indicators: [], learnings: [] },
              },
            },
        at(on('2021-01-01')),
      ),
      ...facts,
    ].map((fact) => ({ ...fact, meta: { ...fact.meta, network: of } })),
  );
const evaluated = (verdict: Verdict, day = '2022-01-01') => actionEvaluated({ verdict }, at(on(day)));
const published = (id: string, action: string, day: string, ...facts: readonly Fact<PracticeEvent>[]) =>
  stream<PracticeEvent>(
    'practice',
    id,
    {
      type: 'PracticePublished',
      data: {
        version: 1,
        action,
        title: { nl: 'Opvang in abdij' },
        method: { nl: '…' },
        context: { nl: '…' },
        conditions: null,
        evaluation: idOf('e1'),
        tags: ['abdij'],
      },
      meta: at(on(day)),
    },
    ...facts,
  );
const child = (parent: string, generation: number, practice?: string) => ({
  parent,
  generation,
  ...(practice !== undefined && { practice }),
});

interface Found {
  readonly record: readonly { readonly action: string; readonly verdict: Verdict | null }[];
  readonly tally: Readonly<Record<'works' | 'worksPartly' | 'doesNotWork' | 'open', number>>;
}

describe('the library', () => {
  const withdrawn: Fact<PracticeEvent> = { type: 'PracticeWithdrawn', data: {}, meta: at(on('2022-06-01')) };
  const asked = new Asked(log(published(P1, ABDIJ, '2022-01-02'), published(P2, ABDIJ, '2022-02-02', withdrawn)));
  const idsOf = async (filters: object, moment = {}) => {
    const { items }: { readonly items: readonly { readonly id: string }[] } = await asked.ask(
      'listPractices',
      filters,
      moment,
      stranger,
    );
    return items.map(({ id }) => id);
  };

  it.each([
    [{}, [P1]],
    [{ status: 'withdrawn' }, [P2]],
    [{ tag: 'abdij' }, [P1]],
    [{ tag: 'anders' }, []],
    [{ network: NETWORK }, [P1]],
    [{ network: MECHELEN }, []],
  ])('is open to every network: %j', async (filters, found) => expect(await idsOf(filters)).toEqual(found));

  it('is what was published at a moment', async () =>
    expect(await idsOf({}, { asOf: '2022-03-01' })).toEqual([P2, P1]));
});

describe('a practice', () => {
  const refused: Fact<PracticeEvent> = {
    type: 'PracticeAdoptionRefused',
    data: { adoption: idOf('adoption'), network: MECHELEN, code: 'before-network-start' },
    meta: at(on('2022-02-01')),
  };
  const declined: Fact<ActionEvent> = {
    type: 'ActionDeclined',
    data: { decision: idOf('d') },
    meta: at(on('2022-03-01')),
  };
  const asked = new Asked(
    log(
      acted(ROOT, NETWORK, null, evaluated('works')),
      acted(ABDIJ, NETWORK, child(ROOT, 1), evaluated('works')),
      acted(
        idOf('in mechelen'),
        MECHELEN,
        child(ABDIJ, 2, P1),
        evaluated('works'),
        evaluated('does-not-work', '2022-05-01'),
      ),
      acted(idOf('in turnhout'), TURNHOUT, child(ABDIJ, 2, P1), declined),
      acted(idOf('aside'), NETWORK, child(ROOT, 1), evaluated('works')),
      published(P1, ABDIJ, '2022-01-02', refused),
    ),
  );

  it('has a record: works here, not there, of all that came of its action and of nothing else (BRD-6)', async () =>
    expect(await asked.ask('getPractice', { id: P1 })).toMatchObject({
      practice: { id: P1, version: 1 },
      record: [
        { action: ABDIJ, parent: ROOT, verdict: 'works', practiceVersion: null },
        ...[
          { action: idOf('in mechelen'), network: MECHELEN, status: 'proposed', verdict: 'does-not-work' },
          { action: idOf('in turnhout'), network: TURNHOUT, status: 'declined', verdict: null },
        ].toSorted((a, b) => (a.action < b.action ? -1 : 1)),
      ],
      tally: { works: 1, worksPartly: 0, doesNotWork: 1, open: 1 },
    }));

  it('tells everybody where it went and whether it works there, and of another network’s action no more', async () => {
    const { record }: { readonly record: readonly { readonly network: string }[] } = await asked.ask(
      'getPractice',
      { id: P1 },
      {},
      stranger,
    );
    const of = (network: string) => record.find((one) => one.network === network);
    expect(of(MECHELEN)).toEqual({
      action: idOf('in mechelen'),
      parent: ABDIJ,
      generation: 2,
      network: MECHELEN,
      regions: ['11002'],
      title: { nl: 'Wonen met begeleiding' },
      status: 'proposed',
      verdict: 'does-not-work',
      practiceVersion: 1,
      adaptations: null,
    });
    expect(of(TURNHOUT)).toMatchObject({ adaptations: 'Kleiner' });
  });

  it('tells of a refused adoption to who published it and to who was refused', async () => {
    const refusals = async (caller: object) => {
      const { practice }: { practice: { refusals: readonly object[] } } = await asked.ask(
        'getPractice',
        { id: P1 },
        {},
        caller,
      );
      return practice.refusals.length;
    };
    expect(await refusals({})).toBe(1);
    expect(await refusals({ networks: [MECHELEN] })).toBe(1);
    expect(await refusals(stranger)).toBe(0);
  });

  it('had the record of the moment', async () => {
    expect(await asked.ask('getPractice', { id: P1 }, { effectiveAt: on('2022-04-01') })).toMatchObject({
      tally: { works: 2, doesNotWork: 0, open: 1 },
    });
    expect(await asked.ask('getPractice', { id: P1 }, { asOf: '2022-01-01' })).toBeUndefined();
  });

  it('is seen in the provenance of its action: no decision broadened it', async () => {
    const { nodes }: { readonly nodes: readonly { readonly id: string }[] } = await asked.ask(
      'getProvenanceTree',
      { id: ABDIJ },
      {},
      { networks: [NETWORK, MECHELEN, TURNHOUT] },
    );
    expect(nodes.find(({ id }) => id === idOf('in turnhout'))).toMatchObject({
      parent: ABDIJ,
      generation: 2,
      status: 'declined',
      decision: null,
      practice: P1,
    });
  });
});

it('a practice’s record is what the evaluations of its tree say (property)', async () => {
  /** Each action comes from one before it, or from none; it has some verdicts, the last of which counts. */
  const trees = fc.array(fc.tuple(fc.nat(), fc.array(fc.constantFrom(...VERDICTS), { maxLength: 3 })), {
    minLength: 1,
    maxLength: 10,
  });
  const store = memoryReadStore();
  await fc.assert(
    fc.asyncProperty(trees, fc.nat(), async (drawn, pick) => {
      const nodes: { id: string; parent: number; generation: number; verdicts: readonly Verdict[] }[] = [];
      for (const [i, [before, verdicts]] of drawn.entries()) {
        const parent = i === 0 ? -1 : before % i;
        nodes.push({
          id: i === 0 ? ROOT : idOf(`node ${i}`),
          parent,
          generation: i === 0 ? 0 : nodes[parent]!.generation + 1,
          verdicts,
        });
      }
      const source = pick % nodes.length;
      const isOf = (i: number): boolean => i === source || (i > source && isOf(nodes[i]!.parent));
      const streams = nodes.map(({ id, parent, generation, verdicts }): StreamFacts =>
        acted(
          id,
          idOf(`network ${id}`),
          parent === -1 ? null : child(nodes[parent]!.id, generation, P1),
          ...verdicts.map((verdict) => evaluated(verdict)),
        ),
      );
      const { record, tally }: Found = await new Asked(
        log(...streams, published(P1, nodes[source]!.id, '2022-02-02')),
        store,
      ).ask('getPractice', { id: P1 });
      const expected = new Map(
        nodes.filter((_, i) => isOf(i)).map(({ id, verdicts }) => [id, verdicts.at(-1) ?? null] as const),
      );
      expect(record).toHaveLength(expected.size);
      expect(new Map(record.map(({ action, verdict }) => [action, verdict]))).toEqual(expected);
      expect(tally.works).toBe([...expected.values()].filter((verdict) => verdict === 'works').length);
      expect(tally.works + tally.worksPartly + tally.doesNotWork + tally.open).toBe(expected.size);
    }),
    { numRuns: 50 },
  );
});
