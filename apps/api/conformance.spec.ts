import { openapi } from '#http';
import type { Json, JsonObject } from '#kernel';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import * as fc from 'fast-check';
import { seed } from '../seed/seed.ts';
import { aggregateOf, ANY, Api, as, JSON_TYPE, key, OPERATOR, type Headers } from './harness.ts';

/* The server does what its OpenAPI document says: on the demo histories, and whatever it is sent. */

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly schema: JsonObject;
  readonly $ref?: string;
}
interface Operation {
  readonly path: string;
  readonly method: string;
  readonly operationId: string;
  readonly parameters: readonly Parameter[];
  readonly responses: Readonly<Record<string, { readonly $ref?: string; readonly content?: JsonObject }>>;
  readonly example?: JsonObject;
}

let api: Api;
let operations: readonly Operation[];
let answers: (operation: Operation, status: number, type: string) => ValidateFunction | undefined;
/** All there is, by aggregate, and who may act. */
const ids = new Map<string, { readonly id: string; readonly network: string | null }[]>();
/** One of each grant. */
const expenditures = new Map<string, string>();
const actors: { readonly headers: Headers; readonly network: string }[] = [];

beforeAll(async () => {
  api = await Api.start('simulated');
  await seed(api.spoor);
  await see();
  read(openapi(api.spoor.catalogue, '0'));
}, 180_000);
afterAll(() => api.stop());

async function see(): Promise<void> {
  for await (const page of api.spoor.events.readAll())
    for (const stored of page) {
      const { stream, revision, type, data, meta } = api.spoor.decode(stored)!;
      const { aggregate, id } = stream;
      if (revision === 0) ids.set(aggregate, [...(ids.get(aggregate) ?? []), { id, network: meta.network }]);
      const { role, network } = data as { readonly role?: string; readonly network?: string };
      if (type === 'ExpenditureRecorded') expenditures.set(stream.id, stored.id);
      if (type === 'RoleGiven') actors.push({ headers: as(stream.id, role!), network: network! });
    }
}

function read(document: JsonObject): void {
  const ajv = new Ajv2020({ strict: false });
  addFormats.default(ajv);
  ajv.addSchema({ $id: 'doc', ...document });
  const { parameters, responses } = document['components'] as unknown as {
    readonly parameters: Readonly<Record<string, Parameter>>;
    readonly responses: Operation['responses'];
  };
  const last = (ref: string): string => ref.split('/').pop()!;
  const paths = document['paths'] as unknown as Record<
    string,
    Record<string, Operation & { requestBody?: JsonObject }>
  >;
  operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      ...operation,
      path,
      method: method.toUpperCase(),
      parameters: (operation.parameters ?? []).map((one) =>
        one.$ref === undefined ? one : parameters[last(one.$ref)]!,
      ),
      ...(operation.requestBody !== undefined && {
        example: (operation.requestBody['content'] as Record<string, { example: JsonObject }>)['application/json']!
          .example,
      }),
    })),
  );
  const compiled = new Map<object, ValidateFunction>();
  answers = (operation, status, type) => {
    const response = operation.responses[status] ?? operation.responses['default'];
    const { content = {} } = (response?.$ref === undefined ? response : responses[last(response.$ref)]) ?? {};
    const { schema } = (content[type] ?? {}) as { readonly schema?: JsonObject };
    if (schema === undefined) return undefined;
    const absolute = JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"doc#/')) as JsonObject;
    const validate = compiled.get(schema) ?? ajv.compile(absolute);
    compiled.set(schema, validate);
    return validate;
  };
}

/** What is wrong with an answer; nothing for one that is as it is described. */
async function wrong(operation: Operation, response: Response): Promise<unknown> {
  const { status } = response;
  const type = response.headers.get('content-type')?.split(';')[0] ?? '';
  const text = await response.text();
  if (status >= 500 && status !== 503) return { status, text };
  if (status === 304) return undefined;
  if (!(status in operation.responses) && status < 400) return { status, text };
  const validate = answers(operation, status, type);
  if (validate === undefined) return { status, type, text };
  const isValid = valuesOf(type, text).every((value) => validate(value));
  return isValid ? undefined : { status, errors: validate.errors, text: text.slice(0, 2_000) };
}

