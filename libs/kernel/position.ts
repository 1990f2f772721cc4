/** Where an event lies in the log. Opaque, totally ordered by plain string comparison; never subtract, never compare across logs. */
export type Position = string & { readonly __position: unique symbol };

/** A position of a store that counts: 16 hexadecimal digits. */
export const position = (sequence: bigint | number): Position => sequence.toString(16).padStart(16, '0') as Position;
