import { given, type Fact } from '#testkit';
import type { InstalmentGiven } from './commands.ts';
import type { GrantEvent } from './events.ts';
import {
  advanced,
  awarded,
  closed,
  funderDecision,
  home,
  HOUSING,
  on,
  reason,
  s1,
  suspended,
  UNKNOWN,
} from './harness.ts';
import {
  payPartner,
  planInstalment,
  raiseRecovery,
  receiveBalance,
  receiveInstalment,
  repayFunder,
  requestInstalment,
  takeBack,
  withholdInstalment,
} from './payments.ts';
import { grant } from './state.ts';

const day = on('2020-09-15');
const bankReference = '2020/0915';
const accept = (condition: string): Fact<GrantEvent> => ({ type: 'ConditionAccepted', data: { condition } });
const waive = (condition: string): Fact<GrantEvent> => ({ type: 'ConditionWaived', data: { condition } });
const requested = (instalment: string, amountCents: number) => ({
  type: 'InstalmentRequested' as const,
  data: { instalment, amountCents },
});
const received = (instalment: string, amountCents: number) => ({
  type: 'InstalmentReceived' as const,
  data: { instalment, amountCents, bankReference },
});
const withheld: Fact<GrantEvent> = { type: 'InstalmentWithheld', data: { instalment: 'tussen' } };
const raised: Fact<GrantEvent> = {
  type: 'AwardAmended',
  data: { deltaCents: 1, funderDecision },
};

describe('an instalment is planned', () => {
  const plan = (instalment: InstalmentGiven, ...facts: readonly Fact<GrantEvent>[]) =>
    given(grant, awarded(), ...facts).when(planInstalment, { instalment }, day);

  it('with a code of its own', () => {
    plan({ code: 'extra', amountCents: 5, dueOn: '2022-05-01', requires: ['C1'] }).then({
      type: 'InstalmentPlanned',
      data: { code: 'extra', cents: 5, share: null, dueOn: '2022-05-01', requires: ['C1'] },
    });
    plan({ code: 'saldo' }).rejects('already-exists', { code: 'saldo' });
  });

  it('clearly, on conditions that there are, while the grant is open', () => {
    plan({ code: 'x', amountCents: 1, share: { num: 1, den: 2 } }).rejects('instalment-unclear');
    plan({ code: 'x', share: { num: 2, den: 1 } }).rejects('share-over-whole');
    plan({ code: 'x', requires: ['C9'] }).rejects('unknown-condition');
    plan({ code: 'x' }, closed).rejects('grant-closed');
    plan({ code: 'x' }, suspended).then({
      type: 'InstalmentPlanned',
      data: { code: 'x', cents: null, share: null, dueOn: null, requires: [] },
    });
  });
});

describe('the gate', () => {
  const ask = (instalment: string, ...facts: readonly Fact<GrantEvent>[]) =>
    given(grant, awarded(), ...facts).when(requestInstalment, { instalment }, day);
  const take = (instalment: string, ...facts: readonly Fact<GrantEvent>[]) =>
    given(grant, awarded(), ...facts).when(receiveInstalment, { instalment, bankReference }, day);

  it('lets nothing be asked or received whose conditions are open', () => {
    for (const through of [ask, take]) {
      through('saldo').rejects('conditions-open', { instalment: 'saldo', conditions: ['C1', 'C2'] });
      through('saldo', accept('C2')).rejects('conditions-open', { instalment: 'saldo', conditions: ['C1'] });
      for (const type of ['ConditionEvidenced', 'ConditionRejected', 'ConditionBreached'] as const)
        through('tussen', { type, data: { condition: 'C2' } }).rejects('conditions-open');
      through('tussen', accept('C2'), {
        type: 'ConditionAtRisk',
        data: { condition: 'C2', sectors: [], cureBy: '2021-01-01' },
      }).rejects('conditions-open');
    }
  });

  it('is closed on the day before they were accepted, however late it is registered', () => {
    const later = { ...accept('C2'), meta: { occurredAt: '2021-03-03T10:00:00.000Z' } };
    const on = (occurredAt: string) =>
      given(grant, awarded(), later).when(
        receiveInstalment,
        { instalment: 'tussen', bankReference },
        { ...day, occurredAt },
      );
    on('2021-03-02T10:00:00.000Z').rejects('conditions-open', { instalment: 'tussen', conditions: ['C2'] });
    on('2021-03-03T08:00:00.000Z').then(received('tussen', 2_550_000));
  });

  it('lets no more through than was awarded', () => {
    const take = (amountCents: number) =>
      given(grant, awarded()).when(receiveInstalment, { instalment: 'voorschot', amountCents, bankReference }, day);
    take(8_500_000).then(received('voorschot', 8_500_000));
    take(8_500_001).rejects('instalments-over-award', { plannedCents: 8_500_001, awardCents: 8_500_000 });
  });

  it('opens once each is accepted or waived', () => {
    ask('tussen', accept('C2')).then(requested('tussen', 2_550_000));
    ask('tussen', waive('C2')).then(requested('tussen', 2_550_000));
    take('tussen', accept('C2')).then(received('tussen', 2_550_000));
    take('voorschot').then(received('voorschot', 4_250_000));
  });
});

