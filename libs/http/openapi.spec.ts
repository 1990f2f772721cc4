import { allCommands } from '#domain';
import { allQueries } from '#queries';
import type { JsonObject } from '#kernel';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { openapi } from './openapi.ts';

interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly { readonly $ref?: string }[];
  readonly responses: Readonly<Record<string, unknown>>;
}

const document = openapi({ commands: allCommands, queries: allQueries }, '0.0.0');
const operations = Object.entries(document['paths'] as unknown as Record<string, Record<string, Operation>>).flatMap(
  ([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
);

const ajv = new Ajv2020({ strict: false });
addFormats.default(ajv);
ajv.addSchema({ $id: 'doc', ...document });
const compiled = new Map<string, ValidateFunction>();
const schemaAt = (path: readonly string[]) => {
  const pointer = path
    .map((part) => part.replaceAll('~', '~0').replaceAll('/', '~1'))
    .map(encodeURIComponent)
    .join('/');
  const validate = compiled.get(pointer) ?? ajv.compile({ $ref: `doc#/${pointer}` });
  compiled.set(pointer, validate);
  return validate;
};

/** Every place with a schema and examples. */
function* shown(node: unknown, path: readonly string[]): Generator<[path: readonly string[], example: unknown]> {
  if (typeof node !== 'object' || node === null) return;
  const { schema, example, examples } = node as Record<string, unknown>;
  if (schema !== undefined) {
    if (example !== undefined) yield [[...path, 'schema'], example];
    for (const { value } of Object.values((examples ?? {}) as Record<string, { value: unknown }>))
      yield [[...path, 'schema'], value];
  }
  for (const [name, member] of Object.entries(node))
    if (!['schema', 'example', 'examples'].includes(name)) yield* shown(member, [...path, name]);
}

describe('the OpenAPI document', () => {
  it('is valid OpenAPI 3.1', async () => {
    const result = await new Validator().validate(structuredClone(document) as never);
    expect(result.errors ?? []).toEqual([]);
    expect(result.valid).toBe(true);
  });

  it('shows examples that are valid', () => {
    let count = 0;
    for (const [path, example] of shown(document, [])) {
      const validate = schemaAt(path);
      expect({ path, errors: validate(example) ? null : validate.errors }).toEqual({ path, errors: null });
      count++;
    }
    expect(count).toBeGreaterThan(allCommands.length);
  });

  it('has an operation for every command that is not internal, each with a name of its own', () => {
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[a-z]+([A-Z][a-z]+)*$/);
    for (const { name, internal } of allCommands)
      expect([name, ids.includes(name.charAt(0).toLowerCase() + name.slice(1))]).toEqual([name, !internal]);
  });

  it('asks a key for every POST, and has the problems that a command can give', () => {
    for (const { path, method, operation } of operations) {
      if (method !== 'post') continue;
      const asked = (operation.parameters ?? []).map(({ $ref }) => $ref?.split('/').pop());
      expect([path, asked.includes('idempotencyKey')]).toEqual([path, true]);
      if (path.includes('/projections/')) continue;
      const expected = ['400', '401', '403', '404', '409', '412', '413', '415', '422', '503', '507'];
      expect(Object.keys(operation.responses)).toEqual(expect.arrayContaining(expected));
      expect([path, '428' in operation.responses]).toEqual([path, path.includes('{id}')]);
    }
  });

  it('says each header once', () => {
    const names = Object.values(
      (document['components'] as JsonObject)['parameters'] as Record<string, { name: string }>,
    ).map(({ name }) => name.toLowerCase());
    expect(new Set(names).size).toBe(names.length);
  });
});
