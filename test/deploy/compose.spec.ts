import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { parseEnv } from 'node:util';

import { readConfig, settings } from '../../apps/composition/config.ts';
import { mistakesOf, readCompose, rules } from './compose.ts';

const ROOT = join(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
const compose = readCompose(read('docker-compose.yml'));
const ofProfile = (profile: string) =>
  Object.entries(compose.services).filter(([, { profiles }]) => profiles[0] === profile);
/** The programs of Spoor: those in its image that are told a stack. */
const ours = Object.values(compose.services).filter(({ environment }) => 'STACK' in environment);
const environmentOf = ({ environment, env_file: files }: (typeof ours)[number]): NodeJS.Dict<string> =>
  Object.assign({}, environment, ...files.map((file) => parseEnv(read(`${file}.example`)))) as NodeJS.Dict<string>;
const hosts = (url = ''): string[] => url.replace(/^.*@([^/?]+).*$/, '$1').split(',');

describe('docker-compose.yml, which was read and never run', () => {
  it('has the two programs of Spoor in both profiles', () =>
    expect(ours.map(({ image, profiles: [profile] }) => `${image} ${profile}`).sort()).toEqual([
      ...Array<string>(2).fill('spoor:0.1.0 cluster'),
      ...Array<string>(2).fill('spoor:0.1.0 development'),
    ]));

  it('breaks no rule', () => expect(mistakesOf(compose)).toEqual([]));

  it('starts development by default', () =>
    expect(parseEnv(read('.env'))).toEqual({ COMPOSE_PROFILES: 'development' }));

  it('mounts all that it declares, and what is beside it', () => {
    const mounted = Object.values(compose.services).flatMap(({ volumes }) =>
      volumes.map((volume) => volume.split(':')[0]!),
    );
    expect(Object.keys(compose.volumes).filter((name) => !mounted.includes(name))).toEqual([]);
    expect(mounted.filter((name) => name.startsWith('./') && !existsSync(join(ROOT, name)))).toEqual([]);
  });

  it('has a cluster of three servers of both kinds, each with data of its own', () => {
    const data = ofProfile('cluster').flatMap(([, { volumes }]) =>
      volumes.filter((volume) => volume.includes('-data:')),
    );
    expect(data).toHaveLength(6);
    expect(new Set(data).size).toBe(6);
  });

  it('gives Spoor settings that it knows and accepts', () => {
    const known = [...settings().map(({ name }) => name as string), 'NODE_ENV'];
    for (const given of ours.map(environmentOf)) {
      expect(Object.keys(given).filter((name) => !known.includes(name))).toEqual([]);
      expect(readConfig(given).data.stack).toBe('server');
    }
  });

  it('runs the cluster as production, with all three of each', () => {
    const names = ofProfile('cluster').map(([name]) => name);
    for (const given of ours.filter(({ profiles }) => profiles[0] === 'cluster').map(environmentOf)) {
      expect(given['NODE_ENV']).toBe('production');
      expect(hosts(given['EVENTSTORE_URL'])).toEqual(
        names.filter((name) => /^esdb\d$/.test(name)).map((name) => `${name}:2113`),
      );
      expect(hosts(given['MONGODB_URL'])).toEqual(
        names.filter((name) => /^mongo\d$/.test(name)).map((name) => `${name}:27017`),
      );
    }
  });

  it('takes passwords from files that are not in the repository, and are there as empty examples', () => {
    const files = [...new Set(Object.values(compose.services).flatMap(({ env_file: names }) => names))];
    expect(read('.gitignore')).toContain('\ndeploy/*.env\n');
    for (const file of files)
      for (const value of Object.values(parseEnv(read(`${file}.example`)))) expect(value).toMatch(/^$|:PASSWORD@/);
  });

  it('brings what reaches the published port to Spoor, which listens on the loopback interface only', async () => {
    const server = createServer((request, response) => response.end(request.headers.host)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const free = await freePort();
    const { port } = server.address() as AddressInfo;
    const [, ...command] = compose.services['door']!.command!.map((word) =>
      word.replace('3000', String(port)).replace('3001', String(free)),
    );
    const door = spawn(process.execPath, command, { stdio: 'inherit' });
    try {
      for (let tries = 0; tries < 250 && !(await accepts(free)); tries++) await setTimeout(20);
      const answer = await fetch(`http://127.0.0.1:${free}/`);
      expect(await answer.text()).toBe(`127.0.0.1:${free}`);
      server.closeAllConnections();
      server.close();
      await expect(fetch(`http://127.0.0.1:${free}/`)).rejects.toThrow('fetch failed');
      expect(await accepts(free)).toBe(true);
    } finally {
      door.kill('SIGTERM');
      expect((await once(door, 'exit'))[0]).toBe(0);
      server.close();
    }
  });
});

describe('each rule sees the mistake it is for', () => {
  const good = `
services:
  a: { profiles: [cluster], image: 'mongo:8.0.28', restart: always, volumes: ['v:/v'], networks: [n], healthcheck: &well { test: [CMD, x], interval: 5s, timeout: 5s, retries: 3 } }
  b: { profiles: [cluster], image: 'spoor:0.1.0', healthcheck: *well, ports: ['127.0.0.1:3000:3001'], depends_on: { a: { condition: service_healthy }, c: { condition: service_completed_successfully } } }
  c: { profiles: [cluster], image: 'mongo:8.0.28', network_mode: service:a }
networks: { n: { ipam: {} } }
volumes: { v: {} }`;

  it('and none where there is none', () => expect(mistakesOf(readCompose(good))).toEqual([]));

  it.each([
    ['an image has the tag of one release', 'spoor:0.1.0', 'spoor:latest'],
    ['an image has the tag of one release', 'mongo:8.0.28', 'mongo:8'],
    ['an image has the tag of one release', 'mongo:8.0.28', 'mongo'],
    ['what is built here is never fetched', "image: 'spoor:0.1.0'", "image: 'spoor:0.1.0', build: ."],
    ['a port is published on the loopback interface only', '127.0.0.1:3000:3001', '3000:3001'],
    ['a port is published on the loopback interface only', '127.0.0.1:3000:3001', '0.0.0.0:3000:3001'],
    ['what runs on says whether it is well', 'healthcheck: *well, ', ''],
    ['what is waited for is there', 'c: { condition: service_completed', 'd: { condition: service_completed'],
    ['what is waited for is there', 'a: { condition: service_healthy }', 'a: { condition: service_started }'],
    [
      'what is waited for is there',
      'a: { condition: service_healthy }',
      'a: { condition: service_completed_successfully }',
    ],
    ['what is waited for is there', 'service_completed_successfully', 'service_healthy'],
    ['what is waited for is there', 'c: { profiles: [cluster]', 'c: { profiles: [development]'],
    ['security is off in development only', 'test: [CMD, x]', 'test: [CMD, curl, --insecure]'],
    [
      'security is off in development only',
      'restart: always',
      'restart: always, environment: { KURRENTDB_INSECURE: "true" }',
    ],
    [
      'security is off in development only',
      'restart: always',
      'restart: always, environment: { NODE_ENV: development }',
    ],
    [
      'no password is in the file',
      'restart: always',
      'restart: always, environment: { MONGODB_URL: "mongodb://u:p@a" }',
    ],
    ['no password is in the file', 'restart: always', 'restart: always, environment: { ADMIN_PASSWORD: x }'],
    ['a volume is declared', 'volumes: { v: {} }', 'volumes: { w: {} }'],
    ['a network is declared', 'networks: { n:', 'networks: { m:'],
    ['a network is declared', 'service:a', 'service:z'],
    ['a network is declared', 'service:a', 'none, ports: ["127.0.0.1:1:1"]'],
    ['a server of the cluster is always started again', 'restart: always, ', ''],
    ['a server of the cluster is always started again', 'restart: always', 'restart: unless-stopped'],
  ])('%s: %s → %s', (rule, from, to) => {
    expect(Object.keys(rules).some((name) => name.startsWith(rule))).toBe(true);
    expect(good).toContain(from);
    expect(mistakesOf(readCompose(good.replaceAll(from, to))).filter((mistake) => mistake.includes(rule))).not.toEqual(
      [],
    );
  });

  it.each([
    ['healthcheck: &well', 'healthchek: &well'],
    ['interval: 5s', 'intervall: 5s'],
    ['profiles: [cluster]', 'profiles: [production]'],
    ['service_healthy', 'healthy'],
    ['restart: always', 'restart: sometimes'],
  ])('%s misspelt as %s is refused', (from, to) =>
    expect(() =>
      readCompose(
        good.replace(from, to).replaceAll('*well', '{ test: [CMD, x], interval: 5s, timeout: 5s, retries: 3 }'),
      ),
    ).toThrow(/Invalid|Unrecognized/),
  );
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

const accepts = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
