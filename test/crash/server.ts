import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const START_MS = 60_000;

/** What the build made of an app's `main.ts`. Throws, in words, when there was none. */
export function built(app: 'api' | 'cli' | 'projector'): string {
  const file = resolve(import.meta.dirname, `../../dist/apps/${app}/main.js`);
  if (!existsSync(file)) throw new Error(`dist/apps/${app}/main.js is not there: run "npm run build" first`);
  return file;
}

/** A real server process on a directory of its own, to be killed and started again on the same data. */
export class Server {
  #child: ChildProcess | undefined;
  #exited: Promise<number | null> = Promise.resolve(null);
  url = '';

  constructor(readonly directory = mkdtempSync(join(tmpdir(), 'spoor-crash-'))) {}

  /** Milliseconds from the start of the process until it says that it is ready. */
  async start(environment: NodeJS.ProcessEnv = {}): Promise<number> {
    const began = performance.now();
    const announced = join(this.directory, 'server.json');
    rmSync(announced, { force: true });
    const child = spawn(process.execPath, [built('api')], {
      env: {
        PATH: process.env['PATH'],
        SPOOR_DATA: this.directory,
        SPOOR_PORT: '0',
        SPOOR_SEED: 'none',
        SPOOR_LOG: 'error',
        ...environment,
      },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    this.#child = child;
    let alive = true;
    this.#exited = new Promise((done) => {
      child.on('exit', (code) => {
        alive = false;
        done(code);
      });
    });
    while (alive && performance.now() - began < START_MS) {
      if (existsSync(announced)) {
        this.url = (JSON.parse(readFileSync(announced, 'utf8')) as { url: string }).url;
        if (await this.#isReady()) return performance.now() - began;
      }
      await new Promise((done) => setTimeout(done, 10));
    }
    throw new Error(alive ? 'the server did not become ready' : 'the server ended before it was ready');
  }

  /** Resolves to the exit code; null when the signal itself ended it. */
  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<number | null> {
    this.#child?.kill(signal);
    return this.#exited;
  }

  /** Resolves when the process has ended by itself (a failpoint). */
  exited(): Promise<number | null> {
    return this.#exited;
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }

  async #isReady(): Promise<boolean> {
    try {
      return (await fetch(`${this.url}/readyz`)).status === 200;
    } catch {
      return false;
    }
  }
}
