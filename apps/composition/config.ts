import { z } from 'zod';

const LOOPBACK = ['127.0.0.1', '::1', 'localhost'];

/** Between the scheme and the hosts there is at most one @, and what is before it can be decoded. */
function isEscaped(url: string): boolean {
  const [, who, hosts] = /^[^:]+:\/\/(?:([^@/?]*)@)?([^?]*)/.exec(url) ?? [];
  try {
    decodeURIComponent(who ?? '');
    return hosts !== undefined && !hosts.includes('@');
  } catch {
    return false;
  }
}

const urlOf = (...schemes: readonly string[]) =>
  z
    .string()
    .refine((text) => schemes.some((scheme) => text.startsWith(`${scheme}://`)), {
      error: `an address is needed that begins with ${schemes.join(':// or ')}://`,
      abort: true,
    })
    .refine((text) => isEscaped(text), {
      error: 'user and password are percent-encoded: % as %25, @ as %40, / as %2F, ? as %3F',
    })
    .optional();

const schema = z.object({
  STACK: z
    .enum(['embedded', 'server'])
    .default('embedded')
    .describe('`embedded` keeps files in SPOOR_DATA; `server` needs EVENTSTORE_URL and MONGODB_URL.'),
  EVENTSTORE_URL: urlOf('esdb', 'esdb+discover')
    .describe('EventStoreDB or KurrentDB, as `esdb://user:password@host:2113`; several hosts for a cluster.')
    .meta({ secret: true }),
  MONGODB_URL: urlOf('mongodb', 'mongodb+srv')
    .describe('MongoDB, best a replica set; the path names the database, `spoor` by default.')
    .meta({ secret: true }),
  SPOOR_PROJECTIONS: z
    .enum(['here', 'elsewhere'])
    .default('here')
    .describe(
      'Whether the API projects too, unless another process does already, or leaves that to `npm run projector` (server stack only).',
    ),
  SPOOR_DATA: z.string().min(1).default('data').describe('Directory of the stores (embedded stack).'),
  SPOOR_HOST: z
    .enum(LOOPBACK)
    .default('127.0.0.1')
    .describe('Address to listen on: loopback only, until there is access control.'),
  SPOOR_PORT: z
    .preprocess(
      (text) => (typeof text === 'string' && /^\d+$/.test(text) ? Number(text) : text),
      z.number('a whole number is needed').int().min(0).max(65_535),
    )
    .default(3000)
    .describe('Port to listen on; 0 lets the system choose.'),
  SPOOR_SEED: z
    .enum(['demo', 'none'])
    .optional()
    .describe(
      'What an empty log is filled with: the demo networks, or nothing; by default `demo` embedded, `none` on the server stack.',
    ),
  SPOOR_CLOCK: z
    .enum(['system', 'simulated'])
    .default('system')
    .describe('`simulated` lets a request say its own now in the header Spoor-Now; refused in production.'),
  SPOOR_LOG: z
    .enum(['silent', 'error', 'warn', 'info', 'debug'])
    .default('warn')
    .describe('The least level that is logged (JSON lines on stderr).'),
  SPOOR_TOKEN_KEY: z
    .string()
    .min(32)
    .optional()
    .describe(
      'Secret that signs consistency tokens, at least 32 characters; by default made at the first start and kept beside the data (server stack: in MongoDB).',
    )
    .meta({ secret: true }),
});

type Variables = z.infer<typeof schema>;
type Name = keyof Variables;

/** Where the data are. */
export type StackConfig =
  | { readonly stack: 'embedded'; readonly directory: string }
  | { readonly stack: 'server'; readonly eventStoreUrl: string; readonly mongoUrl: string };

export interface Config {
  readonly data: StackConfig;
  readonly production: boolean;
  readonly projections: Variables['SPOOR_PROJECTIONS'];
  readonly host: string;
  readonly port: number;
  readonly seed: NonNullable<Variables['SPOOR_SEED']>;
  readonly clock: Variables['SPOOR_CLOCK'];
  readonly logLevel: Variables['SPOOR_LOG'];
  readonly tokenKey: string | undefined;
}

