import { consistencyTokens, formatsOf, itemOf, openapi } from '#http';
import type { QueryEntry } from '#queries';
import { Module, type DynamicModule, type Provider, type Type } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import { AboutController } from './about.controller.ts';
import { ActorGuard } from './actor.guard.ts';
import { commandController } from './command.controller.ts';
import { commandDispatch, queryDispatch } from './dispatch.ts';
import { DocsController } from './docs.controller.ts';
import { EventStream } from './event-stream.ts';
import { exportController } from './export.controller.ts';
import type { Log } from './log.ts';
import { Metrics } from './metrics.ts';
import { ProblemFilter } from './problem.filter.ts';
import { ProjectionsController } from './projections.controller.ts';
import { queryController } from './query.controller.ts';
import type { Spoor } from './spoor.ts';
import { StatusController } from './status.controller.ts';
import { StreamController } from './stream.controller.ts';
import { Stopping } from './stopping.ts';
import { LOG, OPENAPI, SPOOR, TOKENS } from './tokens.ts';
import { VERSION } from './version.ts';

export interface ApiParts {
  readonly spoor: Spoor;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly stream: EventStream;
  readonly filter: ProblemFilter;
  readonly stopping: Stopping;
}

@Module({})
// oxlint-disable-next-line typescript/no-extraneous-class -- Nest names a module by a class
class ApiModule {}

/** How a process is that serves nothing else. */
export function statusModule({ spoor, metrics, filter, stopping }: Omit<ApiParts, 'log' | 'stream'>): DynamicModule {
  return {
    module: ApiModule,
    controllers: [StatusController],
    providers: [
      { provide: SPOOR, useValue: spoor },
      { provide: Metrics, useValue: metrics },
      { provide: Stopping, useValue: stopping },
      { provide: APP_FILTER, useValue: filter },
    ],
  };
}

/** The whole API: a controller and a bus handler for each entry of the registries, and the few that are there beside. */
export function apiModule({ spoor, log, metrics, stream, filter, stopping }: ApiParts): DynamicModule {
  const commands = spoor.catalogue.commands
    .filter(({ internal }) => !internal)
    .map((entry) => ({ entry, ...commandDispatch(entry) }));
  const queries = spoor.catalogue.queries.map((entry) => ({ entry, ...queryDispatch(entry) }));
  const given: readonly Provider[] = [
    { provide: SPOOR, useValue: spoor },
    { provide: LOG, useValue: log },
    { provide: Metrics, useValue: metrics },
    { provide: EventStream, useValue: stream },
    { provide: Stopping, useValue: stopping },
    { provide: TOKENS, useValue: consistencyTokens(spoor.tokenKey, spoor.logId) },
    { provide: OPENAPI, useValue: JSON.stringify(openapi(spoor.catalogue, VERSION)) },
    { provide: APP_GUARD, useClass: ActorGuard },
    { provide: APP_FILTER, useValue: filter },
  ];
  return {
    module: ApiModule,
    imports: [CqrsModule.forRoot()],
    controllers: [
      ...commands.map(({ entry, message }) => commandController(entry, message)),
      ...queries.map(({ entry, message }) => queryController(entry, message)),
      ...queries.flatMap(({ entry }) => exportControllers(entry)),
      StreamController,
      ProjectionsController,
      StatusController,
      AboutController,
      DocsController,
    ],
    providers: [...given, ...[...commands, ...queries].map(({ handler }) => handler)],
  };
}

/** Beside a list, the whole of it in each format. */
function exportControllers(entry: QueryEntry): readonly Type<unknown>[] {
  const item = itemOf(entry);
  return item === undefined ? [] : formatsOf(entry).map((format) => exportController(entry, item, format));
}
