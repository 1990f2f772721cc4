import { LANGUAGES, ROLES } from '#domain';
import type { JsonObject } from '#kernel';
import { DIALECTS } from './exports.ts';
import { HttpProblem, problemDocument } from './problem.ts';
import { PROBLEMS, specOf, type ProblemCode } from './problems.ts';

/*
 * What many operations have in common, each once: headers, parameters, receipts and problems.
 */

const ID = '4d7f0c52-9a0e-5b1c-8a51-0b9f3a1f9f10';
const uuid: JsonObject = { type: 'string', format: 'uuid' };
const instant: JsonObject = { type: 'string', format: 'date-time' };
const text: JsonObject = { type: 'string' };
const object = (properties: JsonObject, optional: readonly string[] = []): JsonObject => ({
  type: 'object',
  properties,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
  additionalProperties: false,
});
const nullable = (schema: JsonObject): JsonObject => ({ anyOf: [schema, { type: 'null' }] });

export const PARAMETERS: JsonObject = {
  id: { name: 'id', in: 'path', required: true, description: 'Id of the thing.', schema: uuid, example: ID },
  idempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    required: true,
    description:
      'A key of your own for this command, bare or quoted. Repeat a command whose outcome you do not know with the same key: it has one effect, for ever. The same key with another body is refused (`idempotency-key-reused`).',
    schema: { type: 'string', minLength: 1, maxLength: 255, pattern: '^[!-~]+$' },
    example: '2026-03-14-wonen-01',
  },
  ifMatch: {
    name: 'If-Match',
    in: 'header',
    required: true,
    description:
      'The revision you have seen, as its `ETag` said it (`"7"`); `*` for whatever it is now. When it has moved on, 412 says what happened since.',
    schema: { type: 'string', pattern: '^(\\*|"?[0-9]{1,15}"?)$' },
    example: '*',
  },
  prefer: {
    name: 'Prefer',
    in: 'header',
    required: false,
    description:
      'On a command `wait=5`: answer when the read models show it, at most so many seconds (20) later. On a query, with `Consistency-Token`: how long to wait for it, and whether to refuse (`handling=strict`, the default) or to give the older answer (`handling=lenient`) when the time is up.',
    schema: text,
    example: 'wait=5',
  },
  consistencyToken: {
    name: 'Consistency-Token',
    in: 'header',
    required: false,
    description:
      'From a receipt: the answer must reflect at least that command. Waits up to 5 s unless `Prefer` says otherwise.',
    schema: text,
  },
  acceptLanguage: {
    name: 'Accept-Language',
    in: 'header',
    required: false,
    description: 'Language of problems: nl (default), fr or en.',
    schema: text,
    example: 'nl-BE',
  },
  ifNoneMatch: {
    name: 'If-None-Match',
    in: 'header',
    required: false,
    description: 'The `ETag` of the answer you have: 304 when it is still the answer.',
    schema: text,
  },
  dryRun: {
    name: 'dryRun',
    in: 'query',
    required: false,
    description: '`true`: decide and write nothing. The answer is the event that would be written, or the refusal.',
    schema: { type: 'boolean' },
    example: false,
  },
  asOf: {
    name: 'asOf',
    in: 'query',
    required: false,
    description:
      'What was known then: a date (its end in Brussels), an instant, or a position as an answer gave it. By default now.',
    schema: text,
    example: '2026-03-31',
  },
  effectiveAt: {
    name: 'effectiveAt',
    in: 'query',
    required: false,
    description: 'What held then, as known at `asOf`: a date (its end in Brussels) or an instant.',
    schema: { anyOf: [{ type: 'string', format: 'date' }, instant] },
    example: '2026-03-31',
  },
  dialect: {
    name: 'dialect',
    in: 'query',
    required: false,
    description: '`excel-be`: what Excel with Belgian settings opens at once (byte order mark, `;`, decimal comma).',
    schema: { type: 'string', enum: Object.keys(DIALECTS) },
    example: 'excel-be',
  },
  language: {
    name: 'language',
    in: 'query',
    required: false,
    description: 'Of the text; by default `nl`.',
    schema: { type: 'string', enum: LANGUAGES },
    example: 'fr',
  },
};

