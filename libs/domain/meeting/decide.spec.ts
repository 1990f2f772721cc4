import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { uuidv5 } from '#kernel';
import { COLLECTIVE, elsewhere, given, NETWORK } from '#testkit';
import { group } from '../group/state.ts';
import { organisation } from '../organisation/state.ts';
import { addAgendaItem, answerInput, cancel, hold, plan, recordAttendance, recordInput } from './decide.ts';
import { CancelMeeting } from './commands.ts';
import type { MeetingEvent } from './events.ts';
import { meeting } from './state.ts';

const [CITY, WELFARE] = ['city', 'welfare'].map((name) => uuidv5('spec', name)) as [string, string];
const planned: MeetingEvent = {
  type: 'MeetingPlanned',
  data: { body: COLLECTIVE, startsAt: '2020-06-25T12:00:00.000Z' },
};
const held: MeetingEvent = { type: 'MeetingHeld', data: {} };
const cancelled: MeetingEvent = { type: 'MeetingCancelled', data: {} };
const item: MeetingEvent = { type: 'AgendaItemAdded', data: { number: 1, title: 'Wonen' } };
const collective = elsewhere(group, COLLECTIVE, {
  type: 'GroupFounded',
  data: { name: 'Collectief', kind: 'collective' },
});
const known = [CITY, WELFARE].map((id) =>
  elsewhere(organisation, id, {
    type: 'OrganisationRegistered',
    data: { name: id, sector: 'other', units: [], enterpriseNumber: null, umbrellaOf: [] },
  }),
);
const reason = { text: { nl: 'Te weinig aanmeldingen' } };

describe('a meeting is planned', () => {
  it('of a group of the network', () =>
    given(meeting, collective)
      .when(plan, { network: NETWORK, body: COLLECTIVE, startsAt: '2020-06-25T14:00:00+02:00' })
      .then(planned));

  it('on a day, which means from its start in Brussels', () =>
    given(meeting, collective)
      .when(plan, {
        network: NETWORK,
        body: COLLECTIVE,
        startsAt: '2020-06-25',
        title: 'Collectief',
        place: 'Stadhuis',
      })
      .then({
        type: 'MeetingPlanned',
        data: { body: COLLECTIVE, startsAt: '2020-06-24T22:00:00.000Z', title: 'Collectief', place: 'Stadhuis' },
      }));

  it('not of a group of another network', () =>
    given(meeting, collective)
      .when(plan, { network: CITY, body: COLLECTIVE, startsAt: '2020-06-25' })
      .rejects('unknown-reference', { member: 'body', id: COLLECTIVE }));

  it('not of a group that has ended', () =>
    given(
      meeting,
      elsewhere(
        group,
        COLLECTIVE,
        { type: 'GroupFounded', data: { name: 'Collectief', kind: 'collective' } },
        { type: 'GroupEnded', data: {} },
      ),
    )
      .when(plan, { network: NETWORK, body: COLLECTIVE, startsAt: '2020-06-25' })
      .rejects('unknown-reference'));

  it('once', () =>
    given(meeting, planned).when(plan, { network: NETWORK, body: COLLECTIVE, startsAt: '2020-06-25' }).thenNothing());
});

describe('a meeting has an agenda', () => {
  it('whose items are numbered from 1', () => {
    given(meeting, planned).when(addAgendaItem, { title: 'Wonen' }).then(item);
    given(meeting, planned, item)
      .when(addAgendaItem, { title: 'Werk', subject: { kind: 'policy-initiative' } })
      .then({ type: 'AgendaItemAdded', data: { number: 2, title: 'Werk', subject: { kind: 'policy-initiative' } } });
  });

  it('until it is held or cancelled', () => {
    given(meeting, planned, held).when(addAgendaItem, { title: 'Werk' }).rejects('invalid-state', { status: 'held' });
    given(meeting, planned, cancelled).when(addAgendaItem, { title: 'Werk' }).rejects('invalid-state');
    given(meeting).when(addAgendaItem, { title: 'Werk' }).rejects('invalid-state', { status: 'none' });
  });
});

describe('what an organisation contributed is answered', () => {
  const answer = { item: 1, organisation: CITY, text: 'Dat doen we.' };
  const input: MeetingEvent = { type: 'InputRecorded', data: { item: 1, organisation: CITY, text: 'Begin klein.' } };
  const answered: MeetingEvent = { type: 'InputAnswered', data: answer };

  it.each([
    ['before the meeting', [planned, item, input]],
    ['after it', [planned, item, held, input]],
  ])('%s', (_when, facts) =>
    given(meeting, ...facts)
      .when(answerInput, answer)
      .then(answered),
  );

  it('once, until it contributes something more', () => {
    given(meeting, planned, item, input, answered)
      .when(answerInput, answer)
      .rejects('already-exists', { item: 1, organisation: CITY });
    given(meeting, planned, item, input, answered, input).when(answerInput, answer).then(answered);
  });

  it('where there is something to answer', () => {
    given(meeting, planned, item, input)
      .when(answerInput, { ...answer, organisation: WELFARE })
      .rejects('unknown-reference', { member: 'organisation', id: WELFARE });
    given(meeting, planned, item, input)
      .when(answerInput, { ...answer, item: 2 })
      .rejects('unknown-agenda-item', { item: 2, items: 1 });
    given(meeting, planned, item, cancelled, input).when(answerInput, answer).rejects('invalid-state');
  });
});