/** Every problem of the configuration at once. Ends the program with exit code 78 (EX_CONFIG). */
export class ConfigError extends Error {
  static readonly exitCode = 78;

  constructor(readonly problems: readonly string[]) {
    super(`The configuration is wrong:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
  }
}

/** Reads the environment. Throws {@link ConfigError} with all that is wrong, unknown `SPOOR_*` names too. */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const known = new Set(Object.keys(schema.shape));
  const unknown = Object.keys(environment)
    .filter((name) => name.startsWith('SPOOR_') && !known.has(name))
    .map((name) => `${name}: there is no such setting; there are ${[...known].join(', ')}`);
  const parsed = schema.safeParse(environment);
  const invalid = parsed.success ? [] : parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  const production = environment['NODE_ENV'] === 'production';
  if (environment['SPOOR_CLOCK'] === 'simulated' && production)
    invalid.push('SPOOR_CLOCK: simulated is refused when NODE_ENV is production');
  if (environment['STACK'] === 'server') {
    for (const name of ['EVENTSTORE_URL', 'MONGODB_URL'])
      if (environment[name] === undefined) invalid.push(`${name}: STACK=server needs it`);
  } else if (environment['SPOOR_PROJECTIONS'] === 'elsewhere')
    invalid.push('SPOOR_PROJECTIONS: elsewhere needs STACK=server; embedded, one process has the files');
  if (!parsed.success || unknown.length > 0 || invalid.length > 0) throw new ConfigError([...invalid, ...unknown]);
  const values = parsed.data;
  return {
    data:
      values.STACK === 'server'
        ? { stack: 'server', eventStoreUrl: values.EVENTSTORE_URL!, mongoUrl: values.MONGODB_URL! }
        : { stack: 'embedded', directory: values.SPOOR_DATA },
    production,
    projections: values.SPOOR_PROJECTIONS,
    host: values.SPOOR_HOST,
    port: values.SPOOR_PORT,
    seed: values.SPOOR_SEED ?? (values.STACK === 'server' ? 'none' : 'demo'),
    clock: values.SPOOR_CLOCK,
    logLevel: values.SPOOR_LOG,
    tokenKey: values.SPOOR_TOKEN_KEY,
  };
}

/** Each setting with its value, where that comes from, and secrets masked: what `--print-config` prints. */
export function printedConfig(environment: NodeJS.ProcessEnv): string {
  readConfig(environment);
  const values = schema.parse(environment);
  return settings()
    .map(({ name, secret }) => {
      const value = values[name];
      const shown = value === undefined ? '' : secret ? '********' : String(value);
      return `${name}=${shown}  # ${environment[name] === undefined ? 'default' : 'environment'}`;
    })
    .join('\n');
}

interface Setting {
  readonly name: Name;
  readonly description: string;
  readonly values: string;
  readonly standard: string;
  readonly secret: boolean;
}

/** All settings, for the table in the README. */
export function settings(): readonly Setting[] {
  const json = z.toJSONSchema(schema).properties ?? {};
  return Object.entries(json).map(([name, property]) => {
    const {
      description = '',
      enum: values,
      type,
      default: standard,
      minimum,
      maximum,
    } = property as z.core.JSONSchema.JSONSchema;
    return {
      name: name as Name,
      description,
      values: values?.join(', ') ?? (minimum === undefined ? String(type) : `${minimum}–${maximum}`),
      standard: standard === undefined ? '' : JSON.stringify(standard).replaceAll('"', ''),
      secret: 'secret' in (property as object),
    };
  });
}

/** The table in the README. */
export const settingsTable = (): string =>
  [
    '| setting | values | default | what it does |',
    '|---|---|---|---|',
    ...settings().map(
      ({ name, values, standard, description }) => `| \`${name}\` | ${values} | ${standard} | ${description} |`,
    ),
  ].join('\n');
