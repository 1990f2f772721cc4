import { elsewhere, actionProposed, given, idOf, NETWORK, type Fact } from '#testkit';
import { uuidv5 } from '#kernel';
import { calendar, calendarId } from '../agreement-calendar/state.ts';
import { action } from '../action/state.ts';
import { network } from '../network/state.ts';
import { organisation } from '../organisation/state.ts';
import { scheme } from '../scheme/state.ts';
import type { DraftAgreement } from './commands.ts';
import { approve, draft, enterIntoForce, lapse, refuse, sign, submit, terminate } from './decide.ts';
import type { AgreementEvent } from './events.ts';
import { agreement, claimOf } from './state.ts';

const OWN = uuidv5('testkit', 'own', 'agreement');
const CITY = idOf('city');
const SCHEME = idOf('scheme');
const FORMER = idOf('former');
const period = { from: '2014-01-01', until: '2019-12-31' };
const reason = { text: { nl: 'Geen geld' } };

const founded = (id: string) =>
  elsewhere(network, id, {
    type: 'NetworkFounded',
    data: { kind: 'local-network', name: 'Oudenaarde', regions: ['45035'], parent: null },
    meta: { occurredAt: '2009-01-01T00:00:00.000Z' },
  });
const city = elsewhere(organisation, CITY, {
  type: 'OrganisationRegistered',
  data: { name: 'Stad', sector: 'local-government', units: [], enterpriseNumber: null, umbrellaOf: [] },
});
const decree = elsewhere(scheme, SCHEME, {
  type: 'SchemeDefined',
  data: { name: 'Participatiedecreet', funder: null, terms: null as never },
});
const world = [founded(NETWORK), city, decree] as const;

type Drafted = Extract<AgreementEvent, { readonly type: 'AgreementDrafted' }>;
const drafted = (data: Partial<Drafted['data']> = {}): Drafted => ({
  type: 'AgreementDrafted',
  data: {
    kind: 'partnership',
    title: 'Afsprakennota',
    period,
    parties: [CITY],
    thirdParties: [],
    withNetworks: [],
    scheme: null,
    succeeds: null,
    objectives: null,
    actions: [],
    ...data,
  },
});
const said = (more: Partial<DraftAgreement> = {}): DraftAgreement => ({
  network: NETWORK,
  kind: 'partnership',
  title: 'Afsprakennota',
  period,
  parties: [CITY],
  ...more,
});
const ofScheme = { kind: 'scheme-period', scheme: SCHEME } as const;
const claimed = (claim: string, days: { readonly from: string; readonly until?: string } = period) =>
  elsewhere(calendar, calendarId(NETWORK, SCHEME), {
    type: 'PeriodClaimed',
    data: { agreement: OWN, claim, ...days, releases: [] },
  });

describe('an agreement is drafted', () => {
  it('between organisations, for a period', () =>
    given(agreement, ...world)
      .when(draft, said())
      .then(drafted()));

  it('with bodies that are not registered', () =>
    given(agreement, ...world)
      .when(draft, said({ kind: 'working-arrangement', thirdParties: ['Basisschool De Eik'] }))
      .then(drafted({ kind: 'working-arrangement', thirdParties: ['Basisschool De Eik'] })));

  it('with another network', () => {
    const zwalm = idOf('zwalm');
    const command = said({ kind: 'inter-network', withNetworks: [zwalm] });
    given(agreement, ...world, founded(zwalm))
      .when(draft, command)
      .then(drafted({ kind: 'inter-network', withNetworks: [zwalm] }));
    given(agreement, ...world)
      .when(draft, command)
      .rejects('unknown-reference', { member: 'withNetworks', id: zwalm });
    given(agreement, ...world)
      .when(draft, said({ kind: 'inter-network', withNetworks: [NETWORK] }))
      .rejects('unknown-reference');
    given(agreement, ...world)
      .when(draft, said({ kind: 'inter-network' }))
      .rejects('agreement-incomplete', { kind: 'inter-network', member: 'withNetworks' });
  });

  it('once', () =>
    given(agreement, ...world, drafted())
      .when(draft, said())
      .thenNothing());

  it.each<[string, Partial<DraftAgreement>, string]>([
    ['in a network that is not there', { network: idOf('nowhere') }, 'network'],
    ['of organisations that are not known', { parties: [CITY, idOf('nobody')] }, 'parties'],
    ['under a scheme that is not there', { scheme: idOf('nothing') }, 'scheme'],
    ['for actions that are not there', { actions: [idOf('no action')] }, 'actions'],
  ])('not %s', (_what, wrong, member) =>
    given(agreement, ...world)
      .when(draft, said(wrong))
      .rejects('unknown-reference', { member, id: [Object.values(wrong)[0]].flat().at(-1) }),
  );

  it('not for a period that runs backwards; for a single day it may be, and without an end', () => {
    const of = (days: DraftAgreement['period']) => given(agreement, ...world).when(draft, said({ period: days }));
    of({ from: '2014-01-01', until: '2013-12-31' }).rejects('period-reversed');
    of({ from: '2014-01-01', until: '2014-01-01' }).then(
      drafted({ period: { from: '2014-01-01', until: '2014-01-01' } }),
    );
    of({ from: '2014-01-01' }).then(drafted({ period: { from: '2014-01-01' } }));
  });

  it('as the ground of actions of its own network only', () => {
    const actions = [idOf('wmb')];
    given(agreement, ...world, elsewhere(action, idOf('wmb'), actionProposed()))
      .when(draft, said({ actions }))
      .then(drafted({ actions }));
    given(agreement, ...world, elsewhere(action, idOf('wmb'), actionProposed({}, { network: idOf('leuven') })))
      .when(draft, said({ actions }))
      .rejects('unknown-reference', { member: 'actions', id: idOf('wmb') });
  });
});

