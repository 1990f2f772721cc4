import type { CommandEntry } from '#domain';
import type { JsonObject } from '#kernel';
import type { QueryEntry } from '#queries';
import type { Catalogue } from './catalogue.ts';
import { columnsOf, formatsOf, itemOf, PAGING, type ListFormat } from './exports.ts';
import { referenceTo, type Definitions } from './json-schema.ts';
import {
  DESCRIPTION,
  EXAMPLES,
  headers,
  HEADERS,
  PARAMETERS,
  problems,
  RESPONSES,
  SCHEMAS,
} from './openapi-components.ts';
import { parametersOf } from './parameters.ts';
import { API, commandPath, exportId, exportPath, operationId } from './routes.ts';

/** The OpenAPI 3.1 document of everything in the catalogue, and of the few addresses that are not in it. */
export function openapi({ commands, queries }: Catalogue, version: string): JsonObject {
  const definitions: Definitions = new Map();
  const paths: Record<string, JsonObject> = {};
  const put = (path: string, method: 'get' | 'post', operation: JsonObject): void => {
    paths[path] = { ...paths[path], [method]: operation };
  };
  for (const entry of commands) if (!entry.internal) put(commandPath(entry), 'post', command(entry, definitions));
  for (const entry of queries) put(`${API}${entry.path}`, 'get', query(entry, definitions));
  for (const entry of queries)
    for (const format of formatsOf(entry)) put(exportPath(entry, format.suffix), 'get', list(entry, format));
  for (const [path, method, operation] of OPERATIONS) put(path, method, operation);
  const tags = [...new Set(Object.values(paths).flatMap((path) => Object.values(path).map(tagOf)))];
  return {
    openapi: '3.1.0',
    info: { title: 'Spoor', version, description: DESCRIPTION },
    servers: [{ url: '/' }],
    security: [{ actor: [] }],
    tags: tags.sort().map((name) => ({ name })),
    paths: Object.fromEntries(Object.entries(paths).sort(([a], [b]) => (a < b ? -1 : 1))),
    components: {
      schemas: { ...SCHEMAS, ...Object.fromEntries([...definitions].sort(([a], [b]) => (a < b ? -1 : 1))) },
      parameters: PARAMETERS,
      headers: HEADERS,
      responses: RESPONSES,
      securitySchemes: {
        actor: {
          type: 'apiKey',
          in: 'header',
          name: 'Spoor-Actor',
          description: '`<person id>; role=<role>` or `operator`.',
        },
      },
    },
  };
}

const tagOf = (operation: unknown): string => (operation as { readonly tags: readonly [string] }).tags[0];
const parameter = (name: string): JsonObject => ({ $ref: `#/components/parameters/${name}` });
const schema = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });
const json = (schema: JsonObject, example: JsonObject): JsonObject => ({ 'application/json': { schema, example } });

function command(entry: CommandEntry, definitions: Definitions): JsonObject {
  const body = referenceTo(entry.type, definitions);
  const written = headers('ETag', 'Consistency-Token', 'Idempotency-Replayed', 'Preference-Applied');
  return {
    operationId: operationId(entry),
    tags: [entry.collection],
    summary: entry.summary,
    description: `May be given by: ${allowed(entry.who)}.`,
    parameters: [
      ...(entry.creates ? [] : [parameter('id'), parameter('ifMatch')]),
      ...['idempotencyKey', 'prefer', 'acceptLanguage', 'dryRun'].map(parameter),
    ],
    requestBody: { required: true, content: json(body, entry.example as JsonObject) },
    responses: {
      200: {
        description: entry.creates ? 'It was already so, or a dry run.' : 'Done, already so, or a dry run.',
        headers: written,
        content: {
          'application/json': {
            schema: { oneOf: [schema('Receipt'), schema('DryRun')] },
            examples: {
              ...(!entry.creates && { done: { value: EXAMPLES.receipt } }),
              unchanged: { value: EXAMPLES.unchanged },
              dryRun: { value: EXAMPLES.dryRun },
            },
          },
        },
      },
      ...(entry.creates && {
        201: {
          description: 'Done: the new thing is at `Location`.',
          headers: { ...written, ...headers('Location') },
          content: json(schema('Receipt'), { ...EXAMPLES.receipt, revision: 0 }),
        },
      }),
      ...problems(400, 401, 403, 404, 409, 412, 413, 415, 422, ...(entry.creates ? [] : [428]), 503, 507),
    },
  };
}

