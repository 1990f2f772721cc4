import { uuidv5 } from '#kernel';
import { decided, elsewhere, given, NETWORK } from '#testkit';
import type { Outcome } from '../codes.ts';
import { decision } from '../decision/state.ts';
import { network } from '../network/state.ts';
import { addObjective, adopt, draft, endObjective, redraft, rewordObjective } from './decide.ts';
import type { AgendaEvent } from './events.ts';
import { agenda } from './state.ts';

const D1 = uuidv5('spec', 'd1');
const texts = { ambition: { nl: 'Een veilige thuis' }, problemStatement: { nl: 'Dakloosheid' } };
const drafted: AgendaEvent = { type: 'AgendaDrafted', data: texts };
const added = (code: string): AgendaEvent => ({ type: 'ObjectiveAdded', data: { code, text: { nl: 'Wonen' } } });
const ended: AgendaEvent = { type: 'ObjectiveEnded', data: { code: 'O5' } };
const adopted: AgendaEvent = { type: 'AgendaVersionAdopted', data: { version: 1, decision: D1 } };
const coalition = elsewhere(network, NETWORK, {
  type: 'NetworkFounded',
  data: { kind: 'coalition', name: 'Mind the Gap', regions: [], parent: null },
});

describe('a network drafts its agenda', () => {
  it('with ambition and problem statement', () =>
    given(agenda, coalition)
      .when(draft, { network: NETWORK, ...texts })
      .then(drafted));

  it('once: a network has one agenda', () =>
    given(agenda, coalition, drafted)
      .when(draft, { network: NETWORK, ...texts })
      .rejects('already-exists', { network: NETWORK }));

  it('when it runs', () =>
    given(agenda)
      .when(draft, { network: NETWORK, ...texts })
      .rejects('unknown-reference', { member: 'network', id: NETWORK }));

  it('and drafts it anew', () => given(agenda, drafted, adopted).when(redraft, texts).then(drafted));

  it('but not anew before it did', () => given(agenda).when(redraft, texts).rejects('invalid-state'));
});

describe('an objective', () => {
  it('is added under a code', () =>
    given(agenda, drafted)
      .when(addObjective, { code: 'O5', text: { nl: 'Wonen' } })
      .then(added('O5')));

  it('never gets a code that was used, not even by one that has ended', () => {
    const again = { code: 'O5', text: { nl: 'Anders' } };
    given(agenda, drafted, added('O5')).when(addObjective, again).rejects('objective-exists', { objective: 'O5' });
    given(agenda, drafted, added('O5'), ended).when(addObjective, again).rejects('objective-exists');
  });

  it('is said in other words', () =>
    given(agenda, drafted, added('O5'))
      .when(rewordObjective, { code: 'O5', text: { nl: 'Stabiel wonen' } })
      .then({ type: 'ObjectiveReworded', data: { code: 'O5', text: { nl: 'Stabiel wonen' } } }));

  it('ends', () => given(agenda, drafted, added('O5')).when(endObjective, { code: 'O5' }).then(ended));

  it('ends once', () => given(agenda, drafted, added('O5'), ended).when(endObjective, { code: 'O5' }).thenNothing());

  it('that is not in the agenda is neither reworded nor ended', () => {
    given(agenda, drafted).when(endObjective, { code: 'O5' }).rejects('objective-not-in-agenda', { objective: 'O5' });
    given(agenda, drafted, added('O5'), ended)
      .when(rewordObjective, { code: 'O5', text: { nl: 'Stabiel wonen' } })
      .rejects('objective-not-in-agenda', { objective: 'O5' });
  });

  it('needs an agenda', () => {
    given(agenda)
      .when(addObjective, { code: 'O5', text: { nl: 'Wonen' } })
      .rejects('invalid-state');
    given(agenda)
      .when(rewordObjective, { code: 'O5', text: { nl: 'Wonen' } })
      .rejects('invalid-state');
    given(agenda).when(endObjective, { code: 'O5' }).rejects('invalid-state');
    given(agenda).when(adopt, { decisionRef: D1 }).rejects('invalid-state');
  });
});

describe('an agenda is adopted', () => {
  const OWN = uuidv5('testkit', 'own', 'agenda');
  const aboutIt = { subjects: [{ kind: 'agenda', id: OWN }] } as const;
  const by = (outcome: Outcome) => elsewhere(decision, D1, decided('2020-06-01', { ...aboutIt, outcome }));

  it('on a decision about it', () =>
    given(agenda, coalition, drafted, added('O5'), by('approve'))
      .when(adopt, { decisionRef: D1 })
      .then({ type: 'AgendaVersionAdopted', data: { version: 1, decision: D1 } }));

  it('version after version', () =>
    given(
      agenda,
      coalition,
      drafted,
      { type: 'AgendaVersionAdopted', data: { version: 1, decision: uuidv5('spec', 'd0') } },
      added('O5'),
      by('approve-with-conditions'),
    )
      .when(adopt, { decisionRef: D1 })
      .then({ type: 'AgendaVersionAdopted', data: { version: 2, decision: D1 } }));

  it('from when the decision holds, where that is later', () => {
    const effectiveAt = '2020-09-01T00:00:00.000Z';
    given(agenda, coalition, drafted, elsewhere(decision, D1, decided('2020-06-01', { ...aboutIt, effectiveAt })))
      .when(adopt, { decisionRef: D1 })
      .then({
        type: 'AgendaVersionAdopted',
        data: { version: 1, decision: D1 },
        occurredAt: effectiveAt,
      });
  });

  it('and its objectives are those of the draft', () => {
    const { state } = given(agenda, drafted, added('O4'), added('O5'), ended, adopted, added('O6'));
    expect(state).toMatchObject({ status: 'adopted', version: 1, objectives: ['O4'], draft: ['O4', 'O6'] });
  });

  it('not without a decision', () => given(agenda, coalition, drafted).when(adopt, {}).rejects('decision-required'));

  it('not on a decision about something else', () =>
    given(agenda, coalition, drafted, elsewhere(decision, D1, decided('2020-06-01', { subjects: [{ kind: 'other' }] })))
      .when(adopt, { decisionRef: D1 })
      .rejects('decision-not-about-this'));

  it.each(['decline', 'defer'] as const)('not when the outcome was to %s', (outcome) =>
    given(agenda, coalition, drafted, by(outcome))
      .when(adopt, { decisionRef: D1 })
      .rejects('wrong-outcome', { outcome }),
  );

  it('not when nothing has changed since', () =>
    given(agenda, coalition, drafted, adopted, by('approve'))
      .when(adopt, { decisionRef: D1 })
      .rejects('nothing-to-adopt'));

  it('not twice on the same decision: what was drafted later lay not before the body', () =>
    given(agenda, coalition, drafted, adopted, added('O5'), by('approve'))
      .when(adopt, { decisionRef: D1 })
      .rejects('decision-not-about-this', { decision: D1, version: 2 }));
});
