import { isStoreError, STREAM_NAME } from '../port.ts';
import type { Gateway as Whole } from './gateway.ts';
import { IDENTITY, readIdentity } from './identity.ts';
import type { Identity } from './identity.ts';

export interface Finding {
  readonly check: string;
  readonly ok: boolean;
  /** What there is and, when it is wrong, what to do. */
  readonly found: string;
}

type Gateway = Pick<
  Whole,
  'secured' | 'user' | 'version' | 'address' | 'serverClock' | 'streamPage' | 'streamMetadata'
>;
type Acl = Readonly<Record<string, string | readonly string[]>>;
type Metadata = Readonly<Record<string, unknown>> & { readonly $acl?: Acl };

/** `caughtUp`, on which the look at the metadata rests, is there from 23.10 on. */
const OLDEST = [23, 10] as const;
/** Nothing rests on the server's clock; this much says that somebody's is not kept. */
const SKEW_MS = 5_000;
const ADMINS = '$admins';
/** A stream of the server's own that only operators can read, whatever was set for ours. */
const OPERATORS_ONLY = '$users';
/** Who may delete a stream, and who may set what cuts it off. */
const RIGHTS = ['$d', '$mw'] as const;
const RETENTION = ['$maxAge', '$maxCount', '$tb'] as const;

/** Everybody who is known reads and writes; deleting, and what makes the server forget, is for operators. */
const RULES = {
  $userStreamAcl: { $r: '$all', $w: '$all', $d: ADMINS, $mr: '$all', $mw: ADMINS },
  $systemStreamAcl: { $r: ADMINS, $w: ADMINS, $d: ADMINS, $mr: ADMINS, $mw: ADMINS },
};

/** Everything an operator should know. Rejects when the server is away. */
export async function inspect(gateway: Gateway, identity: Identity): Promise<readonly Finding[]> {
  return [
    version(await gateway.version()),
    await clock(gateway),
    ...(await safety(gateway)),
    await log(gateway, identity),
  ];
}

/** What a store in production must not have (`stores.md` §1.8, `audit-privacy.md` §2.7): it never starts on one. */
export async function safety(gateway: Gateway): Promise<readonly Finding[]> {
  return [await access(gateway), ...(await metadata(gateway))];
}

function version(text: string): Finding {
  const [major = 0, minor = 0] = text.split('.').map((part) => parseInt(part, 10));
  const ok = major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
  return {
    check: 'event store version',
    ok,
    found: ok ? text : `${text}: upgrade the server to ${OLDEST.join('.')} or later`,
  };
}

async function clock(gateway: Gateway): Promise<Finding> {
  const check = 'event store clock';
  const before = Date.now();
  const answered = await gateway.serverClock().catch((error: unknown) => {
    if (isStoreError(error)) return error;
    throw error;
  });
  if (isStoreError(answered) || answered === null) {
    const why = answered === null ? 'it has no Date header' : answered.message;
    return { check, ok: false, found: `GET /info tells no time (${why}): let this host reach the port by HTTP too` };
  }
  // The header tells whole seconds; the answer took from before to now.
  const skew = answered - (before + Date.now()) / 2;
  if (Math.abs(skew) <= SKEW_MS) return { check, ok: true, found: 'as here, within seconds' };
  const which = skew > 0 ? 'ahead of' : 'behind';
  const found = `${Math.round(Math.abs(skew) / 1000)} s ${which} this host's: let both follow NTP`;
  return { check, ok: false, found };
}

async function access(gateway: Gateway): Promise<Finding> {
  const check = 'event store access rules';
  const problem = gateway.secured ? await openness(gateway) : UNSECURED;
  return { check, ok: problem === undefined, found: problem ?? `only ${ADMINS} may delete or cut off a stream` };
}

const UNSECURED =
  'tls=false: the server asks nobody who they are, so anybody may delete a stream. In production run it with ' +
  'certificates (without INSECURE) and a user for Spoor, then use esdb://user:password@host?tlsCAFile=…';

/** Who but operators may delete or cut off our streams, and what to do about it; undefined when nobody may. */
async function openness(gateway: Gateway): Promise<string | undefined> {
  const { user } = gateway;
  const host = await gateway.address();
  if ((await lastOf(gateway, OPERATORS_ONLY)) !== 'denied')
    return (
      `${user} is an operator and may delete streams. Give Spoor a user of its own: curl -u admin ` +
      `https://${host}/users/ -H 'Content-Type: application/json' -d ` +
      `'{"loginName":"spoor","fullName":"Spoor","groups":[],"password":"…"}'; let it read the log and the rules: ` +
      `${mayRead(host, '$all', 'spoor')}; ${mayRead(host, '$settings', 'spoor')}; name it in the connection string`
    );
  const settings = await lastOf(gateway, '$settings');
  if (settings === 'denied')
    return `${user} may not see who may delete streams. Let it: ${mayRead(host, '$settings', user)}`;
  const open = openRights((Object(settings) as { $userStreamAcl?: Acl }).$userStreamAcl, '$all');
  if (open.length === 0) return undefined;
  return `who may delete or cut off a stream: ${open.join(', ')}. Leave that to operators: ${post(host, '$settings', '$settings', RULES)}`;
}

