import { dayStart, type Json } from '#kernel';
import { given } from '#testkit';
import type { CorrectRecord } from './commands.ts';
import { correct } from './correct.ts';
import {
  adjusted,
  ANKE,
  BEA,
  D1,
  evaluated,
  in_,
  MO,
  obstacle,
  OBSTACLE,
  on,
  proposal,
  proposed,
  UNKNOWN,
  world,
} from './harness.ts';
import { action } from './state.ts';
import type { ActionEvent } from './events.ts';

const title = { ...proposal.title };
const reason = { text: { nl: 'Verkeerd overgenomen.' } };
/** The events of the action by their place: proposed, approved, lead assigned, started, then more. */
const [PROPOSED, APPROVED, LED, STARTED, EXTRA] = ['p', 'a', 'l', 's', 'x'].map(
  (letter, i) => `${letter.codePointAt(0)!.toString(16)}d7f0c5${i}-9a0e-5b1c-8a51-0b9f3a1f9f10`,
) as [string, string, string, string, string];
const ids = [PROPOSED, APPROVED, LED, STARTED, EXTRA];

const correcting = (
  command: Partial<CorrectRecord> & { readonly from: Json; readonly to: Json },
  extra: readonly ReturnType<typeof proposed>[] = [obstacle],
) =>
  given(action, ...world(), ...[...in_.active, ...extra].map((fact, i) => ({ ...fact, id: ids[i]! }))).when(
    correct,
    { event: EXTRA, field: 'text', confirmedBy: BEA, reason, ...command },
    on('2021-02-01'),
  );
const corrected = (event: string, field: string, from: Json, to: Json) => ({
  type: 'RecordCorrected',
  data: { event, field, from, to, confirmedBy: BEA },
});
const text = { from: 'Zij zien het anders.', to: 'Zij zien het nu anders.' };

describe('a record is corrected', () => {
  it('member by member: what it said and what it should say', () =>
    correcting(text).then(corrected(EXTRA, 'text', text.from, text.to)));

  it.each(['declined', 'withdrawn', 'closed'] as const)('also when the action is %s (ACT-6)', (status) =>
    given(action, ...world(), ...in_[status].map((fact, i) => ({ ...fact, id: ids[i]! })))
      .when(
        correct,
        { event: PROPOSED, field: 'title', from: title, to: { nl: 'Wonen' }, confirmedBy: BEA, reason },
        on('2023-02-01'),
      )
      .then(corrected(PROPOSED, 'title', title, { nl: 'Wonen' })),
  );

  it('of an event of this action', () =>
    correcting({ ...text, event: UNKNOWN }).rejects('unknown-reference', { member: 'event', id: UNKNOWN }));

  it('with a second person of the back office', () => {
    correcting({ ...text, confirmedBy: ANKE }).rejects('second-person-required');
    correcting({ ...text, confirmedBy: MO }).rejects('second-person-required');
    correcting({ ...text, confirmedBy: UNKNOWN }).rejects('second-person-required');
  });

  it('from the value that it has', () =>
    correcting({ ...text, from: 'Iets anders' }).rejects('value-differs', { field: 'text', present: text.from }));

  it('which is the one that an earlier correction gave it', () => {
    const before = {
      type: 'RecordCorrected' as const,
      data: { event: EXTRA, field: 'text', ...text, confirmedBy: BEA },
    };
    correcting({ from: text.to, to: 'Zij zijn het eens.' }, [obstacle, before]).then(
      corrected(EXTRA, 'text', text.to, 'Zij zijn het eens.'),
    );
    correcting(text, [obstacle, before]).rejects('value-differs', { field: 'text', present: text.to });
  });

  it('to another value', () => correcting({ from: text.from, to: text.from }).thenNothing());

  it('also a member that was not given', () => {
    const joined = { type: 'PartnerJoined' as const, data: { organisation: OBSTACLE } };
    correcting({ field: 'role', from: null, to: 'Verhuurt' }, [joined]).then(
      corrected(EXTRA, 'role', null, 'Verhuurt'),
    );
  });

  it.each([
    ['money', { type: 'FundingRequested', data: { amountCents: 100, purpose: 'Waarborg' } }, 'amountCents', '100'],
    ['a lead', { type: 'LeadAssigned', data: { lead: ANKE } }, 'lead', ANKE],
    ['a decision', { type: 'ActionReopened', data: { decision: D1 } }, 'decision', D1],
    ['a verdict', evaluated(), 'verdict', 'works-partly'],
    ['a basis', adjusted, 'scope', 'minor'],
    ['an inherited member', obstacle, 'constructor', 'x'],
  ] as const)('never %s', (_, fact, field, from) =>
    correcting({ field, from, to: 'works' }, [fact]).rejects('not-correctable'),
  );

  it('to a value of the same kind', () => {
    correcting({ from: text.from, to: { nl: 'Tekst' } }).rejects('not-correctable', {
      type: 'ObstacleAdded',
      field: 'text',
      kind: 'text',
    });
    const milestone = { type: 'MilestoneRecorded' as const, data: { text: 'Klaar', date: '2020-12-01' } };
    correcting({ field: 'date', from: '2020-12-01', to: 'gisteren' }, [milestone]).rejects('not-correctable');
    correcting({ field: 'date', from: '2020-12-01', to: '2020-12-02' }, [milestone]).then(
      corrected(EXTRA, 'date', '2020-12-01', '2020-12-02'),
    );
  });
});