/** What a body holds: JSON lines hold a value each. */
function valuesOf(type: string, text: string): readonly unknown[] {
  if (type === 'application/x-ndjson')
    return text
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as unknown);
  return [type.endsWith('json') ? JSON.parse(text) : text];
}

const url = (path: string, values: ReadonlyMap<string, string>, query: readonly string[]): string => {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values.get(name) ?? ''));
  return query.length === 0 ? filled : `${filled}?${query.join('&')}`;
};

type Reader = (typeof actors)[number];

/** Of so many things each question is asked. */
const SOME = 6;

/** As the first one would ask, or another one of the network where that role may not. */
async function asOneWhoMay(
  readers: readonly Reader[],
  first: Reader,
  ask: (headers: Headers) => Promise<Response>,
): Promise<Response> {
  const response = await ask(first.headers);
  const other = readers.find(
    ({ network, headers }) => network === first.network && /data-steward/.test(headers['spoor-actor']!),
  );
  return response.status === 403 && other !== undefined ? ask(other.headers) : response;
}

describe('on the demo histories', () => {
  it('every question is answered as it is described, now and as of a day', async () => {
    const found = new Map<string, number>();
    const asked = operations.filter(
      ({ method, path }) => method === 'GET' && path.startsWith('/api/v1/') && !/stream|projections/.test(path),
    );
    const readers = actors.filter(({ headers }) => /=(back-office|auditor|data-steward)/.test(headers['spoor-actor']!));
    for (const operation of asked) {
      const [collection = ''] = operation.path.slice('/api/v1/'.length).split('/');
      const networks = [...new Set(readers.map(({ network }) => network))];
      const things = operation.path.includes('{id}')
        ? (ids.get(aggregateOf(collection)) ?? [])
        : networks.map((network) => ({ id: '', network }));
      for (const { id, network } of things.slice(0, SOME)) {
        const reader = readers.find((one) => one.network === network) ?? readers[0]!;
        const values = new Map([
          ['id', id],
          ['network', reader.network],
          ['from', '2015-01-01'],
          ['to', '2026-01-01'],
          ['seed', 'spoor'],
          ['size', '3'],
          ['expenditure', expenditures.get(id) ?? ''],
          ['indicator', ids.get('indicator')?.find((one) => one.network === reader.network)?.id ?? ''],
          ['code', 'O1'],
          ['table', 'jaarcijfers'],
        ]);
        const query = operation.parameters
          .filter((parameter) => parameter.in === 'query' && parameter.required === true)
          .map(({ name }) => `${name}=${values.get(name)}`);
        const moments = operation.parameters.some(({ name }) => name === 'asOf')
          ? [[], ['asOf=2021-06-30'], ['effectiveAt=2021-06-30']]
          : [[]];
        for (const moment of moments) {
          const response = await asOneWhoMay(readers, reader, (headers) =>
            api.get(url(operation.path, values, [...query, ...moment]), headers),
          );
          if (response.status === 200) found.set(operation.operationId, (found.get(operation.operationId) ?? 0) + 1);
          expect([response.url, await wrong(operation, response)]).toEqual([response.url, undefined]);
        }
      }
    }
    expect(asked.map(({ operationId }) => operationId).filter((name) => !found.has(name))).toEqual([]);
  }, 180_000);
});

