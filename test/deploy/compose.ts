import { parse } from 'yaml';
import { z } from 'zod';

const words = z.array(z.string());
const duration = z.string().regex(/^\d+s$/);

/** What we use of the compose specification: any other name is misspelt, or new and then belongs here. */
const service = z.strictObject({
  profiles: z.tuple([z.enum(['development', 'cluster'])]),
  image: z.string(),
  build: z.string().optional(),
  pull_policy: z.literal('build').optional(),
  user: z.string().optional(),
  entrypoint: words.optional(),
  command: words.optional(),
  environment: z.record(z.string(), z.string()).default({}),
  env_file: words.default([]),
  volumes: words.default([]),
  ports: words.default([]),
  networks: z.union([words, z.record(z.string(), z.strictObject({ ipv4_address: z.ipv4() }))]).optional(),
  network_mode: z
    .string()
    .regex(/^(?:none|service:.+)$/)
    .optional(),
  depends_on: z
    .record(
      z.string(),
      z.strictObject({ condition: z.enum(['service_healthy', 'service_completed_successfully', 'service_started']) }),
    )
    .default({}),
  healthcheck: z
    .strictObject({
      test: z.tuple([z.enum(['CMD', 'CMD-SHELL'])], z.string()),
      interval: duration,
      timeout: duration,
      retries: z.int(),
      start_period: duration.optional(),
    })
    .optional(),
  restart: z.enum(['always', 'unless-stopped', 'no']).optional(),
  stop_grace_period: duration.optional(),
  read_only: z.boolean().optional(),
  cap_drop: words.optional(),
  security_opt: words.optional(),
  deploy: z.strictObject({ replicas: z.int() }).optional(),
});

const file = z.strictObject({
  services: z.record(z.string(), service),
  networks: z.record(z.string(), z.strictObject({ ipam: z.unknown() })).default({}),
  volumes: z.record(z.string(), z.strictObject({})).default({}),
});

type Compose = z.infer<typeof file>;
type Service = z.infer<typeof service>;

/** Rejects what is not in the specification, in zod's words. */
export function readCompose(text: string): Compose {
  const all = Object.entries(parse(text, { merge: true }) as object);
  return file.parse(Object.fromEntries(all.filter(([name]) => !name.startsWith('x-'))));
}

/** A container that shares the network of another has neither ports nor networks of its own. */
const networkOwner = ({ network_mode: mode }: Service): string | undefined =>
  mode?.startsWith('service:') ? mode.slice('service:'.length) : undefined;

type Rule = (name: string, service: Service, compose: Compose) => readonly (string | false)[];

/** Each rule in a sentence; what it returns are the mistakes. */
export const rules: Readonly<Record<string, Rule>> = {
  'an image has the tag of one release': (_, { image }) => [!/:\d+\.\d+\.\d+(?:-[\w.-]+)?$/.test(image) && image],

  'what is built here is never fetched': (_, { build, pull_policy: policy }) => [
    build !== undefined && policy !== 'build' && 'pull_policy',
  ],

  'a port is published on the loopback interface only': (_, { ports }) =>
    ports.map((port) => !port.startsWith('127.0.0.1:') && port),

  'what runs on says whether it is well': (name, { healthcheck, build }, compose) => [
    runsOn(name, compose) && healthcheck === undefined && build === undefined && 'no healthcheck',
  ],

  'what is waited for is there, in the same profile, and can become what is waited for': (_, waiting, compose) =>
    Object.entries(waiting.depends_on).map(([name, { condition }]) => {
      const awaited = compose.services[name];
      if (awaited === undefined) return `there is no ${name}`;
      if (awaited.profiles[0] !== waiting.profiles[0]) return `${name} is of the other profile`;
      if (condition === 'service_started') return `${name}: started is not ready`;
      const isOnce = condition === 'service_completed_successfully';
      if (isOnce) return (awaited.restart ?? 'no') !== 'no' && `${name} never completes`;
      return awaited.healthcheck === undefined && awaited.build === undefined && `${name} has no healthcheck`;
    }),

  'security is off in development only': (_, { profiles, ...rest }) => [
    profiles[0] !== 'development' && /insecure|tls=false|MEM_DB/i.test(JSON.stringify(rest)) && 'insecure',
    profiles[0] !== 'development' &&
      'NODE_ENV' in rest.environment &&
      rest.environment['NODE_ENV'] !== 'production' &&
      'NODE_ENV',
  ],

  'no password is in the file': (_, service) => [
    /\/\/[^/\s]*:[^/\s]*@|password"?[:=]/i.test(JSON.stringify(service)) && 'a password',
  ],

  'a volume is declared, and mounted from it or from a file beside': (_, { volumes }, compose) =>
    volumes
      .map((volume) => volume.split(':')[0]!)
      .map((name) => !name.startsWith('./') && !(name in compose.volumes) && `${name} is not declared`),

  'a network is declared, and is not asked of who shares that of another': (_, service, compose) => {
    const owner = networkOwner(service);
    const names = Array.isArray(service.networks) ? service.networks : Object.keys(service.networks ?? {});
    return [
      owner !== undefined && !(owner in compose.services) && `there is no ${owner}`,
      service.network_mode !== undefined && (service.ports.length > 0 || names.length > 0) && 'ports or networks',
      ...names.map((name) => !(name in compose.networks) && `${name} is not declared`),
    ];
  },

  // A node that was the leader may end with code 0, to truncate its log while stopped (`stores.md` §1.7).
  'a server of the cluster is always started again': (name, { profiles, image, restart }, compose) => [
    profiles[0] === 'cluster' &&
      /kurrentdb|mongo/.test(image) &&
      runsOn(name, compose) &&
      restart !== 'always' &&
      'restart',
  ],
};

/** All that is wrong, as `service: rule: what`. */
export const mistakesOf = (compose: Compose): string[] =>
  Object.entries(compose.services).flatMap(([name, service]) =>
    Object.entries(rules).flatMap(([rule, check]) =>
      check(name, service, compose)
        .filter((mistake) => mistake !== false)
        .map((mistake) => `${name}: ${rule}: ${mistake}`),
    ),
  );

/** Not what does one thing and is waited for until it has. */
const runsOn = (name: string, { services }: Compose): boolean =>
  !Object.values(services).some(({ depends_on: needs }) => needs[name]?.condition === 'service_completed_successfully');