describe('when something happened is corrected', () => {
  const redating = (event: string, from: string, to: string) => correcting({ event, field: 'occurredAt', from, to });
  const moved = (event: string, from: string, to: string) =>
    corrected(event, 'occurredAt', dayStart(from), dayStart(to));

  it('from a date or an instant, which means the same', () => {
    redating(STARTED, '2020-10-01', '2020-10-05').then(moved(STARTED, '2020-10-01', '2020-10-05'));
    redating(STARTED, '2020-10-01T00:00:00+02:00', '2020-10-04T22:00:00Z').then(
      moved(STARTED, '2020-10-01', '2020-10-05'),
    );
    redating(STARTED, '2020-10-02', '2020-10-05').rejects('value-differs');
    redating(STARTED, 'ooit', '2020-10-05').rejects('value-differs');
  });

  it('not to before the last change of status', () => {
    redating(STARTED, '2020-10-01', '2020-06-25').then(moved(STARTED, '2020-10-01', '2020-06-25'));
    redating(STARTED, '2020-10-01', '2020-06-24').rejects('out-of-order', {
      occurredAt: dayStart('2020-06-24'),
      notBefore: dayStart('2020-06-25'),
      notAfter: null,
    });
  });

  it('not to after the next change of status', () => {
    const suspended: ActionEvent = { type: 'ActionSuspended', data: { code: 'other' } };
    const command = { event: STARTED, field: 'occurredAt', from: '2020-10-01', to: '2020-11-02' };
    correcting(command, [{ ...suspended, meta: { occurredAt: dayStart('2020-11-01') } }]).rejects('out-of-order');
  });

  it('of what changes no status, freely within the life of the action', () => {
    redating(LED, '2020-07-01', '2020-11-11').then(moved(LED, '2020-07-01', '2020-11-11'));
    redating(LED, '2020-07-01', '2020-06-10').then(moved(LED, '2020-07-01', '2020-06-10'));
    redating(LED, '2020-07-01', '2020-06-09').rejects('out-of-order');
  });

  it('of its first event to no later than any other', () => {
    redating(PROPOSED, '2020-06-10', '2020-06-25').then(moved(PROPOSED, '2020-06-10', '2020-06-25'));
    redating(PROPOSED, '2020-06-10', '2020-06-26').rejects('out-of-order');
    redating(PROPOSED, '2020-06-10', '2019-01-01').then(moved(PROPOSED, '2020-06-10', '2019-01-01'));
    redating(PROPOSED, '2020-06-10', '2018-12-31').rejects('before-network-start');
  });

  it('never to the future', () => {
    redating(LED, '2020-07-01', '2021-02-01T09:00:00.001Z').rejects('occurred-in-future');
    const now = '2021-02-01T09:00:00.000Z';
    redating(LED, '2020-07-01', now).then(corrected(LED, 'occurredAt', dayStart('2020-07-01'), now));
  });

  it('to a moment', () => redating(LED, '2020-07-01', 'ooit').rejects('not-correctable'));

  it('never of what a decision dates', () => redating(APPROVED, '2020-06-25', '2020-06-26').rejects('not-correctable'));
});
