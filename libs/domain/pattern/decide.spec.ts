import { actionEvaluated, actionProposed, elsewhere, given, idOf, NETWORK, type Fact } from '#testkit';
import fc from 'fast-check';
import { action, type ActionEvent } from '../action/index.ts';
import type { NetworkKind, Polarity } from '../codes.ts';
import { network } from '../network/state.ts';
import { confirm, retire } from './decide.ts';
import type { PatternEvent, Teller } from './events.ts';
import { pattern, patternId } from './state.ts';

const [WMB, WARM, NIGHT, LEUVEN, GENT, FAR] = ['wmb', 'warm', 'nacht', 'leuven', 'gent', 'ver'].map(idOf) as [
  string,
  string,
  string,
  string,
  string,
  string,
];
const statement = { nl: 'Eén vaste begeleider werkt.' };
const tag = 'vaste-begeleider';
const reason = { text: { nl: 'Nieuwe evaluaties spreken het tegen.' } };

const home = (id: string, kind: NetworkKind = 'coalition', parent: string | null = null) =>
  elsewhere(network, id, { type: 'NetworkFounded', data: { kind, name: 'Netwerk', regions: [], parent } });

const says = (polarity: Polarity, said = tag): { tag: string; polarity: Polarity; text: string } => ({
  tag: said,
  polarity,
  text: '…',
});
/** An evaluation of that name, which tells these learnings. */
const evaluated = (name: string, ...learnings: readonly ReturnType<typeof says>[]): Fact<ActionEvent> => ({
  ...actionEvaluated({ learnings }),
  id: idOf(name),
});
const acted = (id: string, of: string, ...facts: readonly Fact<ActionEvent>[]) =>
  elsewhere(
    action,
    id,
    ...[actionProposed(), { type: 'ActionApproved' as const, data: { decision: idOf('d') } }, started, ...facts].map(
      (fact) => ({ ...fact, meta: { ...fact.meta, network: of } }),
    ),
  );
const started: Fact<ActionEvent> = { type: 'ActionStarted', data: {} };
const works = (id: string, of: string = NETWORK) => acted(id, of, evaluated(`e of ${id}`, says('works')));
const teller = (id: string, of: string = NETWORK): Teller => ({
  action: id,
  network: of,
  evaluation: idOf(`e of ${id}`),
});

const command = (actions: readonly string[]) =>
  ({ network: NETWORK, tag, polarity: 'works', statement, actions }) as const;
const confirmed = (...actions: readonly Teller[]): PatternEvent => ({
  type: 'PatternConfirmed',
  data: { tag, polarity: 'works', statement, actions },
});

describe('a pattern is confirmed', () => {
  it('where two actions of the network tell it, with the evaluation that does', () =>
    given(pattern, home(NETWORK), works(WMB), works(WARM))
      .when(confirm, command([WMB, WARM]))
      .then(confirmed(teller(WMB), teller(WARM))));

  it('where a closing tells it', () => {
    const closed: Fact<ActionEvent> = {
      type: 'ActionClosed',
      id: idOf(`e of ${WARM}`),
      data: { outcome: 'achieved', learnings: [says('works')] },
    };
    given(pattern, home(NETWORK), works(WMB), acted(WARM, NETWORK, closed))
      .when(confirm, command([WMB, WARM]))
      .then(confirmed(teller(WMB), teller(WARM)));
  });

  it('not by one action, however often it was evaluated', () =>
    given(
      pattern,
      home(NETWORK),
      acted(WMB, NETWORK, evaluated('e1', says('works')), evaluated('e2', says('works'), says('works'))),
    )
      .when(confirm, command([WMB, WMB]))
      .rejects('one-action-tells', { tag, polarity: 'works' }));

  it('by the last evaluation of an action that tells it', () =>
    given(
      pattern,
      home(NETWORK),
      works(WARM),
      acted(WMB, NETWORK, evaluated('e1', says('works')), evaluated('e2', says('works')), evaluated('e3')),
    )
      .when(confirm, command([WMB, WARM]))
      .then(confirmed({ ...teller(WMB), evaluation: idOf('e2') }, teller(WARM))));

  it.each([
    ['nothing of it', [evaluated('e')]],
    ['the opposite', [evaluated('e', says('does-not-work'))]],
    ['it of another tag, written otherwise', [evaluated('e', says('works', 'Vaste-Begeleider'))]],
  ])('not by an action that tells %s', (_what, facts) =>
    given(pattern, home(NETWORK), works(WMB), acted(WARM, NETWORK, ...facts))
      .when(confirm, command([WMB, WARM]))
      .rejects('learning-missing', { action: WARM, tag, polarity: 'works' }),
  );

  it('by no action of another network, nor one that is not there', () => {
    given(pattern, home(NETWORK), home(LEUVEN), works(WMB), works(WARM, LEUVEN))
      .when(confirm, command([WMB, WARM]))
      .rejects('unknown-reference', { member: 'actions', id: WARM });
    given(pattern, home(NETWORK), works(WMB))
      .when(confirm, command([WMB, WARM]))
      .rejects('unknown-reference', { member: 'actions', id: WARM });
  });

  it('in a network that runs', () =>
    given(pattern, works(WMB), works(WARM))
      .when(confirm, command([WMB, WARM]))
      .rejects('unknown-reference', { member: 'network', id: NETWORK }));
});

