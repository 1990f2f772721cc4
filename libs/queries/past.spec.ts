import * as fc from 'fast-check';
import { uuidv5, type Recorded } from '#kernel';
import type { ActionEvent } from '#domain';
import { allProjections, type ActionCard } from '#projections';
import type { Doc, Filter, Query, Reader } from '#read-store';
import { memoryReadStore } from '#read-store/memory';
import {
  actionEvaluated,
  actionProposed,
  at,
  idOf,
  log,
  NETWORK,
  numbered,
  projected,
  record,
  stream,
  type Fact,
} from '#testkit';
import { readerAt, type Moment } from './index.ts';

const WMB = idOf('wmb');
const models = allProjections.filter(({ name }) => name === 'action-card' || name === 'journal');
const day = (date: string) => `${date}T10:00:00.000Z`;

const [store, other] = [memoryReadStore(), memoryReadStore()];
/** What is kept now of these events. */
async function kept(events: readonly Recorded[], by = store): Promise<Reader> {
  await projected(by, models, events);
  return by;
}

type Card = ActionCard & Doc;
const cardAt = async (events: readonly Recorded[], moment: Moment, id = WMB): Promise<Card | undefined> =>
  (await readerAt(await kept(events), models, moment).get<Card>('action-card', id))?.doc;

describe('an action as of a moment', () => {
  const events = log(
    stream<ActionEvent>(
      'action',
      WMB,
      actionProposed({}, at(day('2020-06-10'))),
      { type: 'LeadAssigned', data: { lead: idOf('lies') }, meta: at(day('2020-07-01')) },
      { type: 'ActionStarted', data: {}, meta: at(day('2020-10-01')) },
      // The partner left in December; that was registered in March.
      {
        type: 'PartnerLeft',
        data: { organisation: idOf('huisvesting') },
        meta: at(day('2020-12-01'), day('2021-03-05')),
      },
    ),
  );

  it('did not exist before its first event', async () => {
    expect(await cardAt(events, { asOf: '2020-06-09' })).toBeUndefined();
    expect(await cardAt(events, { effectiveAt: day('2020-06-09') })).toBeUndefined();
  });

  it('is what was known by the end of a day', async () => {
    expect(await cardAt(events, { asOf: '2020-06-10' })).toMatchObject({ status: 'proposed', lead: null, revision: 0 });
    expect(await cardAt(events, { asOf: '2020-10-01' })).toMatchObject({ status: 'active', revision: 2 });
    expect(await cardAt(events, { asOf: '0000000000000002' })).toMatchObject({ status: 'proposed', revision: 1 });
  });

  it('counts a fact registered late from its registration on what was known, from its day on what held', async () => {
    const partners = async (moment: Moment) => (await cardAt(events, moment))!.organisations.length;
    expect(await partners({ asOf: '2021-03-04' })).toBe(2);
    expect(await partners({ asOf: '2021-03-05' })).toBe(1);
    expect(await partners({ effectiveAt: day('2020-11-30') })).toBe(2);
    expect(await partners({ effectiveAt: day('2020-12-01') })).toBe(1);
    expect(await partners({ asOf: '2021-03-04', effectiveAt: day('2020-12-31') })).toBe(2);
  });

  it('reflects the last event known, in every answer', async () => {
    const reader = readerAt(await kept(events), models, { asOf: '2020-07-01' });
    const where = [['network', 'eq', NETWORK]] as const;
    expect(await reader.get('action-card', WMB)).toMatchObject({ asOf: '0000000000000002' });
    expect(await reader.find({ model: 'action-card', where })).toMatchObject({ asOf: '0000000000000002' });
    expect((await reader.find({ model: 'journal', where })).items).toHaveLength(2);
    expect(await reader.count({ model: 'action-card', where: [['status', 'eq', 'proposed']] })).toBe(1);
    expect(await readerAt(await kept(events), models, { asOf: '2020-01-01' }).find({ model: 'action-card' })).toEqual({
      items: [],
      next: null,
      asOf: null,
    });
  });
});

