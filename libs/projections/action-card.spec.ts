import { foldDocument, type Event } from '#kernel';
import type { ActionEvent } from '#domain';
import { actionEvaluated, actionProposed, at, idOf, NETWORK, record, type Fact } from '#testkit';
import { actionCard } from './index.ts';

const WMB = idOf('wmb');
const day = (date: string) => `${date}T10:00:00.000Z`;
const cardOf = (...facts: readonly Fact<ActionEvent>[]) =>
  foldDocument(actionCard, record<Event>('action', WMB, facts))!;

const proposed = actionProposed({}, at(day('2020-06-10')));
const approved: Fact<ActionEvent> = {
  type: 'ActionApprovedWithConditions',
  data: { decision: idOf('d1'), conditions: [{ code: 'C1', text: 'Huurgarantie' }] },
  meta: at(day('2020-06-25')),
};
const started: Fact<ActionEvent> = { type: 'ActionStarted', data: {}, meta: at(day('2020-10-01')) };

describe('the card of an action', () => {
  it('begins with its proposal', () =>
    expect(cardOf(proposed)).toMatchObject({
      id: WMB,
      network: NETWORK,
      status: 'proposed',
      phaseSince: day('2020-06-10'),
      title: { nl: 'Wonen met begeleiding' },
      organisations: [idOf('jeugdhulp'), idOf('huisvesting')],
      root: WMB,
      generation: 0,
      revision: 0,
    }));

  it('ignores events about an action that is not there', () => expect(cardOf(started)).toBeUndefined());

  it('takes the new values of a revision and of an adjustment', () =>
    expect(
      cardOf(
        proposed,
        { type: 'ProposalRevised', data: { version: 2, changes: { budgetCents: { from: 6_000_000, to: 5_000_000 } } } },
        started,
        actionEvaluated({ nextStep: 'adjust' }),
        {
          type: 'ActionAdjusted',
          data: {
            planVersion: 2,
            changes: { plan: { from: { text: 'Samen huren' }, to: { text: 'Intake binnen 10 dagen' } } },
            scope: 'minor',
            basis: { kind: 'evaluation', ref: idOf('e1') },
          },
        },
      ),
    ).toMatchObject({
      budgetCents: 5_000_000,
      proposalVersion: 2,
      plan: { text: 'Intake binnen 10 dagen' },
      planVersion: 2,
      adjusted: 1,
      lastEvaluation: { nextStep: 'adjust', settled: true },
    }));

  it('knows its approval, what conditions are open, and every decision it rests on', () =>
    expect(
      cardOf(proposed, { type: 'ActionDeferred', data: { decision: idOf('d0'), until: '2020-06-24' } }, approved, {
        type: 'ApprovalConditionMet',
        data: { condition: 'C1' },
        meta: at(day('2020-07-01')),
      }),
    ).toMatchObject({
      status: 'approved',
      deferral: null,
      approval: { decision: idOf('d1'), conditions: [{ code: 'C1', metAt: day('2020-07-01') }] },
      decisions: [idOf('d0'), idOf('d1')],
    }));

  it('sums the days it was suspended', () =>
    expect(
      cardOf(
        proposed,
        started,
        { type: 'ActionSuspended', data: { code: 'force-majeure' }, meta: at(day('2020-03-16')) },
        { type: 'ActionResumed', data: { note: 'weer open', suspendedDays: 169 }, meta: at(day('2020-09-01')) },
      ),
    ).toMatchObject({ status: 'active', suspension: null, suspendedDays: 169, phaseSince: day('2020-09-01') }));

  it('keeps what was learnt, evaluation by evaluation and at the close', () => {
    const card = cardOf(
      proposed,
      started,
      actionEvaluated(),
      actionEvaluated({ kind: 'final', verdict: 'works', nextStep: 'close', learnings: [] }),
      {
        type: 'ActionClosed',
        data: {
          outcome: 'achieved',
          learnings: [{ text: 'Vast gezicht', tag: 'vaste-begeleider', polarity: 'works' }],
        },
        meta: at(day('2022-12-31')),
      },
    );
    expect(card).toMatchObject({ status: 'closed', outcome: 'achieved', closedAt: day('2022-12-31'), evaluated: 2 });
    expect(card.evaluations.map(({ verdict }) => verdict)).toEqual(['works-partly', 'works']);
    expect(card.lastEvaluation).toMatchObject({ verdict: 'works', settled: true });
    expect(card.learnings.map(({ tag }) => tag)).toEqual(['wachttijd', 'vaste-begeleider']);
  });

  it('is open again when it is reopened', () =>
    expect(
      cardOf(
        proposed,
        started,
        { type: 'ActionClosed', data: { outcome: 'stopped', learnings: [] } },
        { type: 'ActionReopened', data: { decision: idOf('d5') }, meta: at(day('2021-02-01')) },
      ),
    ).toMatchObject({ status: 'active', closedAt: null, outcome: null, approval: { decision: idOf('d5') } }));

  it('keeps the interval of each partner', () =>
    expect(
      cardOf(
        proposed,
        { type: 'PartnerLeft', data: { organisation: idOf('huisvesting') }, meta: at(day('2020-12-01')) },
        {
          type: 'PartnerJoined',
          data: { organisation: idOf('huisvesting'), role: 'verhuurt' },
          meta: at(day('2021-02-01')),
        },
        { type: 'PartnerRoleChanged', data: { organisation: idOf('huisvesting'), role: 'bouwt' } },
      ),
    ).toMatchObject({
      partners: [
        { organisation: idOf('jeugdhulp'), from: day('2020-06-10'), until: null },
        { organisation: idOf('huisvesting'), role: null, until: day('2020-12-01') },
        { organisation: idOf('huisvesting'), role: 'bouwt', from: day('2021-02-01'), until: null },
      ],
      organisations: [idOf('jeugdhulp'), idOf('huisvesting')],
    }));

  it('says what stands in the way, but not in words when that is confidential', () =>
    expect(
      cardOf(
        proposed,
        { type: 'ObstacleAdded', data: { class: 'history', text: 'Een oude ruzie', confidential: true } },
        { type: 'ObstacleAdded', data: { class: 'vision', text: 'Wie beslist?', confidential: false } },
      ).obstacles,
    ).toMatchObject([
      { class: 'history', confidential: true, text: null },
      { class: 'vision', confidential: false, text: 'Wie beslist?' },
    ]));

  it('knows where it comes from, where it went and who refused it', () => {
    const child = cardOf(
      actionProposed({
        group: null,
        objectives: [],
        derivedFrom: {
          action: idOf('parent'),
          network: idOf('antwerpen'),
          root: idOf('parent'),
          planVersion: 2,
          evaluation: idOf('e2'),
          kind: 'region',
          generation: 1,
          carried: { indicators: [], learnings: [] },
        },
      }),
    );
    expect(child).toMatchObject({
      root: idOf('parent'),
      generation: 1,
      derivedFrom: { action: idOf('parent') },
      group: null,
    });
    const broadening = idOf('broadening');
    const parent = cardOf(
      proposed,
      started,
      {
        id: broadening,
        type: 'ActionBroadened',
        data: {
          kind: 'region',
          evaluation: idOf('e2'),
          decision: idOf('d2'),
          planVersion: 2,
          generation: 1,
          root: WMB,
          actionKind: 'regular',
          title: {},
          targetGroup: '',
          intendedChange: '',
          horizon: 'medium',
          plan: { text: '' },
          targets: [idOf('leuven'), idOf('gent')].map((network) => ({ network, regions: [], partners: [] })),
          carried: { indicators: [], learnings: [] },
        },
      },
      { type: 'BroadeningRefused', data: { broadening, target: 1, network: idOf('gent'), code: 'invalid-state' } },
    );
    expect(parent).toMatchObject({
      status: 'active',
      broadened: 1,
      broadenings: [{ id: broadening, networks: [idOf('leuven'), idOf('gent')] }],
      refusals: [{ broadening, target: 1, code: 'invalid-state' }],
    });
  });

  it('counts evidence and the revision on every event, and reads corrected values', () => {
    const evidence = [{ sha256: 'a', mediaType: 'text/plain', class: 'minutes', title: 'Verslag', heldBy: 'stad' }];
    const start = idOf('start');
    expect(
      cardOf(
        proposed,
        { ...started, id: start },
        { type: 'EvidenceAttached', data: {}, meta: { ...at(day('2020-10-02')), evidence } },
        {
          type: 'RecordCorrected',
          data: { event: start, field: 'occurredAt', from: '', to: day('2020-09-15'), confirmedBy: idOf('lies') },
          meta: at(day('2020-11-01')),
        },
      ),
    ).toMatchObject({
      evidenceCount: 1,
      revision: 3,
      startedAt: day('2020-09-15'),
      lastOccurredAt: day('2020-11-01'),
      updatedAt: day('2020-11-01'),
    });
  });
});
