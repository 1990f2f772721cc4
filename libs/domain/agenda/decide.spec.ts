import { isRejected, uuidv5 } from '#kernel';
import fc from 'fast-check';
import { decided, elsewhere, given, indicatorDefined, NETWORK } from '#testkit';
import type { Outcome } from '../codes.ts';
import { proposal } from '../action/harness.ts';
import { action } from '../action/state.ts';
import { decision } from '../decision/state.ts';
import { evidence } from '../evidence/state.ts';
import { indicator } from '../indicator/state.ts';
import { network } from '../network/state.ts';
import { addObjective, adopt, draft, draftTheory, endObjective, redraft, rewordObjective } from './decide.ts';
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

describe('a theory of change', () => {
  const node = (code: string, kind: 'objective' | 'action' | 'output' | 'risk' = 'output', ref?: string) => ({
    code,
    kind,
    text: { nl: code },
    ...(ref !== undefined && { ref }),
  });
  const theory = {
    nodes: [node('A'), node('B'), node('C')],
    edges: [
      { from: 'A', to: 'B' },
      { from: 'B', to: 'C' },
    ],
  };
  const drafting = (
    given_: { readonly nodes?: object; readonly edges?: object },
    ...facts: Parameters<typeof given>[1][]
  ) =>
    given(agenda, coalition, drafted, added('O5'), ...(facts as [])).when(draftTheory, {
      ...theory,
      ...given_,
    } as never);

  it('is of the version that is adopted next', () => {
    drafting({}).then({ type: 'TheoryOfChangeDrafted', data: { version: 1, ...theory } });
    given(agenda, coalition, drafted, adopted)
      .when(draftTheory, theory)
      .then({ type: 'TheoryOfChangeDrafted', data: { version: 2, ...theory } });
  });

  it('makes a version to adopt', () => {
    const event: AgendaEvent = { type: 'TheoryOfChangeDrafted', data: { version: 2, ...theory } };
    expect(given(agenda, drafted, adopted).state).toMatchObject({ changed: false });
    expect(given(agenda, drafted, adopted, event).state).toMatchObject({ changed: true });
  });

  it('names objectives of the draft, and no others', () => {
    const objective = (ref: string) => ({ nodes: [...theory.nodes, node('W', 'objective', ref)] });
    drafting(objective('O5')).then({
      type: 'TheoryOfChangeDrafted',
      data: { version: 1, ...theory, ...objective('O5') },
    });
    drafting(objective('O6')).rejects('objective-not-in-agenda', { objective: 'O6' });
    drafting(objective('O5'), ended).rejects('objective-not-in-agenda');
  });

  it('names actions of the network, and no others', () => {
    const WMB = uuidv5('spec', 'wmb');
    const of = (home: string) =>
      elsewhere(action, WMB, { type: 'ActionProposed', data: proposal, meta: { network: home } });
    const nodes = [...theory.nodes, node('D', 'action', WMB)];
    drafting({ nodes }, of(NETWORK)).then({ type: 'TheoryOfChangeDrafted', data: { version: 1, ...theory, nodes } });
    drafting({ nodes }, of(uuidv5('spec', 'elsewhere'))).rejects('unknown-reference', { member: 'nodes', id: WMB });
    drafting({ nodes }).rejects('unknown-reference', { member: 'nodes', id: WMB });
    drafting({ nodes: [...theory.nodes, node('R', 'risk', 'O5')] }).rejects('unknown-reference');
  });

  it('names indicators of the network or of one above it for what can be measured, and for nothing else', () => {
    const [DAYS, PARENT] = [uuidv5('spec', 'days'), uuidv5('spec', 'parent')] as const;
    const of = (home: string) => elsewhere(indicator, DAYS, indicatorDefined({}, { network: home }));
    const nodes = [...theory.nodes, node('U', 'output', DAYS)];
    const event = { type: 'TheoryOfChangeDrafted', data: { version: 1, ...theory, nodes } };
    const below = elsewhere(network, NETWORK, {
      type: 'NetworkFounded',
      data: { kind: 'coalition', name: 'Leuven', regions: [], parent: PARENT },
    });
    drafting({ nodes }, of(NETWORK)).then(event);
    given(agenda, below, of(PARENT), drafted)
      .when(draftTheory, { ...theory, nodes })
      .then(event);
    drafting({ nodes }, of(PARENT)).rejects('unknown-reference', { member: 'nodes', id: DAYS });
    drafting({ nodes }).rejects('unknown-reference', { member: 'nodes', id: DAYS });
    drafting({ nodes: [...theory.nodes, node('R', 'risk', DAYS)] }, of(NETWORK)).rejects('unknown-reference');
  });

  it('links its own nodes, on evidence of the network', () => {
    const PROOF = uuidv5('spec', 'proof');
    const of = (home: string) =>
      elsewhere(evidence, PROOF, {
        type: 'EvidenceRegistered',
        data: {
          sha256: 'a'.repeat(64),
          mediaType: 'application/pdf',
          class: 'survey',
          title: '…',
          heldBy: '…',
          retainUntil: null,
        },
        meta: { network: home },
      });
    const edges = [{ from: 'A', to: 'B', strength: 'strong', evidence: [PROOF] }];
    drafting({ edges }, of(NETWORK)).then({ type: 'TheoryOfChangeDrafted', data: { version: 1, ...theory, edges } });
    drafting({ edges }, of(uuidv5('spec', 'elsewhere'))).rejects('unknown-reference', { member: 'edges', id: PROOF });
    drafting({ edges: [{ from: 'A', to: 'Z' }] }).rejects('unknown-reference', { member: 'edges', id: 'Z' });
  });

  it('is of an agenda that there is', () =>
    given(agenda, coalition).when(draftTheory, theory).rejects('invalid-state', { status: 'none' }));

  it('runs in no circle: it is taken when its nodes can be put in a row, and else refused', () => {
    const codes = ['A', 'B', 'C', 'D'];
    const code = fc.constantFrom(...codes);
    const { state } = given(agenda, drafted);
    fc.assert(
      fc.property(fc.array(fc.record({ from: code, to: code }), { maxLength: 7 }), (edges) => {
        const decided = draftTheory({ nodes: codes.map((one) => node(one)), edges }, state, {} as never);
        const canBe = rows(codes).some((row) => edges.every(({ from, to }) => row.indexOf(from) < row.indexOf(to)));
        expect(isRejected(decided) ? decided.rejected : 'taken').toBe(canBe ? 'taken' : 'theory-cycle');
      }),
    );
  });
});

/** All orders of these. */
const rows = (all: readonly string[]): readonly (readonly string[])[] =>
  all.length === 0
    ? [[]]
    : all.flatMap((one) => rows(all.filter((other) => other !== one)).map((row) => [one, ...row]));