describe.each(['movement', 'programme'] as const)('in a %s', (kind) => {
  const networks = [home(NETWORK, kind), home(LEUVEN, 'coalition', NETWORK), home(GENT, 'coalition', NETWORK)];
  const of = (...actions: Parameters<typeof given>[1][]) => given(pattern, ...networks, ...(actions as never[]));

  it('actions of two networks below it tell it', () =>
    of(works(WMB, LEUVEN), works(WARM, GENT))
      .when(confirm, command([WMB, WARM]))
      .then(confirmed(teller(WMB, LEUVEN), teller(WARM, GENT))));

  it('two actions of one network do not', () =>
    of(works(WMB, LEUVEN), works(WARM, LEUVEN))
      .when(confirm, command([WMB, WARM]))
      .rejects('one-network-tells'));

  it('nor does one of a network elsewhere', () =>
    of(works(WMB, LEUVEN), works(WARM, FAR), home(FAR))
      .when(confirm, command([WMB, WARM]))
      .rejects('unknown-reference', { member: 'actions', id: WARM }));

  it('a network two levels below counts for itself', () =>
    of(works(WMB, LEUVEN), works(WARM, FAR), home(FAR, 'local-network', LEUVEN))
      .when(confirm, command([WMB, WARM]))
      .then(confirmed(teller(WMB, LEUVEN), teller(WARM, FAR))));
});

describe('a pattern that was confirmed', () => {
  const facts = [home(NETWORK), works(WMB), works(WARM), works(NIGHT), confirmed(teller(WMB), teller(WARM))];

  it('rests on other actions when it is confirmed with them', () =>
    given(pattern, ...facts)
      .when(confirm, command([WMB, WARM, NIGHT]))
      .then(confirmed(teller(WMB), teller(WARM), teller(NIGHT))));

  it('may be worded otherwise', () =>
    given(pattern, ...facts)
      .when(confirm, { ...command([WMB, WARM]), statement: { nl: 'Anders' } })
      .then({
        type: 'PatternConfirmed',
        data: { ...confirmed(teller(WMB), teller(WARM)).data, statement: { nl: 'Anders' } },
      }));

  it('is as it was when it is confirmed as it was', () =>
    given(pattern, ...facts)
      .when(confirm, command([WARM, WMB]))
      .thenNothing());

  it('is retired with a reason, once, and confirmed anew', () => {
    given(pattern, ...facts)
      .when(retire, { reason })
      .then({ type: 'PatternRetired', data: {} });
    given(pattern, ...facts)
      .when(retire, {} as never)
      .rejects('reason-required');
    const retired = given(pattern, ...facts, { type: 'PatternRetired', data: {} } as const);
    retired.when(retire, { reason }).thenNothing();
    retired.when(confirm, command([WMB, WARM])).then(confirmed(teller(WMB), teller(WARM)));
    given(pattern).when(retire, { reason }).rejects('invalid-state', { status: 'none' });
  });
});

it('has an id for each network, tag and polarity', () => {
  const ids = [
    patternId(NETWORK, tag, 'works'),
    patternId(NETWORK, tag, 'does-not-work'),
    patternId(NETWORK, 'wachttijd', 'works'),
    patternId(LEUVEN, tag, 'works'),
  ];
  expect(new Set(ids).size).toBe(ids.length);
});

describe('for all histories', () => {
  const NAMES = ['a', 'b', 'c', 'd'];
  /** What each evaluation of each action tells. */
  const histories = fc.array(
    fc.record({
      name: fc.constantFrom(...NAMES),
      tag: fc.constantFrom(tag, 'wachttijd'),
      polarity: fc.constantFrom<Polarity>('works', 'does-not-work'),
    }),
    { maxLength: 12 },
  );

  it('a pattern rests on each of its actions once, on two at least, and on an evaluation of each that tells it', () =>
    fc.assert(
      fc.property(histories, fc.array(fc.constantFrom(...NAMES), { minLength: 1, maxLength: 6 }), (told, named) => {
        const asked = [...new Set(named)];
        const telling = (name: string) =>
          told.flatMap((one, i) =>
            one.name === name && one.tag === tag && one.polarity === 'works' ? [idOf(`e${i}`)] : [],
          );
        const streams = NAMES.map((name) =>
          acted(
            idOf(name),
            NETWORK,
            ...told.flatMap((one, i) => (one.name === name ? [evaluated(`e${i}`, says(one.polarity, one.tag))] : [])),
          ),
        );
        const confirming = given(pattern, home(NETWORK), ...streams).when(confirm, command(named.map(idOf)));
        const silent = asked.find((name) => telling(name).length === 0);
        if (silent !== undefined)
          confirming.rejects('learning-missing', { action: idOf(silent), tag, polarity: 'works' });
        else if (asked.length < 2) confirming.rejects('one-action-tells');
        else
          confirming.then(
            confirmed(
              ...asked.map((name) => ({ action: idOf(name), network: NETWORK, evaluation: telling(name).at(-1)! })),
            ),
          );
      }),
    ));
});
