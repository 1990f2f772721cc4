import { elsewhere, given, idOf, type Fact } from '#testkit';
import { agreement, signatoriesOf } from '../agreement/state.ts';
import { changeSeat, leave, watchCondition } from './decide.ts';
import type { NetworkEvent } from './events.ts';
import { network } from './state.ts';

const [GGZ, OTHER_GGZ, HOUSING, GRANT, AGREEMENT] = ['ggz', 'ggz 2', 'wonen', 'grant', 'agreement'].map(idOf) as [
  string,
  string,
  string,
  string,
  string,
];
const founded: Fact<NetworkEvent> = {
  type: 'NetworkFounded',
  data: { kind: 'integrated-partnership', name: 'OverKop', regions: ['35013'], parent: null },
};
const joined = (organisation: string, sector: 'housing' | 'mental-health'): Fact<NetworkEvent> => ({
  type: 'MemberJoined',
  data: { organisation, sector, seat: 'stem', representsTargetGroup: false },
});
const watched = (changes: object = {}): Fact<NetworkEvent> => ({
  type: 'ConditionWatched',
  data: { grant: GRANT, condition: 'C1', sectors: ['housing', 'mental-health'], ...changes },
});
const home = [founded, joined(HOUSING, 'housing'), joined(GGZ, 'mental-health')] as const;
const left = (organisation: string, uncovered?: object[]) => ({
  type: 'MemberLeft',
  data: { organisation, ...(uncovered !== undefined && { uncovered }) },
});
const lost = (sector: string, condition = 'C1') => ({ grant: GRANT, condition, sectors: [sector] });

describe('a condition of a grant', () => {
  it('is watched, once', () => {
    const asked = { grant: GRANT, condition: 'C1', sectors: ['housing', 'mental-health'] as const };
    given(network, ...home)
      .when(watchCondition, asked)
      .then(watched());
    given(network, ...home, watched())
      .when(watchCondition, asked)
      .thenNothing();
    given(network, ...home, watched())
      .when(watchCondition, { ...asked, condition: 'C2', agreement: AGREEMENT })
      .then(watched({ condition: 'C2', agreement: AGREEMENT }));
    given(network).when(watchCondition, asked).rejects('invalid-state');
  });

  it('is told of when the last member of a sector leaves', () => {
    given(network, ...home, watched())
      .when(leave, { organisation: GGZ })
      .then(left(GGZ, [lost('mental-health')]));
    given(network, ...home, watched(), watched({ condition: 'C2' }))
      .when(leave, { organisation: HOUSING })
      .then(left(HOUSING, [lost('housing'), lost('housing', 'C2')]));
  });

  it('is not told of while another member is of that sector, or nobody watches it', () => {
    given(network, ...home, joined(OTHER_GGZ, 'mental-health'), watched())
      .when(leave, { organisation: GGZ })
      .then(left(GGZ));
    given(network, ...home)
      .when(leave, { organisation: GGZ })
      .then(left(GGZ));
    given(network, ...home, watched({ sectors: ['housing'] }))
      .when(leave, { organisation: GGZ })
      .then(left(GGZ));
  });

  it('is told of once: not again by who leaves later', () => {
    const gone: Fact<NetworkEvent> = { type: 'MemberLeft', data: { organisation: GGZ } };
    given(network, ...home, watched(), gone)
      .when(leave, { organisation: HOUSING })
      .then(left(HOUSING, [lost('housing')]));
  });

  it('is told of when the last member of a sector goes over to another one', () => {
    const seat = { seat: 'stem', representsTargetGroup: false };
    given(network, ...home, watched())
      .when(changeSeat, { organisation: GGZ, sector: 'housing' })
      .then({
        type: 'MemberSeatChanged',
        data: { organisation: GGZ, sector: 'housing', ...seat, uncovered: [lost('mental-health')] },
      });
    given(network, ...home, watched())
      .when(changeSeat, { organisation: GGZ, seat: 'raad' })
      .then({ type: 'MemberSeatChanged', data: { organisation: GGZ, sector: 'mental-health', ...seat, seat: 'raad' } });
  });

  it('that names an agreement counts those who signed it only', () => {
    const signed = elsewhere(
      agreement,
      AGREEMENT,
      {
        type: 'AgreementDrafted',
        data: {
          kind: 'scheme-period',
          title: '…',
          period: { from: '2021-01-01', until: '2024-12-31' },
          parties: [GGZ, OTHER_GGZ],
          thirdParties: [],
          withNetworks: [],
          scheme: null,
          succeeds: null,
          objectives: null,
          actions: [],
        },
      },
      { type: 'AgreementSigned', data: { organisation: GGZ } },
    );
    const { state } = given(agreement, ...(signed.events as never[]));
    expect(signatoriesOf(state)).toEqual([GGZ]);
    const strict = watched({ sectors: ['mental-health'], agreement: AGREEMENT });
    // The other one is a member, and did not sign.
    given(network, signed, ...home, joined(OTHER_GGZ, 'mental-health'), strict)
      .when(leave, { organisation: GGZ })
      .then(left(GGZ, [lost('mental-health')]));
    given(network, signed, ...home, joined(OTHER_GGZ, 'mental-health'), strict)
      .when(leave, { organisation: OTHER_GGZ })
      .then(left(OTHER_GGZ));
  });
});