const allowed = (who: readonly string[]): string =>
  who
    .filter((one) => one !== 'process')
    .join(', ')
    .replace('proposer', 'who proposed it');

function query(entry: QueryEntry, definitions: Definitions): JsonObject {
  const name = answerName(entry);
  definitions.set(name, entry.result);
  const isPublic = entry.who === 'public';
  const besides = [...(isPublic ? [] : ['consistencyToken', 'prefer']), 'ifNoneMatch', 'acceptLanguage'];
  return {
    ...(isPublic && open),
    operationId: entry.name,
    tags: [entry.path.split('/')[1]!],
    summary: entry.summary,
    description: askers(entry),
    parameters: [...asked(entry), ...besides.map(parameter)],
    responses: {
      200: {
        description: 'The answer.',
        headers: headers('ETag', 'As-Of', 'Preference-Applied', 'Projection-Position'),
        content: { 'application/json': { schema: schema(name) } },
      },
      304: { description: 'Still the answer that you have.', headers: headers('ETag', 'As-Of') },
      ...problems(400, 401, 403, 404, 409, 503),
    },
  };
}

const answerName = ({ name }: QueryEntry): string => `${name.charAt(0).toUpperCase()}${name.slice(1)}Answer`;

const ASKERS = {
  public: 'May be asked by: whoever, without saying who.',
  anyone: 'May be asked by: any known person, in their own networks.',
};
const askers = ({ who }: QueryEntry): string =>
  typeof who === 'string' ? ASKERS[who] : `May be asked by: ${who.join(', ')}.`;

/** The parameters of a question, and its moments. */
function asked(entry: QueryEntry, without: readonly string[] = []): readonly JsonObject[] {
  const { properties = {}, required = [] } = parametersOf(entry.params as new () => object, [], without).schema as {
    readonly properties?: Readonly<Record<string, JsonObject>>;
    readonly required?: readonly string[];
  };
  return [
    ...Object.entries(properties).map(([name, { description, ...schema }]) => ({
      name,
      in: entry.path.includes(`{${name}}`) ? 'path' : 'query',
      required: required.includes(name),
      ...(description !== undefined && { description }),
      schema,
      ...(name in entry.example && { example: (entry.example as JsonObject)[name]! }),
      ...(schema['type'] === 'array' && { style: 'form', explode: false }),
    })),
    ...(entry.timeTravel ? [parameter('asOf'), parameter('effectiveAt')] : []),
  ];
}

/** A whole list as a file. */
function list(entry: QueryEntry, { suffix, title, mediaType, parameters }: ListFormat): JsonObject {
  const isCsv = suffix === 'csv';
  const columns = columnsOf(itemOf(entry)!).map(({ name }) => `\`${name}\``);
  const besides = [...parameters, ...(entry.who === 'public' ? [] : ['consistencyToken', 'prefer']), 'acceptLanguage'];
  return {
    ...(entry.who === 'public' && open),
    operationId: exportId(entry, suffix),
    tags: [entry.path.split('/')[1]!],
    summary: `${entry.summary.replace(/\.$/, '')}: all of them, as ${title}.`,
    description: isCsv ? `${askers(entry)} Columns: ${columns.join(', ')}.` : askers(entry),
    parameters: [...asked(entry, PAGING), ...besides.map(parameter)],
    responses: {
      200: {
        description: `${FORMATS[suffix]} ${WHOLE}`,
        headers: headers('As-Of', 'Content-Disposition', 'Preference-Applied', 'Projection-Position'),
        content: {
          [mediaType]: {
            schema: suffix === 'ndjson' ? schema(`${answerName(entry)}/properties/items/items`) : { type: 'string' },
          },
        },
      },
      ...problems(400, 401, 403, 404, 409, 503),
    },
  };
}

