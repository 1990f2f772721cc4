import { foldDocument, type Event, type Projection } from '#kernel';
import type {
  AgendaEvent,
  AgreementEvent,
  DecisionEvent,
  EvidenceEvent,
  GroupEvent,
  MeetingEvent,
  NetworkEvent,
  OrganisationEvent,
  PersonEvent,
} from '#domain';
import { at, decisionRecorded, idOf, NETWORK, record, type Fact } from '#testkit';
import {
  agendaCard,
  agreementCard,
  decisionRegister,
  evidenceCard,
  groupCard,
  meetingCard,
  networkCard,
  organisationCard,
  personCard,
} from './index.ts';

const day = (date: string) => `${date}T10:00:00.000Z`;
/** The document of a stream with the network's id, given its facts. */
const given =
  <D extends { readonly id: string }>(model: Projection<D>) =>
  (...facts: readonly Fact[]): D =>
    foldDocument(model, record<Event>(model.source!, NETWORK, facts))!;
const fact = <E extends Event>(
  type: E['type'],
  data: Extract<E, { type: typeof type }>['data'],
  date = '2020-01-01',
): Fact => ({
  type,
  data,
  meta: at(day(date)),
});

describe('a network', () => {
  const founded: Fact<NetworkEvent> = {
    type: 'NetworkFounded',
    data: { kind: 'coalition', name: 'Mind the Gap', regions: ['11002'], parent: null },
    meta: at(day('2018-01-01')),
  };
  const of = given(networkCard);

  it('has the policy of its kind until it sets its own, member by member', () => {
    expect(of(founded).policy).toMatchObject({ leadInBackOffice: true, minimumPartners: 2 });
    expect(of(founded, fact<NetworkEvent>('PolicySet', { policy: { minimumPartners: 3 } })).policy).toMatchObject({
      leadInBackOffice: true,
      minimumPartners: 3,
    });
  });

  it('keeps the interval of each membership and all names it had', () => {
    const organisation = idOf('ggz');
    const seat = { organisation, sector: 'mental-health', seat: 'stem', representsTargetGroup: false } as const;
    expect(
      of(
        founded,
        fact<NetworkEvent>('OrganisationInvited', { organisation }),
        fact<NetworkEvent>('MemberJoined', seat, '2020-01-01'),
        fact<NetworkEvent>('MemberSeatChanged', { ...seat, seat: 'waarnemer' }),
        fact<NetworkEvent>('MemberLeft', { organisation }, '2022-02-01'),
        fact<NetworkEvent>('NetworkRenamed', { name: 'Thuis' }, '2022-03-01'),
      ),
    ).toMatchObject({
      network: NETWORK,
      name: 'Thuis',
      names: [{ name: 'Mind the Gap' }, { name: 'Thuis', from: day('2022-03-01') }],
      invited: [],
      members: [{ organisation, seat: 'waarnemer', from: day('2020-01-01'), until: day('2022-02-01') }],
    });
  });

  it('knows who is missing, since when, and who came', () =>
    expect(
      of(
        founded,
        fact<NetworkEvent>('MissingActorIdentified', { number: 1, sector: 'justice', description: 'Justitiehuis' }),
        fact<NetworkEvent>('MissingActorResolved', { number: 1, organisation: idOf('justitiehuis') }, '2020-05-01'),
      ).missingActors,
    ).toMatchObject([
      { number: 1, since: day('2020-01-01'), resolvedAt: day('2020-05-01'), resolvedBy: idOf('justitiehuis') },
    ]));
});

