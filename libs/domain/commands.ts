import { isDay, isMoment } from '#kernel';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  Matches,
  Max,
  Min,
  ValidateBy,
  ValidateIf,
  ValidateNested,
  type ValidationOptions,
} from 'class-validator';
import { LANGUAGES, type Localized } from './codes.ts';

/*
 * The words in which commands say what they take. Each constrains with class-validator and says the rest of the API
 * schema (description, JSON Schema of own checks) in the constraint's `context`, so that a body is described once.
 */

type Constraint = PropertyDecorator;
const all =
  (...constraints: readonly Constraint[]): Constraint =>
  (target, member) => {
    for (const constrain of constraints) constrain(target, member);
  };

/** A check of ours, with the JSON Schema that says the same. */
const check = (
  name: string,
  schema: object,
  validate: (value: unknown) => boolean,
  message: string,
  options: ValidationOptions = {},
): Constraint =>
  ValidateBy(
    { name, validator: { validate, defaultMessage: () => `$property ${message}` } },
    { ...options, context: { schema } },
  );

const about = (description?: string): ValidationOptions =>
  description === undefined ? {} : { context: { schema: { description } } };

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
// oxlint-disable-next-line no-control-regex -- that is what it is for
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

/** Readable text of 1 to `max` characters (code points), without control or direction characters. */
const isText = (value: unknown, max: number): value is string =>
  typeof value === 'string' &&
  value.trim() !== '' &&
  value.length <= 2 * max &&
  Array.from(value).length <= max &&
  value.isWellFormed() &&
  !CONTROL.test(value);
/** What `isText` says, as a schema. */
const textSchema = (max: number) =>
  ({ type: 'string', minLength: 1, maxLength: max, pattern: `^(?!\\s*$)[^${CONTROL.source.slice(1)}*$` }) as const;
const idSchema = { type: 'string', format: 'uuid', pattern: UUID.source } as const;

/** May be left out; null is not leaving out. */
export const Optional = (): Constraint => ValidateIf((_, value) => value !== undefined);
/** Overrides an inherited `Optional`. */
export const Required = (): Constraint => ValidateIf(() => true);
/** May be null or left out. */
export const Nullable = (): Constraint => ValidateIf((_, value) => value !== undefined && value !== null);

/** May be null, and must be said: null means something. */
export const OrNull = (): Constraint => ValidateIf((_, value) => value !== null);

export const Text = (max = 200, description?: string): Constraint =>
  check(
    'isText',
    { ...textSchema(max), ...(description !== undefined && { description }) },
    (value) => isText(value, max),
    `is a readable text of 1 to ${max} characters`,
  );

export const Texts = (max = 200, most = 50, description?: string): Constraint =>
  all(
    IsArray(about(description)),
    ArrayMaxSize(most),
    check('isText', textSchema(max), (value) => isText(value, max), `holds readable texts of 1 to ${max} characters`, {
      each: true,
    }),
  );

const isLocalized = (value: unknown, max: number): value is Localized =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.keys(value).length > 0 &&
  Object.entries(value).every(([tag, text]) => (LANGUAGES as readonly string[]).includes(tag) && isText(text, max));

const localizedSchema = (max: number) => ({
  type: 'object',
  properties: Object.fromEntries(LANGUAGES.map((tag) => [tag, textSchema(max)])),
  minProperties: 1,
  additionalProperties: false,
});

/** A text in one or more of nl, fr, en. */
export const LocalizedText = (max = 500, description = 'A text in one or more of nl, fr, en.'): Constraint =>
  check(
    'isLocalizedText',
    { ...localizedSchema(max), description },
    (value) => isLocalized(value, max),
    `has a text of 1 to ${max} characters in at least one of ${LANGUAGES.join(', ')}`,
  );

/** A text, plain or in one or more of nl, fr, en: for a member whose kind depends on what it is about. */
export const AnyText = (max = 2_000, description?: string): Constraint =>
  check(
    'isAnyText',
    { anyOf: [textSchema(max), localizedSchema(max)], ...(description !== undefined && { description }) },
    (value) => isText(value, max) || isLocalized(value, max),
    `is a readable text of 1 to ${max} characters, plain or in one or more of ${LANGUAGES.join(', ')}`,
  );

export const Id = (description?: string): Constraint =>
  check(
    'isId',
    { ...idSchema, ...(description !== undefined && { description }) },
    (value) => typeof value === 'string' && UUID.test(value),
    'is an id (lower-case UUID)',
  );

export const Ids = (least = 0, most = 100, description?: string): Constraint =>
  all(
    IsArray(about(description)),
    ArrayMinSize(least),
    ArrayMaxSize(most),
    ArrayUnique(),
    check('isId', idSchema, (value) => typeof value === 'string' && UUID.test(value), 'holds ids', {
      each: true,
    }),
  );

export const OneOf = (values: readonly string[], description?: string): Constraint =>
  IsIn([...values], about(description));
export const SomeOf = (values: readonly string[], description?: string): Constraint =>
  all(IsArray(about(description)), ArrayMaxSize(values.length), ArrayUnique(), IsIn([...values], { each: true }));

export const Flag = (description?: string): Constraint => IsBoolean(about(description));

export const Whole = (least: number, most: number, description?: string): Constraint =>
  all(IsInt(about(description)), Min(least), Max(most));

/** Euro cents. */
export const Cents = (least = 0, description = 'Euro cents.'): Constraint =>
  Whole(least, 1_000_000_000_000, description);

