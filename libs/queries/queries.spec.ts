import { Ajv2020 } from 'ajv/dist/2020.js';
import { measurementId, type IndicatorEvent, type MeasurementEvent } from '#domain';
import { at, idOf, indicatorDefined, LEUVEN, LIES, measuredOf, NETWORK, on, story, stream } from '#testkit';
import { Asked } from './harness.ts';
import { allQueries, type Moment } from './index.ts';
import { D1, GRANT, grantStory, HOUSING, moneyOf, RENT } from './money-harness.ts';
import { releaseStory, TABLE } from './release-harness.ts';

const asked = new Asked(story);
const WMB = idOf('wmb');

/** What to ask of each in the story. */
const PARAMS: Readonly<Record<string, object>> = {
  listOrganisations: {},
  getOrganisation: { id: idOf('jeugdhulp') },
  listNetworks: {},
  getNetwork: { id: NETWORK },
  getNetworkOverview: { id: NETWORK },
  getSectorCoverage: { id: NETWORK },
  getCalendar: { id: NETWORK, from: '2020-01-01', until: '2023-12-31' },
  getObjectiveProgress: { id: NETWORK },
  getVariationReport: { id: NETWORK, year: 2020 },
  getConditionsBoard: { id: NETWORK },
  getCadenceReport: { id: NETWORK, year: 2020 },
  listPersons: { network: NETWORK },
  getPerson: { id: LIES },
  getAgenda: { id: NETWORK },
  listGroups: { network: NETWORK },
  getGroup: { id: idOf('wonen') },
  getGroupBoard: { network: NETWORK, year: 2020 },
  listMeetings: { network: NETWORK },
  getMeeting: { id: idOf('m2') },
  getMeetingPack: { id: idOf('m2') },
  listDecisions: { network: NETWORK },
  getDecision: { id: idOf('d1') },
  listActions: { network: NETWORK },
  getActionBoard: { network: NETWORK },
  getAction: { id: WMB },
  getActionHistory: { id: WMB },
  getActionDiff: { id: WMB, from: '2020-06-30', to: '2022-06-30' },
  getObjectiveHistory: { id: NETWORK, code: 'O5' },
  getNetworkHistory: { id: NETWORK },
  getProvenanceTree: { id: WMB },
  getWorkList: { network: NETWORK },
  listLearnings: { network: NETWORK },
  getPatternReport: { network: NETWORK },
  listRecommendations: { network: NETWORK },
  getRecommendation: { id: idOf('aanbeveling') },
  listPractices: {},
  getPractice: { id: idOf('praktijk') },
  listJournal: { network: NETWORK, limit: 200 },
  listAgreements: { network: NETWORK },
  getAgreement: { id: idOf('scholen') },
  getAgreementReport: { id: idOf('scholen') },
  listEvidence: { network: NETWORK },
  getEvidence: { id: idOf('factuur') },
  listSchemes: {},
  getScheme: { id: idOf('projectsubsidie') },
  listDrawingRights: { network: NETWORK },
  getDrawingRightYears: { id: idOf('trekkingsrecht') },
  getSecondmentStatement: { network: NETWORK, on: '2020-06-30' },
  listStaffCharges: { network: NETWORK },
  listSessions: { network: NETWORK },
  getSession: { id: idOf('gedeelde meting') },
  listEngagements: { network: NETWORK },
  getEngagement: { id: NETWORK },
  getCoachingOverview: { id: NETWORK },
  compareCohort: { id: NETWORK, tag: 'pionier' },
  listCommunications: { network: NETWORK },
  listSystemChanges: { network: NETWORK },
};
const STABLE = idOf('stabiel');
/** What to ask of each where there is money, and something is measured. */
const MONEY: Readonly<Record<string, object>> = {
  listGrants: { network: NETWORK },
  listApplications: { network: NETWORK },
  getGrantStatement: { id: GRANT },
  listPurposes: { id: GRANT },
  listPostings: { id: GRANT },
  listCommitments: { network: NETWORK },
  listExpenditures: { network: NETWORK },
  getDocumentMatrix: { network: NETWORK },
  getConditionStatus: { network: NETWORK },
  listFindings: { network: NETWORK },
  getFundingOverview: { id: NETWORK },
  listFundingRequests: { network: NETWORK },
  getGrantReconciliation: { id: GRANT },
  getNetworkReconciliation: { id: NETWORK },
  getMoneyTrace: { id: GRANT },
  getExpenditureTrace: { id: GRANT, expenditure: RENT },
  getDecisionMoney: { id: D1 },
  listIndicators: { network: NETWORK },
  listMeasurements: { network: NETWORK, indicator: STABLE },
  getIndicator: { id: STABLE },
  getIndicatorSeries: { id: STABLE },
  getIndicatorRollUp: { id: STABLE },
  getCostEffectiveness: { id: STABLE, year: 2021 },
  getSample: { id: GRANT, seed: 'zaad', size: 10 },
  getOrganisationShare: { id: HOUSING },
};
const money = new Asked(
  moneyOf(
    grantStory,
    stream<IndicatorEvent>('indicator', STABLE, indicatorDefined({}, at(on('2020-01-02')))),
    stream<MeasurementEvent>('measurement', measurementId(STABLE, NETWORK), {
      type: 'MeasurementRecorded',
      data: measuredOf(STABLE, { kind: 'network', id: NETWORK }, { from: '2020-01-01', until: '2020-12-31' }, 17, 22),
      meta: at(on('2021-01-10')),
    }),
  ),
);
/** What to ask of each where tables are released. */
const RELEASED: Readonly<Record<string, object>> = {
  listReleases: { network: NETWORK },
  getRelease: { id: idOf('eerste') },
  listPublicReleases: {},
  getPublicRelease: { network: NETWORK, table: TABLE },
  listExactReads: { id: NETWORK },
};
const ALL = { ...PARAMS, ...MONEY, ...RELEASED };
const released = new Asked(releaseStory);
const storyOf = (name: string): Asked => (name in MONEY ? money : name in RELEASED ? released : asked);
const MOMENTS: readonly Moment[] = [{}, { asOf: '2021-04-15' }, { effectiveAt: '2022-06-30T21:59:59.999Z' }];
/** Before that nothing was prepared. */
const RELEASE_MOMENTS: readonly Moment[] = [{}, { asOf: '2022-02-01' }, { effectiveAt: '2022-06-30T21:59:59.999Z' }];

