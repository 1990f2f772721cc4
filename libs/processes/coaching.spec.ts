import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import type { CoachingEvent } from '#domain/coaching';
import { GiveRole, RevokeRole } from '#domain/person';
import { idOf, NETWORK, record, type Fact } from '#testkit';
import { coaching } from './coaching.ts';

const [BO, CAS, KNOWLEDGE, OTHER] = ['bo', 'cas', 'kenniscentrum', 'hogeschool'].map(idOf) as [
  string,
  string,
  string,
  string,
];
const reactsTo = (fact: Fact<CoachingEvent>) => coaching.reacts(record('coaching', NETWORK, [fact])[0]!);
const taken = (type: new () => object, body: object) =>
  validateSync(plainToInstance(type, body), { whitelist: true, forbidNonWhitelisted: true });
type Started = Extract<CoachingEvent, { readonly type: 'EngagementStarted' }>['data'];
const started = (data: Partial<Started> = {}): Fact<CoachingEvent> => ({
  type: 'EngagementStarted',
  data: { number: 1, organisations: [KNOWLEDGE], coaches: [BO, CAS], purpose: '…', phases: [], phase: null, ...data },
});
const role = { role: 'coach', network: NETWORK };

describe('an engagement that starts', () => {
  it('makes each of its coaches coach of the network', () => {
    const given = reactsTo(started());
    const body = { ...role, organisation: KNOWLEDGE };
    expect(given).toMatchObject([
      { command: 'GiveRole', id: BO, body },
      { command: 'GiveRole', id: CAS, body },
    ]);
    for (const { body } of given) expect(taken(GiveRole, body)).toEqual([]);
  });

  it('until its last day, where that is planned', () =>
    expect(reactsTo(started({ plannedUntil: '2022-08-31' }))[0]!.body).toMatchObject({ until: '2022-08-31' }));

  it('for no organisation where it is of several', () =>
    expect(reactsTo(started({ organisations: [KNOWLEDGE, OTHER] }))[0]!.body).toEqual(role));

  it('from when they are registered, where that was later; who is its coach already stays so', () => {
    const [give] = reactsTo(started());
    const notBefore = '2018-09-10T10:00:00.000Z';
    const late = give!.refused!({ rejected: 'out-of-order', params: { notBefore } })!;
    expect(late).toMatchObject({ command: 'GiveRole', id: BO, body: { ...role, occurredAt: notBefore } });
    expect(late.refused!({ rejected: 'out-of-order', params: { notBefore } })).toBeUndefined();
    expect(give!.refused!({ rejected: 'role-already-held', params: {} })).toBeUndefined();
  });
});

it('a coach who joins gets the role, one who leaves loses it', () =>
  expect(
    reactsTo({
      type: 'EngagementCoachesChanged',
      data: {
        number: 1,
        organisations: [KNOWLEDGE],
        plannedUntil: '2022-08-31',
        coaches: [CAS],
        joined: [CAS],
        left: [BO],
      },
    }),
  ).toMatchObject([
    { command: 'GiveRole', id: CAS, body: { ...role, organisation: KNOWLEDGE, until: '2022-08-31' } },
    { command: 'RevokeRole', id: BO, body: role },
  ]));

it('an engagement that ends takes the role from each of its coaches', () => {
  const revoked = reactsTo({
    type: 'EngagementEnded',
    data: { number: 1, exit: { findings: '…' }, coaches: [BO, CAS] },
  });
  expect(revoked).toEqual([
    { command: 'RevokeRole', id: BO, body: role },
    { command: 'RevokeRole', id: CAS, body: role },
  ]);
  for (const { body } of revoked) expect(taken(RevokeRole, body)).toEqual([]);
});

it('nothing else changes who reads', () =>
  expect(reactsTo({ type: 'EngagementPhaseChanged', data: { number: 1, phase: '…', note: '…' } })).toEqual([]));
