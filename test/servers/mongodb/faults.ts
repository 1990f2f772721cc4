/** An error as MongoDB answers it. */
export class MongoFault extends Error {
  readonly code: number;
  readonly codeName: string;
  readonly labels: readonly string[] | undefined;
  /** More members of the answer: `keyPattern`, `errInfo`… */
  readonly more: Readonly<Record<string, unknown>>;

  constructor(
    code: number,
    codeName: string,
    message: string,
    labels?: readonly string[],
    more: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
    this.name = 'MongoFault';
    this.code = code;
    this.codeName = codeName;
    this.labels = labels;
    this.more = more;
  }
}

export const badValue = (message: string): MongoFault => new MongoFault(2, 'BadValue', message);
export const failedToParse = (message: string): MongoFault => new MongoFault(9, 'FailedToParse', message);
export const typeMismatch = (message: string): MongoFault => new MongoFault(14, 'TypeMismatch', message);
export const namespaceNotFound = (name: string): MongoFault =>
  new MongoFault(26, 'NamespaceNotFound', `ns does not exist: ${name}`);
/** What mongod can and this cannot: never answered wrongly, always refused. */
export const notPretended = (what: string): MongoFault =>
  new MongoFault(238, 'NotImplemented', `the pretend MongoDB has no ${what}`);
export const writeConflict = (): MongoFault =>
  new MongoFault(112, 'WriteConflict', 'Caused by :: Write conflict during plan execution and yielding is disabled.');
export const noSuchTransaction = (number: bigint): MongoFault =>
  new MongoFault(
    251,
    'NoSuchTransaction',
    `Given transaction number ${number} does not match any in-progress transactions.`,
  );
