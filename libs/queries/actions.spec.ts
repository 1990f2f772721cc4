import { idOf, LEUVEN, LIES, NETWORK, on, story } from '#testkit';
import { Asked } from './harness.ts';

const asked = new Asked(story);
const [WMB, CHILD, NIGHT] = [idOf('wmb'), idOf('kind'), idOf('nachtopvang')];
const idsOf = async (filters: object, moment = {}): Promise<readonly string[]> => {
  const { items }: { readonly items: readonly { readonly id: string }[] } = await asked.ask(
    'listActions',
    { network: NETWORK, ...filters },
    moment,
  );
  return items.map(({ id }) => id);
};

describe('the list of actions', () => {
  it('has those of the network, the latest proposed first', async () => expect(await idsOf({})).toEqual([NIGHT, WMB]));

  it.each([
    [{ status: ['active', 'suspended'] }, [WMB]],
    [{ status: ['closed'] }, []],
    [{ lead: LIES }, [WMB]],
    [{ objective: 'O5' }, [NIGHT, WMB]],
    [{ horizon: 'long' }, []],
    [{ verdict: 'works' }, [WMB]],
    [{ partner: idOf('huisvesting') }, [NIGHT]],
    [{ region: '11002' }, [NIGHT, WMB]],
    [{ group: idOf('zorg') }, []],
  ])('filters by %j', async (filters, found) => expect(await idsOf(filters)).toEqual(found));

  it('is what was known, or what held, at a moment', async () => {
    expect(await idsOf({ partner: idOf('huisvesting') }, { asOf: '2021-03-04' })).toEqual([NIGHT, WMB]);
    expect(await idsOf({ partner: idOf('huisvesting') }, { asOf: '2021-03-05' })).toEqual([NIGHT]);
    expect(await idsOf({ status: ['active'] }, { effectiveAt: on('2020-09-16') })).toEqual([WMB]);
    expect(await idsOf({ status: ['active'] }, { effectiveAt: on('2020-09-14') })).toEqual([]);
  });

  it('is paged: each action once, and a cursor fits its own filters only', async () => {
    const page: { readonly items: readonly { readonly id: string }[]; readonly next: string } = await asked.ask(
      'listActions',
      { network: NETWORK, limit: 1 },
    );
    expect(page.items.map(({ id }) => id)).toEqual([NIGHT]);
    expect(await idsOf({ limit: 1, cursor: page.next })).toEqual([WMB]);
    await expect(asked.ask('listActions', { network: NETWORK, lead: LIES, cursor: page.next })).rejects.toMatchObject({
      code: 'invalid-cursor',
    });
  });
});

describe('the board', () => {
  it('counts each column and sums its budgets', async () => {
    const { columns }: { readonly columns: readonly { readonly status: string; readonly count: number }[] } =
      await asked.ask('getActionBoard', { network: NETWORK });
    expect(columns.filter(({ count }) => count > 0)).toMatchObject([
      { status: 'proposed', count: 1, budgetCents: 1_000_000, items: [{ id: NIGHT }] },
      { status: 'active', count: 1, budgetCents: 5_500_050, items: [{ id: WMB }] },
    ]);
  });

  it('had another sum before the action was adjusted', async () =>
    expect(await asked.ask('getActionBoard', { network: NETWORK }, { asOf: '2021-05-20' })).toMatchObject({
      columns: expect.arrayContaining([
        expect.objectContaining({ status: 'active', budgetCents: 6_000_000 }),
      ]) as object,
    }));
});

describe('one action', () => {
  it('has its names, and its children of networks that the caller may see', async () => {
    expect(await asked.ask('getAction', { id: WMB })).toMatchObject({
      action: { id: WMB, planVersion: 2 },
      children: [],
      names: { [LIES]: 'Lies', [idOf('wonen')]: 'Wonen', [idOf('jeugdhulp')]: 'jeugdhulp (demo)' },
    });
    expect(await asked.ask('getAction', { id: WMB }, {}, { networks: [NETWORK, LEUVEN] })).toMatchObject({
      children: [{ id: CHILD, generation: 1 }],
    });
  });

  it('never shows the text of a confidential obstacle', async () => {
    for (const name of ['getAction', 'getActionHistory'])
      expect(JSON.stringify(await asked.ask(name, { id: WMB }))).not.toContain('oude ruzie');
    for (const name of ['listActions', 'listJournal'])
      expect(JSON.stringify(await asked.ask(name, { network: NETWORK }))).not.toContain('oude ruzie');
  });
});

describe('the provenance of an action', () => {
  it('is the same tree from the root and from a child', async () => {
    const caller = { networks: [NETWORK, LEUVEN] };
    const tree = await asked.ask('getProvenanceTree', { id: WMB }, {}, caller);
    expect(tree).toMatchObject({
      root: WMB,
      nodes: [
        { id: WMB, parent: null, generation: 0, status: 'active', verdict: 'works' },
        { id: CHILD, parent: WMB, generation: 1, status: 'proposed', network: LEUVEN, decision: idOf('d2') },
      ],
    });
    expect(await asked.ask('getProvenanceTree', { id: CHILD }, {}, caller)).toEqual(tree);
  });

  it('tells of another network where the child is and how it stands (BRD-6), and no more', async () =>
    expect(await asked.ask('getProvenanceTree', { id: WMB })).toMatchObject({
      nodes: [
        { id: WMB },
        { id: CHILD, parent: WMB, generation: 1, visible: false, status: 'proposed', title: null, decision: null },
      ],
    }));

  it('had no child before it was broadened', async () =>
    expect(await asked.ask('getProvenanceTree', { id: WMB }, { asOf: '2022-06-17' })).toMatchObject({
      nodes: [{ id: WMB }],
    }));
});
