import { isObject } from './values.ts';
import type { Cursors } from './cursors.ts';
import type { Storage } from './storage.ts';
import type { Doc } from './values.ts';
import type { View } from './versions.ts';

/** One command that runs. */
export interface Call {
  readonly name: string;
  readonly database: string;
  /** As it arrived, typed. */
  readonly command: Doc;
  /** Its members but documents, updates and deletes, plain. */
  readonly args: Doc;
  readonly view: View;
  readonly storage: Storage;
  readonly cursors: Cursors;
  readonly now: Date;
  /** Fails when the server has stopped being primary meanwhile. */
  readonly check: () => void;
}

export type Command = (call: Call) => Promise<Doc> | Doc;

export const namespaceOf = ({ name, args, database }: Call): string => `${database}.${String(args[name])}`;

export const docOf = (value: unknown): Doc => (isObject(value) ? value : {});
