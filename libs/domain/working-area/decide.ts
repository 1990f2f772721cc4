import { nothing } from '#kernel';
import { claimState, grant as grantAggregate } from '../grant/state.ts';
import { reject, type Decide } from '../rejections.ts';
import type { ReserveArea } from './commands.ts';
import type { WorkingAreaEvent } from './events.ts';
import { reservations, type WorkingArea } from './state.ts';

/** One grant in a working area at a time; a claim that never led to an award is lapsed by who needs the area. */
export const reserve: Decide<ReserveArea, WorkingArea, WorkingAreaEvent> = (command, state, { look }) => {
  const { scheme, area, network, grant, claim, period } = command;
  if (state.claims.some((one) => one.claim === claim)) return nothing;
  const releases = state.claims.filter((one) => claimState(look(grantAggregate, one.grant), one.claim) === 'lapsed');
  const event = {
    type: 'AreaReserved',
    data: { scheme, area, network, grant, claim, period, releases: releases.map((one) => one.claim) },
  } as const;
  const held = reservations(state, period, look).find((one) => one.grant !== grant);
  if (held === undefined) return event;
  if (held.state === 'booked') return reject('area-already-funded', { scheme, area, ...held.period });
  const body = { grant: held.grant, network: held.network, claim: held.claim };
  return { first: { command: 'LapseClaim', body, key: held.claim }, then: event };
};
