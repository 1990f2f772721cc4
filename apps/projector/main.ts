import { run } from '../api/program.ts';

await run('projector');
