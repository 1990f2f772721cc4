import { uuidv5 } from '#kernel';
import { elsewhere, given, idOf, NETWORK } from '#testkit';
import { network } from '../network/state.ts';
import { extendRetention, liftLegalHold, register, setLegalHold, supersede } from './decide.ts';
import type { EvidenceEvent } from './events.ts';
import { evidence, evidenceId } from './state.ts';

const OWN = uuidv5('testkit', 'own', 'evidence');
const BETTER = idOf('better');
const reason = { text: { nl: 'Een betere scan' } };
const home = elsewhere(network, NETWORK, {
  type: 'NetworkFounded',
  data: { kind: 'coalition', name: 'Mind the Gap', regions: ['11002'], parent: null },
});
const document = {
  sha256: 'a'.repeat(64),
  mediaType: 'application/pdf',
  class: 'invoice',
  title: 'Factuur 14',
  heldBy: 'CAW',
};
const registered: EvidenceEvent = { type: 'EvidenceRegistered', data: { ...document, retainUntil: '2030-12-31' } };
const superseded = (by: string): EvidenceEvent => ({ type: 'EvidenceSupersededBy', data: { by } });
const held: EvidenceEvent = { type: 'LegalHoldSet', data: {} };
const lifted: EvidenceEvent = { type: 'LegalHoldLifted', data: {} };
const extended = (until: string): EvidenceEvent => ({ type: 'RetentionExtended', data: { until } });

describe('a document is registered', () => {
  it('by its hash, with how long it is kept, where that is known', () => {
    given(evidence, home)
      .when(register, { network: NETWORK, ...document, retainUntil: '2030-12-31' })
      .then(registered);
    given(evidence, home)
      .when(register, { network: NETWORK, ...document })
      .then({ type: 'EvidenceRegistered', data: { ...document, retainUntil: null } });
  });

  it('in a network that runs', () =>
    given(evidence)
      .when(register, { network: NETWORK, ...document })
      .rejects('unknown-reference', { member: 'network', id: NETWORK }));

  it('once in a network: the same document has the same id', () => {
    expect(evidenceId(NETWORK, document.sha256)).toBe(evidenceId(NETWORK, 'a'.repeat(64)));
    expect(evidenceId(idOf('leuven'), document.sha256)).not.toBe(evidenceId(NETWORK, document.sha256));
    given(evidence, home, registered)
      .when(register, { network: NETWORK, ...document, title: 'Nog eens' })
      .thenNothing();
  });
});

describe('evidence is superseded', () => {
  const better = (...more: readonly EvidenceEvent[]) => elsewhere(evidence, BETTER, registered, ...more);

  it('by other evidence of the network, with a reason', () => {
    given(evidence, registered, better()).when(supersede, { by: BETTER, reason }).then(superseded(BETTER));
    given(evidence, registered, better()).when(supersede, { by: BETTER }).rejects('reason-required');
  });

  it('by none that is not there, is of another network, or is itself', () => {
    const foreign = elsewhere(evidence, BETTER, { ...registered, meta: { network: idOf('leuven') } });
    given(evidence, registered).when(supersede, { by: BETTER, reason }).rejects('unknown-reference');
    given(evidence, registered, foreign).when(supersede, { by: BETTER, reason }).rejects('unknown-reference');
    given(evidence, registered, elsewhere(evidence, OWN, registered))
      .when(supersede, { by: OWN, reason })
      .rejects('unknown-reference', { member: 'by', id: OWN });
  });

  it('by none that is superseded itself: so never round in a circle', () =>
    given(evidence, registered, better(superseded(OWN)))
      .when(supersede, { by: BETTER, reason })
      .rejects('evidence-superseded', { member: 'by', by: OWN }));

  it('once', () => {
    const replaced = given(evidence, registered, superseded(BETTER), better());
    replaced.when(supersede, { by: BETTER, reason }).thenNothing();
    replaced.when(supersede, { by: idOf('third'), reason }).rejects('invalid-state', { status: 'superseded' });
    given(evidence, better()).when(supersede, { by: BETTER, reason }).rejects('invalid-state', { status: 'none' });
  });
});

describe('a legal hold', () => {
  it.each([
    ['in place', [registered]],
    ['superseded', [registered, superseded(BETTER)]],
  ])('is set on evidence that is %s, with a reason, once', (_what, facts) => {
    given(evidence, ...facts)
      .when(setLegalHold, { reason })
      .then(held);
    given(evidence, ...facts)
      .when(setLegalHold, {})
      .rejects('reason-required');
    given(evidence, ...facts, held)
      .when(setLegalHold, { reason })
      .thenNothing();
  });

  it('is lifted, once, and may be set again', () => {
    given(evidence, registered, held).when(liftLegalHold, {}).then(lifted);
    given(evidence, registered).when(liftLegalHold, {}).thenNothing();
    given(evidence, registered, held, lifted).when(setLegalHold, { reason }).then(held);
  });
});

describe('the term of a document', () => {
  it('gets longer, never shorter', () => {
    const kept = given(evidence, registered);
    kept.when(extendRetention, { until: '2031-01-01' }).then(extended('2031-01-01'));
    kept.when(extendRetention, { until: '2030-12-31' }).thenNothing();
    kept.when(extendRetention, { until: '2030-12-30' }).rejects('retention-shortened', {
      until: '2030-12-30',
      retainUntil: '2030-12-31',
    });
    given(evidence, registered, extended('2040-12-31'))
      .when(extendRetention, { until: '2035-12-31' })
      .rejects('retention-shortened');
  });

  it('is set where there was none', () =>
    given(evidence, { type: 'EvidenceRegistered', data: { ...document, retainUntil: null } })
      .when(extendRetention, { until: '2031-01-01' })
      .then(extended('2031-01-01')));
});

it.each([
  ['a hold', setLegalHold, { reason }],
  ['a lifted hold', liftLegalHold, {}],
])('%s is of what is registered', (_what, decide, command) =>
  given(evidence).when(decide, command).rejects('invalid-state', { status: 'none' }),
);
