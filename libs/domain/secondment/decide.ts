import { nothing } from '#kernel';
import { network } from '../network/state.ts';
import { organisation } from '../organisation/state.ts';
import { person } from '../person/state.ts';
import { reject, unknown, type Decide } from '../rejections.ts';
import type { AgreeSecondment, ChangeSecondment, ChargeStaffCost, EndSecondment } from './commands.ts';
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
 * LED-8: of the cost of a person no day is charged above the whole, over all grants of all networks. Where a claim whose
 * booking never came takes the room, its grant lapses it first; then it counts no more.
 */
export const charge: Decider<ChargeStaffCost> = (command, secondee, { look, occurredAt }) => {
  const { claim, grant, secondee: id, secondment, from, until, shareBp } = command;
  if (until < from) return reject('period-reversed', { from, until });
  if (look(person, id).status !== 'registered') return unknown('secondee', id);
  const charges = secondee.status === 'none' ? [] : secondee.charges;
  const asked = { from, until, bp: shareBp };
  const held = charges.find((one) => one.claim === claim);
  if (held !== undefined) return isCharged(held, grant, asked) ? nothing : reject('already-exists', { claim });
  const forSecondment = secondment === undefined ? undefined : secondmentIn(secondee, secondment);
  if (secondment !== undefined && forSecondment === undefined) return unknown('secondment', secondment);
  const uncovered = [from, until].find((day) => forSecondment !== undefined && !covers(forSecondment, day));
  if (forSecondment !== undefined && uncovered !== undefined) return outside(forSecondment, uncovered);

  const full = overfull(charges, [asked]);
  const inTheWay = full === undefined ? [] : charges.filter((one) => one.from <= until && from <= one.until);
  const lapsing = inTheWay.map((one) => [one, lapsable(look, one)] as const).filter(([, answer]) => answer !== null);
  const released = new Set(lapsing.map(([one]) => one.claim));
  const stillFull = overfull(
    charges.filter((one) => !released.has(one.claim)),
    [asked],
  );
  if (stillFull !== undefined) return reject('staff-cost-over-100', { ...stillFull });
  // It has the room of another only once that one is gone.
  const at = lapsing.reduce((last, [one]) => (one.at > last ? one.at : last), occurredAt);
  const event = {
    type: 'StaffCostCharged',
    data: {
      claim,
      grant,
      secondee: id,
      ...(secondment !== undefined && { secondment }),
      from,
      until,
      shareBp,
      releases: [...released],
    },
    ...(at !== occurredAt && { occurredAt: at }),
  } as const;
  const first = lapsing.map(([, answer]) => answer).find((answer) => answer !== 'lapsed');
  return first === undefined || first === null ? event : { first, then: event };
};

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
