/** Where an event lies in the log. Opaque, totally ordered by plain string comparison; never subtract, never compare across logs. */
export type Position = string & { readonly __position: unique symbol };

/** A position of a store that counts: 16 hexadecimal digits. */
export const position = (sequence: bigint | number): Position => sequence.toString(16).padStart(16, '0') as Position;

/** Whether a text has the form of a position of one of our stores: one number, or commit and prepare. */
export const isPosition = (text: string): text is Position => /^([0-9a-f]{16}){1,2}$/.test(text);
