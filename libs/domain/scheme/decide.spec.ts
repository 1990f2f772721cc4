import { elsewhere, given, idOf } from '#testkit';
import { organisation } from '../organisation/state.ts';
import type { SchemeTermsGiven } from './commands.ts';
import { define, end, revise } from './decide.ts';
import type { SchemeEvent, SchemeTerms } from './events.ts';
import { scheme, versionOn } from './state.ts';

const said = {
  validFrom: '2020-01-01',
  legalBasis: 'Reglement (demoregel)',
  isDemoRule: true,
  maxPublicShare: { num: 4, den: 5 },
  reportDays: 90,
  cureDays: 60,
  recoveryDays: 30,
  lapseWarningDays: 90,
  retention: { anchor: 'closure', years: 7 },
} as const satisfies SchemeTermsGiven;
const terms: SchemeTerms = {
  ...said,
  categories: [],
  simplifiedCosts: [],
  instalments: [],
  correctionsReusable: false,
  carryOver: false,
  oneGrantPerArea: false,
};
const defined: SchemeEvent = { type: 'SchemeDefined', data: { name: 'Project', funder: null, terms } };
const CITY = idOf('city');

describe('a scheme is defined', () => {
  it('with all its numbers as data', () => given(scheme).when(define, { name: 'Project', terms: said }).then(defined));

  it('of a funder that is known', () => {
    const command = { name: 'Project', funder: CITY, terms: said };
    given(scheme).when(define, command).rejects('unknown-reference', { member: 'funder', id: CITY });
    given(
      scheme,
      elsewhere(organisation, CITY, {
        type: 'OrganisationRegistered',
        data: { name: 'Stad', sector: 'local-government', units: [], enterpriseNumber: null, umbrellaOf: [] },
      }),
    )
      .when(define, command)
      .then({ ...defined, data: { ...defined.data, funder: CITY } });
  });

  it('once', () => given(scheme, defined).when(define, { name: 'Project', terms: said }).thenNothing());

  it.each<[string, Partial<SchemeTermsGiven>, string]>([
    ['a period that runs backwards', { validUntil: '2019-12-31' }, 'period-reversed'],
    ['a public share above the whole', { maxPublicShare: { num: 6, den: 5 } }, 'share-over-whole'],
    [
      'instalments above the whole',
      {
        instalments: [
          { code: 'a', share: { num: 2, den: 3 } },
          { code: 'b', share: { num: 2, den: 5 } },
        ],
      },
      'share-over-whole',
    ],
    [
      'a flat rate with an amount',
      { simplifiedCosts: [{ code: 'f', method: 'flat-rate', amountCents: 100, basis: '…' }] },
      'cost-method-unclear',
    ],
    [
      'a unit cost with a rate as well',
      {
        simplifiedCosts: [{ code: 'u', method: 'unit-cost', amountCents: 100, rate: { num: 1, den: 2 }, basis: '…' }],
      },
      'cost-method-unclear',
    ],
  ])('not with %s', (_what, wrong, code) =>
    given(scheme)
      .when(define, { name: 'Project', terms: { ...said, ...wrong } })
      .rejects(code as 'period-reversed'),
  );

  it('with instalments that make the whole, and a balance', () => {
    const instalments = [
      { code: 'a', share: { num: 2, den: 3 } },
      { code: 'b', share: { num: 1, den: 3 } },
      { code: 'c', share: null },
    ];
    given(scheme)
      .when(define, { name: 'Project', terms: { ...said, instalments } })
      .then({ ...defined, data: { ...defined.data, terms: { ...terms, instalments } } });
  });
});

describe('a scheme that runs', () => {
  const later: SchemeTerms = { ...terms, validFrom: '2023-01-01', maxPublicShare: { num: 1, den: 2 } };
  const revised: SchemeEvent = { type: 'SchemeRevised', data: { version: 2, terms: later } };

  it('gets other rules from a day on', () => {
    const { validFrom, maxPublicShare } = later;
    given(scheme, defined)
      .when(revise, { terms: { ...said, validFrom, maxPublicShare } })
      .then(revised);
  });

  it('keeps the rules of each day', () => {
    const { state } = given(scheme, defined, revised);
    if (state.status === 'none') throw new Error('none');
    expect(versionOn(state, '2022-12-31')).toEqual({ version: 1, terms });
    expect(versionOn(state, '2023-01-01')).toEqual({ version: 2, terms: later });
    expect(versionOn(state, '2019-12-31')).toBeUndefined();
  });

  it('ends, once, and changes no more', () => {
    const ended: SchemeEvent = { type: 'SchemeEnded', data: {} };
    given(scheme, defined).when(end, {}).then(ended);
    given(scheme, defined, ended).when(end, {}).thenNothing();
    given(scheme, defined, ended).when(revise, { terms: said }).rejects('invalid-state', { status: 'ended' });
    given(scheme).when(end, {}).rejects('invalid-state', { status: 'none' });
  });
});
