import { asOccurrence, dayOf, euros, isMoment } from '#kernel';
import { PROBLEM_LANGUAGES, specOf, type ProblemCode, type ProblemLanguage } from './problems.ts';

/** Where in the request it goes wrong: a JSON pointer into the body, or the name of a parameter or header. */
export interface Fault {
  readonly pointer?: string;
  readonly parameter?: string;
  readonly header?: string;
  readonly code: string;
  /** For who writes the client, in English. */
  readonly message: string;
}

export interface ProblemOptions {
  readonly params?: Readonly<Record<string, unknown>>;
  readonly errors?: readonly Fault[];
  /** Response headers that go with it. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A refusal on its way out of the edge: the one kind of error that the exception filter takes for an answer. */
export class HttpProblem extends Error {
  readonly params: Readonly<Record<string, unknown>>;
  readonly errors: readonly Fault[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    readonly code: ProblemCode,
    { params = {}, errors = [], headers = {} }: ProblemOptions = {},
  ) {
    super(code);
    this.params = params;
    this.errors = errors;
    this.headers = headers;
  }
}

/** The body of an answer in `application/problem+json` (RFC 9457). */
export interface ProblemDocument {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
  readonly instance: string;
  readonly code: ProblemCode;
  readonly traceId: string;
  readonly errors?: readonly Fault[];
  readonly [parameter: string]: unknown;
}

export interface Asked {
  readonly language: ProblemLanguage;
  /** Path of the request, without its query. */
  readonly instance: string;
  readonly traceId: string;
}

export function problemDocument({ code, params, errors }: HttpProblem, asked: Asked): ProblemDocument {
  const spec = specOf(code);
  const at = PROBLEM_LANGUAGES.indexOf(asked.language);
  const detail = spec.detail === undefined ? undefined : filledIn(spec.detail[at]!, params, asked.language);
  return {
    ...extensions(params),
    type: `/problems/${code}`,
    title: spec.title[at]!,
    status: spec.status,
    ...(detail !== undefined && { detail }),
    instance: asked.instance,
    code,
    traceId: asked.traceId,
    ...named(errors, params, code, spec.title[at]!),
  };
}

/** The members that are wrong: those that validation found, or the one that a refusal of the domain names. */
function named(errors: readonly Fault[], { member }: HttpProblem['params'], code: ProblemCode, message: string) {
  if (errors.length > 0) return { errors };
  return typeof member === 'string' ? { errors: [{ pointer: `/${member}`, code, message }] } : {};
}

const RESERVED = new Set(['type', 'title', 'status', 'detail', 'instance', 'code', 'traceId', 'errors']);

/** The parameters of a refusal as members of their own; one with a name of RFC 9457 gets another (`currentStatus`). */
const extensions = (params: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      RESERVED.has(name) ? `current${name.charAt(0).toUpperCase()}${name.slice(1)}` : name,
      value,
    ]),
  );

/** A sentence that misses a parameter is left out rather than shown with a hole. */
function filledIn(
  template: string,
  params: Readonly<Record<string, unknown>>,
  language: ProblemLanguage,
): string | undefined {
  let missing = false;
  const text = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = params[name];
    if (typeof value === 'string') return inWords(value, language);
    if (typeof value === 'number') return name.endsWith('Cents') ? euros(value, language) : String(value);
    if (Array.isArray(value) && value.length > 0) return value.join(', ');
    missing = true;
    return '';
  });
  return missing ? undefined : text;
}

/** An instant as people in Brussels read it: its day, and its time where it is not the day's start. */
function inWords(text: string, language: ProblemLanguage): string {
  if (!isMoment(text)) return text;
  const instant = asOccurrence(text);
  const isDayStart = asOccurrence(dayOf(instant)) === instant;
  return new Intl.DateTimeFormat(`${language}-BE`, {
    timeZone: 'Europe/Brussels',
    dateStyle: 'long',
    ...(!isDayStart && { timeStyle: 'short' }),
  }).format(Date.parse(instant));
}

/** The best of the product's languages for an `Accept-Language`; Dutch when it asks for none of them. */
export function negotiate(acceptLanguage: string | undefined): ProblemLanguage {
  const wishes = (acceptLanguage ?? '').slice(0, 1_000).split(',');
  const weighed = wishes.map((wish) => {
    const [tag = '', ...parameters] = wish.trim().toLowerCase().split(';');
    const q = parameters.map((parameter) => /^\s*q=([01](?:\.\d{0,3})?)\s*$/.exec(parameter)?.[1]).find(Boolean);
    return { language: tag.trim().split('-')[0]!, weight: q === undefined ? 1 : Number(q) };
  });
  const best = weighed
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .find(({ language }) => (PROBLEM_LANGUAGES as readonly string[]).includes(language));
  return (best?.language as ProblemLanguage | undefined) ?? 'nl';
}
