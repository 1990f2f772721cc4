import type { Recorded } from '#kernel';
import type { DocumentEvent, EvidenceEvent } from '#domain';
import { at, idOf, log, NETWORK, on, stream, type Fact, type StreamFacts } from '#testkit';
import { Asked } from './harness.ts';
import { moneyStory, RENT_BILL } from './money-harness.ts';

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

/** The money of S1, with something more. */
const withMoney = (more: StreamFacts) =>
  log(
    ...[...Map.groupBy(moneyStory, ({ stream: { id } }) => id).values()].map((events) =>
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
  const kept = async (...more: readonly Fact<EvidenceEvent>[]) =>
    new Asked(withMoney(stream<EvidenceEvent>('evidence', idOf('stuk'), first, ...more))).ask('getEvidence', {
      id: idOf('stuk'),
    });

  it('while a grant that used the document runs, without end', async () =>
    expect(await kept()).toMatchObject({ retention: { until: null, because: 'grant-running' } }));

  it('under a legal hold, without end', async () =>
    expect(await kept({ type: 'LegalHoldSet', data: {}, ...meta('2021-06-01') })).toMatchObject({
      retention: { until: null, because: 'legal-hold' },
    }));

  it('as stated, where no grant used it', async () =>
    expect(await asked.ask('getEvidence', { id: idOf('oud') })).toMatchObject({
      retention: { until: '2025-12-31', because: 'stated' },
    }));
});
