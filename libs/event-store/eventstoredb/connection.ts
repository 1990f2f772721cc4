import { readFileSync } from 'node:fs';
import { StoreError } from '../port.ts';

export interface Connection {
  readonly url: string;
  readonly tls: boolean;
  /** Sent with every call: that alone makes the client append one by one (`stores.md` §0.1). Ignored without TLS. */
  readonly credentials: { readonly username: string; readonly password: string };
  /** The certificate authority that the server's certificate is checked against, when it is not a public one. */
  readonly ca: Buffer | undefined;
}

const SHAPE =
  /^(?<scheme>esdb(?:\+discover)?):\/\/(?:(?<user>[^:@/]+):(?<password>[^@/]*)@)?(?<hosts>[^?]+?)\/?(?:\?(?<query>.*))?$/;
/** What the client knows, as it compares names. Of others it warns on the console, with the whole string, password and all. */
const OPTIONS = new Set(
  (
    'tls tlscafile usercertfile userkeyfile connectionname defaultdeadline nodepreference maxdiscoverattempts ' +
    'discoveryinterval gossiptimeout keepaliveinterval keepalivetimeout throwonappendfailure'
  ).split(' '),
);
const MAX_PORT = 65_535;
const NOBODY = { username: 'nobody', password: 'nobody' };

/** Reads a connection string as the client does. Throws `invalid-request`, never with the password in it. */
export function readConnection(url: string): Connection {
  const { user, password, hosts, query } =
    SHAPE.exec(url.trim())?.groups ?? refuse('it begins with esdb:// or esdb+discover://');
  if (/[@/]/.test(hosts!)) refuse(ESCAPED);
  if (hosts!.split(',').some((host) => Number(/:(\d+)$/.exec(host)?.[1] ?? 1) > MAX_PORT)) refuse('a port is 1–65535');
  const options = new Map(
    [...new URLSearchParams(query ?? '')].map(([name, value]) => [name.toLowerCase().replace(/[_-]/g, ''), value]),
  );
  const strange = [...options.keys()].filter((name) => !OPTIONS.has(name));
  if (strange.length > 0) refuse(`there is no option ${strange.join(', ')}, or it has no effect`);
  const tls = options.get('tls') !== 'false';
  if (tls && user === undefined) refuse('with TLS it names a user: esdb://user:password@host');
  const ca = options.get('tlscafile');
  return {
    url: url.trim(),
    tls,
    credentials: user === undefined ? NOBODY : { username: decoded(user), password: decoded(password ?? '') },
    ca: tls && ca !== undefined ? read(ca) : undefined,
  };
}

const ESCAPED = 'user and password are percent-encoded, % as %25, @ as %40, / as %2F';

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return refuse(ESCAPED);
  }
}

function read(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    return refuse(`its tlsCAFile cannot be read: ${(error as Error).message}`);
  }
}

function refuse(problem: string): never {
  throw new StoreError('invalid-request', `the connection string of the event store is wrong: ${problem}`);
}
