import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError, printedConfig, readConfig, settings, settingsTable } from './config.ts';

const problems = (environment: NodeJS.ProcessEnv): readonly string[] => {
  try {
    readConfig(environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
};

describe('the configuration', () => {
  it('needs nothing to be said', () =>
    expect(readConfig({})).toEqual({
      data: { stack: 'embedded', directory: 'data' },
      production: false,
      projections: 'here',
      host: '127.0.0.1',
      port: 3000,
      seed: 'demo',
      clock: 'system',
      logLevel: 'warn',
      tokenKey: undefined,
    }));

  it('tells all that is wrong at once', () => {
    const wrong = problems({ SPOOR_PORT: 'http', SPOOR_HOST: '0.0.0.0', SPOOR_PROT: '3000', SPOOR_TOKEN_KEY: 'short' });
    expect(wrong.map((problem) => problem.split(':')[0])).toEqual([
      'SPOOR_HOST',
      'SPOOR_PORT',
      'SPOOR_TOKEN_KEY',
      'SPOOR_PROT',
    ]);
    expect(wrong[0]).toContain('127.0.0.1');
  });

  it.each(['', ' ', '3e3', '-1', '+1', '0x10', '1.5', '65536', 'http'])('refuses the port “%s”', (port) =>
    expect(problems({ SPOOR_PORT: port })).toEqual([expect.stringMatching(/^SPOOR_PORT: /)]),
  );

  it('tells what does not go together along with what cannot be read', () =>
    expect(
      problems({ SPOOR_PORT: '', SPOOR_CLOCK: 'simulated', NODE_ENV: 'production', STACK: 'server' }).map(
        (problem) => problem.split(':')[0],
      ),
    ).toEqual(['SPOOR_PORT', 'SPOOR_CLOCK', 'EVENTSTORE_URL', 'MONGODB_URL']));

  it('refuses a simulated clock in production', () =>
    expect(problems({ SPOOR_CLOCK: 'simulated', NODE_ENV: 'production' })).toHaveLength(1));

  const SERVER = { STACK: 'server', EVENTSTORE_URL: 'esdb://u:secret@host:2113', MONGODB_URL: 'mongodb://host/spoor' };

  it('names the servers of the server stack, and seeds nothing into them unasked', () =>
    expect(readConfig(SERVER)).toMatchObject({
      data: { stack: 'server', eventStoreUrl: SERVER.EVENTSTORE_URL, mongoUrl: SERVER.MONGODB_URL },
      seed: 'none',
    }));

  it.each<readonly [string, NodeJS.ProcessEnv]>([
    ['STACK', { STACK: 'cloud' }],
    ['EVENTSTORE_URL', { ...SERVER, EVENTSTORE_URL: 'http://host:2113' }],
    ['MONGODB_URL', { ...SERVER, MONGODB_URL: 'host:27017' }],
    ['EVENTSTORE_URL', { ...SERVER, EVENTSTORE_URL: undefined }],
    ['EVENTSTORE_URL', { ...SERVER, EVENTSTORE_URL: 'esdb://u:100%sure@host:2113' }],
    ['EVENTSTORE_URL', { ...SERVER, EVENTSTORE_URL: 'esdb://u:p@ss@host:2113' }],
    ['EVENTSTORE_URL', { ...SERVER, EVENTSTORE_URL: 'esdb://u:p/s@host:2113' }],
    ['MONGODB_URL', { ...SERVER, MONGODB_URL: 'mongodb://u:p@ss@host/spoor' }],
    ['SPOOR_PROJECTIONS', { SPOOR_PROJECTIONS: 'elsewhere' }],
  ])('refuses a wrong %s', (name, environment) =>
    expect(problems(environment)).toEqual([expect.stringMatching(new RegExp(`^${name}: `))]),
  );

  it('never shows a secret', () => {
    const secret = 'a secret of more than thirty-two characters';
    const printed = printedConfig({ SPOOR_TOKEN_KEY: secret, SPOOR_PORT: '0' });
    expect(printed).not.toContain(secret);
    expect(printed).toContain('SPOOR_TOKEN_KEY=********  # environment');
    expect(printed).toContain('SPOOR_PORT=0  # environment');
    expect(printed).toContain('SPOOR_DATA=data  # default');
    expect(problems({ SPOOR_TOKEN_KEY: 'hunter2' }).join()).not.toContain('hunter2');
    expect(printedConfig(SERVER)).not.toContain('secret');
  });

  it('is described, every setting', () => {
    for (const { description } of settings()) expect(description).not.toBe('');
  });

  it('is the table in the README', () =>
    expect(readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8')).toContain(settingsTable()));
});
