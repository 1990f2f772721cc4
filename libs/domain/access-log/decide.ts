import type { Decide } from '../rejections.ts';
import type { RecordExactRead } from './commands.ts';
import type { AccessLogEvent } from './events.ts';
import type { AccessLog } from './state.ts';

/** Every read leaves its record, the same one twice leaves two (`domain.md` §4.4). */
export const record: Decide<RecordExactRead, AccessLog, AccessLogEvent> = (command) => {
  const { reader, role, organisation, question, subject, asOf, effectiveAt } = command;
  return { type: 'ExactTableRead', data: { reader, role, organisation, question, subject, asOf, effectiveAt } };
};
