import { nothing, type PriorCommand } from '#kernel';
import { network } from '../network/state.ts';
import { organisation } from '../organisation/state.ts';
import { person } from '../person/state.ts';
import { reject, unknown, type Decide } from '../rejections.ts';
import type {
  AgreeSecondment,
  ChangeSecondment,
  ChargeStaffCost,
  EndSecondment,
  ReleaseStaffCost,
} from './commands.ts';
import { covers, overfull, type Span } from './days.ts';
import type { SecondmentEvent } from './events.ts';
import { lapsable } from './lapsable.ts';
import { afterChange, spansOf, type Charge, type Secondee, type Secondment } from './state.ts';

type Decider<C> = Decide<C, Secondee, SecondmentEvent>;

/** Another one is agreed instead: what is told of one secondment stays readable. */
const MOST_CHANGES = 100;

export const agree: Decider<AgreeSecondment> = (command, secondee, { look, eventId }) => {
  const { network: home, secondee: id, sender, receiver, function: task, fteBp, from, until, costRule } = command;
  if (look(network, home).status !== 'running') return unknown('network', home);
  if (look(person, id).status !== 'registered') return unknown('secondee', id);
  if (look(organisation, sender).status !== 'active') return unknown('sender', sender);
  if (look(organisation, receiver).status !== 'active' && look(network, receiver).status !== 'running')
    return unknown('receiver', receiver);
  if (until !== undefined && until < from) return reject('period-reversed', { from, until });
  const full = overfull(fteOf(secondee), [{ from, until: until ?? null, bp: fteBp }]);
  if (full !== undefined) return reject('fte-over-100', { ...full });
  return {
    type: 'SecondmentAgreed',
    data: {
      secondment: eventId,
      secondee: id,
      sender,
      receiver,
      function: task,
      fteBp,
      from,
      ...(until !== undefined && { until }),
      temporary: command.temporary ?? false,
      ...(costRule !== undefined && { costRule }),
    },
  };
};

export const change: Decider<ChangeSecondment> = ({ secondment: id, from, fteBp, until }, secondee) => {
  const agreed = secondmentIn(secondee, id);
  if (agreed === undefined) return reject('not-found');
  if (agreed.isEnded) return reject('invalid-state', { status: 'ended' });
  if (fteBp === undefined && until === undefined) return reject('nothing-changed');
  if (!covers(agreed, from)) return outside(agreed, from);
  if (until !== undefined && until < from) return reject('period-reversed', { from, until });
  const changed = afterChange(agreed, {
    from,
    ...(fteBp !== undefined && { fteBp }),
    ...(until !== undefined && { until }),
  });
  if (changed.ftes.length > MOST_CHANGES) return reject('too-many-changes', { most: MOST_CHANGES });
  if (isSame(agreed, changed)) return nothing;
  const full = overfull(fteOf(secondee, id), spansOf(changed));
  if (full !== undefined) return reject('fte-over-100', { ...full });
  return {
    type: 'SecondmentChanged',
    data: { secondment: id, from, ...(fteBp !== undefined && { fteBp }), ...(until !== undefined && { until }) },
  };
};

export const end: Decider<EndSecondment> = ({ secondment: id, until }, secondee) => {
  const agreed = secondmentIn(secondee, id);
  if (agreed === undefined) return reject('not-found');
  if (agreed.isEnded) return agreed.until === until ? nothing : reject('invalid-state', { status: 'ended' });
  if (!covers(agreed, until)) return outside(agreed, until);
  return { type: 'SecondmentEnded', data: { secondment: id, until } };
};

/**
 * LED-8: of the cost of a person no day is charged above the whole, over all grants of all networks. Where claims of which
 * nothing came take the room, their grants lapse them first; then they are released.
 */
export const charge: Decider<ChargeStaffCost> = (command, secondee, { look, id, occurredAt }) => {
  const { claim, grant, secondee: who, secondment, from, until, shareBp } = command;
  if (until < from) return reject('period-reversed', { from, until });
  if (look(person, who).status !== 'registered') return unknown('secondee', who);
  const charges = chargesOf(secondee);
  const asked = { from, until, bp: shareBp };
  const held = charges.find((one) => one.claim === claim);
  if (held !== undefined) return isCharged(held, grant, asked) ? nothing : reject('already-exists', { claim });
  if (secondment !== undefined) {
    const agreed = secondmentIn(secondee, secondment);
    if (agreed === undefined) return unknown('secondment', secondment);
    const uncovered = [from, until].find((day) => !covers(agreed, day));
    if (uncovered !== undefined) return outside(agreed, uncovered);
  }
  const event = {
    type: 'StaffCostCharged',
    data: { claim, grant, secondee: who, ...(secondment !== undefined && { secondment }), from, until, shareBp },
    // It holds from when it is booked; of a person of whom nothing was known by then, from when it is.
    ...(secondee.status === 'known' && occurredAt < secondee.begunAt && { occurredAt: secondee.begunAt }),
  } as const;
  if (overfull(charges, [asked]) === undefined) return event;
  const inTheWay = charges.filter((one) => one.from <= until && from <= one.until);
  const vain = inTheWay.flatMap((one) => {
    const answer = lapsable(look, one);
    return answer === null ? [] : [{ one, first: answer === 'lapsed' ? toRelease(id, one) : answer }];
  });
  const full = overfull(
    charges.filter((charge) => !vain.some(({ one }) => one === charge)),
    [asked],
  );
  if (full !== undefined) return reject('staff-cost-over-100', { ...full });
  return { first: vain[0]!.first, then: event };
};

/** A command on this same stream, for the fact is of the network of the claim that is released. */
const toRelease = (id: string, { claim, event }: Charge): PriorCommand => ({
  command: 'ReleaseStaffCost',
  id,
  body: { claim },
  key: event,
});

/** Only a claim that its grant has lapsed: a late booking then finds that it must claim anew. */
export const release: Decider<ReleaseStaffCost> = ({ claim }, secondee, { look }) => {
  const held = chargesOf(secondee).find((one) => one.claim === claim);
  if (held === undefined) return nothing;
  if (lapsable(look, held) !== 'lapsed') return reject('invalid-state', { status: 'claimed' });
  return { type: 'StaffCostReleased', data: { claim } };
};

const chargesOf = (secondee: Secondee): readonly Charge[] => (secondee.status === 'none' ? [] : secondee.charges);

const isCharged = (held: Charge, grant: string, { from, until, bp }: Span): boolean =>
  held.grant === grant && held.from === from && held.until === until && held.bp === bp;

const secondmentIn = (secondee: Secondee, id: string): Secondment | undefined =>
  secondee.status === 'none' ? undefined : secondee.secondments[id];

/** What all secondments of the person take, but for one. */
const fteOf = (secondee: Secondee, except?: string): readonly Span[] =>
  secondee.status === 'none'
    ? []
    : Object.entries(secondee.secondments).flatMap(([id, one]) => (id === except ? [] : spansOf(one)));

const isSame = (one: Secondment, other: Secondment): boolean =>
  one.until === other.until &&
  one.ftes.length === other.ftes.length &&
  one.ftes.every(({ from, fteBp }, i) => other.ftes[i]?.from === from && other.ftes[i].fteBp === fteBp);

const outside = ({ from, until }: Secondment, asked: string) => reject('outside-period', { asked, from, until });
