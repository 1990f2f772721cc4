import type { ActionEvent, NetworkEvent, SessionEvent } from '#domain';
import {
  actionEvaluated,
  actionProposed,
  AN,
  at,
  idOf,
  LEUVEN,
  LIES,
  log,
  NETWORK,
  on,
  stream,
  type Fact,
} from '#testkit';
import { Asked } from './harness.ts';

const meta = (day: string, more: object = {}) => ({ meta: { ...at(on(day)), ...more } });
const below = (id: string, name: string) =>
  stream<NetworkEvent>('network', id, {
    type: 'NetworkFounded',
    data: { kind: 'coalition', name, regions: [], parent: id === NETWORK ? null : NETWORK },
    ...meta('2018-01-01', { network: id }),
  });
type Held = Extract<SessionEvent, { readonly type: 'SessionHeld' }>['data'];
const held = (name: string, day: string, data: Partial<Held> = {}, ...facts: readonly Fact<SessionEvent>[]) =>
  stream<SessionEvent>(
    'session',
    idOf(name),
    {
      type: 'SessionHeld',
      data: {
        kind: 'interview',
        title: name,
        topic: 'other',
        organisations: [],
        networks: [],
        participants: 2,
        confidentiality: 'open',
        ...data,
      },
      ...meta(day),
    },
    ...facts,
  );
const outcome = (number: number, text: string, confidential: boolean, by: string): Fact<SessionEvent> => ({
  type: 'OutcomeRecorded',
  data: { number, text, confidential },
  ...meta('2021-01-20', { actor: { subject: by, role: 'coach' } }),
});

const [SHARED, INTERVIEW, PARTNER, FIRM] = ['gedeelde meting', 'gesprek', 'partner', 'begeleider'].map(idOf) as [
  string,
  string,
  string,
  string,
];
const FRUSTRATION = 'De partners vertrouwen elkaar niet.';
const events = log(
  below(NETWORK, 'A Way Home'),
  below(LEUVEN, 'Leuven'),
  held('gedeelde meting', '2021-03-10', {
    kind: 'learning-network',
    topic: 'shared-measurement',
    networks: [LEUVEN],
    participants: 24,
    action: idOf('wmb'),
  }),
  held(
    'gesprek',
    '2021-01-20',
    { confidentiality: 'participants-only', organisations: [PARTNER], facilitator: { organisation: FIRM } },
    outcome(1, FRUSTRATION, true, AN),
    outcome(2, 'Zij willen verder.', true, LIES),
  ),
  held('vorming', '2021-05-01', { kind: 'training', participants: 19, action: idOf('wmb') }),
  stream<ActionEvent>('action', idOf('wmb'), actionProposed({}, at(on('2020-06-10')))),
  stream<ActionEvent>(
    'action',
    idOf('leuvense actie'),
    {
      ...actionProposed({ title: { nl: 'Dagen meten' }, inspiredBySessions: [SHARED] }),
      ...meta('2021-06-01', { network: LEUVEN }),
    },
    { type: 'ActionApproved', data: { decision: idOf('d') }, ...meta('2021-06-10', { network: LEUVEN }) },
    { type: 'ActionStarted', data: {}, ...meta('2021-07-01', { network: LEUVEN }) },
    { ...actionEvaluated({ verdict: 'works' }), ...meta('2022-03-01', { network: LEUVEN }) },
  ),
);
const asked = new Asked(events);

interface List {
  readonly items: readonly { readonly title: string }[];
  readonly names: Readonly<Record<string, string>>;
}
const titles = async (params: object = {}, caller: object = {}, moment = {}): Promise<readonly string[]> =>
  ((await asked.ask('listSessions', { network: NETWORK, ...params }, moment, caller)) as List).items.map(
    ({ title }) => title,
  );