/** What each format is like. */
const FORMATS: Readonly<Record<string, string>> = {
  csv: 'RFC 4180 in UTF-8, with a line of names. Amounts are in euros with two decimals; lists are joined by `; `, what has members of its own is JSON. A text that a spreadsheet would run as a formula begins with an apostrophe.',
  ndjson: 'One object a line; the schema is that of one.',
  txt: 'A title, up to when it tells, and one line an event: when it happened and, when that was later, was registered, what happened, on which decision, why, and what it changed.',
};
const WHOLE = 'The whole list at one moment. When it cannot be finished the connection is cut: a part never ends well.';

type Operation = readonly [path: string, method: 'get' | 'post', operation: JsonObject];

const open = { security: [] as readonly JsonObject[] };
const plainText = (description: string, example: string): JsonObject => ({
  description,
  content: { 'text/plain': { schema: { type: 'string' }, example } },
});
const anyJson = (description: string): JsonObject => ({
  description,
  content: { 'application/json': { schema: { type: 'object' } } },
});
const status = (description: string): JsonObject => ({
  description,
  content: json(schema('ProjectionStatus'), EXAMPLES.projection),
});
const projectionName: JsonObject = {
  name: 'name',
  in: 'path',
  required: true,
  schema: { type: 'string' },
  example: 'action-card',
};