describe('a group', () => {
  const founded: Fact<GroupEvent> = { type: 'GroupFounded', data: { name: 'Wonen', kind: 'action-group' } };

  it('keeps who led it, and with which hand-over', () =>
    expect(
      given(groupCard)(
        founded,
        fact<GroupEvent>('GroupLeadAssigned', { lead: idOf('an') }, '2020-01-01'),
        fact<GroupEvent>('GroupLeadReleased', { lead: idOf('an'), handOver: 'De sleutel' }, '2021-01-01'),
        fact<GroupEvent>('GroupLeadAssigned', { lead: idOf('lies') }, '2021-02-01'),
        fact<GroupEvent>('GroupLeadAssigned', { lead: idOf('jan') }, '2021-03-01'),
      ),
    ).toMatchObject({
      lead: idOf('jan'),
      leads: [
        { lead: idOf('an'), handOver: 'De sleutel', until: day('2021-01-01') },
        { lead: idOf('lies'), handOver: null, until: day('2021-03-01') },
        { lead: idOf('jan'), until: null },
      ],
    }));

  it('keeps its members, its cadence from when on, and its rule', () =>
    expect(
      given(groupCard)(
        founded,
        fact<GroupEvent>('GroupMemberAdded', { organisation: idOf('ggz') }),
        fact<GroupEvent>('GroupMemberRemoved', { organisation: idOf('ggz') }, '2020-02-01'),
        fact<GroupEvent>('CadenceSet', { timesPerYear: 12 }),
        fact<GroupEvent>('DecisionRuleSet', { quorum: 2, rule: 'consent', seats: [] }),
        fact<GroupEvent>('GroupsMerged', { into: idOf('zorg') }),
      ),
    ).toMatchObject({
      members: [{ organisation: idOf('ggz'), until: day('2020-02-01') }],
      timesPerYear: 12,
      cadences: [{ timesPerYear: 12, from: day('2020-01-01') }],
      rule: { quorum: 2 },
      status: 'ended',
      mergedInto: idOf('zorg'),
    }));
});

it('a person has every role with its interval', () =>
  expect(
    given(personCard)(
      fact<PersonEvent>('PersonRegistered', {}),
      fact<PersonEvent>('RoleGiven', { role: 'member', network: NETWORK, organisation: idOf('ggz') }, '2020-01-01'),
      fact<PersonEvent>('RoleGiven', { role: 'back-office', network: NETWORK }, '2020-02-01'),
      fact<PersonEvent>('RoleRevoked', { role: 'member', network: NETWORK }, '2021-01-01'),
    ),
  ).toMatchObject({
    networks: [NETWORK],
    roles: [
      { role: 'member', organisation: idOf('ggz'), from: day('2020-01-01'), until: day('2021-01-01') },
      { role: 'back-office', organisation: null, until: null },
    ],
  }));

it('an organisation is what was last said of it', () =>
  expect(
    given(organisationCard)(
      {
        type: 'OrganisationRegistered',
        data: { name: 'CAW', sector: 'welfare', units: [], enterpriseNumber: null, umbrellaOf: [] },
      },
      fact<OrganisationEvent>('OrganisationRenamed', { name: 'CAW Antwerpen' }),
      fact<OrganisationEvent>('NumberCorrected', { enterpriseNumber: '0999000030' }),
      fact<OrganisationEvent>('OrganisationEnded', {}),
    ),
  ).toMatchObject({ name: 'CAW Antwerpen', enterpriseNumber: '0999000030', status: 'ended', revision: 3 }));

it('a meeting has its items, what was said to them, and who was there', () =>
  expect(
    given(meetingCard)(
      { type: 'MeetingPlanned', data: { body: idOf('collectief'), startsAt: day('2020-06-25') } },
      fact<MeetingEvent>('AgendaItemAdded', { number: 1, title: 'WMB', subject: { kind: 'action', id: idOf('wmb') } }),
      fact<MeetingEvent>('InputRecorded', { item: 1, organisation: idOf('ggz'), text: 'Doen' }),
      fact<MeetingEvent>('AttendanceRecorded', { present: [idOf('ggz')], excused: [idOf('caw')] }),
      fact<MeetingEvent>('MeetingHeld', { minutes: 'Kort' }, '2020-06-25'),
    ),
  ).toMatchObject({
    status: 'held',
    items: [{ number: 1, subject: { kind: 'action', id: idOf('wmb') } }],
    inputs: [{ item: 1, text: 'Doen' }],
    present: [idOf('ggz')],
    excused: [idOf('caw')],
    minutes: 'Kort',
    heldAt: day('2020-06-25'),
  }));