describe('the pages of a list', () => {
  const [GENT, NIGHT, CARE] = [idOf('gent'), idOf('nacht'), idOf('zorg')];
  const proposed = (date: string, id: string) => stream<ActionEvent>('action', id, actionProposed({}, at(day(date))));
  const first = [proposed('2020-06-10', WMB), proposed('2020-06-11', GENT), proposed('2020-06-12', NIGHT)];
  const events = log(...first);
  const later = log(...first, proposed('2020-06-13', CARE));
  const where = [['network', 'eq', NETWORK]] as const;

  it.each(['journal', 'action-card'])('of %s reflect what the first one did, whatever is written', async (model) => {
    for (const moment of [{ asOf: '2099-12-31' }, { effectiveAt: day('2099-12-31') }]) {
      const query = { model, where, limit: 2 };
      const start = await readerAt(await kept(events), models, moment).find(query);
      const grown = readerAt(await kept(later, other), models, moment);
      const rest = await grown.find({ ...query, cursor: start.next! });
      expect([rest.items.length, rest.next, rest.asOf]).toEqual([1, null, start.asOf]);
      expect(start.items).not.toContainEqual(rest.items[0]);
      expect(await grown.count({ model, where })).toBe(3);
    }
  });

  it('are of one moment', async () => {
    const query = { model: 'action-card', where, limit: 1 };
    const now = await kept(events);
    const { next } = await readerAt(now, models, { asOf: '2099-12-31' }).find(query);
    const [cut, inner] = next!.split('.');
    const beyond = Buffer.from('["ffffffffffffffff","2099-12-31",null]').toString('base64url');
    const refused = (moment: Moment, cursor: string) =>
      expect(readerAt(now, models, moment).find({ ...query, cursor })).rejects.toMatchObject({
        code: 'invalid-cursor',
      });
    for (const cursor of ['', inner!, `.${inner}`, `${cut}.`, `x.${inner}`, `${beyond}.${inner}`])
      await refused({ asOf: '2099-12-31' }, cursor);
    for (const moment of [{ asOf: '2098-12-31' }, { asOf: '2020-01-01' }, { effectiveAt: day('2099-12-31') }, {}])
      await refused(moment, next!);
  });
});

describe('a long fold', () => {
  const ids = Array.from({ length: 2_500 }, (_, i) => idOf(`a${i}`));
  const events = log(...ids.map((id) => stream<ActionEvent>('action', id, actionProposed())));

  it('gives way between what it reads and folds', async () => {
    let times = 0;
    const giveWay = () => Promise.resolve(times++);
    await readerAt(await kept(events), models, { asOf: '2099-12-31' }, giveWay).find({ model: 'action-card' });
    expect(times).toBeGreaterThan(10);
  });

  it('is not needed where ids are asked for: only their streams are read', async () => {
    const now = await kept(events);
    let read = 0;
    const counting: Pick<Reader, 'find'> = {
      find: async <T extends Doc>(query: Query) => {
        const page = await now.find<T>(query);
        read += page.items.length;
        return page;
      },
    };
    const reader = readerAt(counting as Reader, models, { asOf: '2099-12-31' });
    const filters: readonly Filter[] = [
      ['id', 'eq', ids[7]!],
      ['id', 'in', [ids[7]!, ids[8]!]],
    ];
    const found = [];
    for (const filter of filters)
      found.push((await reader.find({ model: 'action-card', where: [filter] })).items.length);
    // Besides those the event that is the last one known.
    expect([...found, read]).toEqual([1, 2, 1 + 3]);
  });
});

describe('a prefix of the log is what was known', () => {
  it('though the clock of a second writer ran behind', async () => {
    const [proposed, led, started] = log(
      stream<ActionEvent>(
        'action',
        WMB,
        actionProposed({}, at(day('2020-06-10'))),
        { type: 'LeadAssigned', data: { lead: idOf('lies') }, meta: at(day('2020-07-02')) },
        { type: 'ActionStarted', data: {}, meta: at(day('2020-07-03')) },
      ),
    );
    const behind = { ...started!, meta: { ...started!.meta, recordedAt: day('2020-07-01') } };
    expect(await cardAt([proposed!, led!, behind], { asOf: '2020-07-01' })).toMatchObject({
      status: 'proposed',
      lead: null,
    });
    expect(await cardAt([proposed!, led!, behind], { asOf: '2020-07-02' })).toMatchObject({ status: 'active' });
  });
});

describe('a correction', () => {
  const start = idOf('start');
  const correct = (field: string, from: string, to: string, event = start): ActionEvent => ({
    type: 'RecordCorrected',
    data: { event, field, from, to, confirmedBy: idOf('lies') },
  });
  const events = log(
    stream<ActionEvent>(
      'action',
      WMB,
      actionProposed({}, at(day('2020-06-10'))),
      { id: start, type: 'ActionStarted', data: {}, meta: at(day('2020-10-01')) },
      { ...correct('occurredAt', day('2020-10-01'), day('2020-09-01')), meta: at(day('2020-11-05')) },
      {
        ...correct('occurredAt', day('2020-09-01'), day('2020-09-15')),
        meta: at(day('2020-11-03'), day('2020-11-09')),
      },
    ),
  );
  const startedAt = async (moment: Moment) => (await cardAt(events, moment))?.startedAt;

  it('is known from its registration on', async () => {
    expect(await startedAt({ asOf: '2020-11-04' })).toBe(day('2020-10-01'));
    expect(await startedAt({ asOf: '2020-11-05' })).toBe(day('2020-09-01'));
    expect(await startedAt({ asOf: '2020-11-09' })).toBe(day('2020-09-15'));
  });

  it('changes what held, and the last one registered counts', async () => {
    expect(await startedAt({ effectiveAt: day('2020-09-14') })).toBeNull();
    expect(await startedAt({ effectiveAt: day('2020-09-15') })).toBe(day('2020-09-15'));
    expect(await startedAt({ effectiveAt: day('2020-12-31') })).toBe(day('2020-09-15'));
    expect(await startedAt({ effectiveAt: day('2020-09-14'), asOf: '2020-11-05' })).toBe(day('2020-09-01'));
  });
});

