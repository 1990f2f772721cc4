import { isRejected, nothing } from '#kernel';
import { reject } from '../rejections.ts';
import { balanceOf } from './books.ts';
import type { AmendCommitment, CarryCommitment, Commit, ReleaseCommitment } from './commands.ts';
import {
  commitmentOf,
  isOpen,
  isRunning,
  notAllocated,
  notCommitted,
  notFundable,
  overOrWrong,
  purposeOf,
  supplierOf,
  undecided,
  type Decider,
} from './guards.ts';
import { committed } from './postings.ts';

/** Nothing new is committed to an action that is suspended, or no longer runs. */
export const commit: Decider<Commit> = (command, grant, { look, occurredAt }) => {
  if (!isRunning(grant)) return overOrWrong(grant);
  const { amountCents, title } = command;
  const purpose = purposeOf(command);
  const supplier = supplierOf(command.supplier);
  if (isRejected(supplier)) return supplier;
  return (
    notFundable(look, grant, purpose.action, occurredAt) ??
    notAllocated(grant, purpose, amountCents) ?? {
      type: 'Committed',
      data: { ...purpose, amountCents, title, supplier },
    }
  );
};

export const amendCommitment: Decider<AmendCommitment> = ({ commitment, deltaCents }, grant, { look, occurredAt }) => {
  if (!isRunning(grant)) return overOrWrong(grant);
  const found = commitmentOf(grant, commitment);
  if (isRejected(found)) return found;
  if (deltaCents === 0) return reject('nothing-changed');
  const { action, category } = found;
  const objection =
    deltaCents > 0
      ? (notFundable(look, grant, action, occurredAt) ?? notAllocated(grant, found, deltaCents))
      : notCommitted(grant, commitment, -deltaCents);
  return objection ?? { type: 'CommitmentAmended', data: { commitment, action, category, deltaCents } };
};

export const release: Decider<ReleaseCommitment> = ({ commitment, amountCents }, grant) => {
  if (!isOpen(grant)) return overOrWrong(grant);
  const found = commitmentOf(grant, commitment);
  if (isRejected(found)) return found;
  const left = balanceOf(grant.books, committed(commitment));
  const asked = amountCents ?? left;
  if (asked === 0) return nothing;
  const { action, category } = found;
  return (
    notCommitted(grant, commitment, asked) ?? {
      type: 'CommitmentReleased',
      data: { commitment, action, category, amountCents: asked },
    }
  );
};

/** What is still ordered when an action closes goes on for another one: money moves between actions, so on a decision. */
export const carry: Decider<CarryCommitment> = ({ commitment, to, decisionRef }, grant, context) => {
  if (!isRunning(grant)) return overOrWrong(grant);
  const found = commitmentOf(grant, commitment);
  if (isRejected(found)) return found;
  if (found.action === to) return nothing;
  return (
    notFundable(context.look, grant, to, context.occurredAt, 'to') ??
    undecided(decisionRef, grant, to, context) ?? {
      type: 'CommitmentCarried',
      data: {
        commitment,
        from: found.action,
        action: to,
        category: found.category,
        amountCents: balanceOf(grant.books, committed(commitment)),
      },
    }
  );
};
