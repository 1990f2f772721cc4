import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const program = join(import.meta.dirname, '../../node_modules/.cache/ferretdb/ferretdb');

/** Whether there is a FerretDB to test with. Building one takes a minute and Go: `.ci/run` does it, tests do not. */
export const ferretDbIsBuilt = (): boolean => existsSync(program);

export const whyNoFerretDb =
  'FerretDB is not built, so what needs it does not run. With Go at hand: test/servers/ferretdb/build.sh';

export interface FerretDb {
  /** For the driver, with `directConnection`: it is a standalone. */
  readonly url: string;
  readonly pid: number;
  readonly directory: string;
  /** Away at once, as by `kill -9`. */
  kill(): Promise<void>;
  /** Stopped, and its directory removed. May be called again, and after {@link kill}. */
  close(): Promise<void>;
}

/**
 * A FerretDB of its own on the loopback interface, empty, with its directory under the system's temporary one. It ends
 * with the process that started it, however that ends. Null where it is not built: {@link whyNoFerretDb}.
 */
export async function startFerretDb(): Promise<FerretDb | null> {
  if (!ferretDbIsBuilt()) return null;
  const directory = mkdtempSync(join(tmpdir(), 'spoor-ferretdb-'));
  const server = spawn(program, [directory], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(server, 'exit');
  const close = async (): Promise<void> => {
    server.stdin.end();
    await ended;
    rmSync(directory, { recursive: true, force: true });
  };
  try {
    return {
      url: `${await firstLine(server)}?directConnection=true`,
      pid: server.pid!,
      directory,
      kill: async () => {
        server.kill('SIGKILL');
        await ended;
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** What it prints once it listens. */
async function firstLine(server: ChildProcess): Promise<string> {
  for await (const line of createInterface(server.stdout!)) return line;
  throw new Error('FerretDB ended before it listened');
}
