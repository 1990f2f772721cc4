import { createRequire } from 'node:module';
import { status } from '@grpc/grpc-js';
import type {
  sendUnaryData,
  ServerDuplexStream,
  ServerReadableStream,
  ServerUnaryCall,
  UntypedHandleCall,
} from '@grpc/grpc-js';
import type { ServiceDefinition } from '@grpc/grpc-js';
import features from '@eventstore/db-client/generated/serverfeatures_pb.js';
import gossip from '@eventstore/db-client/generated/gossip_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type * as Gossip from '@eventstore/db-client/generated/gossip_pb.js';
import type * as Streams from '@eventstore/db-client/generated/streams_pb.js';
import type * as Features from '@eventstore/db-client/generated/serverfeatures_pb.js';
import type { Proposed } from './log.ts';
import { MAX_APPEND_BYTES } from './log.ts';
import type { PretendNode } from './node.ts';
import { read, Subscriber, type ReadCall } from './reading.ts';
import { appended, expectedOf, failure, FAILURES, nameOf, proposedOf, wrongVersion } from './wire.ts';

const require = createRequire(import.meta.url);
const definition = (file: string, name: string): ServiceDefinition =>
  (require(`@eventstore/db-client/generated/${file}_grpc_pb.js`) as Record<string, ServiceDefinition>)[name]!;

type AppendCall = ServerReadableStream<Streams.AppendReq, Streams.AppendResp>;
type Handlers = Readonly<Record<string, UntypedHandleCall>>;

/** What the node serves: the client's own service definitions, and how each call is answered. */
export const servicesOf = (node: PretendNode): readonly (readonly [ServiceDefinition, Handlers])[] => [
  [
    definition('streams', 'StreamsService'),
    {
      append: ((call: AppendCall, answer: sendUnaryData<Streams.AppendResp>) =>
        void append(node, call, answer)) as UntypedHandleCall,
      batchAppend: ((call: ServerDuplexStream<unknown, unknown>) => batchAppend(node, call)) as UntypedHandleCall,
      read: ((call: ReadCall) => reading(node, call)) as UntypedHandleCall,
      delete: ((
        call: ServerUnaryCall<Streams.DeleteReq, Streams.DeleteResp>,
        answer: sendUnaryData<Streams.DeleteResp>,
      ) => {
        node.log.softDelete(nameOf(call.request.getOptions()!.getStreamIdentifier()), crypto.randomUUID());
        answer(null, new streams.DeleteResp().setNoPosition(new shared.Empty()));
      }) as UntypedHandleCall,
      tombstone: ((
        call: ServerUnaryCall<Streams.TombstoneReq, Streams.TombstoneResp>,
        answer: sendUnaryData<Streams.TombstoneResp>,
      ) => {
        node.log.tombstone(nameOf(call.request.getOptions()!.getStreamIdentifier()), crypto.randomUUID());
        answer(null, new streams.TombstoneResp().setNoPosition(new shared.Empty()));
      }) as UntypedHandleCall,
    },
  ],
  [
    definition('serverfeatures', 'ServerFeaturesService'),
    {
      getSupportedMethods: ((_call: unknown, answer: sendUnaryData<Features.SupportedMethods>) =>
        answer(null, supported(node.version))) as UntypedHandleCall,
    },
  ],
  [
    definition('gossip', 'GossipService'),
    {
      read: ((_call: unknown, answer: sendUnaryData<Gossip.ClusterInfo>) =>
        answer(null, new gossip.ClusterInfo().setMembersList(node.members().map(memberOf)))) as UntypedHandleCall,
    },
  ],
];