describe('an agreement that succeeds another one', () => {
  const taking = (carriedOver: readonly string[], ended: readonly string[]) =>
    said({ succeeds: FORMER, objectives: { carriedOver, ended } });
  const command = taking(['O1'], ['O2']);
  const former = (data: Partial<Drafted['data']> = {}, ...more: readonly Fact<AgreementEvent>[]) =>
    elsewhere(
      agreement,
      FORMER,
      drafted({ period: { from: '2009-01-01', until: '2013-12-31' }, ...data }) as Fact<AgreementEvent>,
      ...more,
    );

  it('says which objectives go on and which ended', () =>
    given(agreement, ...world, former())
      .when(draft, command)
      .then(drafted({ succeeds: FORMER, objectives: { carriedOver: ['O1'], ended: ['O2'] } })));

  it('says so of each objective in one way', () =>
    given(agreement, ...world, former())
      .when(draft, taking(['O1', 'O2'], ['O2']))
      .rejects('objective-carried-and-ended', { objective: 'O2' }));

  it('names it', () =>
    given(agreement, ...world)
      .when(draft, said({ objectives: { carriedOver: [], ended: [] } }))
      .rejects('agreement-incomplete', { kind: 'partnership', member: 'succeeds' }));

  it.each([
    ['is not there', []],
    ['began later', [former({ period: { from: '2015-01-01' } })]],
    ['is of another scheme', [former({ scheme: SCHEME })]],
    ['was refused', [former({}, { type: 'AgreementSubmitted', data: {} }, { type: 'AgreementRefused', data: {} })]],
    ['is of another network', [elsewhere(agreement, FORMER, { ...drafted(), meta: { network: idOf('leuven') } })]],
  ])('names none that %s', (_what, there) =>
    given(agreement, ...world, ...there)
      .when(draft, command)
      .rejects('unknown-reference', { member: 'succeeds', id: FORMER }),
  );
});

describe('a period under a scheme', () => {
  const event = drafted(ofScheme);
  const first = claimOf(OWN, { lapses: 0 });
  const lapsed: AgreementEvent = { type: 'AgreementClaimLapsed', data: { claim: first } };

  it('names the scheme', () =>
    given(agreement, ...world)
      .when(draft, said({ kind: 'scheme-period' }))
      .rejects('agreement-incomplete', { kind: 'scheme-period', member: 'scheme' }));

  it('is claimed on the calendar first', () =>
    given(agreement, ...world)
      .when(draft, said(ofScheme))
      .thenFirst(
        {
          command: 'ClaimPeriod',
          body: { network: NETWORK, scheme: SCHEME, agreement: OWN, claim: first, ...period },
          key: first,
        },
        event,
      ));

  it('is drafted once it was', () =>
    given(agreement, ...world, claimed(first))
      .when(draft, said(ofScheme))
      .then(event));

  it('is claimed anew once its claim has lapsed', () => {
    const second = claimOf(OWN, { lapses: 1 });
    given(agreement, ...world, claimed(first), lapsed)
      .when(draft, said(ofScheme))
      .thenFirst({ command: 'ClaimPeriod', key: second }, event);
    given(agreement, ...world, claimed(second), lapsed)
      .when(draft, said(ofScheme))
      .then(event);
  });

  it('lets a claim of its own for other days lapse', () =>
    given(agreement, ...world, claimed(first, { from: '2014-01-01' }))
      .when(draft, said(ofScheme))
      .thenFirst(
        {
          command: 'LapseAgreementClaim',
          body: { agreement: OWN, network: NETWORK, claim: first },
          key: first,
        },
        event,
      ));

  it('lapses from the beginning of the network, so that what is then drafted may be of long ago', () =>
    given(agreement, ...world)
      .when(lapse, { agreement: OWN, network: NETWORK, claim: first })
      .then({ ...lapsed, occurredAt: '2009-01-01T00:00:00.000Z' }));

  it('lapses while there is no draft, and once', () => {
    const command = { agreement: OWN, network: NETWORK, claim: first };
    given(agreement, ...world, lapsed)
      .when(lapse, command)
      .thenNothing();
    given(agreement, ...world, event)
      .when(lapse, command)
      .thenNothing();
  });
});