export const HEADERS: JsonObject = {
  ETag: { description: 'The revision of the thing (`"7"`), or the fingerprint of the answer.', schema: text },
  'Consistency-Token': { description: 'Send it back to read what this command wrote.', schema: text },
  Location: { description: 'Where the new thing is.', schema: { type: 'string', format: 'uri-reference' } },
  'Idempotency-Replayed': {
    description: 'The command was carried out before: this is its answer.',
    schema: { const: 'true' },
  },
  'Preference-Applied': { description: 'What of `Prefer` was done.', schema: text },
  'As-Of': { description: 'Position up to which the answer reflects the log.', schema: text },
  'Content-Disposition': { description: 'The name of the file.', schema: text },
  'Projection-Position': {
    description: 'With `handling=lenient`, when the time was up: how far the answer is.',
    schema: text,
  },
  'Retry-After': { description: 'Seconds.', schema: { type: 'integer' } },
  'Stream-Resumed-From': {
    description: 'The position after which the stream begins; `earliest` for all of it.',
    schema: text,
  },
  'Content-Language': { description: 'Language of the problem.', schema: text },
};

export const headers = (...names: readonly string[]): JsonObject =>
  Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));

const receipt = {
  commandId: '9d7f0c52-9a0e-5b1c-8a51-0b9f3a1f9f10',
  stream: `group-${ID}`,
  id: ID,
  revision: 3,
  position: '00000000000001a4',
  event: { id: '9d7f0c52-9a0e-5b1c-8a51-0b9f3a1f9f10', type: 'GroupLeadAssigned' },
};
export const EXAMPLES = {
  receipt,
  unchanged: { ...receipt, event: null },
  dryRun: {
    dryRun: true,
    event: { type: 'GroupLeadAssigned', data: { lead: ID }, occurredAt: '2026-03-14T09:00:00.000Z' },
  },
  projection: {
    name: 'action-card',
    version: 1,
    generation: 1,
    state: 'live',
    position: '00000000000001a4',
    lagEvents: 0,
    lagSeconds: 0,
  },
  cloudEvent: {
    specversion: '1.0',
    id: '9d7f0c52-9a0e-5b1c-8a51-0b9f3a1f9f10',
    source: '/api/v1/groups',
    type: 'be.spoor.group-lead-assigned.v1',
    subject: ID,
    time: '2026-03-14T09:00:00.000Z',
    recordedtime: '2026-03-14T09:00:02.000Z',
    datacontenttype: 'application/json',
    sequence: '00000000000001a4',
    revision: 3,
    network: '2d7f0c52-9a0e-5b1c-8a51-0b9f3a1f9f10',
    correlationid: '9d7f0c52-9a0e-5b1c-8a51-0b9f3a1f9f10',
    causationid: '9d7f0c52-9a0e-5b1c-8a51-0b9f3a1f9f10',
    authid: ID,
    authrole: 'back-office',
    data: { lead: ID },
  },
} as const;

const position: JsonObject = {
  type: 'string',
  description: 'Place in the log. Opaque: it sorts as text and does nothing else.',
};
const revision: JsonObject = {
  type: 'integer',
  minimum: 0,
  description: 'Number of the last event of the thing, from 0.',
};

const stop = object({ position: nullable(position), eventId: nullable(text), message: text });