describe('whatever happens', () => {
  const moment = fc.integer({ min: 0, max: 400 }).map((days) => new Date(Date.UTC(2020, 0, 1 + days)).toISOString());
  const fact = fc
    .tuple(
      fc.constantFrom<Fact<ActionEvent>>(
        actionProposed(),
        actionEvaluated(),
        actionEvaluated({ verdict: 'works', nextStep: 'broaden' }),
        { type: 'ActionApproved', data: { decision: idOf('d1') } },
        { type: 'LeadAssigned', data: { lead: idOf('lies') } },
        { type: 'ActionStarted', data: {} },
        { type: 'ActionSuspended', data: { code: 'funding' } },
        { type: 'ActionResumed', data: { note: 'weer geld', suspendedDays: 12 } },
        { type: 'PartnerJoined', data: { organisation: idOf('welzijn') } },
        { type: 'PartnerLeft', data: { organisation: idOf('welzijn') } },
        { type: 'ActionClosed', data: { outcome: 'partly', learnings: [] } },
        {
          type: 'ActionAdjusted',
          data: {
            planVersion: 2,
            changes: { targetGroup: { from: 'a', to: 'b' } },
            scope: 'minor',
            basis: { kind: 'decision', ref: idOf('d1') },
          },
        },
      ),
      moment,
      moment,
    )
    .map(([fact, occurredAt, recordedAt]) => ({ ...fact, meta: { occurredAt, recordedAt } }));
  const ACTIONS = [idOf('wmb'), idOf('gent')];
  /** Of the first event of the stream. */
  const correction = fc.tuple(moment, moment).map(([to, recordedAt]) => (id: string): Fact<ActionEvent> => ({
    type: 'RecordCorrected',
    data: { event: uuidv5('testkit', 'action', id, '0'), field: 'occurredAt', from: '', to, confirmedBy: '' },
    meta: { occurredAt: recordedAt, recordedAt },
  }));
  const anyFact = fc.oneof(
    { weight: 6, arbitrary: fact.map((one) => () => one) },
    { weight: 1, arbitrary: correction },
  );
  /** Two actions side by side, registered at any time: clocks may run back. */
  const events = fc
    .array(fc.tuple(fc.constantFrom(...ACTIONS), anyFact), { minLength: 1, maxLength: 16 })
    .map((made) => {
      const factsOf = (id: string) => made.filter(([of]) => of === id).map(([, one]) => one(id));
      const streams = new Map(ACTIONS.map((id) => [id, record('action', id, factsOf(id)).values()]));
      return numbered(made.map(([id]) => streams.get(id)!.next().value!));
    });
  it('the past at the head of the log is what is kept now, to the byte', () =>
    fc.assert(
      fc.asyncProperty(events, async (events) => {
        const now = await kept(events);
        const past = readerAt(now, models, { asOf: events.at(-1)!.position });
        const query = { model: 'action-card', where: [['network', 'eq', NETWORK]] } as const;
        expect(JSON.stringify(await past.find(query))).toBe(JSON.stringify(await now.find(query)));
        for (const id of ACTIONS) expect(await past.get('action-card', id)).toEqual(await now.get('action-card', id));
      }),
      { numRuns: 60 },
    ));

  it('what was known does not change as the log grows', () =>
    fc.assert(
      fc.asyncProperty(events, fc.integer({ min: 1, max: 16 }), moment, async (events, length, effectiveAt) => {
        const shorter = events.slice(0, length);
        const asOf = shorter.at(-1)!.position;
        const [then, later] = [await kept(shorter), await kept(events, other)];
        for (const moment of [{ asOf }, { asOf, effectiveAt }])
          expect(await readerAt(later, models, moment).find({ model: 'action-card' })).toEqual(
            await readerAt(then, models, moment).find({ model: 'action-card' }),
          );
      }),
      { numRuns: 60 },
    ));
});
