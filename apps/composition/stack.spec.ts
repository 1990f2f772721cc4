import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LostHistoryError } from '#engine';
import type { Spoor } from '../api/spoor.ts';
import { compose } from './compose.ts';
import { ConfigError } from './config.ts';
import { openEmbedded } from './embedded.ts';
import type { Stack } from './stack.ts';
import { inWords } from './words.ts';

const directories: string[] = [];
const newDirectory = (): string => {
  const directory = mkdtempSync(join(tmpdir(), 'spoor-stack-'));
  directories.push(directory);
  return directory;
};
afterAll(() => directories.forEach((directory) => rmSync(directory, { recursive: true })));

const open = (directory: string): Promise<Stack> =>
  openEmbedded({
    directory,
    onFatal: (error) => {
      throw error;
    },
  });

/** Starts on the directory as the server does, works, and stops; gives how many events there are then. */
async function started(directory: string, work: (spoor: Spoor) => Promise<void> = async () => {}): Promise<number> {
  const stack = await open(directory);
  const spoor = await compose(stack, 'system');
  await work(spoor);
  const { position } = await spoor.events.head();
  if (position !== null) await spoor.reached(position, [], 10_000);
  await spoor.close();
  await stack.close();
  return position === null ? 0 : Number.parseInt(position, 16);
}

const register =
  (...names: readonly string[]) =>
  async (spoor: Spoor): Promise<void> => {
    const definition = spoor.catalogue.commands.find(({ name }) => name === 'RegisterOrganisation')!;
    for (const name of names)
      await spoor.commands.run({
        definition,
        body: { name, sector: 'other' } as object,
        actor: { subject: 'operator', role: 'operator' },
        key: name,
        ifMatch: '*',
      });
  };

const lose = (directory: string, like: RegExp): void =>
  readdirSync(directory)
    .filter((file) => like.test(file))
    .forEach((file) => rmSync(join(directory, file)));
const refusalOf = (start: Promise<unknown>): Promise<unknown> =>
  start.then(
    () => undefined,
    (error: unknown) => error,
  );
const leftOpen = (directory: string): string[] => readdirSync(directory).filter((file) => /-(wal|shm)$/.test(file));

describe('a directory that has lost its log', () => {
  it('is refused before anything is made in it, and is whole again with the log back', async () => {
    const directory = newDirectory();
    const backup = newDirectory();
    expect(await started(directory, register('a', 'b'))).toBe(2);
    cpSync(join(directory, 'events.db'), join(backup, 'events.db'));
    lose(directory, /^events\.db/);
    const before = readdirSync(directory);
    const refusal = await refusalOf(open(directory));
    expect(refusal).toBeInstanceOf(LostHistoryError);
    expect(inWords(refusal)).toContain(`${directory} has read.db and subjects.db but no events.db`);
    expect(inWords(refusal)).toMatch(/Restore events\.db, together with events\.db-wal/);
    expect(readdirSync(directory)).toEqual(before);
    cpSync(join(backup, 'events.db'), join(directory, 'events.db'));
    expect(await started(directory, register('c'))).toBe(3);
  });

  it.each(['events.db-wal', 'read.db', 'subjects.db'])('is recognised by %s alone', async (file) => {
    const directory = newDirectory();
    writeFileSync(join(directory, file), '');
    expect(inWords(await refusalOf(open(directory)))).toContain(`remove ${file}`);
  });

  it('begins anew when what was made from the log is gone too', async () => {
    const directory = newDirectory();
    await started(directory, register('a'));
    lose(directory, /^(events|read|subjects)\.db/);
    expect(await started(directory)).toBe(0);
  });
});

describe('a log that ends too early', () => {
  it('is refused with both positions, and nothing of it stays open beside the log that is restored', async () => {
    const directory = newDirectory();
    const older = newDirectory();
    const newer = newDirectory();
    await started(directory, register('a'));
    cpSync(join(directory, 'events.db'), join(older, 'events.db'));
    await started(directory, register('b'));
    cpSync(join(directory, 'events.db'), join(newer, 'events.db'));
    cpSync(join(older, 'events.db'), join(directory, 'events.db'));
    const refusal = await refusalOf(started(directory));
    expect(refusal).toBeInstanceOf(LostHistoryError);
    expect(inWords(refusal)).toMatch(/ends at 0*1, but .* has seen 0*2/);
    expect(leftOpen(directory)).toEqual([]);
    cpSync(join(newer, 'events.db'), join(directory, 'events.db'));
    expect(await started(directory)).toBe(2);
  });
});

describe('a damaged read.db', () => {
  it('is told in words, and is rebuilt when it is removed', async () => {
    const directory = newDirectory();
    await started(directory, register('a'));
    writeFileSync(join(directory, 'read.db'), 'x'.repeat(10_000));
    const refusal = await refusalOf(started(directory));
    expect(inWords(refusal)).toMatch(/Remove read\.db, read\.db-wal and read\.db-shm: it is rebuilt/);
    expect(leftOpen(directory)).toEqual([]);
    lose(directory, /^read\.db/);
    expect(await started(directory)).toBe(1);
  });
});

describe('a directory that cannot be used', () => {
  it.each(['', 'below'])('is a matter of configuration (a file is in its place: %s)', async (below) => {
    const file = join(newDirectory(), 'file');
    writeFileSync(file, '');
    const refusal = await refusalOf(open(join(file, below)));
    expect(refusal).toBeInstanceOf(ConfigError);
    expect(inWords(refusal)).toMatch(new RegExp(`SPOOR_DATA: ${join(file, below)} cannot be made or written`));
  });
});

describe('the key of consistency tokens', () => {
  it('is made once, for nobody else to read', async () => {
    const directory = newDirectory();
    const first = await open(directory);
    await first.close();
    expect(statSync(join(directory, 'token.key')).mode & 0o777).toBe(0o600);
    const second = await open(directory);
    await second.close();
    expect(second.tokenKey).toEqual(first.tokenKey);
    expect(readFileSync(join(directory, 'token.key'))).toHaveLength(32);
    expect(existsSync(join(directory, 'token.key.new'))).toBe(false);
  });

  it('is refused when it is too short to be one', async () => {
    const directory = newDirectory();
    writeFileSync(join(directory, 'token.key'), 'short');
    const refusal = await refusalOf(open(directory));
    expect(refusal).toBeInstanceOf(ConfigError);
    expect(inWords(refusal)).toMatch(/token\.key holds 5 bytes, 32 are needed/);
    expect(leftOpen(directory)).toEqual([]);
  });
});

it('a bug is not told in words, but with its stack', () => expect(inWords(new TypeError('x'))).toBeUndefined());
