import type { GrantEvent } from '#domain';
import { AN, idOf, NETWORK, on, story } from '#testkit';
import { Asked } from './harness.ts';
import type { Moment } from './index.ts';
import { fact, grantStory, moneyOf, PILOT, RENT_ORDER } from './money-harness.ts';

const asked = new Asked(story);
const WMB = idOf('wmb');

interface Item {
  readonly type: string;
  readonly occurredAt: string;
  readonly sentence: { readonly nl: string; readonly fr: string; readonly en: string };
  readonly changes: readonly { readonly words: { readonly nl: string } }[];
}
const historyOf = async (moment: Moment = {}): Promise<readonly Item[]> => {
  const { items }: { readonly items: readonly Item[] } = await asked.ask('getActionHistory', { id: WMB }, moment);
  return items;
};
const the = async (type: string, moment?: Moment) => (await historyOf(moment)).filter((item) => item.type === type);

describe('the history of an action', () => {
  it('tells every event in log order, in three languages', async () => {
    const items = await historyOf();
    expect(items.map(({ type }) => type)).toEqual(
      story
        .filter(({ stream, data }) => stream.id === WMB || (data as { action?: string }).action === WMB)
        .map(({ type }) => type),
    );
    expect((await the('LeadAssigned'))[0]!.sentence).toEqual({
      nl: 'Lies werd trekker.',
      fr: 'Lies est devenu·e pilote.',
      en: 'Lies became the lead.',
    });
  });

  it('says who, in which role, when it happened and since when it is known, and why', async () =>
    expect(await the('PartnerLeft')).toMatchObject([
      {
        who: { person: AN, role: 'back-office', organisation: null },
        occurredAt: on('2020-12-01'),
        recordedAt: on('2021-03-05'),
        knownAt: on('2021-03-05'),
        lateDays: 94,
        reason: { code: 'late-registration' },
        sentence: { nl: 'huisvesting (demo) is geen partner meer.' },
      },
    ]));

  it('names the decision it rests on', async () =>
    expect(await the('ActionApproved')).toMatchObject([
      {
        decision: { id: idOf('d1'), proposal: 'Wonen met begeleiding starten', outcome: 'approve', status: 'recorded' },
      },
    ]));

  it('shows what changed, before and after, in words and in values', async () => {
    const [adjusted] = await the('ActionAdjusted');
    expect(adjusted!.changes).toMatchObject([
      { field: 'plan', before: { text: 'Samen huren' }, after: { text: 'Intake binnen 10 dagen' } },
      { field: 'planVersion', before: 1, after: 2 },
      { field: 'budgetCents', label: { fr: 'Budget' }, before: 6_000_000, after: 5_500_050 },
      { field: 'nextStep', before: 'adjust', after: null },
    ]);
    expect(adjusted!.changes.map(({ words }) => words.nl.replaceAll('\u00a0', ' '))).toEqual([
      'Plan: Samen huren → Intake binnen 10 dagen',
      'Versie van het plan: 1 → 2',
      'Budget: € 60.000,00 → € 55.000,50',
      'Volgende stap: bijsturen → –',
    ]);
  });

  it('shows both values of what was corrected', async () => {
    const [start, id] = [idOf('start'), on('2020-09-15')];
    expect(await the('ActionStarted')).toMatchObject([
      {
        occurredAt: on('2020-10-01'),
        correctedBy: [{ field: 'occurredAt', from: on('2020-10-01'), to: id, confirmedBy: AN, at: on('2021-06-01') }],
      },
    ]);
    expect(await the('RecordCorrected')).toMatchObject([
      {
        corrects: { event: start, field: 'occurredAt', from: on('2020-10-01'), to: id },
        changes: [{ field: 'startedAt', before: on('2020-10-01'), after: id }],
      },
    ]);
  });

  it('as of a moment ends there, and knows no later correction', async () => {
    expect((await historyOf({ asOf: '2021-05-20' })).at(-1)!.type).toBe('ActionEvaluated');
    expect(await the('ActionStarted', { asOf: '2021-05-20' })).toMatchObject([{ correctedBy: [] }]);
  });

  it('of what held is in the order in which things happened, with right dates', async () => {
    const held = await historyOf({ effectiveAt: on('2020-12-31') });
    expect(held.map(({ type }) => type)).toEqual([
      'ActionProposed',
      'ActionApproved',
      'LeadAssigned',
      'ActionStarted',
      'ObstacleAdded',
      'PartnerLeft',
    ]);
    expect(held[3]).toMatchObject({
      occurredAt: on('2020-09-15'),
      changes: [{ field: 'status' }, { field: 'startedAt' }],
    });
  });

  it('names the network to which it went', async () =>
    expect((await the('ActionBroadened'))[0]!.sentence.en).toBe('The action is broadened (region) to Leuven.'));
});

