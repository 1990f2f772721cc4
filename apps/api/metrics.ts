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

  constructor(spoor: Spoor) {
    new Gauge({
      name: 'append_conflicts_total',
      help: 'How often somebody else appended first.',
      registers: this.#registers,
      collect(): void {
        this.set(spoor.commands.conflicts);
      },
    });
    const projection = (name: string, help: string) =>
      new Gauge({ name, help, labelNames: ['projection'] as const, registers: this.#registers });
    const events = projection('projection_lag_events', 'Events that a read model has not seen.');
    const seconds = projection('projection_lag_seconds', 'Since when the first of them is known.');
    const rebuilt = projection('projection_rebuild_ratio', 'How much of a rebuild is done, 0 to 1.');
    new Gauge({
      name: 'projection_paused',
      help: 'Read models that stopped at an event.',
      registers: this.#registers,
      async collect(): Promise<void> {
        const all = await spoor.projections.list();
        this.set(all.filter(({ state }) => state === 'paused').length);
        rebuilt.reset();
        for (const { name, lagEvents, lagSeconds, rebuild } of all) {
          events.set({ projection: name }, lagEvents);
          seconds.set({ projection: name }, lagSeconds);
          if (rebuild !== undefined)
            rebuilt.set({ projection: name }, rebuild.total === 0 ? 1 : rebuild.done / rebuild.total);
        }
      },
    });
  }
}
