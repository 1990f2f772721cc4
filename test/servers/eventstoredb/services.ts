import { createRequire } from 'node:module';
import { status } from '@grpc/grpc-js';
import type {
  handleBidiStreamingCall,
  handleClientStreamingCall,
  handleUnaryCall,
  sendUnaryData,
  ServerErrorResponse,
  ServerUnaryCall,
  ServiceDefinition,
  UntypedHandleCall,
} from '@grpc/grpc-js';
import features from '@eventstore/db-client/generated/serverfeatures_pb.js';
import gossip from '@eventstore/db-client/generated/gossip_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type * as Gossip from '@eventstore/db-client/generated/gossip_pb.js';
import type * as Streams from '@eventstore/db-client/generated/streams_pb.js';
import type * as Features from '@eventstore/db-client/generated/serverfeatures_pb.js';
import { append, batchAppend } from './appending.ts';
import type { PretendNode } from './node.ts';
import { read, Subscriber, type ReadCall } from './reading.ts';
import { expectedOf, failure, FAILURES, nameOf } from './wire.ts';

const require = createRequire(import.meta.url);
const definition = (file: string, name: string): ServiceDefinition =>
  (require(`@eventstore/db-client/generated/${file}_grpc_pb.js`) as Record<string, ServiceDefinition>)[name]!;

type Handlers = Readonly<Record<string, UntypedHandleCall>>;

/** What the node serves: the client's own service definitions, and how each call is answered. */
export const servicesOf = (node: PretendNode): readonly (readonly [ServiceDefinition, Handlers])[] => [
  [
    definition('streams', 'StreamsService'),
    {
      append: ((call, answer) =>
        void append(node, call, answer).catch(() =>
          answer(FAILURES.invalid(node.version)),
        )) satisfies handleClientStreamingCall<Streams.AppendReq, Streams.AppendResp> as UntypedHandleCall,
      batchAppend: ((call) => batchAppend(node, call)) satisfies handleBidiStreamingCall<
        Streams.BatchAppendReq,
        Streams.BatchAppendResp
      > as UntypedHandleCall,
      read: ((call: ReadCall) => reading(node, call)) as UntypedHandleCall,
      delete: ((call, answer) => {
        const failed = deleted(node, call, 'softDelete');
        answer(failed ?? null, new streams.DeleteResp().setNoPosition(new shared.Empty()));
      }) satisfies handleUnaryCall<Streams.DeleteReq, Streams.DeleteResp> as UntypedHandleCall,
      tombstone: ((call, answer) => {
        const failed = deleted(node, call, 'tombstone');
        answer(failed ?? null, new streams.TombstoneResp().setNoPosition(new shared.Empty()));
      }) satisfies handleUnaryCall<Streams.TombstoneReq, Streams.TombstoneResp> as UntypedHandleCall,
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

/** Any user whom the node knows may do it, by default (§1.7). */
function deleted(
  node: PretendNode,
  { metadata, request }: ServerUnaryCall<Streams.DeleteReq | Streams.TombstoneReq, unknown>,
  how: 'softDelete' | 'tombstone',
): ServerErrorResponse | undefined {
  const refusal = node.refusal(metadata, 'write');
  if (refusal !== undefined) return refusal;
  const options = request.getOptions()!;
  const name = nameOf(options.getStreamIdentifier());
  const expected = expectedOf(options);
  const outcome = node.log[how](name, crypto.randomUUID(), expected);
  if (outcome.kind === 'deleted') return FAILURES.deleted(name);
  return outcome.kind === 'wrong' ? FAILURES.wrongVersion(name, expected, outcome.actual) : undefined;
}

function reading(node: PretendNode, call: ReadCall): void {
  const options = call.request.getOptions()!;
  const refusal = node.refusal(call.metadata, 'read') ?? node.access.readRefusal(call.metadata, options.hasAll());
  if (refusal !== undefined) return void call.emit('error', refusal);
  const done = node.opened(call);
  call.once('close', done).once('cancelled', done).once('finish', done);
  if (!options.hasSubscription()) return void read(call, node);
  if (!options.hasAll())
    return void call.emit('error', failure(status.UNIMPLEMENTED, 'a stream is not followed by Spoor'));
  const subscriber = new Subscriber(call, node);
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
