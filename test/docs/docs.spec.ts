import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { makeLog } from '../../apps/api/log.ts';
import { startServer, type Server } from '../../apps/api/server.ts';
import { compose } from '../../apps/composition/compose.ts';
import { openMemory } from '../../apps/composition/stack.ts';
import { seed } from '../../apps/seed/seed.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
const pages = [
  'README.md',
  'LEESMIJ.md',
  ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => join('docs', file)),
];

describe('links in the docs', () => {
  it.each(pages)('of %s lead somewhere', (page) => {
    const targets = [...read(page).matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map(([, target]) => target!);
    const dead = targets.filter((target) => !existsSync(resolve(ROOT, dirname(page), target)));
    expect(dead).toEqual([]);
  });
});

interface Curl {
  readonly method: string;
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly body?: string;
}

/** The curl commands of a page, as they are written. */
function curlsOf(page: string): readonly Curl[] {
  const blocks = [...read(page).matchAll(/```sh\n(curl [\s\S]*?)```/g)].map(([, block]) => block!);
  return blocks.map((block) => {
    const words = [...block.replace(/\\\n/g, ' ').matchAll(/'([^']*)'|(\S+)/g)].map(
      ([, quoted, bare]) => quoted ?? bare!,
    );
    const after = (flag: string): string[] => words.filter((_, index) => words[index - 1] === flag);
    return {
      method: after('-X')[0] ?? 'GET',
      url: words.find((word) => word.startsWith('http'))!,
      headers: Object.fromEntries(after('-H').map((header) => header.split(/: (.*)/).slice(0, 2))) as Record<
        string,
        string
      >,
      ...(after('-d')[0] !== undefined && { body: after('-d')[0]! }),
    };
  });
}

describe('the requests in the README', () => {
  let server: Server;
  let close: () => Promise<void>;

  beforeAll(async () => {
    const stack = openMemory();
    const seeding = await compose(stack, 'simulated');
    await seed(seeding);
    await seeding.close();
    const spoor = await compose(stack, 'system');
    server = await startServer(spoor, { host: '127.0.0.1', port: 0 }, makeLog('silent'));
    close = async () => {
      await server.stop();
      await spoor.close();
      await stack.close();
    };
  }, 60_000);
  afterAll(() => close());

  it('run one after the other on the demo networks', async () => {
    const curls = curlsOf('README.md');
    const statuses: number[] = [];
    let last: unknown;
    for (const { url, ...request } of curls) {
      const response = await fetch(url.replace('http://127.0.0.1:3000', server.url), request);
      statuses.push(response.status);
      last = await response.json();
    }
    expect(statuses).toEqual([201, 200, 200]);
    expect(last).toMatchObject({ items: [{ type: 'ActionProposed' }, { type: 'PartnerJoined' }] });
  });
});
