import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { startNode, type PretendNode } from '../servers/eventstoredb/index.ts';

const SCRIPT = join(import.meta.dirname, '../../deploy/eventstore-setup.mjs');

/** The script, with this for an answer to its request for a user, which the pretend node does not serve. */
async function setUp(node: PretendNode, answer: string): Promise<{ readonly code: number; readonly out: string }> {
  const answering = `data:text/javascript,globalThis.fetch = async () => (${answer})`;
  const script = spawn(process.execPath, ['--import', answering, SCRIPT], {
    env: {
      EVENTSTORE_URL: `esdb://spoor:s%3Acret@127.0.0.1:${node.port}?tls=false`,
      KURRENTDB_DEFAULT_ADMIN_PASSWORD: 'a%dmin',
    },
  });
  let out = '';
  for (const stream of [script.stdout, script.stderr]) stream.on('data', (chunk) => (out += String(chunk)));
  const [code] = (await once(script, 'close')) as [number];
  return { code, out };
}

describe('deploy/eventstore-setup.mjs, on a pretend node', () => {
  let node: PretendNode;
  const written = () => node.log.records.map(({ stream, type, data }) => [stream, type, JSON.parse(String(data))]);
  beforeEach(async () => {
    node = await startNode();
  });
  afterEach(() => node.close());

  it('lets the user read the log and the rights, and leaves deleting and cutting off to operators; once', async () => {
    expect(await setUp(node, '{ ok: true }')).toMatchObject({ code: 0, out: expect.stringContaining('was made') });
    const rights = { $acl: { $r: ['$admins', 'spoor'] } };
    expect(written()).toEqual([
      ['$$$all', '$metadata', rights],
      ['$$$settings', '$metadata', rights],
      ['$settings', '$settings', expect.objectContaining({})],
    ]);
    expect(written()[2]![2]).toMatchObject({ $userStreamAcl: { $d: '$admins', $mw: '$admins' } });
    expect(await setUp(node, '{ status: 409 }')).toMatchObject({ code: 0, out: expect.stringContaining('was there') });
    expect(written()).toHaveLength(3);
  });

  it('never appends in batches', async () => {
    await setUp(node, '{ ok: true }');
    expect(node.batchAppends).toBe(0);
  });
});
