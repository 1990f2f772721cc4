import { position } from '#kernel';
import type { Position } from '#kernel';
import { StoreError } from '../port.ts';

/** Where a record lies in the log of an EventStoreDB, in bytes from its start. */
export interface Point {
  readonly commit: bigint;
  readonly prepare: bigint;
}

const POSITION = /^([0-7][0-9a-f]{15})([0-7][0-9a-f]{15})$/;

/** Both halves are kept: some servers skip events when only the first is given back (`stores.md` §0.3). */
export const positionOf = ({ commit, prepare }: Point): Position =>
  `${position(commit)}${position(prepare)}` as Position;

/** Throws `invalid-position` for what no EventStoreDB ever gave. */
export function pointOf(text: Position): Point {
  const [, commit, prepare] = POSITION.exec(text) ?? [];
  if (commit === undefined || prepare === undefined)
    throw new StoreError('invalid-position', 'not a position of this log', { position: text });
  return { commit: BigInt(`0x${commit}`), prepare: BigInt(`0x${prepare}`) };
}
