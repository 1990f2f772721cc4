import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Spoor } from './spoor.ts';

/** Figures for Prometheus (`api-dashboard.md` §2.13). One registry a server. */
export class Metrics {
  readonly registry = new Registry();
  readonly #registers = [this.registry];
  readonly commands = new Counter({
    name: 'command_total',
    help: 'Commands, by what they led to.',
    labelNames: ['type', 'outcome'] as const,
    registers: this.#registers,
  });
  readonly seconds = new Histogram({
    name: 'command_seconds',
    help: 'Time from a command’s arrival to its answer.',
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
    registers: this.#registers,
  });
  readonly sseClients = new Gauge({ name: 'sse_clients', help: 'Listeners now.', registers: this.#registers });
  readonly sseDropped = new Counter({
    name: 'sse_dropped_total',
    help: 'Listeners cut off because they did not read.',
    registers: this.#registers,
  });

  readonly #reached = this.#gauge('store_reached', 'Whether it answers now, 1 or 0.', 'store');
  readonly #onDuty = this.#gauge('projector_on_duty', 'Whether this process projects, 1 or 0.');
  readonly #conflicts = this.#gauge('append_conflicts_total', 'How often somebody else appended first.');
  readonly #paused = this.#gauge('projection_paused', 'Read models and processes that stopped at an event.');
  readonly #lagEvents = this.#gauge('projection_lag_events', 'Events that a read model has not seen.', 'projection');
  readonly #lagSeconds = this.#gauge('projection_lag_seconds', 'Since when the first of them is known.', 'projection');
  readonly #rebuilt = this.#gauge('projection_rebuild_ratio', 'How much of a rebuild is done, 0 to 1.', 'projection');

  constructor(private readonly spoor: Spoor) {}

  /** All figures as they are now. */
  async text(): Promise<string> {
    const { log, readModels } = await this.spoor.stores();
    const all = readModels.reached ? await this.spoor.projections.list() : [];
    const processes = readModels.reached ? await this.spoor.processes.list() : [];
    this.#reached.set({ store: 'log' }, Number(log.reached));
    this.#reached.set({ store: 'read-models' }, Number(readModels.reached));
    this.#onDuty.set(Number(this.spoor.projector() === 'here'));
    this.#conflicts.set(this.spoor.commands.conflicts);
    this.#paused.set([...all, ...processes].filter(({ state }) => state === 'paused').length);
    for (const gauge of [this.#rebuilt, this.#lagEvents, this.#lagSeconds]) gauge.reset();
    for (const { name, lagEvents, lagSeconds, rebuild } of all) {
      // Not known while the log is away.
      if (lagEvents !== null) this.#lagEvents.set({ projection: name }, lagEvents);
      if (lagSeconds !== null) this.#lagSeconds.set({ projection: name }, lagSeconds);
      if (rebuild !== undefined)
        this.#rebuilt.set({ projection: name }, rebuild.total === 0 ? 1 : rebuild.done / rebuild.total);
    }
    return this.registry.metrics();
  }

  #gauge(name: string, help: string, ...labelNames: readonly string[]): Gauge {
    return new Gauge({ name, help, labelNames, registers: this.#registers });
  }
}