export const DayField = (description?: string): Constraint =>
  check(
    'isDay',
    { type: 'string', format: 'date', ...(description !== undefined && { description }) },
    (value) => typeof value === 'string' && isDay(value),
    'is a date, YYYY-MM-DD',
  );

/** A date or an RFC 3339 instant. */
export const Moment = (description?: string): Constraint =>
  check(
    'isMoment',
    {
      anyOf: [
        { type: 'string', format: 'date' },
        { type: 'string', format: 'date-time' },
      ],
      ...(description !== undefined && { description }),
    },
    (value) => typeof value === 'string' && isMoment(value),
    'is a date (YYYY-MM-DD) or an instant (RFC 3339)',
  );

/** A short name that identifies something within its document: `O5`, `C1`. */
export const Code = (description?: string): Constraint =>
  Matches(/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/, about(description));
export const Codes = (least = 0, most = 50, description?: string): Constraint =>
  all(
    IsArray(about(description)),
    ArrayMinSize(least),
    ArrayMaxSize(most),
    ArrayUnique(),
    Matches(/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/, { each: true }),
  );

/** NIS codes of municipalities, five digits. */
export const NisCodes = (least = 0, description = 'NIS codes of municipalities, five digits.'): Constraint =>
  all(
    IsArray(about(description)),
    ArrayMinSize(least),
    ArrayMaxSize(600),
    ArrayUnique(),
    Matches(/^\d{5}$/, { each: true }),
  );

const isPlainObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A part with members of its own. */
export const One = (part: () => new () => object, description?: string): Constraint =>
  all(
    check('isObject', description === undefined ? {} : { description }, isPlainObject, 'is an object'),
    ValidateNested(),
    Type(part),
  );

/** A list of parts. Arrays inside the array are refused (class-validator alone takes them). */
export const Many = (part: () => new () => object, least = 0, most = 100, description?: string): Constraint =>
  all(
    IsArray(about(description)),
    ArrayMinSize(least),
    ArrayMaxSize(most),
    check('isObject', {}, isPlainObject, 'holds objects', { each: true }),
    ValidateNested({ each: true }),
    Type(part),
  );

/** No two parts of the list have the same `member`. */
export const Distinct = (member: string): Constraint =>
  ArrayUnique((part: unknown) => (isPlainObject(part) ? (part as Record<string, unknown>)[member] : part));

/** A rate as it stands in a rule, a fraction of whole numbers: 80 % is `{ num: 4, den: 5 }`. */
export class RateGiven {
  @Whole(0, 1_000_000) readonly num!: number;
  @Whole(1, 1_000_000) readonly den!: number;
}

/** A {@link RateGiven}. */
export const Rate = (description?: string): Constraint => One(() => RateGiven, description);

/** Why: a code of the codelist that applies, and a text for the reader of the history. */
export class ReasonGiven {
  @Optional() @Code('`late-registration` for a fact registered later than the network allows.') readonly code?: string;
  @LocalizedText(2_000) readonly text!: Localized;
}

/** The hash by which a document is known. */
export const Sha256 = (): Constraint => Matches(/^[0-9a-f]{64}$/, about('SHA-256 of the document, hexadecimal.'));
export const MediaType = (): Constraint => Matches(/^[a-z]+\/[a-z0-9.+-]{1,100}$/, about('`application/pdf` …'));

/** A document that is held elsewhere: what is kept is its hash. */
export class EvidenceGiven {
  @Sha256() readonly sha256!: string;
  @MediaType() readonly mediaType!: string;
  @Code('What kind of document: `survey`, `minutes`, `agreement` …') readonly class!: string;
  @Text(200) readonly title!: string;
  @Text(200, 'Who keeps it.') readonly heldBy!: string;
}

/** An organisation that takes part in an action. */
export class PartnerGiven {
  @Id() readonly organisation!: string;
  @Optional() @Text(200, 'What it does in the action, in its own words.') readonly role?: string;
}

/** From the first to the last day. */
export class PeriodGiven {
  @DayField() readonly from!: string;
  @DayField() readonly until!: string;
}

/** A part of what an indicator measures: the value of one of its dimensions. */
export class DimensionValueGiven {
  @Code() readonly dimension!: string;
  @Code('One of the values that the indicator gives it.') readonly value!: string;
}

export class FunderDecisionGiven {
  @Text(200, 'Of the letter, order or decree by which the funder decided.') readonly reference!: string;
  @DayField() readonly date!: string;
}

export class SupplierGiven {
  @Text() readonly name!: string;
  @OrNull() @Text(20, 'Enterprise number (KBO/BCE); null for one without.') readonly enterpriseNumber!: string | null;
}

/** An invoice, a pay slip …: supplier, number and date identify it. */
export class SupportingDocumentGiven {
  @One(() => SupplierGiven) readonly supplier!: SupplierGiven;
  @Text(100, 'Invoice number; with supplier and date it identifies the document.') readonly number!: string;
  @DayField() readonly date!: string;
  @Cents(1, 'What the document comes to, in euro cents.') readonly grossCents!: number;
  @Sha256() readonly sha256!: string;
}

/** What every command may say beside its own members. */
export class Command {
  @Optional()
  @Moment('When it happened: a date means its start in Brussels. By default now.')
  readonly occurredAt?: string;

  @Optional() @One(() => ReasonGiven) readonly reason?: ReasonGiven;

  @Optional() @Many(() => EvidenceGiven, 0, 20) readonly evidence?: readonly EvidenceGiven[];

  @Optional() @Id('The person for whom it is done.') readonly onBehalfOf?: string;
}
