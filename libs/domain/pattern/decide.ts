import { canonical, isRejected, nothing, plain, type DecisionContext } from '#kernel';
import { action, toldBy } from '../action/state.ts';
import { isPartOf, network } from '../network/state.ts';
import { reject, unknown, type Decide, type Rejection } from '../rejections.ts';
import type { ConfirmPattern, RetirePattern } from './commands.ts';
import type { PatternEvent, Teller } from './events.ts';
import { spansNetworks, type Pattern } from './state.ts';

type Decider<C> = Decide<C, Pattern, PatternEvent>;

const LEAST = 2;

/** `domain.md` §2.5: two distinct actions tell it; in a network of networks, actions of two of them. */
export const confirm: Decider<ConfirmPattern> = (command, pattern, { look }) => {
  const { network: id, tag, polarity, statement } = command;
  const home = look(network, id);
  if (home.status !== 'running') return unknown('network', id);
  const tellers: Teller[] = [];
  for (const one of new Set(command.actions)) {
    const teller = tellerOf(one, command, look);
    if (isRejected(teller)) return teller;
    tellers.push(teller);
  }
  const distinct = new Set(tellers.map((teller) => (spansNetworks(home.kind) ? teller.network : teller.action)));
  if (distinct.size < LEAST)
    return reject(spansNetworks(home.kind) ? 'one-network-tells' : 'one-action-tells', { tag, polarity });
  if (pattern.status === 'confirmed' && isSaid(pattern, command)) return nothing;
  return { type: 'PatternConfirmed', data: { tag, polarity, statement, actions: tellers } };
};

/** It stays visible, with why nobody relies on it any more; confirmed anew it counts again. */
export const retire: Decider<RetirePattern> = ({ reason }, pattern) => {
  if (pattern.status === 'none') return reject('invalid-state', { status: pattern.status });
  if (pattern.status === 'retired') return nothing;
  return reason === undefined ? reject('reason-required') : { type: 'PatternRetired', data: {} };
};

function tellerOf(
  id: string,
  { network: home, tag, polarity }: ConfirmPattern,
  look: DecisionContext['look'],
): Teller | Rejection {
  const found = look(action, id);
  if (found.status === 'none' || !isPartOf(found.network, home, look)) return unknown('actions', id);
  const evaluation = toldBy(found, tag, polarity);
  return evaluation === undefined
    ? reject('learning-missing', { action: id, tag, polarity })
    : { action: id, network: found.network, evaluation };
}

const isSaid = (
  pattern: Extract<Pattern, { readonly status: 'confirmed' | 'retired' }>,
  { statement, actions }: ConfirmPattern,
): boolean =>
  canonical(plain(pattern.statement)) === canonical(plain(statement)) &&
  canonical(pattern.actions.toSorted()) === canonical([...new Set(actions)].toSorted());