describe('an organisation gives its input (M8)', () => {
  const input = { item: 1, organisation: CITY, text: 'Begin klein.' };

  it.each([
    ['before the meeting', [planned, item]],
    ['after it', [planned, item, held]],
  ])('%s', (_when, facts) =>
    given(meeting, ...facts, ...known)
      .when(recordInput, input)
      .then({ type: 'InputRecorded', data: input }),
  );

  it('on an item of the agenda', () =>
    given(meeting, planned, item, ...known)
      .when(recordInput, { ...input, item: 2 })
      .rejects('unknown-agenda-item', { item: 2, items: 1 }));

  it('when it is known', () =>
    given(meeting, planned, item).when(recordInput, input).rejects('unknown-reference', {
      member: 'organisation',
      id: CITY,
    }));

  it('not to a meeting that was cancelled', () =>
    given(meeting, planned, item, cancelled)
      .when(recordInput, input)
      .rejects('invalid-state', { status: 'cancelled' }));
});

describe('attendance is recorded', () => {
  it('of who is present and who is excused', () =>
    given(meeting, planned, ...known)
      .when(recordAttendance, { present: [CITY], excused: [WELFARE] })
      .then({ type: 'AttendanceRecorded', data: { present: [CITY], excused: [WELFARE] } }));

  it('and who is present is not excused', () =>
    given(meeting, planned, ...known)
      .when(recordAttendance, { present: [CITY], excused: [CITY] })
      .then({ type: 'AttendanceRecorded', data: { present: [CITY], excused: [] } }));

  it('again, and the last list counts', () => {
    const { state } = given(
      meeting,
      planned,
      { type: 'AttendanceRecorded', data: { present: [CITY], excused: [] } },
      { type: 'AttendanceRecorded', data: { present: [WELFARE], excused: [] } },
    );
    expect(state).toMatchObject({ present: [WELFARE] });
  });

  it('also after the meeting', () =>
    given(meeting, planned, held, ...known)
      .when(recordAttendance, { present: [CITY] })
      .then({ type: 'AttendanceRecorded', data: { present: [CITY], excused: [] } }));

  it('of organisations that are known', () => {
    given(meeting, planned)
      .when(recordAttendance, { present: [CITY] })
      .rejects('unknown-reference', { member: 'present', id: CITY });
    given(meeting, planned)
      .when(recordAttendance, { present: [], excused: [CITY] })
      .rejects('unknown-reference', { member: 'excused', id: CITY });
  });

  it('not of a meeting that was cancelled', () =>
    given(meeting, planned, cancelled).when(recordAttendance, { present: [] }).rejects('invalid-state'));
});

describe('a meeting is held', () => {
  const on = (occurredAt: string) => ({ occurredAt });

  it('on its day, whatever the hour', () =>
    given(meeting, planned).when(hold, {}, on('2020-06-24T22:00:00.000Z')).then(held));

  it('with its minutes', () =>
    given(meeting, planned)
      .when(hold, { minutes: 'Eén actie beslist.' }, on('2020-06-26T10:00:00.000Z'))
      .then({ type: 'MeetingHeld', data: { minutes: 'Eén actie beslist.' } }));

  it('not before that day', () =>
    given(meeting, planned)
      .when(hold, {}, on('2020-06-24T21:59:59.999Z'))
      .rejects('out-of-order', { occurredAt: '2020-06-24T21:59:59.999Z', notBefore: '2020-06-25T12:00:00.000Z' }));

  it('once', () => given(meeting, planned, held).when(hold, {}, on('2020-06-26T10:00:00.000Z')).thenNothing());

  it('not when it was cancelled', () =>
    given(meeting, planned, cancelled).when(hold, {}, on('2020-06-26T10:00:00.000Z')).rejects('invalid-state'));
});

describe('a meeting is cancelled', () => {
  it('for a reason', () => given(meeting, planned).when(cancel, { reason }).then(cancelled));
  it('and for none not', () => {
    const problems = (body: object) =>
      validateSync(plainToInstance(CancelMeeting, body)).map(({ property }) => property);
    expect([problems({}), problems({ reason })]).toEqual([['reason'], []]);
  });
  it('once', () => given(meeting, planned, cancelled).when(cancel, { reason }).thenNothing());
  it('not once it was held', () =>
    given(meeting, planned, held).when(cancel, { reason }).rejects('invalid-state', { status: 'held' }));
});
