const [NAME, NTH = '1'] = (process.env['FAILPOINT'] ?? '').split(':');
let passed = 0;

/** For crash tests: with `FAILPOINT=<name>:<n>` in the environment, the n-th passage of that point kills the process. */
export function failpoint(name: string): void {
  if (name === NAME && ++passed === Number(NTH)) process.kill(process.pid, 'SIGKILL');
}