describe('an agenda', () => {
  const text = (nl: string) => ({ nl });
  const adopt = (version: number, date: string) =>
    fact<AgendaEvent>('AgendaVersionAdopted', { version, decision: idOf(`d${version}`) }, date);
  const drafted = (nl: string) =>
    fact<AgendaEvent>('AgendaDrafted', { ambition: text(nl), problemStatement: text('Te veel') });

  it('keeps each version as it was adopted, and every objective with its texts', () => {
    const agenda = given(agendaCard)(
      drafted('Niemand dakloos'),
      fact<AgendaEvent>('ObjectiveAdded', { code: 'O1', text: text('Voorkomen') }),
      fact<AgendaEvent>('ObjectiveAdded', { code: 'O2', text: text('Zorg') }),
      adopt(1, '2020-02-01'),
      drafted('Iedereen thuis'),
      fact<AgendaEvent>('ObjectiveReworded', { code: 'O1', text: text('Vroeger voorkomen') }, '2021-01-01'),
      fact<AgendaEvent>('ObjectiveEnded', { code: 'O2' }, '2021-01-02'),
      adopt(2, '2021-02-01'),
    );
    expect(agenda).toMatchObject({ status: 'adopted', version: 2, network: NETWORK });
    expect(agenda.versions).toMatchObject([
      {
        version: 1,
        ambition: text('Niemand dakloos'),
        objectives: [{ code: 'O1', text: text('Voorkomen') }, { code: 'O2' }],
      },
      { version: 2, ambition: text('Iedereen thuis'), objectives: [{ code: 'O1', text: text('Vroeger voorkomen') }] },
    ]);
    expect(agenda.objectives).toMatchObject([
      {
        code: 'O1',
        texts: [{ text: text('Voorkomen') }, { text: text('Vroeger voorkomen'), from: day('2021-01-01') }],
      },
      { code: 'O2', endedAt: day('2021-01-02') },
    ]);
  });

  it('goes on while the next version is drafted', () =>
    expect(given(agendaCard)(drafted('Een'), adopt(1, '2020-02-01'), drafted('Twee'))).toMatchObject({
      version: 1,
      draft: { ambition: text('Twee') },
    }));
});

describe('a decision', () => {
  it('tells how late it was registered, and how many seats were there', () =>
    expect(given(decisionRegister)(decisionRecorded({}, at(day('2020-06-25'), day('2020-08-01'))))).toMatchObject({
      decidedAt: day('2020-06-25'),
      lagDays: 37,
      seatsEntitled: 3,
      seatsPresent: 2,
      subjectKinds: ['action'],
      subjectIds: [idOf('wmb')],
    }));

  it('stays as it was and names what amended or annulled it', () =>
    expect(
      given(decisionRegister)(
        decisionRecorded(),
        fact<DecisionEvent>('DecisionAmended', { by: idOf('d2'), change: 'Tot 2023' }),
        fact<DecisionEvent>('DecisionAnnulled', { by: idOf('d3') }),
      ),
    ).toMatchObject({
      status: 'annulled',
      outcome: 'approve',
      amendments: [{ by: idOf('d2'), change: 'Tot 2023' }],
      annulment: { by: idOf('d3') },
    }));
});