/** What is there beside commands and queries. */
const OPERATIONS: readonly Operation[] = [
  [
    `${API}/stream`,
    'get',
    {
      operationId: 'streamEvents',
      tags: ['stream'],
      summary: 'Follow the events of your networks, from any place in the log on.',
      description:
        'Server-sent events: `id` is the position, `data` a CloudEvent. Without a place to resume from it begins now. After an interruption it goes on after `Last-Event-ID`, without gap and without double. A silent stream has a comment each 15 s; a listener that falls behind is cut off and comes back.',
      parameters: [
        {
          name: 'network',
          in: 'query',
          required: false,
          description: 'One network; by default all in which you hold a role.',
          schema: { type: 'string', format: 'uuid' },
        },
        {
          name: 'topics',
          in: 'query',
          required: false,
          description: 'Kinds of things, with commas (`actions,decisions`); by default all.',
          schema: { type: 'array', items: { type: 'string' } },
          style: 'form',
          explode: false,
        },
        {
          name: 'lastEventId',
          in: 'query',
          required: false,
          description: 'As `Last-Event-ID`, for the first connection; `earliest` for all that ever happened.',
          schema: { type: 'string' },
        },
        { name: 'Last-Event-ID', in: 'header', required: false, schema: { type: 'string' } },
        parameter('acceptLanguage'),
      ],
      responses: {
        200: {
          description: 'Events, one after another; the schema is that of one.',
          headers: headers('Stream-Resumed-From'),
          content: { 'text/event-stream': { schema: schema('CloudEvent'), example: EXAMPLES.cloudEvent } },
        },
        ...problems(400, 401, 404, 429, 503),
      },
    },
  ],
  [
    `${API}/projections`,
    'get',
    {
      operationId: 'listProjections',
      tags: ['projections'],
      summary: 'The read models: how far each is, which is paused and why, which is being rebuilt.',
      description: 'May be asked by: operator.',
      parameters: [parameter('acceptLanguage')],
      responses: {
        200: {
          description: 'The read models.',
          content: json(
            {
              type: 'object',
              properties: { items: { type: 'array', items: schema('ProjectionStatus') } },
              required: ['items'],
              additionalProperties: false,
            },
            { items: [EXAMPLES.projection] },
          ),
        },
        ...problems(400, 401, 403, 503),
      },
    },
  ],
  [
    `${API}/projections/{name}/rebuild`,
    'post',
    {
      operationId: 'rebuildProjection',
      tags: ['projections'],
      summary: 'Build a read model anew from the log, beside the one that serves.',
      description: 'May be asked by: operator. Follow it with `listProjections`; then compare and activate.',
      parameters: [projectionName, ...['idempotencyKey', 'acceptLanguage'].map(parameter)],
      responses: { 202: status('It is being built.'), ...problems(400, 401, 403, 404, 409, 415, 503) },
    },
  ],
  [
    `${API}/projections/{name}/diff`,
    'post',
    {
      operationId: 'diffProjection',
      tags: ['projections'],
      summary: 'Compare the documents that are served with those of the generation beside them.',
      description: 'May be asked by: operator.',
      parameters: [projectionName, ...['idempotencyKey', 'acceptLanguage'].map(parameter)],
      responses: {
        200: {
          description: 'Ids of the documents that differ.',
          content: json(schema('ProjectionDiff'), { equal: 120, different: [], missing: [], extra: [] }),
        },
        ...problems(400, 401, 403, 404, 409, 415, 503),
      },
    },
  ],
  [
    `${API}/projections/{name}/activate`,
    'post',
    {
      operationId: 'activateProjection',
      tags: ['projections'],
      summary: 'Let another generation of a read model serve; also the way back.',
      description: 'May be asked by: operator.',
      parameters: [projectionName, ...['idempotencyKey', 'acceptLanguage'].map(parameter)],
      requestBody: { required: true, content: json(schema('ActivateGeneration'), { generation: 2 }) },
      responses: { 200: status('It serves.'), ...problems(400, 401, 403, 404, 409, 413, 415, 422, 503) },
    },
  ],
  [
    '/livez',
    'get',
    {
      ...open,
      operationId: 'isAlive',
      tags: ['server'],
      summary: 'Whether the process turns.',
      responses: { 200: plainText('It does.', 'ok') },
    },
  ],
  [
    '/readyz',
    'get',
    {
      ...open,
      operationId: 'isReady',
      tags: ['server'],
      summary: 'Whether it can be asked: the read models answer and it is not stopping.',
      responses: { 200: plainText('It can.', 'ok'), 503: { $ref: '#/components/responses/Problem503' } },
    },
  ],
  [
    '/health',
    'get',
    {
      ...open,
      operationId: 'getHealth',
      tags: ['server'],
      summary:
        'Whether its stores answer, who projects, how far the read models are, which are paused, on which stack and clock it runs.',
      responses: { 200: anyJson('How it is.') },
    },
  ],
  [
    '/metrics',
    'get',
    {
      ...open,
      operationId: 'getMetrics',
      tags: ['server'],
      summary: 'Figures for Prometheus.',
      responses: { 200: plainText('The figures.', 'command_total{type="FoundGroup",outcome="done"} 3') },
    },
  ],
  [
    '/openapi.json',
    'get',
    {
      ...open,
      operationId: 'getOpenapi',
      tags: ['server'],
      summary: 'This document.',
      responses: { 200: anyJson('OpenAPI 3.1.') },
    },
  ],
  [
    '/problems/{code}',
    'get',
    {
      ...open,
      operationId: 'explainProblem',
      tags: ['server'],
      summary: 'What a problem means and what to do about it, in nl, fr and en.',
      parameters: [
        { name: 'code', in: 'path', required: true, schema: { type: 'string' }, example: 'lead-required' },
        parameter('acceptLanguage'),
      ],
      responses: {
        200: {
          description: 'The problem explained.',
          content: { 'text/html': { schema: { type: 'string' } }, 'application/json': { schema: { type: 'object' } } },
        },
        ...problems(404),
      },
    },
  ],
];
