import type { MeasurementEvent } from '#domain/measurement';
import { at, idOf, measuredOf, NETWORK, on, record } from '#testkit';
import { attachMeasured } from './attach-measured.ts';

const IND = idOf('ind');
const year = { from: '2020-01-01', until: '2020-12-31' };
const meta = { ...at(on('2021-01-10')), network: NETWORK };
const reacts = (type: MeasurementEvent['type'], scope: { kind: 'action' | 'network'; id: string }) =>
  record('measurement', idOf('m'), [{ type, data: measuredOf(IND, scope, year, 1, 2), meta }]).flatMap((event) =>
    attachMeasured.reacts(event),
  );

it('who measures is expected to go on: a network, or one of its actions', () => {
  expect(reacts('MeasurementRecorded', { kind: 'network', id: NETWORK })).toEqual([
    { command: 'AttachIndicator', id: IND, body: { network: NETWORK } },
  ]);
  expect(reacts('MeasurementRecorded', { kind: 'action', id: idOf('wmb') })).toEqual([
    { command: 'AttachIndicator', id: IND, body: { network: NETWORK, action: idOf('wmb') } },
  ]);
});

it('another value of the same changes nothing of that', () =>
  expect(reacts('MeasurementSuperseded', { kind: 'network', id: NETWORK })).toEqual([]));
