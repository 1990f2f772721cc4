import { Metadata, status, type ServiceError, type ServerErrorResponse } from '@grpc/grpc-js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type * as Shared from '@eventstore/db-client/generated/shared_pb.js';
import type * as Streams from '@eventstore/db-client/generated/streams_pb.js';
import type { ExpectedRevision, LogRecord, Proposed } from './log.ts';
import { isSince } from './version.ts';

/** Between the log and the messages of the client's own service definitions. */

export const nameOf = (identifier: Shared.StreamIdentifier | undefined): string =>
  Buffer.from(identifier!.getStreamName_asU8()).toString();

/** What an append and a delete may ask for. */
interface Expecting {
  hasNoStream(): boolean;
  hasStreamExists(): boolean;
  hasRevision(): boolean;
  getRevision(): string;
}
export function expectedOf(options: Expecting): ExpectedRevision {
  if (options.hasNoStream()) return 'no_stream';
  if (options.hasStreamExists()) return 'stream_exists';
  return options.hasRevision() ? BigInt(options.getRevision()) : 'any';
}

/** An event of an append, alone or in a batch. */
type ProposedMessage = Pick<
  Streams.AppendReq.ProposedMessage,
  'getId' | 'getMetadataMap' | 'getData_asU8' | 'getCustomMetadata_asU8'
>;
export function proposedOf(message: ProposedMessage): Proposed {
  const metadata = message.getMetadataMap();
  return {
    // Upper-case UUIDs come back lower-case (§1.3).
    id: message.getId()!.getString().toLowerCase(),
    type: metadata.get('type') ?? '',
    isJson: metadata.get('content-type') === 'application/json',
    data: Buffer.from(message.getData_asU8()),
    meta: Buffer.from(message.getCustomMetadata_asU8()),
  };
}

export function eventResponse(record: LogRecord): Streams.ReadResp {
  const { id, stream, revision, position, type, isJson, created, data, meta } = record;
  const recorded = new streams.ReadResp.ReadEvent.RecordedEvent();
  recorded.setId(new shared.UUID().setString(id));
  recorded.setStreamIdentifier(new shared.StreamIdentifier().setStreamName(Buffer.from(stream)));
  recorded.setStreamRevision(String(revision)).setCommitPosition(String(position)).setPreparePosition(String(position));
  recorded.getMetadataMap().set('type', type);
  recorded.getMetadataMap().set('content-type', isJson ? 'application/json' : 'application/octet-stream');
  recorded.getMetadataMap().set('created', String(created));
  recorded.setData(data).setCustomMetadata(meta);
  const event = new streams.ReadResp.ReadEvent().setEvent(recorded).setCommitPosition(String(position));
  return new streams.ReadResp().setEvent(event);
}

export const confirmation = (): Streams.ReadResp =>
  new streams.ReadResp().setConfirmation(new streams.ReadResp.SubscriptionConfirmation().setSubscriptionId('pretend'));

export const caughtUp = (): Streams.ReadResp => new streams.ReadResp().setCaughtUp(new streams.ReadResp.CaughtUp());

export const checkpoint = (position: bigint): Streams.ReadResp =>
  new streams.ReadResp().setCheckpoint(
    new streams.ReadResp.Checkpoint().setCommitPosition(String(position)).setPreparePosition(String(position)),
  );

export const notFound = (identifier: Shared.StreamIdentifier): Streams.ReadResp =>
  new streams.ReadResp().setStreamNotFound(new streams.ReadResp.StreamNotFound().setStreamIdentifier(identifier));

export function appended(revision: bigint | null, position: bigint | null): Streams.AppendResp {
  const success = new streams.AppendResp.Success();
  if (revision === null) success.setNoStream(new shared.Empty());
  else success.setCurrentRevision(String(revision));
  if (position === null) success.setNoPosition(new shared.Empty());
  else
    success.setPosition(
      new streams.AppendResp.Position().setCommitPosition(String(position)).setPreparePosition(String(position)),
    );
  return new streams.AppendResp().setSuccess(success);
}

export function wrongVersion(expected: ExpectedRevision, actual: bigint | null): Streams.AppendResp {
  const wrong = new streams.AppendResp.WrongExpectedVersion();
  if (actual === null) wrong.setCurrentNoStream(new shared.Empty());
  else wrong.setCurrentRevision(String(actual));
  if (typeof expected === 'bigint') wrong.setExpectedRevision(String(expected));
  else if (expected === 'no_stream') wrong.setExpectedNoStream(new shared.Empty());
  else if (expected === 'stream_exists') wrong.setExpectedStreamExists(new shared.Empty());
  else wrong.setExpectedAny(new shared.Empty());
  return new streams.AppendResp().setWrongExpectedVersion(wrong);
}

/** An error as the server says it: a status, and for what it knows the name of an exception with its particulars. */
export function failure(
  code: status,
  details: string,
  particulars: Readonly<Record<string, string>> = {},
): ServerErrorResponse & Pick<ServiceError, 'code' | 'details'> {
  // Particulars are ASCII: with others the server fails while it says what is wrong (§1.3).
  if (Object.values(particulars).some((value) => /[^ -~]/.test(value)))
    return failure(status.UNKNOWN, 'Bad gRPC response. HTTP status code 500');
  const metadata = new Metadata();
  for (const [name, value] of Object.entries(particulars)) metadata.set(name, value);
  return Object.assign(new Error(details), { code, details, metadata });
}

export const FAILURES = {
  denied: () => failure(status.PERMISSION_DENIED, 'Access Denied', { exception: 'access-denied' }),
  unauthenticated: () => failure(status.UNAUTHENTICATED, 'Unauthenticated'),
  deleted: (stream: string) =>
    failure(status.FAILED_PRECONDITION, 'Event stream is deleted.', {
      exception: 'stream-deleted',
      'stream-name': stream,
    }),
  /** Of a deletion; an append says it in its answer. */
  wrongVersion: (stream: string, expected: ExpectedRevision, actual: bigint | null) =>
    failure(status.FAILED_PRECONDITION, 'Wrong expected version.', {
      exception: 'wrong-expected-version',
      'stream-name': stream,
      'expected-version': String(typeof expected === 'bigint' ? expected : EXPECTED[expected]),
      ...(actual !== null && { 'actual-version': String(actual) }),
    }),
  tooLarge: (limit: number) =>
    failure(status.INVALID_ARGUMENT, 'Maximum Append Size Exceeded.', {
      exception: 'maximum-append-size-exceeded',
      'maximum-append-size': String(limit),
    }),
  /** What cannot be asked: 23.10 says no more than that something went wrong, later ones that it is wrong (§1.4). */
  invalid: (version: string) =>
    failure(isSince(version, '24.10') ? status.INVALID_ARGUMENT : status.UNKNOWN, 'Exception was thrown by handler.'),
  tooSlow: () =>
    failure(status.ABORTED, 'Consumer too slow to handle event while live. Client resubscription required.'),
  timedOut: () => failure(status.ABORTED, 'Operation timed out: PrepareTimeout.'),
  shuttingDown: () => failure(status.INTERNAL, 'Received RST_STREAM with code 2'),
  notReady: () => failure(status.UNAVAILABLE, 'Server Is Not Ready'),
  notLeader: (host: string, port: number) =>
    failure(status.NOT_FOUND, 'Leader info available', {
      exception: 'not-leader',
      'leader-endpoint-host': host,
      'leader-endpoint-port': String(port),
    }),
} as const;

/** As numbers, where the server says them so. */
const EXPECTED = { any: -2, no_stream: -1, stream_exists: -4 } as const;
