import { measurementId, type ActionEvent, type AgendaEvent, type IndicatorEvent, type MeasurementEvent } from '#domain';
import {
  actionEvaluated,
  actionProposed,
  at,
  idOf,
  indicatorDefined,
  LEUVEN,
  measuredOf,
  NETWORK,
  on,
  stream,
  story,
} from '#testkit';
import { allQueries, historyText } from './index.ts';
import { Asked } from './harness.ts';
import type { HistoryEntry } from './history.ts';
import { grantStory, moneyOf, PILOT, WMB } from './money-harness.ts';
import type { Moment } from './query.ts';

interface History {
  readonly title: { readonly nl: string; readonly fr: string; readonly en: string };
  readonly items: readonly HistoryEntry[];
  readonly next: string | null;
  readonly names: Readonly<Record<string, string>>;
  readonly asOf: string;
}

const meta = (day: string) => ({ meta: at(on(day)) });
/** O5 with one action that serves it and one that did; O6, which ended. */
const agenda = stream<AgendaEvent>(
  'agenda',
  NETWORK,
  {
    type: 'AgendaDrafted',
    data: { ambition: { nl: 'Thuis' }, problemStatement: { nl: 'Dakloos' } },
    ...meta('2018-03-01'),
  },
  { type: 'ObjectiveAdded', data: { code: 'O5', text: { nl: 'Stabiel wonen' } }, ...meta('2018-03-02') },
  { type: 'AgendaVersionAdopted', data: { version: 1, decision: idOf('d0') }, ...meta('2018-04-01') },
  { type: 'ObjectiveAdded', data: { code: 'O6', text: { nl: 'Werk' } }, ...meta('2018-05-01') },
  { type: 'ObjectiveReworded', data: { code: 'O5', text: { nl: 'Stabiel en veilig wonen' } }, ...meta('2019-03-01') },
  { type: 'AgendaVersionAdopted', data: { version: 2, decision: idOf('d0') }, ...meta('2019-04-01') },
  { type: 'ObjectiveEnded', data: { code: 'O6' }, ...meta('2019-05-01') },
);
const moved = stream<ActionEvent>(
  'action',
  idOf('verhuisd'),
  actionProposed({ title: { nl: 'Verhuisd' }, objectives: ['O5', 'O6'] }, at(on('2020-01-02'))),
  { type: 'ObjectiveUnlinked', data: { objective: 'O5' }, ...meta('2020-01-03') },
);
const other = stream<ActionEvent>(
  'action',
  idOf('andere'),
  actionProposed({ objectives: ['O6'] }, at(on('2020-01-04'))),
);
const [STABLE, OTHER] = [idOf('stabiel'), idOf('iets anders')];
const YEAR = { from: '2020-01-01', until: '2020-12-31' };
const measured = (indicator: string, action?: string) =>
  stream<MeasurementEvent>('measurement', measurementId(indicator, NETWORK, action), {
    type: 'MeasurementRecorded',
    data: measuredOf(
      indicator,
      action === undefined ? { kind: 'network', id: NETWORK } : { kind: 'action', id: action },
      YEAR,
      17,
      22,
    ),
    ...meta('2021-01-15'),
  });
const first = indicatorDefined({ objectives: ['O5'] }, at(on('2020-01-02')));
const { code: _code, ...definition } = first.data as Extract<
  IndicatorEvent,
  { readonly type: 'IndicatorDefined' }
>['data'];
/** One that told of O5 in its first definition, one that never did. */
const indicators = [
  stream<IndicatorEvent>('indicator', STABLE, first, {
    type: 'DefinitionVersioned',
    data: { ...definition, objectives: [], version: 2 },
    ...meta('2021-12-02'),
  }),
  stream<IndicatorEvent>(
    'indicator',
    OTHER,
    indicatorDefined({ code: 'anders', objectives: ['O6'] }, at(on('2020-01-02'))),
  ),
  measured(STABLE),
  measured(OTHER, WMB),
  measured(OTHER),
];
/** Evaluated, and its contribution stated. */
const evaluated = stream<ActionEvent>(
  'action',
  idOf('geëvalueerd'),
  actionProposed({ objectives: ['O5'] }, at(on('2020-01-05'))),
  actionEvaluated({}, at(on('2021-05-20'))),
  {
    type: 'ContributionStated',
    data: {
      what: 'Sneller een woonst',
      forWhom: 'Jongeren',
      contribution: 'Eén begeleider',
      otherExplanations: 'Meer plaatsen',
      strength: 'strong',
    },
    ...meta('2021-06-01'),
  },
);
const asked = new Asked(moneyOf(grantStory, agenda, moved, other, evaluated, ...indicators));