describe('the life of an agreement', () => {
  const signed: AgreementEvent = { type: 'AgreementSigned', data: { organisation: CITY } };
  const submitted: AgreementEvent = { type: 'AgreementSubmitted', data: {} };
  const approved: AgreementEvent = { type: 'AgreementApproved', data: {} };
  const refused: AgreementEvent = { type: 'AgreementRefused', data: {} };
  const inForce: AgreementEvent = { type: 'AgreementEnteredIntoForce', data: {} };
  const terminated: AgreementEvent = { type: 'AgreementTerminated', data: {} };
  const begun = [drafted(), signed] as const;
  const past: Readonly<Record<string, readonly AgreementEvent[]>> = {
    none: [],
    drafted: begun,
    submitted: [...begun, submitted],
    approved: [...begun, submitted, approved],
    refused: [...begun, submitted, refused],
    'in-force': [...begun, submitted, approved, inForce],
    terminated: [...begun, inForce, terminated],
  };
  it('ends with the conditions of grants that rest on it', () => {
    const watched = { grant: uuidv5('spec', 'grant'), condition: 'C2', sectors: [] };
    const home = elsewhere(
      network,
      NETWORK,
      { type: 'NetworkFounded', data: { kind: 'coalition', name: '…', regions: [], parent: null } },
      { type: 'ConditionWatched', data: { ...watched, agreement: OWN } },
      { type: 'ConditionWatched', data: { ...watched, condition: 'C3', agreement: uuidv5('spec', 'other') } },
    );
    given(agreement, ...begun, inForce, home)
      .when(terminate, { reason })
      .then({ type: 'AgreementTerminated', data: { uncovered: [watched] } });
  });

  /** What each step does in each status. */
  const steps = [
    ['submits', submit, {}, submitted, ['drafted'], 'submitted'],
    ['approves', approve, {}, approved, ['submitted'], 'approved'],
    ['refuses', refuse, { reason }, refused, ['submitted'], 'refused'],
    ['enters into force', enterIntoForce, {}, inForce, ['drafted', 'approved'], 'in-force'],
    ['terminates', terminate, { reason }, terminated, ['in-force'], 'terminated'],
  ] as const;

  it.each(steps)('%s from where it may, once, and from nowhere else', (_what, step, command, event, from, to) => {
    for (const [status, facts] of Object.entries(past)) {
      const decided = given(agreement, ...facts).when(step, command);
      if ((from as readonly string[]).includes(status)) decided.then(event);
      else if (status === to) decided.thenNothing();
      else decided.rejects('invalid-state', { status });
    }
  });

  it.each([
    ['refused', refuse, past['submitted']!],
    ['terminated', terminate, past['in-force']!],
  ])('is not %s without a reason', (_what, step, facts) =>
    given(agreement, ...facts)
      .when(step, {})
      .rejects('reason-required'),
  );

  it('does not enter into force before somebody signed', () =>
    given(agreement, drafted()).when(enterIntoForce, {}).rejects('signature-required'));

  it('enters into force under a scheme after approval only', () => {
    const ofOurs = [drafted(ofScheme), signed];
    given(agreement, ...ofOurs)
      .when(enterIntoForce, {})
      .rejects('invalid-state', { status: 'drafted' });
    given(agreement, ...ofOurs, submitted, approved)
      .when(enterIntoForce, {})
      .then(inForce);
  });

  it('is signed from its draft until it ends, also by who was no party, and by each once', () => {
    const ocmw = idOf('ocmw');
    const joins = elsewhere(organisation, ocmw, {
      type: 'OrganisationRegistered',
      data: { name: 'OCMW', sector: 'welfare', units: [], enterpriseNumber: null, umbrellaOf: [] },
    });
    for (const [status, facts] of Object.entries(past)) {
      const when = given(agreement, ...facts, city, joins).when(sign, { organisation: ocmw });
      if (['none', 'refused', 'terminated'].includes(status)) when.rejects('invalid-state', { status });
      else when.then({ type: 'AgreementSigned', data: { organisation: ocmw } });
    }
    given(agreement, ...begun, city)
      .when(sign, { organisation: CITY })
      .thenNothing();
    given(agreement, ...begun)
      .when(sign, { organisation: ocmw })
      .rejects('unknown-reference', { member: 'organisation', id: ocmw });
  });

  it('tells others its signatories and its period', () =>
    expect(given(agreement, ...past['terminated']!).state).toMatchObject({
      status: 'terminated',
      network: NETWORK,
      kind: 'partnership',
      signatories: [CITY],
      period,
      terminatedOn: '2020-01-01',
    }));
});