describe('the sessions of a network', () => {
  it('are listed, the latest first', async () =>
    expect(await titles()).toEqual(['vorming', 'gedeelde meting', 'gesprek']));

  it('by kind, topic, period, the network that was present and what they were about', async () => {
    expect(await titles({ kind: ['interview', 'training'] })).toEqual(['vorming', 'gesprek']);
    expect(await titles({ topic: ['shared-measurement'] })).toEqual(['gedeelde meting']);
    expect(await titles({ from: '2021-03-10', until: '2021-03-10' })).toEqual(['gedeelde meting']);
    expect(await titles({ present: LEUVEN })).toEqual(['gedeelde meting']);
    expect(await titles({ action: idOf('wmb') })).toEqual(['vorming', 'gedeelde meting']);
  });

  it('are those of a network that was present too, and of no other', async () => {
    expect(await titles({ network: LEUVEN }, { networks: [LEUVEN] })).toEqual(['gedeelde meting']);
    expect(await asked.ask('getSession', { id: SHARED }, {}, { networks: [LEUVEN] })).toBeDefined();
    expect(await asked.ask('getSession', { id: INTERVIEW }, {}, { networks: [LEUVEN] })).toBeUndefined();
  });

  it('are named where a thing of theirs is shown', async () => {
    const { names }: List = await asked.ask('listJournal', { network: NETWORK, limit: 200 });
    expect(names).toMatchObject({ [SHARED]: 'gedeelde meting' });
  });

  it('are counted where they were about an action (S4)', async () =>
    expect(await asked.ask('getAction', { id: idOf('wmb') })).toMatchObject({
      sessions: { held: 2, participants: 43 },
    }));

  it('as of a day', async () => {
    expect(await titles({}, {}, { asOf: '2021-03-31' })).toEqual(['gedeelde meting', 'gesprek']);
    expect(await titles({}, {}, { effectiveAt: on('2021-01-31') })).toEqual(['gesprek']);
  });
});

describe('from learning to result (A16)', () => {
  const session = (caller: object = {}, moment = {}) =>
    asked.ask('getSession', { id: SHARED }, moment, caller) as Promise<object>;

  it('shows what a session led to, and whether it works', async () =>
    expect(await session({ networks: [NETWORK, LEUVEN] })).toMatchObject({
      actions: [{ title: { nl: 'Dagen meten' }, status: 'active', verdict: 'works', visible: true }],
    }));

  it('of other networks that it led there, and no more', async () =>
    expect(await session()).toMatchObject({
      actions: [{ network: LEUVEN, title: null, status: 'active', verdict: 'works', visible: false }],
    }));

  it('as it stood at a moment', async () => {
    expect(await session({}, { asOf: '2021-06-05' })).toMatchObject({
      actions: [{ status: 'proposed', verdict: null }],
    });
    expect(await session({}, { asOf: '2021-05-31' })).toMatchObject({ actions: [] });
  });
});

describe('outcomes for participants only (O9)', () => {
  interface Shown {
    readonly session: { readonly outcomes: readonly { readonly text: string | null }[] };
    readonly outcomesLeftOut: boolean;
  }
  const texts = async (caller: object = {}, moment = {}): Promise<readonly (string | null)[]> => {
    const { session, outcomesLeftOut }: Shown = await asked.ask('getSession', { id: INTERVIEW }, moment, caller);
    const shown = session.outcomes.map(({ text }) => text);
    expect(outcomesLeftOut).toBe(shown.includes(null));
    return shown;
  };
  const other = { subject: idOf('cas'), role: 'back-office' };
  const all = [FRUSTRATION, 'Zij willen verder.'];

  it('are shown to who acts for an organisation that took part', async () => {
    expect(await texts({ actor: other, organisations: [PARTNER] })).toEqual(all);
    expect(await texts({ actor: other, organisations: [FIRM] })).toEqual(all);
  });

  it('and to who recorded the session, or the outcome', async () => {
    expect(await texts({ actor: { subject: AN, role: 'coach' } })).toEqual(all);
    expect(await texts({ actor: { subject: LIES, role: 'coach' } })).toEqual([null, 'Zij willen verder.']);
  });

  it('to nobody else, at no moment', async () => {
    expect(await texts({ actor: other })).toEqual([null, null]);
    expect(await texts({ actor: other, organisations: [idOf('stad')] })).toEqual([null, null]);
    for (const moment of [{ asOf: '2021-02-01' }, { effectiveAt: on('2021-02-01') }])
      expect(await texts({ actor: other }, moment)).toEqual([null, null]);
  });

  it('are in no other answer, whoever asks', async () => {
    for (const [name, params] of [
      ['listSessions', { network: NETWORK }],
      ['listJournal', { network: NETWORK, limit: 200 }],
      ['getWorkList', { network: NETWORK }],
    ] as const)
      for (const moment of [{}, { asOf: '2022-01-01' }])
        expect(JSON.stringify(await asked.ask(name, params, moment, { organisations: [PARTNER] }))).not.toContain(
          FRUSTRATION,
        );
  });
});
