import type { Recorded } from '#kernel';
import type { DocumentEvent, EvidenceEvent } from '#domain';
import { at, idOf, log, NETWORK, on, stream, type Fact, type StreamFacts } from '#testkit';
import { Asked } from './harness.ts';
import { fact, grantStory, moneyOf, moneyStory, RENT_BILL } from './money-harness.ts';

const meta = (day: string) => ({ meta: at(on(day)) });
const registered = (title: string, kind: string, retainUntil: string | null, day: string): Fact<EvidenceEvent> => ({
  type: 'EvidenceRegistered',
  data: { sha256: 'a'.repeat(64), mediaType: 'application/pdf', class: kind, title, heldBy: 'CAW', retainUntil },
  ...meta(day),
});

const asked = new Asked(
  log(
    stream<EvidenceEvent>('evidence', idOf('oud'), registered('Factuur', 'invoice', '2025-12-31', '2020-01-01'), {
      type: 'EvidenceSupersededBy',
      data: { by: idOf('nieuw') },
      ...meta('2020-03-01'),
    }),
    stream<EvidenceEvent>('evidence', idOf('nieuw'), registered('Factuur bis', 'invoice', '2030-12-31', '2020-02-01'), {
      type: 'LegalHoldSet',
      data: {},
      ...meta('2021-01-01'),
    }),
    stream<EvidenceEvent>('evidence', idOf('nota'), registered('Nota', 'minutes', null, '2020-03-01')),
  ),
);

const titles = async (params: object, moment: object = {}): Promise<readonly string[]> => {
  const { items }: { readonly items: readonly { readonly title: string }[] } = await asked.ask(
    'listEvidence',
    { network: NETWORK, ...params },
    moment,
  );
  return items.map(({ title }) => title);
};

describe('the register of evidence', () => {
  it.each([
    [{}, ['Nota', 'Factuur bis', 'Factuur']],
    [{ class: 'invoice' }, ['Factuur bis', 'Factuur']],
    [{ legalHold: true }, ['Factuur bis']],
    [{ legalHold: false }, ['Nota', 'Factuur']],
    [{ retainedBefore: '2025-12-31' }, []],
    [{ retainedBefore: '2026-01-01' }, ['Factuur']],
  ])('finds by %j, the latest first', async (params, found) => expect(await titles(params)).toEqual(found));

  it('is as it was at a moment', async () =>
    expect(await titles({ legalHold: true }, { effectiveAt: on('2020-12-31') })).toEqual([]));
});

it('evidence names what took its place, and what it took the place of', async () => {
  expect(await asked.ask('getEvidence', { id: idOf('oud') })).toMatchObject({
    evidence: { supersededBy: idOf('nieuw') },
    supersedes: [],
  });
  expect(await asked.ask('getEvidence', { id: idOf('nieuw') })).toMatchObject({
    evidence: { supersededBy: null, legalHold: true },
    supersedes: [{ id: idOf('oud'), title: 'Factuur' }],
  });
});

const withMore = (story: readonly Recorded[], more: StreamFacts) =>
  log(
    ...[...Map.groupBy(story, ({ stream: { id } }) => id).values()].map((events) =>
      stream(events[0]!.stream.aggregate, events[0]!.stream.id, ...events),
    ),
    more,
  );

describe('evidence is kept', () => {
  const bill = moneyStory.find(({ stream: { id } }) => id === RENT_BILL) as Recorded<DocumentEvent>;
  const { sha256 } = bill.data.supporting;
  const first: Fact<EvidenceEvent> = {
    type: 'EvidenceRegistered',
    data: {
      sha256,
      mediaType: 'application/pdf',
      class: 'invoice',
      title: 'Factuur',
      heldBy: 'CAW',
      retainUntil: null,
    },
    ...meta('2021-05-01'),
  };
  const keptWith = async (story: readonly Recorded[], ...facts: readonly Fact<EvidenceEvent>[]) =>
    new Asked(withMore(story, stream<EvidenceEvent>('evidence', idOf('stuk'), ...facts))).ask('getEvidence', {
      id: idOf('stuk'),
    });
  const kept = (...more: readonly Fact<EvidenceEvent>[]) => keptWith(moneyStory, first, ...more);

  it('while a grant that used the document runs, without end', async () =>
    expect(await kept()).toMatchObject({ retention: { until: null, because: 'grant-running' } }));

  it.each([
    [null, { until: '2030-12-31', because: 'grants' }],
    ['2030-12-30', { until: '2030-12-31', because: 'grants' }],
    ['2031-12-31', { until: '2031-12-31', because: 'stated' }],
  ])('for the seven years after its closure that the scheme asks, or as stated: %s', async (stated, retention) => {
    const nothing = { unallocatedCents: 0, allocated: [], committed: [] };
    const settled = { lapsed: nothing, lapsedCents: 0, entitlementCents: 0, balanceCents: 0, recoveryCents: 0 };
    const story = moneyOf([...grantStory, fact('2023-03-01', { type: 'GrantClosed', data: settled })]);
    expect(await keptWith(story, { ...first, data: { ...first.data, retainUntil: stated } })).toMatchObject({
      retention,
    });
  });

  it('under a legal hold, without end', async () =>
    expect(await kept({ type: 'LegalHoldSet', data: {}, ...meta('2021-06-01') })).toMatchObject({
      retention: { until: null, because: 'legal-hold' },
    }));

  it('as stated, where no grant used it', async () =>
    expect(await asked.ask('getEvidence', { id: idOf('oud') })).toMatchObject({
      retention: { until: '2025-12-31', because: 'stated' },
    }));
});
