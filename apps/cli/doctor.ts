import { existsSync, statfsSync } from 'node:fs';
import { access, constants } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Config } from '../composition/config.ts';
import { Failed } from './exit.ts';
import { openOperations, type Follower } from './operations.ts';
import { answer, type Output } from './output.ts';

interface Finding {
  readonly check: string;
  readonly ok: boolean;
  readonly found: string;
}

const GIB = 1024 ** 3;
/** `reliability.md` F04: warn below 1 GiB. */
const LEAST_FREE_GIB = 1;

/** Looks at everything that Spoor needs and says what it finds; fails when something is wrong. */
export async function doctor(config: Config, output: Output): Promise<void> {
  const files = config.data.stack === 'embedded' ? config.data.directory : undefined;
  const beneath = files === undefined ? [] : [sqlite(), await directory(files), disk(files)];
  const isEmpty = files !== undefined && !existsSync(files);
  const findings = [node(), ...beneath, ...(isEmpty ? [] : await data(config))];
  const words = findings.map(({ check, ok, found }) => `${ok ? 'ok   ' : 'WRONG'}  ${check}: ${found}`);
  answer(output, { ok: findings.every(({ ok }) => ok), findings }, words.join('\n'));
  const wrong = findings.filter(({ ok }) => !ok);
  if (wrong.length > 0) throw new Failed(`${wrong.map(({ check }) => check).join(', ')}: see above`);
}

const node = (): Finding => ({
  check: 'Node',
  ok: Number(process.versions.node.split('.')[0]) >= 24,
  found: process.version,
});

function sqlite(): Finding {
  const database = new DatabaseSync(':memory:');
  const version = String(database.prepare('SELECT sqlite_version() AS version').get()?.['version']);
  database.close();
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  return {
    check: 'SQLite',
    ok: major * 1e6 + minor * 1e3 + patch >= 3_051_003,
    found: `${version} (3.51.3 is needed)`,
  };
}

/** The directory itself, or the nearest above it that is there: Spoor makes the rest. */
function existing(path: string): string {
  let nearest = resolve(path);
  while (!existsSync(nearest)) nearest = dirname(nearest);
  return nearest;
}

async function directory(path: string): Promise<Finding> {
  const writable = await access(existing(path), constants.R_OK | constants.W_OK).then(
    () => true,
    () => false,
  );
  const state = existsSync(path) ? '' : ', not made yet';
  return {
    check: 'data directory',
    ok: writable,
    found: `${resolve(path)}${state}${writable ? '' : ', not writable'}`,
  };
}

function disk(path: string): Finding {
  const { bavail, bsize } = statfsSync(existing(path));
  const free = (bavail * bsize) / GIB;
  return { check: 'free space', ok: free >= LEAST_FREE_GIB, found: `${free.toFixed(1)} GiB` };
}

/** Opens the data, or asks the server that has them open. A log that lost events is found here. */
async function data(config: Config): Promise<readonly Finding[]> {
  try {
    const operations = await openOperations(config);
    try {
      return [
        { check: 'data', ok: true, found: `open in ${operations.where}` },
        following('projections', await operations.list()),
        following('processes', await operations.processes()),
      ];
    } finally {
      await operations.close();
    }
  } catch (error) {
    return [{ check: 'data', ok: false, found: error instanceof Error ? error.message : String(error) }];
  }
}

function following(check: string, followers: readonly Follower[]): Finding {
  const paused = followers.filter(({ state }) => state === 'paused');
  return {
    check,
    ok: paused.length === 0,
    found:
      paused.length === 0
        ? `${followers.length} follow the log`
        : paused.map(({ name, error }) => `${name} paused: ${error?.message}`).join('; '),
  };
}