export const SCHEMAS: JsonObject = {
  Receipt: {
    ...object({
      commandId: uuid,
      stream: text,
      id: { ...uuid, description: 'Of the thing.' },
      revision: nullable(revision),
      position: nullable(position),
      event: { ...nullable(object({ id: uuid, type: text })), description: 'Null: it was already so.' },
    }),
    description: 'What a command led to.',
  },
  DryRun: {
    ...object({
      dryRun: { const: true },
      event: {
        ...nullable(object({ type: text, data: { type: 'object' }, occurredAt: instant })),
        description: 'The event that would be written; null: it is already so.',
      },
    }),
    description: 'What a command would lead to.',
  },
  Problem: {
    type: 'object',
    description:
      'RFC 9457. `code` is stable; further members are facts about the refusal, such as `currentRevision`, `eventsSince`, `allowed`.',
    properties: {
      type: { type: 'string', format: 'uri-reference', description: 'A page that explains it.' },
      title: text,
      status: { type: 'integer' },
      detail: text,
      instance: { type: 'string', format: 'uri-reference' },
      code: { type: 'string', enum: Object.keys(PROBLEMS) },
      traceId: { type: 'string', description: 'Name it when you report the problem.' },
      errors: {
        type: 'array',
        items: object({ pointer: text, parameter: text, header: text, code: text, message: text }, [
          'pointer',
          'parameter',
          'header',
        ]),
      },
    },
    required: ['type', 'title', 'status', 'instance', 'code', 'traceId'],
  },
  ProjectionStatus: object(
    {
      name: text,
      version: { type: 'integer' },
      generation: { type: 'integer', description: 'Of the documents that are served.' },
      state: {
        enum: ['catching-up', 'live', 'paused', 'stopped', 'elsewhere'],
        description: 'elsewhere: another process follows; how far it is is told here, what it meets only there.',
      },
      position: nullable(position),
      lagEvents: { type: ['integer', 'null'], description: 'Null while the log is away.' },
      lagSeconds: { type: ['integer', 'null'] },
      error: { ...stop, description: 'Why it is paused, or what it is trying again.' },
      rebuild: object(
        {
          generation: { type: 'integer' },
          done: { type: 'integer' },
          total: { type: 'integer' },
          ready: { type: 'boolean' },
          error: stop,
        },
        ['error'],
      ),
    },
    ['error', 'rebuild'],
  ),
  ProjectionDiff: object({
    equal: { type: 'integer' },
    different: { type: 'array', items: text },
    missing: { type: 'array', items: text },
    extra: { type: 'array', items: text },
  }),
  ActivateGeneration: object({ generation: { type: 'integer', minimum: 1 } }),
  CloudEvent: {
    ...object({
      specversion: { const: '1.0' },
      id: { ...uuid, description: 'Of the event; the same for ever.' },
      source: { type: 'string', format: 'uri-reference' },
      type: { type: 'string', pattern: '^be\\.spoor\\.[a-z0-9-]+\\.v[0-9]+$' },
      subject: { type: 'string', description: 'Id of the thing.' },
      time: { ...instant, description: 'When it held.' },
      recordedtime: { ...instant, description: 'Since when it is known.' },
      datacontenttype: { const: 'application/json' },
      sequence: position,
      revision,
      network: nullable(uuid),
      correlationid: text,
      causationid: text,
      authid: { type: 'string', description: 'Who did it: a pseudonymous id, an operator or a process.' },
      authrole: text,
      data: { type: 'object' },
    }),
    description: 'CloudEvents 1.0.',
  },
};

/** Facts that go with a refusal, for the examples. */
const PARAMS: Partial<Record<ProblemCode, Readonly<Record<string, unknown>>>> = {
  'invalid-state': { status: 'ended' },
  forbidden: { role: 'member', allowed: ['back-office'] },
  'revision-conflict': {
    currentRevision: 4,
    eventsSince: [
      {
        id: '9d7f0c52-9a0e-5b1c-8a51-0b9f3a1f9f10',
        type: 'GroupRenamed',
        revision: 4,
        occurredAt: '2026-03-14T09:00:00.000Z',
        recordedAt: '2026-03-14T09:00:02.000Z',
        actor: { subject: ID, role: 'back-office' },
      },
    ],
  },
};