const objective = (code: string, moment: Moment = {}, page = {}): Promise<History> =>
  asked.ask('getObjectiveHistory', { id: NETWORK, code, limit: 200, ...page }, moment);
const typesOf = ({ items }: History): readonly string[] => items.map(({ type }) => type);

describe('the history of an objective', () => {
  it('has its words, and the versions that hold it', async () => {
    const { title, items } = await objective('O6');
    expect(title).toEqual({
      nl: 'Geschiedenis van de doelstelling O6: Werk',
      fr: 'Historique de l’objectif O6: Werk',
      en: 'History of the objective O6: Werk',
    });
    expect(items.filter(({ subject }) => subject.aggregate === 'agenda').map(({ type, data }) => [type, data])).toEqual(
      [
        ['ObjectiveAdded', { code: 'O6', text: { nl: 'Werk' } }],
        ['AgendaVersionAdopted', { version: 2, decision: idOf('d0') }],
        ['ObjectiveEnded', { code: 'O6' }],
      ],
    );
  });

  it('has the actions that serve it and those that did, with their money, and no other', async () => {
    const { items } = await objective('O5');
    const actions = items.filter(({ subject }) => subject.aggregate === 'action');
    expect(new Set(actions.map(({ subject }) => subject.id))).toEqual(
      new Set([idOf('verhuisd'), WMB, PILOT, idOf('geëvalueerd')]),
    );
    expect(items.filter(({ subject }) => subject.aggregate === 'grant').map(({ type }) => type)).toEqual(
      grantStory.filter(({ data }) => JSON.stringify(data).includes(WMB)).map(({ type }) => type),
    );
  });

  it('has what it is measured by, also when that was only once so', async () => {
    const measurements = (await objective('O5')).items.filter(({ type }) => type === 'MeasurementRecorded');
    expect(measurements.map(({ subject }) => subject.id).toSorted()).toEqual(
      [measurementId(STABLE, NETWORK), measurementId(OTHER, NETWORK, WMB)].toSorted(),
    );
    const defined = (await objective('O5')).items.filter(({ subject }) => subject.aggregate === 'indicator');
    expect(defined.map(({ subject, type }) => [subject.id, type])).toEqual([
      [STABLE, 'IndicatorDefined'],
      [STABLE, 'DefinitionVersioned'],
    ]);
  });

  it('comes page by page, in log order, as one', async () => {
    const whole = await objective('O5');
    const pages: HistoryEntry[] = [];
    let cursor: string | null = null;
    do {
      const page: History = await objective('O5', {}, { limit: 3, ...(cursor !== null && { cursor }) });
      pages.push(...page.items);
      cursor = page.next;
    } while (cursor !== null);
    expect(pages).toEqual(whole.items);
    expect(pages.map(({ position }) => position)).toEqual(pages.map(({ position }) => position).toSorted());
  });

  it('takes no cursor that is not its own', async () => {
    await expect(objective('O5', {}, { cursor: 'x' })).rejects.toMatchObject({ code: 'invalid-cursor' });
    await expect(objective('O5', { effectiveAt: on('2021-01-01') }, { cursor: 'f'.repeat(16) })).rejects.toMatchObject({
      code: 'invalid-cursor',
    });
  });

  it('as of a moment ends there; as it held it is in the order in which things happened', async () => {
    expect(typesOf(await objective('O6', { asOf: '2019-04-01' }))).toEqual(['ObjectiveAdded', 'AgendaVersionAdopted']);
    const held = await objective('O5', { effectiveAt: on('2021-03-31') });
    expect(held.items.map(({ occurredAt }) => occurredAt)).toEqual(
      held.items.map(({ occurredAt }) => occurredAt).toSorted(),
    );
    expect(typesOf(held)).toContain('ExpenditureRecorded');
    expect(typesOf(held)).not.toContain('ExpenditureVerified');
  });

  it('is not there for an objective that never was', async () => expect(await objective('O9')).toBeUndefined());
});

