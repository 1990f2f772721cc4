import type { JsonObject } from '#kernel';
import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { pointer } from './pointer.ts';
import type { Fault } from './problem.ts';

/** So many are named at most: a body can break its rules more often than anyone wants to read. */
const MOST = 50;

export type Validated<T> =
  | { readonly valid: true; readonly value: T }
  | { readonly valid: false; readonly faults: readonly Fault[] };

/** The value as an instance of its class, or every rule that it breaks. Members that the class does not have are refused. */
export function validated<T extends object>(type: new () => T, plain: JsonObject): Validated<T> {
  const value = plainToInstance(type, plain);
  const errors = validateSync(value, {
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    validationError: { target: false },
  });
  return errors.length === 0 ? { valid: true, value } : { valid: false, faults: faults(errors, []).slice(0, MOST) };
}

const faults = (errors: readonly ValidationError[], path: readonly string[]): readonly Fault[] =>
  errors.flatMap((error) => {
    const here = [...path, error.property];
    const inside = faults(error.children ?? [], here);
    // Of a part that breaks its own rules, those say enough.
    return inside.length > 0 ? inside : broken(error, pointer(here));
  });

function broken({ value, constraints = {} }: ValidationError, at: string): readonly Fault[] {
  if (constraints['whitelistValidation'] !== undefined)
    return [{ pointer: at, code: 'unknown-member', message: 'is not a member of this body' }];
  if (value === undefined) return [{ pointer: at, code: 'missing', message: 'is required' }];
  return Object.entries(constraints).map(([rule, message]) => ({ pointer: at, code: kebab(rule), message }));
}

const kebab = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
