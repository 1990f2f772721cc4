import { reject } from '../rejections.ts';
import { totalOf } from './books.ts';
import type { Allocate, Deallocate, Transfer } from './commands.ts';
import {
  ineligible,
  isRunning,
  notAllocated,
  notFundable,
  overOrWrong,
  purposeOf,
  undecided,
  type Decider,
} from './guards.ts';

export const allocate: Decider<Allocate> = (command, grant, context) => {
  if (!isRunning(grant)) return overOrWrong(grant);
  const { amountCents, decisionRef } = command;
  const purpose = purposeOf(command);
  const objection =
    notFundable(context.look, grant, purpose.action, context.occurredAt) ??
    ineligible(grant, purpose) ??
    undecided(decisionRef, grant, purpose.action, context);
  if (objection !== undefined) return objection;
  const availableCents = totalOf(grant.books, 'unallocated');
  if (amountCents > availableCents)
    return reject('insufficient-unallocated', { askedCents: amountCents, availableCents });
  return { type: 'Allocated', data: { ...purpose, amountCents } };
};

export const deallocate: Decider<Deallocate> = (command, grant, context) => {
  if (!isRunning(grant)) return overOrWrong(grant);
  const { amountCents, decisionRef } = command;
  const purpose = purposeOf(command);
  return (
    undecided(decisionRef, grant, purpose.action, context) ??
    notAllocated(grant, purpose, amountCents) ?? { type: 'Deallocated', data: { ...purpose, amountCents } }
  );
};

export const transfer: Decider<Transfer> = (command, grant, context) => {
  if (!isRunning(grant)) return overOrWrong(grant);
  const { amountCents, decisionRef } = command;
  const [from, to] = [purposeOf(command.from), purposeOf(command.to)];
  if (from.action === to.action && from.category === to.category) return reject('nothing-changed');
  return (
    notFundable(context.look, grant, to.action, context.occurredAt) ??
    ineligible(grant, to) ??
    undecided(decisionRef, grant, to.action, context) ??
    notAllocated(grant, from, amountCents) ?? { type: 'Transferred', data: { from, to, amountCents } }
  );
};
