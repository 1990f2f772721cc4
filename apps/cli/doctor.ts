import type { Config } from '../composition/config.ts';
import { lookBeneath, type Finding } from './beneath.ts';
import { Failed } from './exit.ts';
import { openOperations, type Follower } from './operations.ts';
import { answer, type Output } from './output.ts';

/** Looks at everything that Spoor needs and says what it finds; fails when something is wrong. */
export async function doctor(config: Config, output: Output): Promise<void> {
  const beneath = await lookBeneath(config.data);
  const findings = [node(), ...beneath.findings, ...(beneath.hasData ? await data(config) : [])];
  const words = findings.map(({ check, ok, found }) => `${ok ? 'ok   ' : 'WRONG'}  ${check}: ${found}`);
  answer(output, { ok: findings.every(({ ok }) => ok), findings }, words.join('\n'));
  const wrong = findings.filter(({ ok }) => !ok);
  if (wrong.length > 0) throw new Failed(`${wrong.map(({ check }) => check).join(', ')}: see above`);
}

const node = (): Finding => ({
  check: 'Node',
  ok: Number(process.versions.node.split('.')[0]) >= 24,
  found: process.version,
});

/** Opens the data, or asks the server that has them open. A log that lost events is found here. */
async function data(config: Config): Promise<readonly Finding[]> {
  try {
    const operations = await openOperations({ ...config, production: false });
    try {
      return [
        { check: 'data', ok: true, found: `open in ${operations.where}` },
        following('projections', await operations.list()),
        following('processes', await operations.processes()),
      ];
    } finally {
      await operations.close();
    }
  } catch (error) {
    return [{ check: 'data', ok: false, found: error instanceof Error ? error.message : String(error) }];
  }
}

function following(check: string, followers: readonly Follower[]): Finding {
  const paused = followers.filter(({ state }) => state === 'paused');
  return {
    check,
    ok: paused.length === 0,
    found:
      paused.length === 0
        ? `${followers.length} follow the log`
        : paused.map(({ name, error }) => `${name} paused: ${error?.message}`).join('; '),
  };
}
