import { uuidv5 } from '#kernel';
import { elsewhere, given } from '#testkit';
import { correctNumber, end, register, rename } from './decide.ts';
import { enterpriseNumber } from '../enterprise-number.ts';
import type { OrganisationEvent } from './events.ts';
import { organisation } from './state.ts';

const MEMBER = uuidv5('spec', 'member organisation');
const registered: OrganisationEvent = {
  type: 'OrganisationRegistered',
  data: { name: 'Stad', sector: 'local-government', units: [], enterpriseNumber: '0999000030', umbrellaOf: [] },
};
const ended: OrganisationEvent = { type: 'OrganisationEnded', data: {} };

describe('an enterprise number', () => {
  const DEMO = ['030', '129', '228', '327', '426', '525', '624', '723', '822', '921'].map((end) => `0999.000.${end}`);

  it.each([...DEMO, '0999.001.020', '0999.001.119'])('%s has check digits that fit', (written) =>
    expect(enterpriseNumber(written)).toBe(written.replaceAll('.', '')),
  );

  it.each(['BE 0999.000.030', 'be0999000030', ' 0999 000 030', 'BE-0999-000-030'])(
    'is kept as ten digits: %s',
    (text) => expect(enterpriseNumber(text)).toBe('0999000030'),
  );

  it('may have 97 as its check digits: eight digits that 97 divides', () =>
    expect(enterpriseNumber('0000.009.797')).toBe('0000009797'));

  it.each([
    ['other check digits', '0999.000.031'],
    ['nine digits', '999.000.030'],
    ['eleven digits', '00999.000.030'],
    ['a first digit above 1', '2999.000.030'],
    ['letters', 'BE 0999.000.O30'],
    ['nothing', ''],
  ])('is none with %s', (_what, written) => expect(enterpriseNumber(written)).toBeUndefined());

  it('with digits swapped is none any more', () => {
    for (const wrong of ['9099000030', '0999000300', '0999000003', '0990900030'])
      expect(enterpriseNumber(wrong)).toBeUndefined();
  });
});

describe('an organisation is registered', () => {
  it('with its number as ten digits', () =>
    given(organisation)
      .when(register, { name: 'Stad', sector: 'local-government', enterpriseNumber: 'BE 0999.000.030' })
      .then(registered));

  it('without a number, when it has none', () =>
    given(organisation)
      .when(register, { name: 'Kansen voor Cultuur', sector: 'target-group' })
      .then({
        type: 'OrganisationRegistered',
        data: {
          name: 'Kansen voor Cultuur',
          sector: 'target-group',
          units: [],
          enterpriseNumber: null,
          umbrellaOf: [],
        },
      }));

  it('not with a number whose check digits do not fit', () =>
    given(organisation)
      .when(register, { name: 'Stad', sector: 'local-government', enterpriseNumber: '0999.000.031' })
      .rejects('invalid-enterprise-number', { enterpriseNumber: '0999.000.031' }));

  it('with its departments, as the umbrella of others', () =>
    given(organisation, elsewhere(organisation, MEMBER, registered))
      .when(register, { name: 'Koepel', sector: 'welfare', units: ['Jeugd'], umbrellaOf: [MEMBER] })
      .then({
        type: 'OrganisationRegistered',
        data: { name: 'Koepel', sector: 'welfare', units: ['Jeugd'], enterpriseNumber: null, umbrellaOf: [MEMBER] },
      }));

  it('not as the umbrella of what is not registered', () =>
    given(organisation)
      .when(register, { name: 'Koepel', sector: 'welfare', umbrellaOf: [MEMBER] })
      .rejects('unknown-reference', { member: 'umbrellaOf', id: MEMBER }));

  it('once', () => given(organisation, registered).when(register, { name: 'Stad', sector: 'other' }).thenNothing());
});

describe('an organisation', () => {
  it('gets another name', () =>
    given(organisation, registered)
      .when(rename, { name: 'Stad en OCMW' })
      .then({ type: 'OrganisationRenamed', data: { name: 'Stad en OCMW' } }));

  it('that has this name already stays as it is', () =>
    given(organisation, registered).when(rename, { name: 'Stad' }).thenNothing());

  it('gets another number', () =>
    given(organisation, registered)
      .when(correctNumber, { enterpriseNumber: '0999.000.129' })
      .then({ type: 'NumberCorrected', data: { enterpriseNumber: '0999000129' } }));

  it('turns out to have no number', () =>
    given(organisation, registered)
      .when(correctNumber, { enterpriseNumber: null })
      .then({ type: 'NumberCorrected', data: { enterpriseNumber: null } }));

  it('with this number, however written, stays as it is', () =>
    given(organisation, registered).when(correctNumber, { enterpriseNumber: 'BE 0999.000.030' }).thenNothing());

  it('does not get a number that is none', () =>
    given(organisation, registered)
      .when(correctNumber, { enterpriseNumber: '1234' })
      .rejects('invalid-enterprise-number', { enterpriseNumber: '1234' }));

  it('ends', () => given(organisation, registered).when(end, {}).then({ type: 'OrganisationEnded', data: {} }));

  it('ends once', () => given(organisation, registered, ended).when(end, {}).thenNothing());

  it('that has ended changes no more', () => {
    given(organisation, registered, ended)
      .when(rename, { name: 'Anders' })
      .rejects('invalid-state', { status: 'ended' });
    given(organisation, registered, ended).when(correctNumber, { enterpriseNumber: null }).rejects('invalid-state');
  });

  it('that is not there does not end', () =>
    given(organisation).when(end, {}).rejects('invalid-state', { status: 'none' }));
});
