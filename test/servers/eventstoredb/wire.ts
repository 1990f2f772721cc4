import { Metadata, status, type ServiceError, type ServerErrorResponse } from '@grpc/grpc-js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type * as Shared from '@eventstore/db-client/generated/shared_pb.js';
import type * as Streams from '@eventstore/db-client/generated/streams_pb.js';
import type { ExpectedRevision, LogRecord, Proposed } from './log.ts';

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

export function proposedOf(message: Streams.AppendReq.ProposedMessage): Proposed {
  const metadata = message.getMetadataMap();
  return {
    id: message.getId()!.getString(),
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
  tooLarge: (limit: number) =>
    failure(status.INVALID_ARGUMENT, 'Maximum Append Size Exceeded.', {
      exception: 'maximum-append-size-exceeded',
      'maximum-append-size': String(limit),
    }),
  /** What 23.10 answers to nearly anything that it did not expect (§1.4). */
  unexpected: (details: string) => failure(status.UNKNOWN, details),
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
