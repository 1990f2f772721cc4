/**
 * What is personal of a person, kept apart from the log so that it can be erased without touching a byte of it.
 * The one seam for it: encryption comes behind it.
 */
export interface Subjects {
  /** Replaces what is known of the subject. Durable when it resolves. */
  put(subject: string, fields: Readonly<Record<string, string>>): Promise<void>;
  /** What is known of these subjects; those unknown are absent. */
  get(subjects: readonly string[]): Promise<ReadonlyMap<string, Readonly<Record<string, string>>>>;
  close(): Promise<void>;
}
