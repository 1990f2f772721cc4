import { Log } from './log.ts';
import { PretendNode, type NodeOptions } from './node.ts';

export { Log } from './log.ts';
export { PretendNode, type NodeOptions } from './node.ts';

/** A node of its own, empty, on a free port of the loopback interface. */
export async function startNode(options: NodeOptions = {}): Promise<PretendNode> {
  const node = new PretendNode(options);
  await node.start();
  return node;
}

export interface Cluster {
  readonly nodes: readonly PretendNode[];
  /** Of all nodes: the client asks them who leads. */
  readonly url: string;
  /** From now on this one leads. */
  elect(leader: number): void;
  close(): Promise<void>;
}

/** Nodes that share a log, as if replication took no time; one of them leads. */
export async function startCluster(size: number, options: NodeOptions = {}): Promise<Cluster> {
  const log = new Log(options.begin);
  const nodes = Array.from({ length: size }, () => new PretendNode({ ...options, log }));
  let leads = 0;
  for (const node of nodes) {
    await node.start();
    node.members = () => nodes.map(({ port, isUp }, at) => ({ port, isLeader: at === leads, isAlive: isUp }));
  }
  return {
    nodes,
    url: `esdb://${nodes.map(({ port }) => `127.0.0.1:${port}`).join(',')}?tls=false`,
    elect: (leader) => void (leads = leader),
    close: async () => {
      for (const node of nodes) await node.close();
    },
  };
}
