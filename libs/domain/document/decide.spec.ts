import { elsewhere, given, type Fact } from '#testkit';
import { uuidv5 } from '#kernel';
import type { GrantEvent } from '../grant/events.ts';
import { accepted, awarded, invoice, NETWORK, partly, s1 } from '../grant/harness.ts';
import { grant } from '../grant/state.ts';
import { claim } from './decide.ts';
import type { DocumentEvent } from './events.ts';
import { document, documentId } from './state.ts';

const [ONE, OTHER] = [uuidv5('spec', 'one'), uuidv5('spec', 'other')];
const supporting = invoice('F1', 3_500_000);
const ask = (grantCents: number, name = 'mine') => ({
  document: supporting,
  grant: ONE,
  network: NETWORK,
  claim: name,
  grantCents,
});
const event = (grantCents: number, name = 'mine', of = ONE, releases: readonly string[] = []): Fact<DocumentEvent> => ({
  type: 'DocumentClaimed',
  data: { supporting, grant: of, network: NETWORK, claim: name, grantCents, releases },
});
/** The other grant has claimed 28 000.00 of 35 000.00; these are the facts since. */
const THEIRS = uuidv5('spec', 'claim', 'F1');
const claimed = event(2_800_000, THEIRS, OTHER);
const other = (...facts: readonly Fact<GrantEvent>[]) => elsewhere(grant, OTHER, ...facts);

describe('a document', () => {
  it('is claimed up to what it comes to', () => {
    given(document).when(claim, ask(3_500_000)).then(event(3_500_000));
    given(document).when(claim, ask(0)).then(event(0));
    given(document).when(claim, ask(3_500_001)).rejects('double-funding', {
      askedCents: 3_500_001,
      availableCents: 3_500_000,
      grossCents: 3_500_000,
    });
  });

  it('over all grants together, to the cent (LED-4)', () => {
    given(document, claimed, other(...s1.spent))
      .when(claim, ask(700_000))
      .then(event(700_000));
    given(document, claimed, other(...s1.spent))
      .when(claim, ask(700_001))
      .rejects('double-funding', {
        askedCents: 700_001,
        availableCents: 700_000,
        grossCents: 3_500_000,
      });
  });

  it('once by each claim', () => given(document, event(5)).when(claim, ask(5)).thenNothing());

  it('is one by supplier, number and date, with one amount and one file', () => {
    given(document, claimed, other(...s1.spent))
      .when(claim, { ...ask(1), document: { ...supporting, grossCents: 3_500_001 } })
      // What it comes to is nobody's business who guesses its number.
      .rejects('document-differs', { member: 'document' });
    given(document, claimed, other(...s1.spent))
      .when(claim, { ...ask(1), document: { ...supporting, sha256: 'b'.repeat(64) } })
      .rejects('document-differs');
  });

  it('is told anew, amount and file, when nothing stands on what was told', () => {
    const right = { ...supporting, grossCents: 3_600_000 };
    const told = { ...event(3_600_000), data: { ...event(3_600_000).data, supporting: right, releases: [THEIRS] } };
    given(document, claimed, other({ type: 'ClaimLapsed', data: { claim: THEIRS } }))
      .when(claim, { ...ask(3_600_000), document: right })
      .then(told);
  });

  it('has its room again for what was refused or taken back', () => {
    const corrected: Fact<GrantEvent> = {
      type: 'ExpenditureCorrected',
      data: {
        ...accepted.data,
        amountCents: 100_000,
        to: 'corrected',
        ground: '…',
        recoveryCents: 0,
      } as never,
    };
    given(document, claimed, other(...s1.spent, accepted, corrected))
      .when(claim, ask(800_000))
      .then(event(800_000));
    given(document, claimed, other(...s1.spent, accepted, corrected))
      .when(claim, ask(800_001))
      .rejects('double-funding');
    const half = {
      ...partly,
      data: { ...accepted.data, split: { ...(accepted.data as { split: object }).split, grantCents: 1_000_000 } },
    };
    given(document, claimed, other(...s1.spent, half as Fact<GrantEvent>))
      .when(claim, ask(2_500_000))
      .then(event(2_500_000));
  });
});

describe('a claim that led to no booking', () => {
  it('is left in peace where there is room beside it', () =>
    given(document, claimed, other(awarded())).when(claim, ask(700_000)).then(event(700_000)));

  it('is lapsed first by who needs its room', () =>
    given(document, claimed, other(awarded()))
      .when(claim, ask(700_001))
      .thenFirst({ command: 'LapseClaim', body: { grant: OTHER, claim: THEIRS }, key: THEIRS }, event(700_001)));

  it('and then leaves its room', () => {
    const lapsed: Fact<GrantEvent> = { type: 'ClaimLapsed', data: { claim: THEIRS } };
    given(document, claimed, other(awarded(), lapsed))
      .when(claim, ask(3_500_000))
      .then(event(3_500_000, 'mine', ONE, [THEIRS]));
    const { state } = given(document, claimed, event(3_500_000, 'mine', ONE, [THEIRS]));
    expect(state).toMatchObject({ claims: [{ grant: ONE, claim: 'mine', cents: 3_500_000 }] });
  });

  it('of a grant that was never awarded is lapsed likewise', () =>
    given(document, claimed).when(claim, ask(3_500_000)).thenFirst({ command: 'LapseClaim' }));
});

describe('what identifies a document', () => {
  const of = (number: string, enterpriseNumber: string | null = '0999000129', name = 'Huis NV', date = '2021-03-31') =>
    documentId({ supplier: { name, enterpriseNumber }, number, date });

  it('is not how it is written', () => {
    for (const written of ['f-2021-17', 'F 2021/17', 'F.2021.17', 'Ｆ-2021-17', 'F_2021–17', 'F\u20112021\u00a017'])
      expect(of(written)).toBe(of('F-2021-17'));
    expect(of('1', '0999000129', 'Huis')).toBe(of('1'));
    expect(of('1', null, 'huis nv')).toBe(of('1', null));
  });

  it('is its supplier, its number and its date', () => {
    const all = [
      of('1'),
      of('2'),
      of('1', '0999000030'),
      of('1', null),
      of('1', null, 'Ander'),
      of('1', '0999000129', 'x', '2021-04-01'),
    ];
    expect(new Set(all).size).toBe(all.length);
  });
});
