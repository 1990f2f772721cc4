import { makeLog } from './log.ts';

describe('the log', () => {
  it('has one line a record, whatever is in it', () => {
    const lines: string[] = [];
    const log = makeLog('info', { write: (line) => lines.push(line) });
    log.info({ outcome: '\n{"level":"info"}\u001B[2J\u009B\u202E\u2028' }, 'x');
    expect(lines).toHaveLength(1);
    // oxlint-disable-next-line no-control-regex -- that is what must not be there
    expect(lines[0]!.slice(0, -1)).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028-\u202e]/);
    expect(JSON.parse(lines[0]!)).toMatchObject({ outcome: '\n{"level":"info"}\u001B[2J\u009B\u202E\u2028' });
  });
});
