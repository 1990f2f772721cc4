import { createRequire } from 'node:module';
import type { sendUnaryData, ServerDuplexStream, ServerReadableStream } from '@grpc/grpc-js';
import code from '@eventstore/db-client/generated/code_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import statuses from '@eventstore/db-client/generated/status_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type * as Streams from '@eventstore/db-client/generated/streams_pb.js';
import { MAX_APPEND_BYTES, MAX_INT64, type ExpectedRevision, type Proposed } from './log.ts';
import type { PretendNode } from './node.ts';
import { appended, expectedOf, FAILURES, nameOf, proposedOf, wrongVersion } from './wire.ts';

type AppendCall = ServerReadableStream<Streams.AppendReq, Streams.AppendResp>;
type BatchCall = ServerDuplexStream<Streams.BatchAppendReq, Streams.BatchAppendResp>;

/** Each message is taken as it comes; with the end of the client's stream the append is what has come until then (§0.11). */
export async function append(
  node: PretendNode,
  call: AppendCall,
  answer: sendUnaryData<Streams.AppendResp>,
): Promise<void> {
  const refusal = node.refusal(call.metadata, 'write');
  if (refusal !== undefined) return answer(refusal);
  const closed = node.opened(call);
  try {
    const messages: Streams.AppendReq[] = [];
    call.on('data', (message: Streams.AppendReq) => messages.push(message));
    const isWhole = await new Promise<boolean>((resolve) => {
      call.once('end', () => resolve(!call.cancelled));
      for (const event of ['cancelled', 'error']) call.once(event, () => resolve(false));
    });
    if (isWhole) await answered(node, messages, answer);
  } finally {
    closed();
  }
}

async function answered(
  node: PretendNode,
  [header, ...proposed]: readonly Streams.AppendReq[],
  answer: sendUnaryData<Streams.AppendResp>,
): Promise<void> {
  const options = header!.getOptions()!;
  const name = nameOf(options.getStreamIdentifier());
  const expected = expectedOf(options);
  const events = proposed.map((message) => proposedOf(message.getProposedMessage()!));
  if (!isAppend(name, expected, events)) return answer(FAILURES.invalid(node.version));
  const turn = await node.turn(name, events[0]?.id);
  if (turn === 'dead') return undefined;
  if (turn === 'let go') return answer(FAILURES.timedOut());
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

/** The server demands a name, types, ids and a revision that it can count to (§1.3, §1.4). */
const isAppend = (name: string, expected: ExpectedRevision, events: readonly Proposed[]): boolean =>
  name !== '' &&
  (typeof expected === 'string' || expected <= MAX_INT64) &&
  events.every(({ id, type }) => type !== '' && /^[0-9a-f-]{36}$/.test(id));

/** The way that the adapter must never take (§0.1): one call for all appends, and a deadline that is a time. */
export function batchAppend(node: PretendNode, call: BatchCall): void {
  node.batchAppends++;
  const refusal = node.refusal(call.metadata, 'write');
  if (refusal !== undefined) return void call.emit('error', refusal);
  const closed = node.opened(call);
  call.once('close', closed).once('cancelled', closed).once('finish', closed);
  const begun = new Map<string, Streams.BatchAppendReq[]>();
  call.on('data', (message: Streams.BatchAppendReq) => {
    const id = message.getCorrelationId()!.getString();
    const messages = [...(begun.get(id) ?? []), message];
    begun.set(id, messages);
    if (!message.getIsFinal()) return;
    begun.delete(id);
    call.write(batchAnswer(node, messages));
  });
  call.on('end', () => call.end());
}

function batchAnswer(node: PretendNode, messages: readonly Streams.BatchAppendReq[]): Streams.BatchAppendResp {
  const options = messages[0]!.getOptions()!;
  const identifier = options.getStreamIdentifier();
  const answer = new streams.BatchAppendResp()
    .setCorrelationId(messages[0]!.getCorrelationId())
    .setStreamIdentifier(identifier);
  // By the server's clock (§0.1).
  if (options.getDeadline()!.getSeconds() * 1000 < node.log.now()) return answer.setError(batchError('Timeout'));
  const events = messages.flatMap((message) => message.getProposedMessagesList().map(proposedOf));
  const expected = expectedOf({
    hasNoStream: () => options.hasNoStream(),
    hasStreamExists: () => options.hasStreamExists(),
    hasRevision: () => options.hasStreamPosition(),
    getRevision: () => options.getStreamPosition(),
  });
  const outcome = node.log.append(nameOf(identifier), expected, events);
  if (outcome.kind === 'success')
    return answer.setSuccess(
      new streams.BatchAppendResp.Success()
        .setCurrentRevision(String(outcome.revision ?? 0n))
        .setNoPosition(new shared.Empty()),
    );
  if (outcome.kind !== 'wrong') return answer.setError(batchError('Unknown'));
  const conflict = new shared.WrongExpectedVersion();
  if (outcome.actual !== null) conflict.setCurrentStreamRevision(String(outcome.actual));
  return answer.setError(batchError('WrongExpectedVersion', conflict.serializeBinary()));
}

/** Of the client's own copy of the library: messages of another would be strangers to it. */
const { Any } = createRequire(createRequire(import.meta.url).resolve('@eventstore/db-client'))(
  'google-protobuf/google/protobuf/any_pb.js',
) as { Any: new () => Details };
interface Details extends NonNullable<ReturnType<InstanceType<typeof statuses.Status>['getDetails']>> {
  pack(bytes: Uint8Array, name: string): void;
}

function batchError(name: string, bytes: Uint8Array = new Uint8Array()): InstanceType<typeof statuses.Status> {
  const details = new Any();
  details.pack(bytes, `event_store.client.${name}`);
  return new statuses.Status().setCode(code.Code.UNKNOWN).setMessage(name).setDetails(details);
}
