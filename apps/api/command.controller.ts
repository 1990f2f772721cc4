import type { CommandEntry } from '#domain';
import type { CommandResult, Receipt } from '#engine';
import {
  API,
  assertJson,
  commandPath,
  type ConsistencyTokens,
  expectedRevision,
  flat,
  HttpProblem,
  ID,
  idempotencyKey,
  isProblemCode,
  parseBody,
  preferences,
  routerPath,
  validated,
} from '#http';
import type { CommandBody, Rejected } from '#kernel';
import { isReadStoreError } from '#read-store';
import { Controller, Inject, Post, Req, Res, type Type } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { named, type CommandMessage } from './dispatch.ts';
import type { Log } from './log.ts';
import { Metrics } from './metrics.ts';
import { header, target, type Reply, type Request } from './request.ts';
import type { Spoor } from './spoor.ts';
import { LOG, SPOOR, TOKENS } from './tokens.ts';

/** The route of one kind of command. */
export function commandController(entry: CommandEntry, message: CommandMessage): Type<unknown> {
  @Controller()
  class CommandController {
    constructor(
      @Inject(SPOOR) private readonly spoor: Spoor,
      @Inject(TOKENS) private readonly tokens: ConsistencyTokens,
      @Inject(LOG) private readonly log: Log,
      @Inject(Metrics) private readonly metrics: Metrics,
      @Inject(CommandBus) private readonly bus: CommandBus,
    ) {}

    @Post(routerPath(commandPath(entry)))
    async give(@Req() request: Request, @Res() reply: Reply): Promise<void> {
      const started = performance.now();
      let told: Told = { outcome: 'internal' };
      try {
        const result = await this.carryOut(request);
        told = outcomeOf(result);
        await this.answer(result, request, reply);
      } catch (error) {
        if (error instanceof HttpProblem) told = { outcome: error.code };
        throw error;
      } finally {
        const ms = performance.now() - started;
        this.metrics.commands.inc({ type: entry.name, outcome: told.outcome });
        this.metrics.seconds.observe(ms / 1_000);
        this.log.info({ type: entry.name, ...told, ms: Math.round(ms), traceId: request.id }, 'command');
      }
    }

    private carryOut(request: Request): Promise<CommandResult> {
      const id = idOf(request);
      const dryRun = dryRunOf(target(request).query);
      const key = idempotencyKey(header(request, 'idempotency-key'));
      const body = bodyOf(entry, request);
      const ifMatch = expectedRevision(header(request, 'if-match'), entry.creates);
      const actor = request.actor!;
      const definition = entry;
      return this.bus.execute(
        new message({ definition, body, actor, key, ifMatch, dryRun, ...(id !== undefined && { id }) }),
      );
    }

    private async answer(result: CommandResult, request: Request, reply: Reply): Promise<void> {
      const { wait } = preferences(header(request, 'prefer'));
      reply.header('content-type', 'application/json; charset=utf-8');
      switch (result.kind) {
        case 'refused':
          throw refusal(result.rejection);
        case 'dry-run':
          reply.status(200).send(JSON.stringify({ dryRun: true, event: result.event }));
          return;
        case 'done': {
          if (wait !== undefined && (await this.shown(result.receipt, wait)))
            reply.header('preference-applied', `wait=${wait}`);
          reply
            .status(result.created ? 201 : 200)
            .headers(this.headersOf(result))
            .send(JSON.stringify(result.receipt));
        }
      }
    }

    /** Read models that are away do not make a command fail that is done. */
    private async shown({ position, event }: Receipt, seconds: number): Promise<boolean> {
      if (position === null || event === null) return true;
      try {
        return await this.spoor.reached(position, [], seconds * 1_000);
      } catch (error) {
        if (isReadStoreError(error)) return false;
        throw error;
      }
    }

    private headersOf({ receipt, created, replayed }: CommandResult & { kind: 'done' }): Record<string, string> {
      const { id, revision, position } = receipt;
      return {
        ...(revision !== null && { etag: `"${revision}"` }),
        ...(position !== null && { 'consistency-token': this.tokens.issue(position) }),
        ...(created && { location: `${API}/${entry.collection}/${id}` }),
        ...(replayed && { 'idempotency-replayed': 'true' }),
      };
    }
  }
  return named(`${entry.name}Controller`, CommandController);
}

/** What the log says of a command: codes, ids and numbers. */
interface Told {
  readonly outcome: string;
  readonly id?: string;
  readonly position?: string | null;
}

function outcomeOf(result: CommandResult): Told {
  if (result.kind === 'refused') return { outcome: result.rejection.rejected };
  if (result.kind === 'dry-run') return { outcome: 'dry-run' };
  const { id, position, event } = result.receipt;
  const fresh = event === null ? 'unchanged' : 'done';
  return { outcome: result.replayed ? 'replayed' : fresh, id, position };
}

/** A refusal of domain or engine as a problem. One without an entry in the table is a bug, and does not compile. */
export function refusal({ rejected, params }: Rejected): HttpProblem {
  if (!isProblemCode(rejected)) throw new Error(`no problem is known for the refusal ${rejected}`);
  return new HttpProblem(rejected, { params });
}

function idOf(request: Request): string | undefined {
  const { id } = request.params as { readonly id?: string };
  if (id !== undefined && !ID.test(id))
    throw new HttpProblem('invalid-parameter', {
      errors: [{ parameter: 'id', code: 'is-id', message: 'is an id (lower-case UUID)' }],
    });
  return id;
}

function dryRunOf(query: string): boolean {
  const dryRun = flat(query, (name) => name === 'dryRun').get('dryRun') ?? 'false';
  if (dryRun !== 'true' && dryRun !== 'false')
    throw new HttpProblem('invalid-parameter', {
      errors: [{ parameter: 'dryRun', code: 'is-boolean', message: 'is true or false' }],
    });
  return dryRun === 'true';
}

function bodyOf(entry: CommandEntry, request: Request): CommandBody {
  assertJson(header(request, 'content-type'));
  const result = validated<CommandBody>(entry.type, parseBody(request.body as Uint8Array));
  if (!result.valid) throw new HttpProblem('validation-failed', { errors: result.faults });
  return result.value;
}
