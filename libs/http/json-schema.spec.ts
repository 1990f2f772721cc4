import { allCommands } from '#domain';
import type { Json, JsonObject } from '#kernel';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import * as fc from 'fast-check';
import { referenceTo, type Definitions } from './json-schema.ts';
import { validated } from './validate.ts';

const commands = allCommands.filter(({ internal }) => !internal);
const definitions: Definitions = new Map();
for (const { type } of commands) referenceTo(type, definitions);

const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
addFormats.default(ajv);
ajv.addVocabulary(['components']);
ajv.addSchema({ $id: 'spoor', components: { schemas: Object.fromEntries(definitions) } });
const schemaFor = (name: string) => ajv.getSchema(`spoor#/components/schemas/${name}`)!;

const BAD: readonly Json[] = [
  null,
  true,
  0,
  1,
  -1,
  10 ** 15,
  '',
  ' ',
  'x',
  'nl',
  'een\u0000',
  'x\u202Ey',
  'x'.repeat(5_000),
  '2026-02-30',
  '2026-02-28',
  '2026-02-28T10:00:00Z',
  '2026-02-28T10:00Z',
  '4D7F0C52-9A0E-5B1C-8A51-0B9F3A1F9F10',
  '4d7f0c52-9a0e-5b1c-8a51-0b9f3a1f9f11',
  [],
  [[]],
  [{}],
  ['x'],
  ['x', 'x'],
  {},
  { nl: 'x' },
  { de: 'x' },
];

/** The value with something in it put, dropped or added. */
const mutated = (value: Json, paths: readonly (readonly string[])[]) =>
  fc
    .record({ path: fc.constantFrom(...paths), put: fc.option(fc.constantFrom(...BAD), { nil: undefined }) })
    .map(({ path, put }) => change(structuredClone(value) as never, path, put));

function change(value: Record<string, Json>, path: readonly string[], put: Json | undefined): Json {
  const [first, ...rest] = path;
  if (first === undefined) return put === undefined ? value : put;
  const list = Array.isArray(value);
  if (rest.length > 0) {
    const inside = value[first];
    if (typeof inside === 'object' && inside !== null) value[first] = change(inside as never, rest, put);
  } else if (put !== undefined) value[first] = put;
  else if (list) (value as unknown as Json[]).splice(Number(first), 1);
  else delete value[first];
  return value;
}

const placesIn = (value: Json): readonly (readonly string[])[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([name, member]) => [[name], ...placesIn(member).map((rest) => [name, ...rest])])
    : [];

const COMMON: JsonObject = {
  occurredAt: '2026-03-14',
  reason: { code: 'late-registration', text: { nl: 'Vergeten.' } },
  evidence: [
    { sha256: 'a'.repeat(64), mediaType: 'application/pdf', class: 'minutes', title: 'Verslag', heldBy: 'Stad' },
  ],
  onBehalfOf: '4d7f0c52-9a0e-5b1c-8a51-0b9f3a1f9f10',
};

describe.each(commands.map((command) => [command.name, command] as const))('%s', (name, { type, example }) => {
  const body = { ...COMMON, ...example };
  const validate = schemaFor(name);
  const accepts = (value: Json) => validated(type, value as JsonObject);

  it('has an example that is valid', () => {
    expect(accepts(example as JsonObject)).toMatchObject({ valid: true });
    expect(accepts(body)).toMatchObject({ valid: true });
    expect(validate(body) || validate.errors).toBe(true);
  });

  it('is described as it is validated', () =>
    fc.assert(
      fc.property(mutated(body, [...placesIn(body), ['more'], ['reason', 'more'], ['evidence', '1']]), (value) => {
        const result = accepts(value);
        // That two parts of a list have the same member is more than a schema can say.
        if (!result.valid && result.faults.every(({ code }) => code === 'array-unique')) return;
        const described = validate(value);
        expect({ value, accepted: result.valid }).toEqual({ value, accepted: described });
      }),
      { numRuns: 300 },
    ));
});
