import 'reflect-metadata';
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { isStoreError } from '#event-store';
import { ConfigError, readConfig } from '../composition/config.ts';
import { compose } from '../composition/compose.ts';
import { inWords } from '../composition/words.ts';
import { openStack } from '../composition/open.ts';
import { seed } from '../seed/seed.ts';
import { copy } from './copy.ts';
import { doctor } from './doctor.ts';
import { EXIT, Failed } from './exit.ts';
import { openOperations, UnreachableError, type Operations } from './operations.ts';
import { answer, progress, type Output } from './output.ts';
import * as projections from './projections.ts';

const program = new Command('spoor')
  .description(
    'Operates the data of Spoor. While the server runs, doctor and projections ask the server; seed needs it stopped.',
  )
  .option('--json', 'one JSON document on standard output; progress as JSON lines on standard error', false)
  .addHelpText(
    'after',
    `\nExit codes: ${EXIT.ok} done, ${EXIT.failed} not done or something is wrong, ${EXIT.usage} wrong usage, ${EXIT.unreachable} the server does not answer, ${EXIT.config} wrong configuration.`,
  )
  .showHelpAfterError()
  .exitOverride();
const output = (): Output => program.opts<Output>();

program
  .command('seed')
  .description('Fill an empty log with the demo networks; goes on where it was interrupted')
  .action(async () => {
    const config = readConfig(process.env);
    const { data } = config;
    const place = data.stack === 'embedded' ? data.directory : 'EventStoreDB';
    const stack = await openStack(config, { onFatal: fatal }).catch((error: unknown) => {
      if (!isStoreError(error, 'store-locked')) throw error;
      throw new Failed(`the data in ${place} are in use: stop the server first, then seed`);
    });
    const spoor = await compose(stack, 'simulated', { alone: true });
    try {
      const shown = progress(output(), 'seed');
      await seed(spoor, (done, total) => shown.step(done, total));
      shown.end();
      const { position } = await spoor.events.head();
      answer(output(), { position }, `The demo networks are in ${place}.`);
    } finally {
      await spoor.close();
      await stack.close();
    }
  });

program
  .command('doctor')
  .description('Look at Node, files or servers, data and projections, and say what is wrong')
  .action(() => doctor(readConfig(process.env), output()));

program
  .command('copy')
  .description('Move a log to an EventStoreDB: order, ids and bytes stay; goes on where it was interrupted')
  .requiredOption('--from <sqlite:directory>', 'the data directory that has the log; its server must be stopped')
  .requiredOption('--to <url>', 'the EventStoreDB, which holds no log yet: esdb://user:password@host')
  .action(({ from, to }: { from: string; to: string }) => copy(from, to, output()));

const group = program.command('projections').description('The read models: look, rebuild beside, compare, switch');
const operating = async (
  work: (operations: Operations) => Promise<void>,
  projections: 'here' | 'elsewhere' = 'elsewhere',
): Promise<void> => {
  const operations = await openOperations(readConfig(process.env), projections);
  try {
    await work(operations);
  } finally {
    await operations.close();
  }
};
group
  .command('list')
  .description('Every projection: its state, how far behind, what is built beside it')
  .action(() => operating((operations) => projections.list(operations, output())));
group
  .command('rebuild <name>')
  .description('Build it anew from the first event on, beside the one that serves')
  .action((name: string) => operating((operations) => projections.rebuild(operations, name, output()), 'here'));
group
  .command('diff <name>')
  .description('Compare the two byte by byte; exit code 1 when they differ')
  .action((name: string) => operating((operations) => projections.diff(operations, name, output())));
group
  .command('activate')
  .argument('<name>')
  .argument('<generation>', '', wholeNumber)
  .description('Serve that generation; the way back is the same command with the former one')
  .action((name: string, generation: number) =>
    operating((operations) => projections.activate(operations, name, generation, output())),
  );

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,14}$/.test(text)) throw new InvalidArgumentError('A generation is a whole number.');
  return Number(text);
}

function fatal(error: unknown): void {
  process.stderr.write(`The log's file failed: ${String(error)}\n`);
  process.exit(EXIT.failed);
}

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = exitOf(error);
}

function exitOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  const isOwn = error instanceof Failed || error instanceof UnreachableError;
  const words = isOwn ? error.message : inWords(error);
  process.stderr.write(`${words ?? (error instanceof Error ? error.stack : String(error))}\n`);
  if (error instanceof ConfigError) return EXIT.config;
  return error instanceof UnreachableError ? EXIT.unreachable : EXIT.failed;
}
