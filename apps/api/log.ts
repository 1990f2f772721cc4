import { pino, type DestinationStream, type Logger } from 'pino';

export type Log = Logger;

// oxlint-disable-next-line no-control-regex -- that is what it is for
const UNSEEN = /[\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/**
 * JSON, one line a record. What JSON leaves raw and a terminal acts upon is escaped, so that no text can forge a line.
 * Names, bodies and tokens are never logged: whoever logs gives codes, ids and numbers.
 */
export function makeLog(level: string, out: DestinationStream = process.stderr): Log {
  const destination: DestinationStream = { write: (line) => out.write(line.replace(UNSEEN, escaped)) };
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination);
}

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