describe('an instalment', () => {
  const open = [awarded(), accept('C1'), accept('C2')];

  it('of a share is that of the award at that moment, rounded down; the balance is what is left', () => {
    given(grant, ...open, raised)
      .when(requestInstalment, { instalment: 'voorschot' }, day)
      .then(requested('voorschot', 4_250_000));
    given(grant, ...open, advanced)
      .when(requestInstalment, { instalment: 'saldo' }, day)
      .then(requested('saldo', 1_700_000));
  });

  it('that is the balance leaves what is withheld, or was not asked for yet, to the others', () => {
    given(grant, ...open)
      .when(requestInstalment, { instalment: 'saldo' }, day)
      .then(requested('saldo', 1_700_000));
    given(grant, ...open, advanced, withheld)
      .when(receiveInstalment, { instalment: 'saldo', bankReference }, day)
      .then(received('saldo', 1_700_000));
    given(grant, ...open, advanced, received('tussen', 2_550_000) as never)
      .when(requestInstalment, { instalment: 'saldo' }, day)
      .then(requested('saldo', 1_700_000));
  });

  it('more is planned within the award', () => {
    const plan = (amountCents: number, ...before: readonly Fact<GrantEvent>[]) =>
      given(grant, ...open, ...before).when(planInstalment, { instalment: { code: 'x', amountCents } }, day);
    const planned = (cents: number) => ({
      type: 'InstalmentPlanned',
      data: { code: 'x', cents, share: null, dueOn: null, requires: [] },
    });
    plan(1_700_000).then(planned(1_700_000));
    plan(1_700_001).rejects('instalments-over-award', { plannedCents: 8_500_001, awardCents: 8_500_000 });
    plan(4_250_000, withheld).then(planned(4_250_000));
  });

  it('once asked for stays what it was then; what came in is what counts', () => {
    const later: Fact<GrantEvent> = { type: 'AwardAmended', data: { deltaCents: 1_000_000, funderDecision } };
    const asked = given(grant, ...open, requested('voorschot', 4_250_000), later);
    asked.when(requestInstalment, { instalment: 'voorschot' }, day).thenNothing();
    asked
      .when(receiveInstalment, { instalment: 'voorschot', bankReference }, day)
      .then(received('voorschot', 4_250_000));
    asked
      .when(receiveInstalment, { instalment: 'voorschot', amountCents: 4_000_000, bankReference }, day)
      .then(received('voorschot', 4_000_000));
  });

  it('comes in once, or is withheld', () => {
    for (const decide of [requestInstalment, withholdInstalment])
      given(grant, ...open, advanced)
        .when(decide, { instalment: 'voorschot', reason }, day)
        .rejects('instalment-settled', { instalment: 'voorschot', status: 'received' });
    given(grant, ...open, advanced)
      .when(receiveInstalment, { instalment: 'voorschot', bankReference }, day)
      .rejects('instalment-settled');
    given(grant, ...open)
      .when(withholdInstalment, { instalment: 'tussen', reason }, day)
      .then(withheld);
    given(grant, ...open, withheld)
      .when(withholdInstalment, { instalment: 'tussen', reason }, day)
      .thenNothing();
    given(grant, ...open, withheld)
      .when(receiveInstalment, { instalment: 'tussen', bankReference }, day)
      .rejects('instalment-settled', { instalment: 'tussen', status: 'withheld' });
  });

  it('that comes to nothing is neither asked for nor received', () => {
    const all = [...open, received('voorschot', 8_500_000)];
    given(grant, ...all)
      .when(requestInstalment, { instalment: 'saldo' }, day)
      .rejects('nothing-due');
    given(grant, ...all)
      .when(receiveInstalment, { instalment: 'saldo', bankReference }, day)
      .rejects('nothing-due');
  });

  it('is one that is planned, of a grant that is open; a suspended grant asks for none', () => {
    const [ask, take] = [{ instalment: 'x' }, { instalment: 'voorschot', bankReference }];
    given(grant, ...open)
      .when(requestInstalment, ask, day)
      .rejects('unknown-reference');
    given(grant, ...open)
      .when(withholdInstalment, { ...ask, reason }, day)
      .rejects('unknown-reference');
    given(grant, ...open, suspended)
      .when(requestInstalment, take, day)
      .rejects('invalid-state');
    given(grant, ...open, suspended)
      .when(receiveInstalment, take, day)
      .then(received('voorschot', 4_250_000));
    for (const decide of [requestInstalment, receiveInstalment, withholdInstalment])
      given(grant, ...open, closed)
        .when(decide, { ...take, reason }, day)
        .rejects('grant-closed');
  });
});

