import type { EvidenceEvent } from '#domain';
import { at, idOf, log, NETWORK, on, stream, type Fact } from '#testkit';
import { Asked } from './harness.ts';

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