describe('money that went from one action to another', () => {
  const carried = fact<GrantEvent>('2021-07-05', {
    type: 'CommitmentCarried',
    data: { commitment: RENT_ORDER, from: WMB, action: PILOT, category: 'general', amountCents: 200_000 },
  });
  const story = new Asked(moneyOf([...grantStory, carried]));

  it.each([
    ['which gave', WMB],
    ['which got', PILOT],
  ])('is in the history of the one %s', async (_side, id) => {
    const { items }: { readonly items: readonly Item[] } = await story.ask('getActionHistory', { id });
    expect(
      items
        .filter(({ type }) => ['Transferred', 'CommitmentCarried'].includes(type))
        .map(({ sentence }) => sentence.en),
    ).toEqual([
      'Finance transferred €2,000.00 from Wonen met begeleiding to Pilot.',
      'Pilot took over a commitment of Wonen met begeleiding, with €2,000.00 left.',
    ]);
  });
});

describe('the difference between two moments', () => {
  const diff = async (from: string, to: string, clock?: string): Promise<readonly string[]> => {
    const { changes }: { readonly changes: readonly { readonly words: { readonly en: string } }[] } = await asked.ask(
      'getActionDiff',
      { id: WMB, from, to, ...(clock !== undefined && { clock }) },
    );
    return changes.map(({ words }) => words.en);
  };

  it('is that of what was known, to the day of a late registration', async () => {
    expect(await diff('2021-03-04', '2021-03-05')).toEqual([
      'Partners: jeugdhulp (demo), huisvesting (demo) → jeugdhulp (demo)',
    ]);
    expect(await diff('2020-11-30', '2020-12-02')).toEqual([]);
  });

  it('or of what held', async () =>
    expect(await diff('2020-11-30', '2020-12-02', 'held')).toEqual([
      'Partners: jeugdhulp (demo), huisvesting (demo) → jeugdhulp (demo)',
    ]));

  it('from before it began is everything it has', async () =>
    expect(await asked.ask('getActionDiff', { id: WMB, from: '2020-06-01', to: '2020-06-10' })).toMatchObject({
      exists: { from: false, to: true },
      changes: expect.arrayContaining([expect.objectContaining({ field: 'title', before: null })]) as object,
    }));
});

describe('the journal', () => {
  const typesOf = async (filters: object, moment: Moment = {}): Promise<readonly string[]> => {
    const { items }: { readonly items: readonly { readonly type: string }[] } = await asked.ask(
      'listJournal',
      { network: NETWORK, ...filters },
      moment,
    );
    return items.map(({ type }) => type);
  };

  it('finds events by thing, type, decision and person', async () => {
    expect(await typesOf({ subject: idOf('d1') })).toEqual(['DecisionRecorded']);
    expect(await typesOf({ type: 'LeadAssigned' })).toEqual(['LeadAssigned']);
    expect(await typesOf({ decision: idOf('d1') })).toEqual(['ActionApproved']);
    expect(await typesOf({ actor: AN, aggregate: 'group', order: 'reverse', limit: 1 })).toEqual(['CadenceSet']);
  });

  it('and by period on either clock', async () => {
    const december = { occurredFrom: '2020-12-01', occurredUntil: '2020-12-31' };
    expect(await typesOf(december)).toEqual(['PartnerLeft']);
    expect(await typesOf({ knownFrom: '2021-03-05', knownUntil: '2021-03-05' })).toEqual(['PartnerLeft']);
    expect(await typesOf(december, { asOf: '2021-03-04' })).toEqual([]);
  });
});