describe.each(allQueries.map((entry) => [entry.name, entry] as const))('%s', (name, entry) => {
  const params = ALL[name]!;

  it('answers what its schema says, now and of a moment, and says which position that reflects', async () => {
    const fits = new Ajv2020({ validateFormats: false, strict: false }).compile(entry.result);
    for (const moment of !entry.timeTravel ? [{}] : name in RELEASED ? RELEASE_MOMENTS : MOMENTS) {
      const answer: { readonly asOf: string | null } = await storyOf(name).ask(name, params, moment);
      fits(JSON.parse(JSON.stringify(answer)));
      expect(fits.errors ?? []).toEqual([]);
      // To the public the log is closed.
      expect(answer.asOf ?? 'none').toMatch(entry.who === 'public' ? /^none$/ : /^[0-9a-f]{16}$/);
    }
  });
});

describe('who has no role in the network', () => {
  const stranger = { networks: [LEUVEN], actor: { subject: 'x', role: 'member' } };
  const open = [
    'listOrganisations',
    'getOrganisation',
    'getOrganisationShare',
    'listNetworks',
    'getPerson',
    'listSchemes',
    'getScheme',
    'listPractices',
    'getPractice',
    'listPublicReleases',
    'getPublicRelease',
  ];

  it.each(Object.keys(ALL).filter((name) => !open.includes(name)))('is told nothing by %s', async (name) =>
    expect(await storyOf(name).ask(name, ALL[name]!, {}, stranger)).toBeUndefined(),
  );

  it.each(['listNetworks', 'getPerson'])('is not told of it by %s', async (name) => {
    const { names: _names, ...answer }: { names: object } = await asked.ask(name, PARAMS[name]!, {}, stranger);
    expect(JSON.stringify(answer).replaceAll(`"parent":"${NETWORK}"`, '')).not.toContain(NETWORK);
  });
});

it('anyone may ask which networks there are, to find one to broaden to', async () => {
  const stranger = { networks: [LEUVEN], actor: { subject: 'x', role: 'member' } };
  const list: { readonly items: readonly { readonly id: string }[] } = await asked.ask(
    'listNetworks',
    { scope: 'all' },
    {},
    stranger,
  );
  expect(list.items.map(({ id }) => id)).toEqual([LEUVEN, NETWORK]);
});

it('every question is asked once by a name and a path of its own', () => {
  expect(allQueries.map(({ name }) => name).toSorted()).toEqual(Object.keys(ALL).toSorted());
  expect(new Set(allQueries.map(({ path }) => path)).size).toBe(allQueries.length);
});

describe('the operator', () => {
  const operator = { networks: [], actor: { subject: 'operator', role: 'operator' } };

  it('sees which networks there are, and nothing in them', async () => {
    const list: { readonly items: readonly object[] } = await asked.ask('listNetworks', {}, {}, operator);
    expect(list.items).toEqual([
      { id: LEUVEN, name: 'Leuven', kind: 'coalition', status: 'running', parent: NETWORK },
      { id: NETWORK, name: 'Mind the Gap', kind: 'coalition', status: 'running', parent: null },
    ]);
    expect(await asked.ask('getNetwork', { id: NETWORK }, {}, operator)).toBeUndefined();
    expect(await asked.ask('listActions', { network: NETWORK }, {}, operator)).toBeUndefined();
  });
});
