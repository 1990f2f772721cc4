import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { LinkGrant } from '#domain/action';
import type { GrantEvent } from '#domain/grant';
import { idOf, record, type Fact } from '#testkit';
import { linkGrants } from './link-grants.ts';

const [GRANT, WMB, WARM] = [idOf('grant'), idOf('wmb'), idOf('warm')];
const reactsTo = (fact: Fact<GrantEvent>) => linkGrants.reacts(record('grant', GRANT, [fact])[0]!);
const general = (action: string) => ({ action, category: 'general' });

it.each<[string, Fact<GrantEvent>]>([
  ['allocated', { type: 'Allocated', data: { ...general(WMB), amountCents: 1 } }],
  ['transferred', { type: 'Transferred', data: { from: general(WARM), to: general(WMB), amountCents: 1 } }],
  [
    'carried',
    { type: 'CommitmentCarried', data: { ...general(WMB), commitment: idOf('c'), from: WARM, amountCents: 1 } },
  ],
])('money that is %s reaches the history of the action that receives it', (_how, fact) => {
  expect(reactsTo(fact)).toEqual([{ command: 'LinkGrant', id: WMB, body: { grant: GRANT } }]);
  expect(validateSync(plainToInstance(LinkGrant, { grant: GRANT }), { forbidNonWhitelisted: true })).toEqual([]);
});

it('nothing else does', () => {
  expect(reactsTo({ type: 'Deallocated', data: { ...general(WMB), amountCents: 1 } })).toEqual([]);
  expect(reactsTo({ type: 'GrantSuspended', data: {} })).toEqual([]);
});
