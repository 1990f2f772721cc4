import { HttpProblem } from '#http';
import { Controller, Get, Inject, Res } from '@nestjs/common';
import { Public } from './actor.guard.ts';
import { json } from './json.ts';
import { Metrics } from './metrics.ts';
import type { Reply } from './request.ts';
import type { Spoor } from './spoor.ts';
import { Stopping } from './stopping.ts';
import { SPOOR } from './tokens.ts';

/** How this process is: for anyone. */
@Public()
@Controller()
export class StatusController {
  constructor(
    @Inject(SPOOR) private readonly spoor: Spoor,
    @Inject(Metrics) private readonly metrics: Metrics,
    @Inject(Stopping) private readonly stopping: Stopping,
  ) {}

  /** The event loop turns. */
  @Get('livez')
  live(@Res() reply: Reply): void {
    text(reply, 'ok');
  }

  /** Answers can be given. Commands may be refused for a log that is away: that is no reason to ask somewhere else. */
  @Get('readyz')
  async ready(@Res() reply: Reply): Promise<void> {
    if (this.stopping.begun) throw new HttpProblem('stopping');
    if (!(await this.spoor.ready())) throw new HttpProblem('store-unavailable');
    text(reply, 'ok');
  }

  /** Lag shows here and nowhere else: a read model that is behind is no reason to restart anything. */
  @Get('health')
  async health(@Res() reply: Reply): Promise<void> {
    const { log, readModels } = await this.spoor.stores();
    // Where each one stands is in the read store.
    const all = readModels.reached ? await this.spoor.projections.list() : [];
    const processes = readModels.reached ? await this.spoor.processes.list() : [];
    const paused = [...all, ...processes].filter(({ state }) => state === 'paused').map(({ name }) => name);
    const isWhole = log.reached && readModels.reached && paused.length === 0;
    json(reply, {
      status: isWhole ? 'ok' : 'degraded',
      stack: this.spoor.stack,
      log,
      readModels,
      projector: this.spoor.projector(),
      clock: { kind: this.spoor.clock.simulated ? 'simulated' : 'system', now: this.spoor.clock.now() },
      paused,
      projections: all.map(({ name, version, state, position, lagEvents, lagSeconds, error }) => ({
        name,
        version,
        state,
        position,
        lagEvents,
        lagSeconds,
        ...(error !== undefined && { error: error.message }),
      })),
      processes: processes.map(({ name, state, position, error }) => ({
        name,
        state,
        position,
        ...(error !== null && { error: error.message }),
      })),
    });
  }

  @Get('metrics')
  async figures(@Res() reply: Reply): Promise<void> {
    reply.header('content-type', this.metrics.registry.contentType).send(await this.metrics.text());
  }
}

function text(reply: Reply, body: string): void {
  reply.header('content-type', 'text/plain; charset=utf-8').send(body);
}
