export type SubjectsErrorCode = 'disk-full' | 'subjects-unavailable';

/** Nothing was changed. Tell errors apart by `code`, never by class. */
export class SubjectsError extends Error {
  constructor(
    readonly code: SubjectsErrorCode,
    message: string,
    cause?: unknown,
  ) {
    super(message, { cause });
    this.name = 'SubjectsError';
  }
}

export const isSubjectsError = (error: unknown): error is SubjectsError =>
  error instanceof Error && error.name === 'SubjectsError';

/**
 * What is personal of a person, kept apart from the log so that it can be erased without touching a byte of it.
 * The one seam for it: encryption comes behind it. Rejects with {@link SubjectsError} only.
 */
export interface Subjects {
  /** Replaces what is known of the subject. Durable when it resolves. */
  put(subject: string, fields: Readonly<Record<string, string>>): Promise<void>;
  /** What is known of these subjects; those unknown are absent. */
  get(subjects: readonly string[]): Promise<ReadonlyMap<string, Readonly<Record<string, string>>>>;
  /** Ends the use of it; more than once does no harm. */
  close(): Promise<void>;
}