describe('an agreement', () => {
  const drafted: Fact<AgreementEvent> = {
    type: 'AgreementDrafted',
    data: {
      kind: 'scheme-period',
      title: 'Afsprakennota 2014-2019',
      period: { from: '2014-01-01', until: '2019-12-31' },
      parties: [idOf('stad')],
      thirdParties: ['School'],
      withNetworks: [],
      scheme: idOf('decreet'),
      succeeds: idOf('nota 2009'),
      objectives: { carriedOver: ['O1'], ended: ['O2'] },
      actions: [idOf('wmb')],
    },
    meta: at(day('2013-06-01')),
  };
  const of = given(agreementCard);
  const because = { text: { nl: 'De stad trekt zich terug' } };

  it('has its period, its parties and what it took over', () =>
    expect(of(drafted)).toMatchObject({
      network: NETWORK,
      from: '2014-01-01',
      until: '2019-12-31',
      status: 'drafted',
      parties: [idOf('stad')],
      thirdParties: ['School'],
      scheme: idOf('decreet'),
      succeeds: idOf('nota 2009'),
      objectives: { carriedOver: ['O1'], ended: ['O2'] },
      actions: [idOf('wmb')],
      draftedAt: day('2013-06-01'),
    }));

  it('keeps who signed and when, when it entered into force, and why it ended', () =>
    expect(
      of(
        drafted,
        fact<AgreementEvent>('AgreementSigned', { organisation: idOf('stad') }, '2013-07-01'),
        fact<AgreementEvent>('AgreementSubmitted', {}, '2013-08-01'),
        fact<AgreementEvent>('AgreementApproved', {}, '2013-09-01'),
        fact<AgreementEvent>('AgreementEnteredIntoForce', {}, '2014-01-01'),
        fact<AgreementEvent>('AgreementSigned', { organisation: idOf('ocmw') }, '2014-02-01'),
        {
          ...fact<AgreementEvent>('AgreementTerminated', {}),
          meta: { ...at(day('2016-01-01')), reason: because },
        },
      ),
    ).toMatchObject({
      status: 'terminated',
      signatures: [
        { organisation: idOf('stad'), at: day('2013-07-01') },
        { organisation: idOf('ocmw'), at: day('2014-02-01') },
      ],
      inForceAt: day('2014-01-01'),
      ended: { at: day('2016-01-01'), reason: because.text },
      revision: 6,
    }));

  it('is in no list before it is drafted: a claim that lapsed is none', () =>
    expect(
      of(fact<AgreementEvent>('AgreementClaimLapsed', { claim: idOf('c') }), drafted, {
        ...fact<AgreementEvent>('AgreementRefused', {}, '2013-09-01'),
      }),
    ).toMatchObject({ status: 'refused', inForceAt: null, ended: { reason: null }, revision: 2 }));
});

describe('evidence', () => {
  const registered = fact<EvidenceEvent>('EvidenceRegistered', {
    sha256: 'a'.repeat(64),
    mediaType: 'application/pdf',
    class: 'invoice',
    title: 'Factuur 14',
    heldBy: 'CAW',
    retainUntil: null,
  });
  const why = { text: { nl: 'Controle' } };
  const held: Fact = {
    ...fact<EvidenceEvent>('LegalHoldSet', {}),
    meta: { ...at(day('2021-01-01')), reason: why },
  };

  it('has its legal hold while there is one, and the last term that was said', () => {
    const card = given(evidenceCard);
    expect(card(registered)).toMatchObject({ retainUntil: null, legalHold: false, hold: null, class: 'invoice' });
    expect(card(registered, held, fact<EvidenceEvent>('RetentionExtended', { until: '2031-12-31' }))).toMatchObject({
      retainUntil: '2031-12-31',
      legalHold: true,
      hold: { since: day('2021-01-01'), reason: why.text },
    });
    expect(card(registered, held, fact<EvidenceEvent>('LegalHoldLifted', {}))).toMatchObject({
      legalHold: false,
      hold: null,
    });
  });

  it('names what took its place, and why', () =>
    expect(
      given(evidenceCard)(registered, {
        ...fact<EvidenceEvent>('EvidenceSupersededBy', { by: idOf('beter') }),
        meta: { ...at(day('2021-01-01')), reason: why },
      }),
    ).toMatchObject({ supersededBy: idOf('beter'), superseded: { at: day('2021-01-01'), reason: why.text } }));
});