describe('the history of a network', () => {
  const network = (moment: Moment = {}, page = {}): Promise<History> =>
    new Asked(story).ask('getNetworkHistory', { id: NETWORK, limit: 200, ...page }, moment);

  it('has every event of it in log order, and none of another', async () => {
    const { title, items } = await network();
    expect(title.en).toBe('History of the network Mind the Gap');
    expect(items.map(({ id }) => id)).toEqual(story.filter(({ meta }) => meta.network === NETWORK).map(({ id }) => id));
    expect(story.some(({ meta }) => meta.network === LEUVEN)).toBe(true);
  });

  it('shows what each event changed on its action, also on a page in the middle', async () => {
    const { items } = await network();
    const at = items.findIndex(({ type }) => type === 'ActionAdjusted');
    const page = await network({}, { limit: 1, cursor: items[at - 1]!.position });
    expect(page.items).toEqual([items[at]]);
    expect(page.items[0]!.changes.map(({ field }) => field)).toEqual([
      'plan',
      'planVersion',
      'budgetCents',
      'nextStep',
    ]);
  });

  it('is for who may read the journal', () =>
    expect(allQueries.find(({ name }) => name === 'getNetworkHistory')!.who).toEqual(
      allQueries.find(({ name }) => name === 'listJournal')!.who,
    ));
});

describe('a history as a text', () => {
  const textOf = async (language: 'nl' | 'fr' | 'en', moment: Moment = {}): Promise<readonly string[]> => {
    const { title, items, names, asOf }: History = await new Asked(story).ask('getActionHistory', { id: WMB }, moment);
    const { head, line } = historyText(language);
    return (head({ title, asOf }, moment) + items.map((one) => line(one, names)).join(''))
      .replaceAll('\u00a0', ' ')
      .split('\n');
  };

  it('has a title, up to when it tells, and a line an event', async () => {
    const lines = await textOf('nl', { asOf: '2021-05-21' });
    expect(lines[0]).toBe('Geschiedenis van de actie “Wonen met begeleiding”');
    expect(lines[1]).toMatch(/^Tot en met positie [0-9a-f]{16} van het logboek, zoals bekend op 21 mei 2021$/);
    expect(lines[2]).toBe('');
    expect(lines).toHaveLength(3 + 10 + 1);
  });

  it('says when it happened and was registered, on which decision, why, and what changed', async () => {
    const lines = await textOf('nl');
    expect(lines).toEqual(
      expect.arrayContaining([
        '- 25 juni 2020 (geregistreerd op 1 augustus 2020): De actie is goedgekeurd: Wonen met begeleiding starten. Besluit: Wonen met begeleiding starten (goedgekeurd, 25 juni 2020). Toestand: voorgesteld → goedgekeurd; Goedgekeurd met: – → Wonen met begeleiding starten.',
        '- 1 december 2020 (geregistreerd op 5 maart 2021): huisvesting (demo) is geen partner meer. Reden: Vergeten. Partners: jeugdhulp (demo), huisvesting (demo) → jeugdhulp (demo).',
      ]),
    );
  });

  it.each([
    ['fr', '- 1 octobre 2020: ', 'Rectifié par la suite: 1 juin 2021.'],
    ['en', '- 1 October 2020: ', 'Corrected later: 1 June 2021.'],
  ] as const)('in %s says that an event was corrected', async (language, begin, end) => {
    const line = (await textOf(language)).find((one) => one.startsWith(begin));
    expect(line).toMatch(new RegExp(`${end}$`));
  });

  it('keeps a line a line, whatever people write', async () => {
    const { items, names }: History = await asked.ask('getActionHistory', { id: WMB });
    const line = historyText('en').line({ ...items[0]!, reason: { text: { nl: 'een\n- twee\r\ndrie' } } }, names);
    expect(line.trimEnd()).not.toContain('\n');
    expect(line).toContain('Reason: een - twee drie.');
  });
});

describe('the history of an action', () => {
  const of = async (id: string): Promise<readonly string[]> => {
    const { items }: History = await asked.ask('getActionHistory', { id, limit: 200 });
    return items.map(({ subject, type }) => `${subject.aggregate} ${type}`);
  };

  it('has its money, what was measured of it, and no other', async () => {
    const told = await of(WMB);
    expect(new Set(told.map((one) => one.split(' ')[0]))).toEqual(new Set(['action', 'grant', 'measurement']));
    expect(told.filter((one) => one.startsWith('measurement'))).toEqual(['measurement MeasurementRecorded']);
  });

  it('has its evaluations with what they taught, and its contribution', async () => {
    expect(await of(idOf('geëvalueerd'))).toEqual([
      'action ActionProposed',
      'action ActionEvaluated',
      'action ContributionStated',
    ]);
    const { items }: History = await asked.ask('getActionHistory', { id: idOf('geëvalueerd') });
    expect(items[1]!.changes.map(({ field }) => field)).toContain('learnings');
    expect(items[2]!.changes).toMatchObject([{ field: 'contribution', after: 'Sneller een woonst' }]);
  });
});
