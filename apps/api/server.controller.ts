import { HttpProblem, isProblemCode, negotiate, PAGE_POLICY, PROBLEM_LANGUAGES, specOf, type ProblemCode } from '#http';
import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { Metrics } from './metrics.ts';
import { header, type Reply, type Request } from './request.ts';
import type { Spoor } from './spoor.ts';
import { Stopping } from './stopping.ts';
import { Public } from './actor.guard.ts';
import { OPENAPI, SPOOR } from './tokens.ts';

/** How the server is and what can be asked of it: for anyone. */
@Public()
@Controller()
export class ServerController {
  constructor(
    @Inject(SPOOR) private readonly spoor: Spoor,
    @Inject(OPENAPI) private readonly openapi: string,
    @Inject(Metrics) private readonly metrics: Metrics,
    @Inject(Stopping) private readonly stopping: Stopping,
  ) {}

  @Get()
  index(@Res() reply: Reply): void {
    json(reply, {
      name: 'Spoor',
      docs: '/api/docs',
      openapi: '/openapi.json',
      health: '/health',
      stack: this.spoor.stack,
    });
  }

  /** The event loop turns. */
  @Get('livez')
  live(@Res() reply: Reply): void {
    text(reply, 'ok');
  }

  @Get('readyz')
  async ready(@Res() reply: Reply): Promise<void> {
    if (this.stopping.begun) throw new HttpProblem('stopping');
    const ready = await this.spoor.ready().catch(() => false);
    if (!ready) throw new HttpProblem('store-unavailable');
    text(reply, 'ok');
  }

  /** Lag shows here and nowhere else: a read model that is behind is no reason to restart anything. */
  @Get('health')
  async health(@Res() reply: Reply): Promise<void> {
    const all = await this.spoor.projections.list();
    const processes = this.spoor.processes.list();
    const paused = [...all, ...processes].filter(({ state }) => state === 'paused').map(({ name }) => name);
    json(reply, {
      status: paused.length > 0 ? 'degraded' : 'ok',
      stack: this.spoor.stack,
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

  @Get('openapi.json')
  document(@Res() reply: Reply): void {
    reply.header('content-type', 'application/json; charset=utf-8').send(this.openapi);
  }

  @Get('problems/:code')
  problem(@Req() request: Request, @Res() reply: Reply): void {
    const { code } = request.params as { readonly code: string };
    if (!isProblemCode(code)) throw new HttpProblem('no-such-page');
    if (header(request, 'accept')?.includes('text/html') !== true) {
      const { status, title, detail } = specOf(code);
      json(reply, {
        code,
        status,
        title: byLanguage(title),
        ...(detail !== undefined && { detail: byLanguage(detail) }),
      });
      return;
    }
    reply
      .headers({ 'content-type': 'text/html; charset=utf-8', 'content-security-policy': PAGE_POLICY })
      .send(page(code, negotiate(header(request, 'accept-language'))));
  }
}

const byLanguage = (words: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(PROBLEM_LANGUAGES.map((language, at) => [language, words[at]!]));

/** The problem explained, in the reader's language first. */
function page(code: ProblemCode, first: string): string {
  const { status, title, detail } = specOf(code);
  const parts = PROBLEM_LANGUAGES.map((language, at) => ({
    language,
    text: `<section lang="${language}"><h2>${escaped(title[at]!)}</h2><p>${escaped(detail?.[at] ?? '')}</p></section>`,
  })).sort((a, b) => Number(b.language === first) - Number(a.language === first));
  return `<!doctype html><html lang="${first}"><meta charset="utf-8"><title>${code}</title><main><h1>${code} (${status})</h1>${parts
    .map(({ text }) => text)
    .join('')}</main></html>`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replaceAll(/[&<>"]/g, (character) => ENTITIES[character]!);

function text(reply: Reply, body: string): void {
  reply.header('content-type', 'text/plain; charset=utf-8').send(body);
}

function json(reply: Reply, value: object): void {
  reply.header('content-type', 'application/json; charset=utf-8').send(JSON.stringify(value));
}
