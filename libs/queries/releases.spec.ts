import { AN, idOf, LEUVEN, NETWORK, on } from '#testkit';
import { Asked } from './harness.ts';
import { allQueries } from './index.ts';
import { releaseStory, TABLE } from './release-harness.ts';

const asked = new Asked(releaseStory);
const nobody = { networks: [], actor: { subject: 'public', role: 'public' } };
type Release = { readonly release: Readonly<Record<string, unknown>> & { readonly id: string } };
const publicly = (asOf?: string): Promise<Release | undefined> =>
  asked.ask('getPublicRelease', { network: NETWORK, table: TABLE, ...(asOf !== undefined && { asOf }) }, {}, nobody);

describe('the public', () => {
  it('sees the last release of a table', async () =>
    expect(await publicly()).toMatchObject({
      release: { id: idOf('tweede'), status: 'published', lines: [{ numerator: null, text: '<5' }], k: 5 },
      asOf: null,
    }));

  it('sees the last one that was published by the end of a day', async () => {
    expect(await publicly('2022-01-11')).toBeUndefined();
    for (const day of ['2022-01-12', '2022-02-28', '2022-04-02'])
      expect((await publicly(day))!.release.id).toBe(idOf('eerste'));
    expect((await publicly('2022-04-03'))!.release.id).toBe(idOf('tweede'));
  });

  it('sees of one that was withdrawn only that, whenever it asks for', async () =>
    expect(await publicly('2022-01-12')).toMatchObject({
      release: {
        status: 'withdrawn',
        withdrawn: { at: on('2022-03-01'), reason: { nl: 'Een jaar te veel' } },
        definitions: [],
        networks: [],
        lines: [],
      },
    }));

  it('sees what there is', async () => {
    const list = (params: object = {}): Promise<{ readonly items: readonly { readonly id: string }[] }> =>
      asked.ask('listPublicReleases', params, {}, nobody);
    expect((await list()).items.map(({ id }) => id)).toEqual([idOf('tweede'), idOf('eerste')]);
    expect((await list({ network: LEUVEN })).items).toEqual([]);
  });

  it('reaches nothing but what was published: no other read model, and no moment of the log', () => {
    const open = allQueries.filter(({ who }) => who === 'public');
    expect(open.map(({ name }) => name)).toEqual(['listPublicReleases', 'getPublicRelease']);
    for (const { reads, timeTravel } of open) expect([reads, timeTravel]).toEqual([['public-release'], false]);
  });

  it('is told no exact number, and not why something is hidden', async () => {
    const told = JSON.stringify([await publicly(), await asked.ask('listPublicReleases', {}, {}, nobody)]);
    expect(told).not.toMatch(/"numerator":\d|primary|secondary|sensitivity/);
  });
});

describe('who is inside', () => {
  it('sees the exact table, and what is hidden of it and why', async () =>
    expect(await asked.ask('getRelease', { id: idOf('klaar') })).toMatchObject({
      release: {
        status: 'checked',
        lines: [{ numerator: 4 }],
        check: { hidden: [{ line: 0, number: 'numerator', why: 'primary' }], by: AN },
        published: null,
      },
    }));

  it('sees it as it was at a moment', async () =>
    expect(await asked.ask('getRelease', { id: idOf('eerste') }, { asOf: '2022-01-11' })).toMatchObject({
      release: { status: 'checked', published: null, withdrawn: null },
    }));

  it('lists them without their numbers', async () => {
    const list: { readonly items: readonly object[] } = await asked.ask('listReleases', { network: NETWORK, table: TABLE }); // prettier-ignore
    expect(list.items).toMatchObject([{ status: 'checked' }, { status: 'published' }, { status: 'withdrawn' }]);
    expect(JSON.stringify(list)).not.toContain('numerator');
  });

  it('of another network sees none', async () => {
    const stranger = { networks: [LEUVEN] };
    expect(await asked.ask('getRelease', { id: idOf('klaar') }, {}, stranger)).toBeUndefined();
    expect(await asked.ask('listExactReads', { id: NETWORK }, {}, stranger)).toBeUndefined();
  });
});

describe('who reads exact small numbers', () => {
  const exactOf = (name: string) => allQueries.find((one) => one.name === name)!.exact! as (answer: object) => unknown;
  const indicator = (sensitivity: string) => ({ id: 'i', sensitivity });

  it('is on record, of a series, of a roll-up and of a release', () => {
    const [small, open] = [indicator('small-numbers'), indicator('open')];
    expect(exactOf('getIndicatorSeries')({ indicator: small, network: 'n', points: [{}] })).toEqual({ network: 'n', subject: 'i' }); // prettier-ignore
    expect(exactOf('getIndicatorSeries')({ indicator: small, network: 'n', points: [] })).toBeNull();
    expect(exactOf('getIndicatorRollUp')({ indicator: small, network: 'n', periods: [{}] })).toEqual({ network: 'n', subject: 'i' }); // prettier-ignore
    expect(exactOf('getIndicatorRollUp')({ indicator: open, network: 'n', periods: [{}] })).toBeNull();
    expect(exactOf('getRelease')({ release: { id: 'r', network: 'n', definitions: [small] } })).toEqual({ network: 'n', subject: 'r' }); // prettier-ignore
    expect(exactOf('getRelease')({ release: { id: 'r', network: 'n', definitions: [open] } })).toBeNull();
  });

  it('is listed for who keeps an eye on it', async () => {
    expect(await asked.ask('listExactReads', { id: NETWORK })).toMatchObject({
      items: [{ reader: AN, role: 'back-office', question: 'getIndicatorSeries', at: on('2022-01-20') }],
    });
    expect(allQueries.find(({ name }) => name === 'listExactReads')!.who).toEqual(['data-steward', 'dpo', 'auditor']);
  });
});