/** An operator's command. The server takes it when it has ENABLE_ATOM_PUB_OVER_HTTP. */
const post = (host: string, path: string, type: string, data: object): string =>
  `curl -u admin 'https://${host}/streams/${path.replace('$', '%24')}' -H 'Content-Type: application/json' ` +
  `-H 'ES-EventType: ${type}' -H "ES-EventId: $(uuidgen)" -d '${JSON.stringify(data)}'`;
const mayRead = (host: string, stream: string, user: string): string =>
  post(host, `${stream}/metadata`, '$metadata', { $acl: { $r: [ADMINS, user] } });

/** Streams of which the metadata takes something away, by itself or by somebody's right. */
async function metadata(gateway: Gateway): Promise<readonly Finding[]> {
  const last = await metadataOf(gateway);
  const host = await gateway.address();
  if (last === 'denied')
    return [
      {
        check: 'access to the log',
        ok: false,
        found: `${gateway.user} may not read $all. Let it: ${mayRead(host, '$all', gateway.user)}`,
      },
    ];
  const retained = [...last].flatMap(([stream, of]) =>
    RETENTION.filter((name) => of[name] !== undefined).map((name) => `${stream} ${name}=${String(of[name])}`),
  );
  const opened = [...last].flatMap(([stream, { $acl }]) =>
    $acl === undefined ? [] : openRights($acl, ADMINS).map((right) => `${stream} ${right}`),
  );
  const clear = `Take it away: ${post(host, '<stream>/metadata', '$metadata', {})}`;
  const retention = retained.length === 0 ? 'none on our streams' : `${some(retained)} hide events. ${clear}`;
  return [
    { check: 'retention metadata', ok: retained.length === 0, found: retention },
    ...(opened.length === 0
      ? []
      : [{ check: 'access rules of streams', ok: false, found: `${some(opened)}. ${clear}` }]),
  ];
}

/** The last metadata of each stream of ours that has any. */
async function metadataOf(gateway: Gateway): Promise<ReadonlyMap<string, Metadata> | 'denied'> {
  const last = new Map<string, Metadata>();
  try {
    for await (const records of gateway.streamMetadata())
      for (const { stream, data } of records)
        if (STREAM_NAME.test(stream.slice(2))) last.set(stream.slice(2), Object(data) as Metadata);
    return last;
  } catch (error) {
    if (isStoreError(error, 'store-access-denied')) return 'denied';
    throw error;
  }
}

async function log(gateway: Gateway, { logId }: Identity): Promise<Finding> {
  const check = 'log identity';
  const now = await readIdentity(gateway);
  if (now?.logId !== logId)
    return {
      check,
      ok: false,
      found: `${IDENTITY} says ${now?.logId ?? 'nothing'}, it was ${logId}: restart Spoor on the log it had`,
    };
  const problem = unfinished(now);
  if (problem !== undefined) return { check, ok: false, found: problem };
  const origin = now.copyOf === undefined ? '' : `, a finished copy of ${now.copyOf} (${now.copied} events)`;
  return { check, ok: true, found: `${logId}${origin}` };
}

/** What is wrong with a log that was copied half; undefined for one that is whole. */
export const unfinished = ({ copyOf, copied }: Identity): string | undefined =>
  copyOf === undefined || copied !== undefined
    ? undefined
    : `the log is an unfinished copy of ${copyOf}: run the same \`cli copy\` again, it goes on where it stopped`;

/** Rights that others than operators have: by default, when nothing is said, `fallback` has them. */
const openRights = (acl: Acl | undefined, fallback: string): string[] =>
  RIGHTS.flatMap((right) => {
    const who = [acl?.[right] ?? fallback].flat();
    return who.every((one) => one === ADMINS) ? [] : [`${right} ${who.join(' ')}`];
  });

async function lastOf(gateway: Gateway, stream: string): Promise<unknown> {
  try {
    const [last] = await gateway.streamPage(stream, undefined, { backwards: true, count: 1 });
    return last?.data;
  } catch (error) {
    if (isStoreError(error, 'store-access-denied')) return 'denied';
    throw error;
  }
}

const SHOWN = 3;
const some = (all: readonly string[]): string =>
  all.length <= SHOWN ? all.join(', ') : `${all.slice(0, SHOWN).join(', ')} and ${all.length - SHOWN} more`;