/** The refusal that shows best what a status means. */
const SHOWN: Readonly<Record<number, ProblemCode>> = {
  400: 'idempotency-key-missing',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not-found',
  409: 'invalid-state',
  412: 'revision-conflict',
  413: 'body-too-large',
  415: 'unsupported-media-type',
  422: 'validation-failed',
  428: 'revision-required',
  429: 'rate-limited',
  503: 'outcome-unknown',
  507: 'disk-full',
};

function example(code: ProblemCode): JsonObject {
  const errors =
    code === 'validation-failed'
      ? [{ pointer: '/lead', code: 'is-id', message: 'lead is an id (lower-case UUID)' }]
      : [];
  const problem = new HttpProblem(code, { params: PARAMS[code] ?? {}, errors });
  const asked = { language: 'en', instance: `/api/v1/groups/${ID}/assign-lead`, traceId: 'b7c0f0f2a3d94e0b' } as const;
  return problemDocument(problem, asked) as unknown as JsonObject;
}

const codesOf = (status: number): readonly ProblemCode[] =>
  (Object.keys(PROBLEMS) as ProblemCode[]).filter((code) => specOf(code).status === status);

/** One response for each status: its codes, and one of them shown. */
export const RESPONSES: JsonObject = {
  ...Object.fromEntries(
    Object.entries(SHOWN).map(([status, code]) => [
      `Problem${status}`,
      {
        description: codesOf(Number(status))
          .map((code) => `\`${code}\`: ${specOf(code).title[2]}.`)
          .join('  \n'),
        headers: headers('Content-Language', ...(['429', '503'].includes(status) ? ['Retry-After'] : [])),
        content: {
          'application/problem+json': {
            schema: {
              allOf: [
                { $ref: '#/components/schemas/Problem' },
                { type: 'object', properties: { code: { enum: codesOf(Number(status)) } } },
              ],
            },
            example: example(code),
          },
        },
      },
    ]),
  ),
  Problem: {
    description: 'Any other refusal, such as one of the connection itself (408, 414, 431).',
    content: {
      'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' }, example: example('bad-request') },
    },
  },
};

export const problems = (...statuses: readonly number[]): JsonObject => ({
  ...Object.fromEntries(statuses.map((status) => [status, { $ref: `#/components/responses/Problem${status}` }])),
  default: { $ref: '#/components/responses/Problem' },
});

export const DESCRIPTION = `
Spoor is the back end on which a network decides, acts, learns and accounts. Everything is a **command** that a named
role gives (\`POST\`), every accepted command is one **event**, and every answer (\`GET\`) is made of those events, now or
as of any moment.

**Who acts.** Until there is access control this server listens on the machine itself only, and takes the acting person
from the header \`Spoor-Actor\`: \`<person id>; role=<role>\`, or \`operator\`. Roles are held in a network and are checked
against what that network gave: ${ROLES.join(', ')}. Each command says which roles may give it. Another network's thing
does not exist for you: 404. This is for development.

**Commands.** Every \`POST\` needs an \`Idempotency-Key\`; repeat it with the same key as often as you like. A command on
something that exists needs \`If-Match\`. Every command takes \`occurredAt\` (when it happened: a date means its start in
Brussels), \`reason\`, \`evidence\` and \`onBehalfOf\`. \`?dryRun=true\` shows what it would write.

**Reading back.** The receipt's \`Consistency-Token\`, sent with a query, makes the answer reflect that command.

**Moments.** \`asOf\` is what was known, \`effectiveAt\` what held. A date asked for means its end in Brussels.

**Simulated clock.** A server started with \`SPOOR_CLOCK=simulated\` takes a header \`Spoor-Now\` (a date or an instant, never
earlier than the last one) as the present; any other refuses it.

**Problems** are \`application/problem+json\` with a stable \`code\`, in Dutch, French or English. A time-out means that the
outcome is unknown: repeat with the same key.
`.trim();
