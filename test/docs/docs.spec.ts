import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { makeLog } from '../../apps/api/log.ts';
import { startServer } from '../../apps/api/server.ts';
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

/** Pages whose requests are given, one after the other and page after page, and what each answers. */
const REQUESTS: Readonly<Record<string, readonly number[]>> = {
  'README.md': [201, 200, 200, 200, 200],
  'docs/auditor/README.md': Array.from({ length: 11 }, () => 200),
  'docs/integrator/subsidies.md': [201, 201, ...Array.from({ length: 9 }, () => 200)],
  'docs/integrator/impact.md': [
    ...Array.from({ length: 2 }, () => 201),
    ...Array.from({ length: 2 }, () => 200),
    ...Array.from({ length: 4 }, () => 201),
    422,
    ...Array.from({ length: 3 }, () => 200),
    201,
    ...Array.from({ length: 4 }, () => 200),
  ],
};

describe('the requests in the docs', () => {
  const answers: Record<string, readonly { readonly status: number; readonly text: string }[]> = {};
  const told = (page: string, request: number): unknown => JSON.parse(answers[page]!.at(request)!.text);

  beforeAll(async () => {
    const stack = openMemory();
    const seeding = await compose(stack, 'simulated');
    await seed(seeding);
    await seeding.close();
    const spoor = await compose(stack, 'system');
    const server = await startServer(spoor, { host: '127.0.0.1', port: 0 }, makeLog('silent'));
    for (const page of Object.keys(REQUESTS)) {
      const given: { status: number; text: string }[] = [];
      for (const { url, ...request } of curlsOf(page)) {
        const response = await fetch(url.replace('http://127.0.0.1:3000', server.url), request);
        given.push({ status: response.status, text: await response.text() });
      }
      answers[page] = given;
    }
    await server.stop();
    await spoor.close();
    await stack.close();
  }, 60_000);

  it.each(Object.entries(REQUESTS))('of %s run on the demo networks', (page, statuses) => {
    expect(answers[page]!.map(({ status }) => status)).toEqual(statuses);
  });

  it('of the README lead to the history and to the figures that it shows', () => {
    expect(told('README.md', 2)).toMatchObject({ items: [{ type: 'ActionProposed' }, { type: 'PartnerJoined' }] });
    expect(told('README.md', 3)).toMatchObject({
      grant: { totals: { unallocatedCents: 2_500_000, acceptedCents: 4_720_000, receivedCents: 4_250_000 } },
      balanceCents: 470_000,
    });
    const { release } = told('README.md', 4) as { release: { lines: { text: string }[] } };
    expect(release.lines.map(({ text }) => text)).toEqual(['4812', '389', '1127', '<5']);
  });

  it('of the auditor tell what the page says', () => {
    const [statement, held, , , reconciliation] = [0, 1, 2, 3, 4].map((i) => told('docs/auditor/README.md', i));
    expect(statement).toMatchObject({
      grant: { totals: { acceptedCents: 4_720_000, lapsedCents: 3_780_000, receivedCents: 4_250_000 } },
      balanceCents: 470_000,
    });
    expect(held).toMatchObject({ grant: { totals: { spentCents: 4_320_000 } } });
    expect(reconciliation).toMatchObject({ differenceCents: 0, withoutEvidence: { count: 0 } });
    const [series, recommendation] = [7, 8].map((i) => told('docs/auditor/README.md', i));
    const { points } = series as { points: { value: { text: string } }[] };
    expect(points.map(({ value }) => value.text)).toEqual(['70.59']);
    expect(recommendation).toMatchObject({ evaluations: [{ values: [{ numerator: 15, denominator: 19 }] }, {}] });
  });

  it('drive a grant from its scheme to its balance', () => {
    expect(told('docs/integrator/subsidies.md', -1)).toMatchObject({
      grant: {
        status: 'closed',
        totals: { acceptedCents: 320_000, lapsedCents: 680_000, receivedCents: 500_000, repaidCents: 180_000 },
      },
      balanceCents: 0,
    });
  });

  it('drive an indicator from its definition to a public table', () => {
    const page = 'docs/integrator/impact.md';
    const texts = (lines: unknown) => (lines as { text: string }[]).map(({ text }) => text).toSorted();
    expect(told(page, 8)).toMatchObject({ errors: [{ pointer: '/upTo', code: 'range-not-allowed' }] });
    expect(told(page, 9)).toMatchObject({ periods: [{ value: { text: '70' }, met: true, floorsMissed: 1 }] });
    const { check } = (told(page, -3) as { release: { check: { hidden: { why: string }[] } } }).release;
    expect(check.hidden.map(({ why }) => why).toSorted()).toEqual(['primary', 'secondary']);
    const { release } = told(page, -1) as { release: { status: string; lines: unknown } };
    expect(texts(release.lines)).toEqual(['40', '70', '–', '–']);
  });
});
