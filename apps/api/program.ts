import 'reflect-metadata';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { compose } from '../composition/compose.ts';
import { ConfigError, printedConfig, readConfig, type Config } from '../composition/config.ts';
import { openStack } from '../composition/open.ts';
import type { Stack } from '../composition/stack.ts';
import { inWords } from '../composition/words.ts';
import { isToBeSeeded, seed } from '../seed/seed.ts';
import { makeLog, type Log } from './log.ts';
import { startServer, type Server } from './server.ts';
import type { Spoor } from './spoor.ts';

const GRACE_MS = 15_000;
/** For the answers that are still on their way out. */
const FLUSH_MS = 500;
const USAGE_EXIT = 64;
/** What another setting would mend: a port or a directory that cannot be had. */
const CONFIGURATION = [
  'EADDRINUSE',
  'EACCES',
  'EROFS',
  'EEXIST',
  'ENOTDIR',
  'store-locked',
  'invalid-request',
  'read-store-refused',
];
const isConfiguration = (error: unknown): boolean =>
  error instanceof ConfigError || CONFIGURATION.includes(String((error as NodeJS.ErrnoException).code));

/** The API, or a process that projects and serves nothing but how it is. */
export type Program = 'api' | 'projector';

/** Runs until it is told to stop, and ends the process: 78 for a wrong configuration, 1 for what else cannot be. */
export async function run(program: Program): Promise<void> {
  try {
    if (isPrintOnly(program)) process.stdout.write(`${printedConfig(process.env)}\n`);
    else await start(program, configOf(program));
  } catch (error) {
    process.stderr.write(`${wordsOf(error)}\n`);
    process.exit(isConfiguration(error) ? ConfigError.exitCode : 1);
  }
}

function configOf(program: Program): Config {
  const config = readConfig(process.env);
  if (program === 'api') return config;
  if (config.data.stack === 'embedded')
    throw new ConfigError(['STACK: the projector needs server; on the embedded stack the API projects']);
  return { ...config, projections: 'here', seed: 'none' };
}

/** Settings come from the environment; there is this one flag. */
function isPrintOnly(program: Program): boolean {
  try {
    return parseArgs({ options: { 'print-config': { type: 'boolean' } } }).values['print-config'] === true;
  } catch (error) {
    const command = program === 'api' ? 'npm start' : 'npm run projector';
    process.stderr.write(
      `${(error as Error).message}\nUsage: ${command} [-- --print-config]; settings come from environment variables.\n`,
    );
    process.exit(USAGE_EXIT);
  }
}

async function start(program: Program, config: Config): Promise<void> {
  const log = makeLog(config.logLevel);
  const stack = await openStack(config, {
    onFatal: (error) => {
      log.fatal({ error: String(error) }, 'the log file failed: the outcome of commands under way is unknown');
      setTimeout(() => process.exit(1), FLUSH_MS);
    },
    onAway: (error) => log.warn({ error: String(error) }, 'a server is away: waiting for it'),
  });
  process.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'ended by a bug');
    setTimeout(() => process.exit(1), FLUSH_MS);
  });
  const { spoor, server } = await serve(program, stack, config, log).catch(async (error: unknown) => {
    await stack.close();
    throw error;
  });
  const { data } = config;
  const announced = data.stack === 'embedded' ? join(data.directory, 'server.json') : undefined;
  if (announced !== undefined) announce(announced, server.url, log);
  process.stdout.write(banner(program, server.url, config));

  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) process.exit(1);
    stopping = true;
    setTimeout(() => process.exit(1), GRACE_MS).unref();
    if (announced !== undefined) rmSync(announced, { force: true });
    await server.stop();
    await spoor.close();
    await stack.close();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop());
}

async function serve(
  program: Program,
  stack: Stack,
  config: Config,
  log: Log,
): Promise<{ spoor: Spoor; server: Server }> {
  if (config.seed === 'demo' && (await isToBeSeeded(stack))) await fill(stack);
  const spoor = await compose(stack, config.clock, {
    projections: config.projections,
    warn: (error) => log.warn({ error: String(error) }, 'the lease of the projections: trying again'),
  });
  return { spoor, server: await startServer(spoor, config, log, program) };
}

/** Says beside the data where they are served: whole or not at all. Nothing depends on it, so a full disk is no reason to stop. */
function announce(file: string, url: string, log: Log): void {
  try {
    // The one of a server that was killed would lead astray.
    rmSync(file, { force: true });
    writeFileSync(`${file}.new`, JSON.stringify({ url, pid: process.pid }));
    renameSync(`${file}.new`, file);
  } catch (error) {
    log.warn(
      { error: String(error) },
      'server.json could not be written: the command line looks at SPOOR_PORT instead',
    );
  }
}

/** An empty directory gets the demo networks; one that was left half-way is completed. */
async function fill(stack: Stack): Promise<void> {
  const spoor = await compose(stack, 'simulated', { alone: true });
  const show = (done: number, total: number): void => {
    if (process.stderr.isTTY) process.stderr.write(`\rWriting the demo networks … ${done}/${total}`);
  };
  if (!process.stderr.isTTY) process.stderr.write('Writing the demo networks …\n');
  await seed(spoor, show);
  if (process.stderr.isTTY) process.stderr.write('\n');
  await spoor.close();
}

function banner(program: Program, url: string, { data, clock }: Config): string {
  if (program === 'projector')
    return `\nSpoor projects, as soon as no other process does.\n\n  health    ${url}/health\n\nStop with Ctrl-C.\n\n`;
  const lines = [
    '',
    data.stack === 'embedded'
      ? `Spoor is ready, embedded: no server beside this process.`
      : `Spoor is ready, on EventStoreDB and MongoDB.`,
    '',
    `  API       ${url}/api/v1`,
    `  API docs  ${url}/api/docs`,
    `  health    ${url}/health`,
    ...(data.stack === 'embedded' ? [`  data      ${resolve(data.directory)}`] : []),
    '',
    'There is no access control yet: it listens on this machine only and believes the header Spoor-Actor. For development.',
    ...(clock === 'simulated'
      ? ['THE CLOCK IS SIMULATED: each request may say its own now (Spoor-Now). Never for real records.']
      : []),
    '',
    'Try:',
    `  curl -H 'Spoor-Actor: operator' ${url}/api/v1/networks`,
    '',
    'Stop with Ctrl-C.',
    '',
  ];
  return lines.join('\n');
}

/** In words for who starts it; a stack only for what is a bug. */
function wordsOf(error: unknown): string {
  const words = inWords(error);
  if (words !== undefined) return words;
  const { code, message, stack } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') return `${message}: set SPOOR_PORT to a free port, or 0`;
  return isConfiguration(error) ? `SPOOR_DATA, SPOOR_PORT: ${message}` : (stack ?? String(error));
}
