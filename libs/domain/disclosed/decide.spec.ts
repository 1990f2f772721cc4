import { given, idOf } from '#testkit';
import { disclose } from './decide.ts';
import type { DisclosedEvent } from './events.ts';
import { disclosed, disclosedId } from './state.ts';

const INDICATOR = idOf('gezinnen');
const told = (release: string): DisclosedEvent => ({
  type: 'FiguresDisclosed',
  data: { indicator: INDICATOR, release },
});
const ask = (release: string, ...considered: readonly string[]) => ({ indicator: INDICATOR, release, considered });

describe('figures of an indicator are told', () => {
  it('by one release after another, each checked against all before it', () => {
    given(disclosed).when(disclose, ask('een')).then(told('een'));
    given(disclosed, told('een')).when(disclose, ask('twee', 'een')).then(told('twee'));
  });

  it('not by one that was checked before another was told', () => {
    given(disclosed, told('een')).when(disclose, ask('twee')).rejects('check-outdated', { indicator: INDICATOR });
    given(disclosed, told('een'), told('twee')).when(disclose, ask('drie', 'een')).rejects('check-outdated');
  });

  it('once by each release', () =>
    given(disclosed, told('een'), told('twee')).when(disclose, ask('een')).thenNothing());

  it('on one stream an indicator', () => expect(disclosedId('a')).not.toBe(disclosedId('b')));
});
