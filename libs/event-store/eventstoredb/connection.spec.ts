import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConnection } from './connection.ts';
import { Gateway } from './gateway.ts';

describe('a connection string', () => {
  it.each([
    ['esdb://a:b@one:2113', { tls: true, credentials: { username: 'a', password: 'b' } }],
    ['esdb://a%40b:p%3Aq%2F@one:2113', { tls: true, credentials: { username: 'a@b', password: 'p:q/' } }],
    ['esdb+discover://a:b@cluster.example:2113/?nodePreference=leader', { tls: true }],
    ['esdb://one:1,two:2,three:3?tls=false', { tls: false }],
    [' esdb://one?TLS=false ', { tls: false, url: 'esdb://one?TLS=false' }],
  ])('%s', (url, wanted) => expect(readConnection(url)).toMatchObject(wanted));

  it('has a name for each call also without a user: only then the client appends one by one', () => {
    const { credentials } = readConnection('esdb://one?tls=false');
    expect(credentials.username).not.toBe('');
  });

  it('brings its certificate authority', () => {
    const directory = mkdtempSync(join(tmpdir(), 'spoor-ca-'));
    const file = join(directory, 'ca.crt');
    writeFileSync(file, 'an authority');
    const { ca } = readConnection(`esdb://a:b@one?tlsCAFile=${encodeURIComponent(file)}`);
    expect(String(ca)).toBe('an authority');
    rmSync(directory, { recursive: true });
  });

  it.each([
    ['http://a:secret@one', /begins with esdb/],
    ['esdb://one', /names a user/],
    ['esdb://a:secret@one?tlsVerifyCert=false', /no option tlsverifycert, or it has no effect/],
    ['esdb://a:secret@one?retries=3', /no option retries/],
    ['esdb://a:secret@one:99999', /a port is 1–65535/],
    ['esdb://a:se%cret@one', /percent-encoded/],
    ['esdb://a:se@cret@one', /percent-encoded/],
    ['esdb://a:secret@one?tlsCAFile=/nowhere/ca.crt', /tlsCAFile cannot be read/],
  ])('%s is refused, without the password', (url, problem) => {
    const reading = () => readConnection(url);
    expect(reading).toThrow(expect.objectContaining({ name: 'StoreError', code: 'invalid-request' }));
    expect(reading).toThrow(problem);
    expect(reading).not.toThrow(/secret/);
  });

  it('that only the client finds fault with is refused without the password too', () => {
    const making = () => new Gateway(readConnection('esdb://a:secret@one:port?tls=false'));
    expect(making).toThrow(expect.objectContaining({ code: 'invalid-request' }));
    expect(making).not.toThrow(/secret/);
  });
});
