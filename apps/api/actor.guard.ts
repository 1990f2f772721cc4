import { actingPerson, HttpProblem, statedNow, unauthenticated } from '#http';
import type { Actor } from '#kernel';
import { Inject, Injectable, SetMetadata, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { header, type Request } from './request.ts';
import type { Spoor } from './spoor.ts';
import { SPOOR } from './tokens.ts';

const PUBLIC = 'public';
/** Who asks without saying who. */
export const ANYBODY: Actor = { subject: 'public', role: 'public' };
/** Answers anyone: how the server is, what can be asked of it. */
export const Public = () => SetMetadata(PUBLIC, true);
/** Where the question itself says whether it is for anyone. */
export const PublicWhere = (isPublic: boolean) => SetMetadata(PUBLIC, isPublic);

/** The one door: who does not say who acts gets nowhere, on any address that is not expressly public. */
@Injectable()
export class ActorGuard implements CanActivate {
  constructor(
    @Inject(SPOOR) private readonly spoor: Spoor,
    @Inject(Reflector) private readonly reflector: Reflector,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (this.reflector.getAllAndOverride<boolean>(PUBLIC, [context.getHandler(), context.getClass()])) return true;
    const request = context.switchToHttp().getRequest<Request>();
    const actor = actingPerson(header(request, 'spoor-actor'));
    if ((await this.spoor.actorState(actor)) !== 'known') throw unauthenticated();
    request.actor = actor;
    await this.#setClock(header(request, 'spoor-now'));
    return true;
  }

  /** With the simulated clock a request may say its own now. */
  async #setClock(stated: string | undefined): Promise<void> {
    if (stated === undefined) return;
    const { clock } = this.spoor;
    if (clock.advance === undefined) throw new HttpProblem('clock-not-simulated');
    if (!(await clock.advance(statedNow(stated))))
      throw new HttpProblem('clock-behind', { params: { now: clock.now() } });
  }
}