describe('money that came in', () => {
  const pay = (amountCents: number) => ({ organisation: HOUSING, amountCents, bankReference });
  const paid = { type: 'PartnerPaid' as const, data: pay(1_000_000) };
  const advance = given(grant, ...home(), awarded(), advanced);

  it('is paid to partners, to the last cent', () => {
    advance.when(payPartner, pay(4_250_000), day).then({ type: 'PartnerPaid', data: pay(4_250_000) });
    advance
      .when(payPartner, pay(4_250_001), day)
      .rejects('insufficient-cash', { askedCents: 4_250_001, availableCents: 4_250_000 });
    advance.when(payPartner, { ...pay(1), organisation: UNKNOWN }, day).rejects('unknown-reference');
    given(grant, ...home(), awarded(), advanced, suspended)
      .when(payPartner, pay(1), day)
      .rejects('invalid-state');
    given(grant, ...home(), awarded(), advanced, closed)
      .when(payPartner, pay(1), day)
      .rejects('grant-closed');
  });

  it('comes back from a partner that had it, also after closing', () => {
    for (const facts of [[], [closed]])
      given(grant, ...home(), awarded(), advanced, paid, ...facts)
        .when(takeBack, pay(1_000_000), day)
        .then({ type: 'PartnerRepaid', data: pay(1_000_000) });
    given(grant, ...home(), awarded(), advanced, paid)
      .when(takeBack, pay(1_000_001), day)
      .rejects('insufficient-cash', { askedCents: 1_000_001, availableCents: 1_000_000 });
    advance.when(takeBack, pay(1), day).rejects('insufficient-cash');
    given(grant).when(takeBack, pay(1), day).rejects('invalid-state');
  });

  it('is claimed back by the funder, up to what it paid and did not claim yet', () => {
    const recovery = (amountCents: number) => ({
      type: 'RecoveryRaised' as const,
      data: { amountCents, ground: 'C1 verbroken', recoverBy: '2020-10-15' },
    });
    const ask = (amountCents: number) => ({ amountCents, ground: 'C1 verbroken' });
    advance.when(raiseRecovery, ask(4_250_000), day).then(recovery(4_250_000));
    advance
      .when(raiseRecovery, ask(4_250_001), day)
      .rejects('recovery-exceeded', { askedCents: 4_250_001, openCents: 4_250_000 });
    const half = given(grant, awarded(), advanced, recovery(4_000_000));
    half.when(raiseRecovery, ask(250_000), day).then(recovery(250_000));
    half.when(raiseRecovery, ask(250_001), day).rejects('recovery-exceeded');
    given(grant, awarded(), closed).when(raiseRecovery, ask(1), day).rejects('recovery-exceeded');
    given(grant).when(raiseRecovery, ask(1), day).rejects('invalid-state');
  });

  it('is paid back to the funder: first what it claimed', () => {
    const repay = (amountCents: number) => ({ amountCents, bankReference });
    const recovery: Fact<GrantEvent> = {
      type: 'RecoveryRaised',
      data: { amountCents: 100, ground: '…', recoverBy: '2020-10-15' },
    };
    const owing = given(grant, awarded(), advanced, recovery);
    const repaid = (amountCents: number, settledCents: number) => ({
      type: 'FunderRepaid',
      data: { amountCents, settledCents, bankReference },
    });
    owing.when(repayFunder, repay(60), day).then(repaid(60, 60));
    owing.when(repayFunder, repay(150), day).then(repaid(150, 100));
    owing.when(repayFunder, repay(4_250_001), day).rejects('insufficient-cash');
    advance.when(repayFunder, repay(1), day).then(repaid(1, 0));
    given(grant).when(repayFunder, repay(1), day).rejects('invalid-state');
  });

  it('goes back unasked while the grant runs; once it is settled, what is owed and no more', () =>
    given(grant, ...s1.closed)
      .when(repayFunder, { amountCents: 1, bankReference }, day)
      .rejects('recovery-exceeded', { askedCents: 1, openCents: 0 }));
});

describe('the balance', () => {
  const balance = (amountCents: number) => ({ amountCents, bankReference });

  it('of a closed grant comes in, to the cent, and no more (LED-9)', () => {
    const event = { type: 'BalanceReceived' as const, data: balance(470_000) };
    given(grant, ...s1.closed)
      .when(receiveBalance, balance(470_000), day)
      .then(event);
    given(grant, ...s1.closed)
      .when(receiveBalance, balance(470_001), day)
      .rejects('balance-exceeded', { askedCents: 470_001, balanceCents: 470_000 });
    given(grant, ...s1.closed, event)
      .when(receiveBalance, balance(1), day)
      .rejects('balance-exceeded', { askedCents: 1, balanceCents: 0 });
  });

  it('is not there before', () =>
    given(grant, ...s1.reported)
      .when(receiveBalance, balance(1), day)
      .rejects('invalid-state', { status: 'awarded' }));
});
