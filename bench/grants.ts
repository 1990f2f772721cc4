import 'reflect-metadata';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Spoor } from '../apps/api/spoor.ts';
import { compose } from '../apps/composition/compose.ts';
import { openEmbedded } from '../apps/composition/embedded.ts';
import { inProcess } from '../apps/seed/driver.ts';
import { allocate, award, spend, supplier, verify } from '../apps/seed/money.ts';
import { Run } from '../apps/seed/run.ts';
import { as, atWork, timeline, type Step } from '../apps/seed/scenario.ts';
import { s1 } from '../apps/seed/scenarios/index.ts';
import { documentId } from '#domain/document';
import type { SupportingDocument } from '#domain/grant';
import type { EventStore, NewEvent, StoredEvent } from '#event-store';
import { uuidv5, type Actor, type JsonObject } from '#kernel';

/*
 * What a grant of 20,000 expenditures costs against one of 20, on the embedded stack with real files: `npm run bench`.
 * Absolute times depend on the machine and its neighbours; only the ratios, taken in alternating rounds, say something.
 */

const [BIG, SMALL] = [Number(process.env['BENCH_EXPENDITURES'] ?? 20_000), 20];
/** Adds up every event of the grant: it grows with it, and is only reported. */
const RECONCILIATION = 'getGrantReconciliation';
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 40);
const LIMIT = 3;
/** The network of S1 as it stood then, with its action under way. */
const TODAY = '2021-04-01';
const BATCH = 50;
const GRANT_CENTS = 5_000_000_00;

const finance = as('finance', 'finance-antwerpen');
const verifier = as('verifier', 'verifier-antwerpen');
const worked = { from: '2020-10-01', until: '2021-03-31' };

type Size = 'big' | 'small';
const sizes: readonly Size[] = ['big', 'small'];

let given = 0;
/** Gives one step; the time until it is answered, in ms. */
async function give(run: Run, step: Step): Promise<number> {
  const planned = { ...step, key: `bench/${++given}`, now: atWork(TODAY) };
  const began = performance.now();
  await run.give(planned);
  return performance.now() - began;
}

const spent = (grant: string, name: string): Step =>
  spend(TODAY, finance, grant, name, {
    action: 'wmb',
    number: name,
    date: '2021-03-31',
    grossCents: 10_000,
    supplier: supplier('Centrum voor welzijnswerk', '0999.000.228'),
    period: worked,
  });

/** The network, and two grants of which a part is set aside and a first expenditure is verified. */
async function begin(run: Run): Promise<Run> {
  for (const step of timeline([s1])) if (step.on <= TODAY) await run.give(step);
  for (const grant of sizes) {
    const what = { network: 'antwerpen', title: grant, funder: 'stad-antwerpen', scheme: 'scheme-stad' };
    const period = { from: '2020-09-01', until: '2022-12-31' };
    await give(run, award(TODAY, finance, grant, { ...what, period, amountCents: GRANT_CENTS, reference: grant }));
    await give(run, allocate(TODAY, finance, grant, 'wmb', GRANT_CENTS / 2, 'd1'));
    await give(run, spent(grant, `${grant}-1`));
    await give(run, verify(TODAY, verifier, grant, `${grant}-1`));
  }
  return run;
}

async function streamOf(events: EventStore, stream: string): Promise<readonly StoredEvent[]> {
  const all: StoredEvent[] = [];
  for await (const page of events.readStream(stream)) all.push(...page);
  return all;
}

const copyOf = ({ type, meta }: StoredEvent, id: string, data: object): NewEvent => ({
  id,
  type,
  data: data as JsonObject,
  meta: { ...meta, commandId: id, correlationId: id, causationId: id },
});

/** As many expenditures as its size asks, every other one verified: the events of the first one again, of other documents. */
async function fill(events: EventStore, grant: string, count: number): Promise<void> {
  const stream = `grant-${grant}`;
  const first = await streamOf(events, stream);
  const [recorded, verified] = ['ExpenditureRecorded', 'ExpenditureVerified'].map((type) =>
    first.find((event) => event.type === type)!,
  ) as [StoredEvent, StoredEvent];
  const { supporting: model, document } = recorded.data as unknown as Booked;
  const [claimed] = await streamOf(events, `document-${document}`);
  let revision = first.at(-1)!.revision;
  for (let n = 2; n <= count; n += BATCH) {
    const batch = Array.from({ length: Math.min(BATCH, count - n + 1) }, (_, i) => {
      const id = uuidv5(grant, String(n + i));
      const supporting = { ...model, number: `${model.number}/${n + i}` };
      return { id, supporting, document: documentId(supporting), claim: uuidv5(id, 'claim'), verified: i % 2 === 0 };
    });
    await Promise.all(
      batch.map(({ id, supporting, document, claim }) => {
        const data = { ...claimed!.data, supporting, claim };
        return events.append(`document-${document}`, [copyOf(claimed!, uuidv5(id, 'claimed'), data)], {
          expected: 'no_stream',
        });
      }),
    );
    const booked = batch.flatMap((one) => {
      const { id, supporting, document, claim } = one;
      const booking = copyOf(recorded, id, { ...recorded.data, supporting, document, claim });
      const check = copyOf(verified, uuidv5(id, 'verified'), { ...verified.data, expenditure: id });
      return one.verified ? [booking, check] : [booking];
    });
    revision = (await events.append(stream, booked, { expected: revision })).revision;
  }
}

interface Booked {
  readonly supporting: SupportingDocument;
  readonly document: string;
}

