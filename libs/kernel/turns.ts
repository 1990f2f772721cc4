/** One piece of work after another for each key; those of different keys do not wait for one another. */
export class Turns {
  readonly #last = new Map<string, Promise<unknown>>();

  async take<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(key) ?? Promise.resolve();
    const turn = before.then(work, work);
    this.#last.set(key, turn);
    try {
      return await turn;
    } finally {
      if (this.#last.get(key) === turn) this.#last.delete(key);
    }
  }

  /** Resolves when all that is under way now is over, however it ends. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#last.values());
  }
}
