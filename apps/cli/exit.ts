/** Exit codes, after sysexits(3) where it has one. */
export const EXIT = { ok: 0, failed: 1, usage: 64, unreachable: 69, config: 78 } as const;

/** It could not be done, and says why: exit code 1, no stack. */
export class Failed extends Error {}