/** Until everything that is in the log shows in every read model. */
async function shown(spoor: Spoor): Promise<void> {
  const { position } = await spoor.events.head();
  if (!(await spoor.reached(position!, [], 600_000)))
    throw new Error('the projections do not come to the end of the log');
}

/** What is measured of a grant; each gives the ms it took. */
function measures(spoor: Spoor, run: Run): Readonly<Record<string, (grant: Size, round: number) => Promise<number>>> {
  const actor: Actor = { subject: run.id('finance-antwerpen'), role: 'finance' };
  const asked = async (name: string, params: Readonly<Record<string, string>>): Promise<number> => {
    const entry = spoor.catalogue.queries.find((one) => one.name === name)!;
    const began = performance.now();
    const answer = await spoor.queries.run(entry, params, {}, actor);
    if (answer.kind !== 'found') throw new Error(`${name}: ${JSON.stringify(answer)}`);
    return performance.now() - began;
  };
  const network = run.id('antwerpen');
  return {
    RecordExpenditure: (grant, round) => give(run, spent(grant, `${grant}-new-${round}`)),
    VerifyExpenditure: (grant, round) => give(run, verify(TODAY, verifier, grant, `${grant}-new-${round}`)),
    Allocate: (grant) => give(run, allocate(TODAY, finance, grant, 'wmb', 1, 'd1')),
    'Allocate, until all read models show it': async (grant) => {
      const began = performance.now();
      await give(run, allocate(TODAY, finance, grant, 'wmb', 1, 'd1'));
      await shown(spoor);
      return performance.now() - began;
    },
    getGrantStatement: (grant) => asked('getGrantStatement', { id: run.id(grant) }),
    listExpenditures: (grant) => asked('listExpenditures', { network, grant: run.id(grant) }),
    [RECONCILIATION]: (grant) => asked(RECONCILIATION, { id: run.id(grant) }),
  };
}

interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

function spreadOf(times: readonly number[]): Spread {
  const sorted = times.toSorted((a, b) => a - b);
  return { median: sorted[Math.floor(sorted.length / 2)]!, min: sorted[0]!, max: sorted.at(-1)! };
}

interface Row extends Readonly<Record<Size, Spread>> {
  readonly what: string;
  readonly ratio: number;
  /** The most it may be; null: reported only. */
  readonly limit: number | null;
}

const rowOf = (what: string, times: Readonly<Record<Size, readonly number[]>>, limit: number | null): Row => {
  const [big, small] = [spreadOf(times.big), spreadOf(times.small)];
  return { what, big, small, ratio: big.median / small.median, limit };
};

/** Big and small by turns, each first by turns; what is left over of one is awaited before the next. */
async function compared(
  spoor: Spoor,
  what: string,
  measure: (grant: Size, round: number) => Promise<number>,
  rounds: number,
  limit: number | null,
): Promise<Row> {
  const times: Record<Size, number[]> = { big: [], small: [] };
  for (let round = 0; round < rounds; round++)
    for (const grant of round % 2 === 0 ? sizes : sizes.toReversed()) {
      times[grant].push(await measure(grant, round));
      await shown(spoor);
      await setImmediate();
    }
  return rowOf(what, times, limit);
}

const ms = (value: number): string => value.toFixed(2).padStart(9);
const spread = ({ median, min, max }: Spread): string => `${ms(median)} (${ms(min)} –${ms(max)})`;
const say = (line: string): boolean => process.stdout.write(`${line}\n`);
const tell = ({ what, big, small, ratio, limit }: Row): boolean =>
  say(
    `${what.padEnd(40)}${spread(big)}${spread(small)}${ratio.toFixed(2).padStart(9)}` +
      (limit === null ? '' : ratio > limit ? `  ✗ above ${limit}` : '  ✓'),
  );

const directory = mkdtempSync(join(tmpdir(), 'spoor-bench-'));
try {
  const stack = await openEmbedded({
    directory,
    onFatal: (error) => {
      throw error;
    },
  });
  let spoor = await compose(stack, 'simulated');
  const run = await begin(new Run({ give: (one) => inProcess(spoor).give(one) }));
  const began = performance.now();
  await fill(stack.events, run.id('big'), BIG);
  await fill(stack.events, run.id('small'), SMALL);
  await shown(spoor);
  say(`${BIG} expenditures filled in and projected in ${Math.round((performance.now() - began) / 1000)} s`);

  // A process that has just started knows neither grant.
  await spoor.close();
  spoor = await compose(stack, 'simulated');
  say(`${'ms: median (min – max)'.padEnd(40)}${'big'.padStart(32)}${'small'.padStart(32)}${'ratio'.padStart(9)}`);
  const rows: Row[] = [];
  const measured = measures(spoor, run);
  rows.push(await compared(spoor, 'first command, cold', measured['Allocate']!, 1, null));
  tell(rows.at(-1)!);
  for (const [what, measure] of Object.entries(measured)) {
    rows.push(
      await (what === RECONCILIATION
        ? compared(spoor, what, measure, 3, null)
        : compared(spoor, what, measure, ROUNDS, LIMIT)),
    );
    tell(rows.at(-1)!);
  }
  const reports = resolve(import.meta.dirname, '../reports');
  mkdirSync(reports, { recursive: true });
  writeFileSync(
    join(reports, 'grants.json'),
    JSON.stringify({ expenditures: { big: BIG, small: SMALL }, rows }, null, 2),
  );
  await spoor.close();
  await stack.close();
  process.exitCode = rows.some(({ ratio, limit }) => limit !== null && ratio > limit) ? 1 : 0;
} finally {
  rmSync(directory, { recursive: true, force: true });
}
