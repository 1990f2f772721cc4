import { given, idOf } from '#testkit';
import { record } from './decide.ts';
import { accessLog, accessLogId } from './state.ts';

const read = {
  reader: idOf('an'),
  role: 'back-office',
  organisation: null,
  question: 'getIndicatorSeries',
  subject: idOf('gezinnen'),
  asOf: '2021-01-31',
  effectiveAt: null,
};

it('every read of exact small numbers is recorded, the same one twice as well', () => {
  const event = { type: 'ExactTableRead', data: read } as const;
  const command = { network: idOf('gent'), day: '2021-03-01', ...read };
  given(accessLog).when(record, command).then(event);
  given(accessLog, event).when(record, command).then(event);
});

it('on one stream a network and day', () =>
  expect(new Set([accessLogId('a', '2021-03-01'), accessLogId('a', '2021-03-02'), accessLogId('b', '2021-03-01')]).size).toBe(3)); // prettier-ignore
