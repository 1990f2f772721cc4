import { asMoment, isMoment, type Actor, type Recorded } from '#kernel';
import { allProjections } from '#projections';
import type { ReadStore } from '#read-store';
import { memoryReadStore } from '#read-store/memory';
import { AN, LIES, NETWORK, on, projected } from '#testkit';
import { allQueries, notFound, readerAt, type Moment, type QueryContext } from './index.ts';

interface Caller {
  readonly networks?: readonly string[];
  readonly organisations?: readonly string[];
  readonly actor?: Actor;
  readonly now?: string;
}

/** Asks queries of what these events make, as the API does. */
export class Asked {
  #filled: Promise<void> | undefined;

  constructor(
    private readonly events: readonly Recorded[],
    private readonly store: ReadStore = memoryReadStore(),
  ) {}

  /** The answer; undefined where there is none for the caller. */
  async ask(name: string, params: object, moment: Moment = {}, caller: Caller = {}): Promise<never> {
    const context = await this.context(moment, caller);
    const entry = allQueries.find((one) => one.name === name)!;
    const answer = await entry.run(params as never, context);
    return (answer === notFound ? undefined : answer) as never;
  }

  async context(
    moment: Moment,
    { networks = [NETWORK], organisations = [], actor, now = on('2022-12-31') }: Caller,
  ): Promise<QueryContext> {
    await (this.#filled ??= projected(this.store, allProjections, this.events));
    const at = (other: Moment) => readerAt(this.store, allProjections, other);
    return {
      reader: at(moment),
      moment,
      at,
      now: moment.effectiveAt ?? (moment.asOf !== undefined && isMoment(moment.asOf) ? asMoment(moment.asOf) : now),
      names: async (ids) =>
        new Map(
          [
            [AN, 'An'],
            [LIES, 'Lies'],
          ].filter(([id]) => ids.includes(id!)) as [string, string][],
        ),
      actor: actor ?? { subject: AN, role: 'back-office' },
      networks: new Set(networks),
      organisations: new Set(organisations),
    };
  }
}
