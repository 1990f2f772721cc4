import { Ajv2020 } from 'ajv/dist/2020.js';
import { canonical, NotCanonicalError } from '#kernel';
import { isField, isId } from './fields.ts';
import { ReadStoreError } from './port.ts';
import type { ModelSpec, Op } from './port.ts';

export const MAX_DOCUMENT_BYTES = 1024 * 1024;

/** One for all: making one costs as much as compiling many schemas, and it knows again what it has compiled. */
const schemas = new Ajv2020({ validateFormats: false });

const MODEL = /^[a-z][a-z0-9-]{0,63}$/;

/** Fails with `schema-violation` when a document does not fit its model. */
export type Validate = (doc: unknown) => void;

/** Checks the specification (`invalid-model`) and compiles its schema. */
export function validator({ model, generation, schema, indexes }: ModelSpec): Validate {
  if (!MODEL.test(model) || !Number.isSafeInteger(generation) || generation < 0 || !indexes.flat().every(isField))
    throw new ReadStoreError('invalid-model', `${model} cannot be a read model`, { model, generation });
  const fits = schemas.compile(schema);
  return (doc) => {
    if (fits(doc)) return;
    const { instancePath: path, message } = fits.errors![0]!;
    const at = { model, generation, path };
    throw new ReadStoreError(
      'schema-violation',
      `${model}@${generation} does not fit its schema: ${path} ${message}`,
      at,
    );
  };
}

/** What a batch leaves of each document it touches, in order of first touch: its canonical text, or null for none. */
export function writes(ops: readonly Op[], validate: Validate): ReadonlyMap<string, string | null> {
  const texts = new Map<string, string | null>();
  for (const op of ops) {
    const id = 'put' in op ? op.put.id : op.del;
    if (!isId(id)) throw new ReadStoreError('invalid-document', 'A document needs an id', { id });
    texts.set(id, 'put' in op ? encode(op.put, id, validate) : null);
  }
  return texts;
}

function encode(doc: unknown, id: string, validate: Validate): string {
  const text = canonicalOf(doc, id);
  const bytes = Buffer.byteLength(text);
  if (bytes > MAX_DOCUMENT_BYTES) {
    const params = { id, bytes, limit: MAX_DOCUMENT_BYTES };
    throw new ReadStoreError('document-too-large', `Document ${id} has ${bytes} bytes`, params);
  }
  validate(doc);
  return text;
}

function canonicalOf(doc: unknown, id: string): string {
  try {
    return canonical(doc);
  } catch (error) {
    if (!(error instanceof NotCanonicalError)) throw error;
    const { path, problem } = error;
    throw new ReadStoreError('invalid-document', `Document ${id}: ${error.message}`, { id, path, problem }, error);
  }
}
