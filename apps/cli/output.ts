import { SingleBar } from 'cli-progress';

/** Whether to speak JSON: asked for by `--json`. */
export interface Output {
  readonly json: boolean;
}

/** One answer: as JSON, or in words. */
export function answer({ json }: Output, value: unknown, words: string): void {
  process.stdout.write(json ? `${JSON.stringify(value)}\n` : `${words}\n`);
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  return [head, ...rows]
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

export interface Progress {
  step(done: number, total: number): void;
  end(): void;
}

const LINE_MS = 5_000;

/** A bar on a terminal; else a line of JSON each five seconds, and one at the end. */
export function progress({ json }: Output, what: string): Progress {
  if (process.stderr.isTTY && !json) {
    const bar = new SingleBar({ format: `${what} [{bar}] {value}/{total}`, stream: process.stderr, hideCursor: true });
    let started = false;
    return {
      step: (done, total) => {
        if (!started) bar.start(total, done);
        started = true;
        bar.setTotal(total);
        bar.update(done);
      },
      end: () => bar.stop(),
    };
  }
  let last: { done: number; total: number } | undefined;
  let saidAt = 0;
  const say = (): void => {
    if (last !== undefined) process.stderr.write(`${JSON.stringify({ what, ...last })}\n`);
    saidAt = performance.now();
  };
  return {
    step: (done, total) => {
      last = { done, total };
      if (performance.now() - saidAt > LINE_MS) say();
    },
    end: say,
  };
}