const TEXTS = [
  '',
  ' ',
  'x',
  '0',
  '-1',
  '1e9',
  '*',
  '"1"',
  'true',
  'null',
  '[]',
  '../..',
  '%',
  '%00',
  '2026-02-30',
  '2026-01-01',
  'zzzz',
  "' OR 1=1 --",
  '{"$gt":""}',
  '$where',
  '\u202E',
  'é'.repeat(300),
];
const VALUES: readonly Json[] = [
  null,
  true,
  0,
  -1,
  '',
  'x',
  [],
  {},
  [[]],
  [{}],
  { nl: 'x' },
  '2026-02-30',
  'x'.repeat(3_000),
  { $gt: '' },
];

/** A request that is right but for what is not. */
const request = fc
  .record({ pick: fc.nat(), actor: fc.nat(), thing: fc.nat(), spoil: fc.nat(3) })
  .chain(({ pick, actor, thing, spoil }) => {
    const operation = operations[pick % operations.length]!;
    const who = actors[actor % actors.length]!;
    const [collection = ''] = operation.path.slice('/api/v1/'.length).split('/');
    const known = ids.get(collection.replace(/s$/, ''))?.map(({ id }) => id) ?? ['x'];
    const right: Readonly<Record<string, string>> = {
      id: known[thing % known.length]!,
      network: who.network,
      name: 'group-card',
    };
    const members = Object.keys(operation.example ?? {});
    const odd = fc.constantFrom(...TEXTS, ...actors.map(({ network }) => network).slice(0, 3));
    return fc.record({
      operation: fc.constant(operation),
      who: fc.constantFrom(who.headers, who.headers, who.headers, OPERATOR, {}),
      path: fc.record({
        id: spoil === 0 ? odd : fc.constant(right['id']!),
        name: fc.constant(right['name']!),
        code: odd,
      }),
      query: fc.dictionary(
        fc.constantFrom(
          ...operation.parameters.filter(({ in: place }) => place === 'query').map(({ name }) => name),
          'dryRun',
          'more',
        ),
        spoil === 1 ? odd : fc.constantFrom(right['network']!, '2021-01-01', '5'),
        { maxKeys: 3, noNullPrototype: true },
      ),
      headers: fc.dictionary(
        fc.constantFrom(
          'if-match',
          'idempotency-key',
          'prefer',
          'consistency-token',
          'last-event-id',
          'accept-language',
          'if-none-match',
          'spoor-now',
        ),
        odd.filter((text) => /^[ -~]*$/.test(text)),
        { maxKeys: spoil === 2 ? 2 : 0, noNullPrototype: true },
      ),
      body: fc.dictionary(fc.constantFrom(...members, 'more'), fc.constantFrom(...VALUES), {
        maxKeys: spoil === 3 ? 3 : 0,
        noNullPrototype: true,
      }),
    });
  });

describe('whatever is sent', () => {
  it('is answered as it is described, and never with a failure of its own', async () => {
    const statuses = new Map<number, number>();
    await fc.assert(
      fc.asyncProperty(request, async ({ operation, who, path, query, headers, body }) => {
        const sent: Headers = {
          ...(operation.method === 'POST' && { ...JSON_TYPE, ...key(), ...ANY }),
          ...who,
          ...headers,
        };
        const values = new Map(Object.entries(path));
        const parameters = Object.entries(query).map(([name, text]) => `${name}=${encodeURIComponent(text)}`);
        const target = url(operation.path, values, parameters);
        const method = operation.operationId === 'streamEvents' ? 'HEAD' : operation.method;
        const text = operation.method === 'POST' ? JSON.stringify({ ...operation.example, ...body }) : undefined;
        const response = await api.call(method, target, sent, text);
        statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
        const fault = method === 'HEAD' ? undefined : await wrong(operation, response);
        expect([method, target, response.status < 500, fault]).toEqual([method, target, true, undefined]);
      }),
      { numRuns: 700, endOnFailure: true },
    );
    // It has been everywhere where chance leads; 201 and 409 are met by design in `commands.spec.ts`.
    for (const status of [200, 400, 401, 403, 404, 422]) expect([status, statuses.has(status)]).toEqual([status, true]);
  }, 180_000);
});
