import { commitForever } from '../contract.ts';
import { openSqliteReadStore } from './index.ts';

// The process that sqlite.spec.ts kills.
const [directory] = process.argv.slice(2);
await commitForever(await openSqliteReadStore({ directory: directory! }), (at) => process.send!(at));
