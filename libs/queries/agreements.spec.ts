import type { ActionEvent, AgreementEvent } from '#domain';
import { actionProposed, at, idOf, log, NETWORK, on, stream, type Fact } from '#testkit';
import { Asked } from './harness.ts';
import type { Moment } from './query.ts';

type Drafted = Extract<AgreementEvent, { readonly type: 'AgreementDrafted' }>['data'];
const meta = (day: string, recorded = day) => ({ meta: at(on(day), on(recorded)) });

const agreement = (name: string, day: string, data: Partial<Drafted>, ...facts: readonly Fact<AgreementEvent>[]) =>
  stream<AgreementEvent>(
    'agreement',
    idOf(name),
    {
      type: 'AgreementDrafted',
      data: {
        kind: 'scheme-period',
        title: name,
        period: { from: '2009-01-01', until: '2013-12-31' },
        parties: [],
        thirdParties: [],
        withNetworks: [],
        scheme: idOf('decreet'),
        succeeds: null,
        objectives: null,
        actions: [],
        ...data,
      },
      ...meta(day),
    },
    ...facts,
  );
const signed = (day: string): Fact<AgreementEvent> => ({
  type: 'AgreementSigned',
  data: { organisation: idOf('stad') },
  ...meta(day),
});
const inForce = (day: string, recorded = day): Fact<AgreementEvent> => ({
  type: 'AgreementEnteredIntoForce',
  data: {},
  ...meta(day, recorded),
});

const asked = new Asked(
  log(
    agreement('nota 1', '2008-06-01', {}, signed('2008-07-01'), inForce('2009-01-01')),
    agreement(
      'nota 2',
      '2013-06-01',
      {
        period: { from: '2014-01-01', until: '2019-12-31' },
        succeeds: idOf('nota 1'),
        objectives: { carriedOver: ['O1'], ended: [] },
        actions: [idOf('wmb'), idOf('nergens')],
      },
      // Registered two months late.
      inForce('2014-01-01', '2014-03-01'),
    ),
    agreement('scholen', '2015-01-01', { kind: 'working-arrangement', scheme: null, period: { from: '2015-01-01' } }),
    stream<ActionEvent>('action', idOf('wmb'), actionProposed({}, at(on('2012-01-01')))),
  ),
);

interface Row {
  readonly title: string;
  readonly status: string;
}
const list = async (day: string, params: object = {}, moment: Moment = {}): Promise<readonly (readonly string[])[]> => {
  const { items }: { readonly items: readonly Row[] } = await asked.ask(
    'listAgreements',
    { network: NETWORK, ...params },
    moment,
    { now: on(day) },
  );
  return items.map(({ title, status }) => [title, status]);
};

describe('the agreements of a network', () => {
  it('are in force until their last day, and superseded once a successor in force has begun', async () => {
    const first = async (day: string) => (await list(day)).find(([title]) => title === 'nota 1');
    expect(await first('2013-12-31')).toEqual(['nota 1', 'in-force']);
    expect(await first('2014-01-01')).toEqual(['nota 1', 'superseded']);
  });

  it('are expired while there is no successor in force', async () => {
    expect(await list('2019-12-31', { status: 'in-force' })).toEqual([['nota 2', 'in-force']]);
    expect(await list('2020-01-01', { status: 'expired' })).toEqual([['nota 2', 'expired']]);
  });

  it('are as they were known and as they held: the successor was registered late', async () => {
    const at2014 = '2014-02-01T10:00:00.000Z';
    expect(await list('2022-01-01', { kind: 'scheme-period' }, { asOf: at2014 })).toEqual([
      ['nota 2', 'drafted'],
      ['nota 1', 'expired'],
    ]);
    expect(await list('2022-01-01', {}, { effectiveAt: at2014 })).toEqual([
      ['nota 2', 'in-force'],
      ['nota 1', 'superseded'],
    ]);
  });

  it('come in pages, the latest to begin first, by kind and by status', async () => {
    expect(await list('2022-01-01')).toEqual([
      ['scholen', 'drafted'],
      ['nota 2', 'expired'],
      ['nota 1', 'superseded'],
    ]);
    expect(await list('2022-01-01', { kind: 'working-arrangement' })).toEqual([['scholen', 'drafted']]);
    const { next }: { readonly next: string } = await asked.ask('listAgreements', { network: NETWORK, limit: 2 });
    expect(await list('2022-01-01', { limit: 2, cursor: next })).toEqual([['nota 1', 'superseded']]);
  });
});

describe('one agreement', () => {
  const of = async (name: string): Promise<object> =>
    asked.ask('getAgreement', { id: idOf(name) }, {}, { now: on('2018-01-01') });

  it('shows what came before it and the actions that rest on it, as far as they are there', async () =>
    expect(await of('nota 2')).toMatchObject({
      agreement: { title: 'nota 2', objectives: { carriedOver: ['O1'] } },
      status: 'in-force',
      predecessor: { id: idOf('nota 1'), status: 'superseded', signatories: [idOf('stad')] },
      successors: [],
      actions: [{ id: idOf('wmb'), title: { nl: 'Wonen met begeleiding' }, status: 'proposed' }],
      names: { [idOf('wmb')]: 'Wonen met begeleiding' },
    }));

  it('shows what came after it', async () =>
    expect(await of('nota 1')).toMatchObject({
      status: 'superseded',
      predecessor: null,
      successors: [{ id: idOf('nota 2'), status: 'in-force' }],
    }));

  it('is there for its network only', async () =>
    expect(
      await asked.ask('getAgreement', { id: idOf('nota 1') }, {}, { networks: [idOf('leuven')] }),
    ).toBeUndefined());
});
