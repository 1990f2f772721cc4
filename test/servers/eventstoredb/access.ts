import type { Metadata, ServerErrorResponse } from '@grpc/grpc-js';
import type { Log } from './log.ts';
import { FAILURES } from './wire.ts';

export interface AccessOptions {
  /** With it, whoever calls says who it is: names and passwords. */
  readonly users?: Readonly<Record<string, string>>;
  /** By default all of them. */
  readonly admins?: readonly string[];
}

/** Who may do what (`stores.md` §1.7). */
export class Access {
  /** Nobody reads any more. */
  isRevoked = false;
  readonly #options: AccessOptions;
  readonly #log: Log;

  constructor(options: AccessOptions, log: Log) {
    this.#options = options;
    this.#log = log;
  }

  /** A secured node serves those that it knows: from 23.10 on nobody else, by default (§1.7). */
  refusal(metadata: Metadata): ServerErrorResponse | undefined {
    const { users } = this.#options;
    if (users === undefined) return undefined;
    const { name, password } = callerOf(metadata);
    if (name === undefined) return FAILURES.denied();
    return users[name] === password ? undefined : FAILURES.unauthenticated();
  }

  /** Everything is read by administrators, and by those whom the metadata of `$all` name (§1.7). */
  readRefusal(metadata: Metadata, isOfAll: boolean): ServerErrorResponse | undefined {
    const { users, admins } = this.#options;
    if (this.isRevoked) return FAILURES.denied();
    if (!isOfAll || users === undefined || admins === undefined) return undefined;
    const { name } = callerOf(metadata);
    return admins.includes(name!) || this.#log.readers('$all').includes(name) ? undefined : FAILURES.denied();
  }
}

function callerOf(metadata: Metadata): { readonly name?: string; readonly password?: string } {
  const basic = /^Basic (.*)$/.exec(String(metadata.get('authorization')[0] ?? ''))?.[1];
  if (basic === undefined) return {};
  const [, name = '', password = ''] = /^([^:]*):(.*)$/s.exec(Buffer.from(basic, 'base64').toString()) ?? [];
  return { name, password };
}
