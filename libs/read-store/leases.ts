import type { Lease } from './port.ts';

/**
 * The leases of a store that one process owns. They end with it: a restart after a crash need not wait for a lease that
 * nobody holds any more.
 */
export class Leases {
  readonly #held = new Map<string, { readonly owner: string; readonly until: number }>();

  take(name: string, owner: string, ttlMs: number): Lease | null {
    const held = this.#current(name);
    if (held !== undefined && held !== owner) return null;
    const hold = (): void => void this.#held.set(name, { owner, until: performance.now() + ttlMs });
    hold();
    return {
      renew: async () => {
        if (this.#current(name) !== owner) return false;
        hold();
        return true;
      },
      release: async () => {
        if (this.#current(name) === owner) this.#held.delete(name);
      },
    };
  }

  #current(name: string): string | undefined {
    const held = this.#held.get(name);
    return held !== undefined && held.until > performance.now() ? held.owner : undefined;
  }
}
