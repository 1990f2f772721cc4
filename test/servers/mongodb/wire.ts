import { BSON } from 'mongodb';
import { readTyped } from './values.ts';
import type { Doc } from './values.ts';

/** MongoDB's wire protocol: OP_MSG, and OP_QUERY for the first hello. */

const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;
const CHECKSUM = 1;
const MORE_TO_COME = 2;
const EXHAUST_ALLOWED = 1 << 16;
const HEADER = 16;

export interface Message {
  readonly requestId: number;
  readonly legacy: boolean;
  /** The command, typed. Its document sequences are lists in it. */
  readonly command: Doc;
  readonly database: string;
  /** The client wants no answer. */
  readonly unacknowledged: boolean;
  /** The client takes more than one answer. */
  readonly exhaust: boolean;
}

/** Cuts a connection's bytes into messages. */
export class Framer {
  #rest: Buffer = Buffer.alloc(0);

  push(chunk: Buffer): Message[] {
    this.#rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const messages: Message[] = [];
    while (this.#rest.length >= HEADER && this.#rest.length >= this.#rest.readInt32LE(0)) {
      const length = this.#rest.readInt32LE(0);
      messages.push(parse(this.#rest.subarray(0, length)));
      this.#rest = this.#rest.subarray(length);
    }
    return messages;
  }
}

function parse(bytes: Buffer): Message {
  const requestId = bytes.readInt32LE(4);
  const operation = bytes.readInt32LE(12);
  if (operation === OP_MSG) return parseMessage(bytes, requestId);
  if (operation === OP_QUERY) return parseQuery(bytes, requestId);
  throw new Error(`the pretend MongoDB does not know operation ${operation}`);
}

function parseMessage(bytes: Buffer, requestId: number): Message {
  const flags = bytes.readUInt32LE(HEADER);
  const end = flags & CHECKSUM ? bytes.length - 4 : bytes.length;
  let command: Doc = {};
  const sequences: Doc = {};
  for (let at = HEADER + 4; at < end;) {
    const kind = bytes[at]!;
    const size = bytes.readInt32LE(at + 1);
    const section = bytes.subarray(at + 1, at + 1 + size);
    if (kind === 0) command = readTyped(section);
    else {
      const nameEnd = section.indexOf(0, 4);
      sequences[section.toString('utf8', 4, nameEnd)] = documents(section.subarray(nameEnd + 1));
    }
    at += 1 + size;
  }
  return {
    requestId,
    legacy: false,
    command: { ...command, ...sequences },
    database: String(command['$db']),
    unacknowledged: (flags & MORE_TO_COME) !== 0,
    exhaust: (flags & EXHAUST_ALLOWED) !== 0,
  };
}

function parseQuery(bytes: Buffer, requestId: number): Message {
  const nameEnd = bytes.indexOf(0, HEADER + 4);
  const database = bytes.toString('utf8', HEADER + 4, nameEnd).replace(/\.\$cmd$/, '');
  const start = nameEnd + 1 + 8;
  const command = readTyped(bytes.subarray(start, start + bytes.readInt32LE(start)));
  return { requestId, legacy: true, command, database, unacknowledged: false, exhaust: false };
}

function documents(bytes: Buffer): Doc[] {
  const found: Doc[] = [];
  for (let at = 0; at < bytes.length; at += bytes.readInt32LE(at)) {
    found.push(readTyped(bytes.subarray(at, at + bytes.readInt32LE(at))));
  }
  return found;
}

let nextId = 1;

/** The bytes of an answer, and its own request id: the next of a stream of answers answers to it. */
export function encode(
  reply: Doc,
  responseTo: number,
  { legacy = false, more = false },
): { id: number; bytes: Buffer } {
  const body = BSON.serialize(reply, { ignoreUndefined: true });
  const prefix = legacy ? legacyPrefix() : messagePrefix(more);
  const header = Buffer.alloc(HEADER);
  const id = nextId++;
  header.writeInt32LE(HEADER + prefix.length + body.length, 0);
  header.writeInt32LE(id, 4);
  header.writeInt32LE(responseTo, 8);
  header.writeInt32LE(legacy ? OP_REPLY : OP_MSG, 12);
  return { id, bytes: Buffer.concat([header, prefix, body]) };
}

function messagePrefix(more: boolean): Buffer {
  const prefix = Buffer.alloc(5);
  prefix.writeUInt32LE(more ? MORE_TO_COME : 0, 0);
  return prefix;
}

function legacyPrefix(): Buffer {
  const prefix = Buffer.alloc(20);
  prefix.writeInt32LE(8, 0); // await capable
  prefix.writeInt32LE(1, 16); // one document
  return prefix;
}