/** Each message is taken as it comes; with the end of the client's stream the append is what has come until then (§0.11). */
async function append(node: PretendNode, call: AppendCall, answer: sendUnaryData<Streams.AppendResp>): Promise<void> {
  const refusal = node.refusal(call.metadata);
  if (refusal !== undefined) return answer(refusal);
  const done = node.opened(call);
  const messages: Streams.AppendReq[] = [];
  call.on('data', (message: Streams.AppendReq) => messages.push(message));
  await new Promise((resolve) => call.once('end', resolve).once('cancelled', resolve).once('error', resolve));
  done();
  if (call.cancelled) return undefined;
  const [header, ...proposed] = messages;
  const options = header!.getOptions()!;
  const name = nameOf(options.getStreamIdentifier());
  const expected = expectedOf(options);
  const events = proposed.map((message) => proposedOf(message.getProposedMessage()!));
  const problem = problemOf(name, events);
  if (problem !== undefined) return answer(FAILURES.unexpected(problem));
  if (!(await node.isItsTurn(name, events[0]?.id))) return answer(FAILURES.timedOut());
  const outcome = node.log.append(name, expected, events.slice(0, node.takeTruncation()));
  node.appends++;
  if (node.takeLostReply()) return node.breakConnections();
  switch (outcome.kind) {
    case 'success':
      return answer(null, appended(outcome.revision, outcome.position));
    case 'wrong':
      return answer(null, wrongVersion(expected, outcome.actual));
    case 'deleted':
      return answer(FAILURES.deleted(name));
    case 'too-large':
      return answer(FAILURES.tooLarge(MAX_APPEND_BYTES));
  }
}

/** The server demands a name, a type and an id, and says no more than that something went wrong (§1.3, §1.4). */
function problemOf(name: string, events: readonly Proposed[]): string | undefined {
  const isNamed = name !== '' && events.every(({ id, type }) => type !== '' && /^[0-9a-f-]{36}$/i.test(id));
  return isNamed ? undefined : 'Exception was thrown by handler.';
}

/** The way that the adapter must never take (§0.1): an absolute deadline by the client's clock, and no answer in time. */
function batchAppend(node: PretendNode, call: ServerDuplexStream<unknown, unknown>): void {
  node.batchAppends++;
  call.on('data', () => undefined);
  call.on('end', () => call.end());
}

function reading(node: PretendNode, call: ReadCall): void {
  const options = call.request.getOptions()!;
  const refusal = node.refusal(call.metadata) ?? node.readRefusal(call.metadata);
  if (refusal !== undefined) return void call.emit('error', refusal);
  const done = node.opened(call);
  call.once('close', done).once('cancelled', done).once('finish', done);
  if (!options.hasSubscription()) return void read(call, node.log).finally(() => undefined);
  if (!options.hasAll())
    return void call.emit('error', failure(status.UNIMPLEMENTED, 'a stream is not followed by Spoor'));
  const subscriber = new Subscriber(call, node.log, () => node.dropsSlowConsumers);
  const stop = node.subscribed(subscriber);
  const ended = (): void => {
    subscriber.close();
    stop();
  };
  call.once('close', ended).once('cancelled', ended).once('finish', ended);
}

function supported(version: string): Features.SupportedMethods {
  const method = (name: string, more: readonly string[] = []): Features.SupportedMethod =>
    new features.SupportedMethod()
      .setServiceName('event_store.client.streams.streams')
      .setMethodName(name)
      .setFeaturesList([...more]);
  return new features.SupportedMethods()
    .setEventStoreServerVersion(version)
    .setMethodsList([
      method('append'),
      method('read', ['position', 'events']),
      method('batchappend', ['deadline_duration']),
    ]);
}

export interface Member {
  readonly port: number;
  readonly isLeader: boolean;
  readonly isAlive: boolean;
}

const memberOf = ({ port, isLeader, isAlive }: Member): Gossip.MemberInfo =>
  new gossip.MemberInfo()
    .setInstanceId(new shared.UUID().setString(crypto.randomUUID()))
    .setTimeStamp(String(Date.now()))
    .setState(isLeader ? gossip.MemberInfo.VNodeState.LEADER : gossip.MemberInfo.VNodeState.FOLLOWER)
    .setIsAlive(isAlive)
    .setHttpEndPoint(new gossip.EndPoint().setAddress('127.0.0.1').setPort(port));
