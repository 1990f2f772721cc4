import { API, assertJson, flat, HttpProblem, idempotencyKey, parseBody } from '#http';
import { Controller, Get, Inject, Post, Req, Res } from '@nestjs/common';
import { header, target, type Reply, type Request } from './request.ts';
import type { Spoor } from './spoor.ts';
import { SPOOR } from './tokens.ts';

/** The read models, for the operator. */
@Controller(`${API}/projections`)
export class ProjectionsController {
  constructor(@Inject(SPOOR) private readonly spoor: Spoor) {}

  @Get()
  async list(@Req() request: Request, @Res() reply: Reply): Promise<void> {
    operatorOnly(request);
    answer(reply, 200, { items: await this.spoor.projections.list() });
  }

  @Post(':name/rebuild')
  async rebuild(@Req() request: Request, @Res() reply: Reply): Promise<void> {
    answer(reply, 202, await this.spoor.projections.rebuild(namedIn(request)));
  }

  @Post(':name/diff')
  async diff(@Req() request: Request, @Res() reply: Reply): Promise<void> {
    answer(reply, 200, await this.spoor.projections.diff(namedIn(request)));
  }

  @Post(':name/activate')
  async activate(@Req() request: Request, @Res() reply: Reply): Promise<void> {
    const name = namedIn(request);
    assertJson(header(request, 'content-type'));
    const { generation, ...more } = parseBody(request.body as Uint8Array);
    if (typeof generation !== 'number' || generation < 1 || Object.keys(more).length > 0)
      throw new HttpProblem('validation-failed', {
        errors: [{ pointer: '/generation', code: 'is-int', message: 'is the one member, a whole number from 1' }],
      });
    const status = await this.spoor.projections.activate(name, generation);
    if (status !== undefined && status.generation !== generation) throw new HttpProblem('rebuild-not-ready');
    answer(reply, 200, status);
  }
}

function operatorOnly(request: Request): void {
  flat(target(request).query, () => false);
  const { role } = request.actor!;
  if (role !== 'operator') throw new HttpProblem('forbidden', { params: { role, allowed: ['operator'] } });
}

/** The read model that a command of the operator is about. */
function namedIn(request: Request): string {
  operatorOnly(request);
  idempotencyKey(header(request, 'idempotency-key'));
  return (request.params as { readonly name: string }).name;
}

function answer(reply: Reply, status: number, value: object | undefined): void {
  if (value === undefined) throw new HttpProblem('not-found');
  reply.status(status).header('content-type', 'application/json; charset=utf-8').send(JSON.stringify(value));
}
