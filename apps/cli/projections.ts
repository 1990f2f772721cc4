import type { ProjectionStatus } from '#engine';
import { Failed } from './exit.ts';
import type { Operations } from './operations.ts';
import { answer, progress, table, type Output } from './output.ts';

const POLL_MS = 100;

export async function list(operations: Operations, output: Output): Promise<void> {
  const items = await operations.list();
  const rows = items.map(({ name, version, generation, state, lagEvents, rebuild, error }) => [
    name,
    String(version),
    String(generation),
    state,
    String(lagEvents ?? '?'),
    rebuild === undefined
      ? ''
      : `${rebuild.generation} (${rebuild.ready ? 'ready' : `${rebuild.done}/${rebuild.total}`})`,
    error?.message ?? '',
  ]);
  answer(
    output,
    { items },
    table(['projection', 'version', 'generation', 'state', 'behind', 'beside it', 'error'], rows),
  );
}

/** Builds a generation beside the one that serves and waits until it has caught up. Interrupted, it goes on in the server; nothing is half switched. */
export async function rebuild(operations: Operations, name: string, output: Output): Promise<void> {
  let status = known(await operations.rebuild(name), name);
  const shown = progress(output, `rebuild ${name}`);
  while (status.rebuild !== undefined && !status.rebuild.ready && status.rebuild.error === undefined) {
    shown.step(status.rebuild.done, Math.max(status.rebuild.total, status.rebuild.done, 1));
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    status = known(
      (await operations.list()).find((one) => one.name === name),
      name,
    );
  }
  if (status.rebuild !== undefined) shown.step(status.rebuild.done, Math.max(status.rebuild.total, 1));
  shown.end();
  if (status.rebuild?.error !== undefined) throw new Failed(`the rebuild stopped: ${status.rebuild.error.message}`);
  answer(
    output,
    status,
    `Generation ${status.rebuild?.generation} of ${name} is ready beside ${status.generation}. Compare it with "projections diff ${name}", switch with "projections activate ${name} ${status.rebuild?.generation}".`,
  );
}

export async function diff(operations: Operations, name: string, output: Output): Promise<void> {
  const found = await operations.diff(name);
  if (found === undefined)
    throw new Failed(`there is no projection ${name}, or nothing beside the one that serves: rebuild it first`);
  const { equal, different, missing, extra } = found;
  const differs = different.length + missing.length + extra.length > 0;
  const ids = [
    ...different.map((id) => `differs ${id}`),
    ...missing.map((id) => `missing ${id}`),
    ...extra.map((id) => `extra   ${id}`),
  ];
  answer(output, found, [`${equal} documents are equal byte for byte, ${ids.length} are not.`, ...ids].join('\n'));
  if (differs) throw new Failed('the generations differ');
}

export async function activate(
  operations: Operations,
  name: string,
  generation: number,
  output: Output,
): Promise<void> {
  const status = known(await operations.activate(name, generation), name, generation);
  if (status.generation !== generation) throw new Failed(`generation ${generation} of ${name} has not caught up`);
  answer(output, status, `${name} is now served from generation ${generation}; the former one is kept beside it.`);
}

function known(status: ProjectionStatus | undefined, name: string, generation?: number): ProjectionStatus {
  if (status !== undefined) return status;
  throw new Failed(
    `there is no projection ${name}${generation === undefined ? '' : ` with a generation ${generation}`}`,
  );
}
