import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openSqliteEventStore } from '#event-store/sqlite';
import { compose } from '../composition/compose.ts';
import { openMemory } from '../composition/stack.ts';
import { JSON_TYPE, key, OPERATOR, problem } from './harness.ts';
import { makeLog } from './log.ts';
import { startServer } from './server.ts';

/** What `main.ts` leaves between the failure and its end, ×5 for a slow machine. */
const FLUSH_MS = 5 * 500;

/** Commits fail as on a disk that does. */
class FailingDatabase extends DatabaseSync {
  failing = false;

  override exec(sql: string): void {
    if (sql === 'COMMIT' && this.failing) throw Object.assign(new Error('disk I/O error'), { errcode: 1034 });
    super.exec(sql);
  }
}

describe('when the file of the log fails', () => {
  const directory = mkdtempSync(join(tmpdir(), 'spoor-failing-'));
  afterAll(() => rmSync(directory, { recursive: true }));

  it('commands under way are told that their outcome is unknown before the process ends, later ones that the store is out', async () => {
    let database!: FailingDatabase;
    let failedAt = 0;
    const events = await openSqliteEventStore({
      directory,
      onFatal: () => (failedAt = performance.now()),
      open: (path) => (database = new FailingDatabase(path)),
    });
    const memory = openMemory();
    const spoor = await compose({ ...memory, events }, 'system');
    const server = await startServer(spoor, { host: '127.0.0.1', port: 0 }, makeLog('silent'));
    const register = (name: string): Promise<Response> =>
      fetch(`${server.url}/api/v1/organisations`, {
        method: 'POST',
        headers: { ...OPERATOR, ...JSON_TYPE, ...key() },
        body: JSON.stringify({ name, sector: 'other' }),
      });
    expect((await register('a')).status).toBe(201);
    database.failing = true;
    const answers = await Promise.all([register('b'), register('c')]);
    expect(performance.now() - failedAt).toBeLessThan(FLUSH_MS);
    expect(failedAt).toBeGreaterThan(0);
    const told = await Promise.all(answers.map(problem));
    expect(told.map(({ status }) => status)).toEqual([503, 503]);
    // The second one may come when the first has failed already.
    expect(told.map(({ code }) => code)).toContain('outcome-unknown');
    expect((await problem(await register('d'))).code).toBe('store-unavailable');
    await server.stop();
    await spoor.close();
    await events.close();
    await memory.close();
  });
});
