import type { NetworkEvent, OrganisationEvent } from '#domain';
import { log, NETWORK, on, at, stream, idOf } from '#testkit';
import { Asked } from './harness.ts';

const CAW = idOf('caw');
const meta = (day: string) => ({ meta: { ...at(on(day)), network: NETWORK } });

const asked = new Asked(
  log(
    stream<OrganisationEvent>(
      'organisation',
      CAW,
      {
        type: 'OrganisationRegistered',
        data: { name: 'CAW', sector: 'welfare', units: [], enterpriseNumber: null, umbrellaOf: [] },
        ...meta('2020-01-01'),
      },
      { type: 'OrganisationRenamed', data: { name: 'CAW Antwerpen' }, ...meta('2022-03-01') },
    ),
    stream<NetworkEvent>(
      'network',
      NETWORK,
      {
        type: 'NetworkFounded',
        data: { kind: 'coalition', name: 'Mind the Gap', regions: ['11002'], parent: null },
        ...meta('2020-01-01'),
      },
      {
        type: 'MemberJoined',
        data: { organisation: CAW, sector: 'welfare', seat: 'welzijn', representsTargetGroup: false },
        ...meta('2020-02-01'),
      },
    ),
  ),
);

describe('names in an answer', () => {
  it.each([
    [{}, 'CAW Antwerpen'],
    [{ asOf: '2022-01-01T00:00:00.000Z' }, 'CAW'],
    [{ effectiveAt: '2022-01-01T00:00:00.000Z' }, 'CAW'],
  ])('are those of the moment %j', async (moment, name) => {
    const { names }: { readonly names: Record<string, string> } = await asked.ask(
      'getNetworkOverview',
      { id: NETWORK },
      moment,
    );
    expect(names[CAW]).toBe(name);
  });
});
