import { commitForever } from '../contract.ts';
import { openMongoReadStore } from './index.ts';

// The process that mongodb.spec.ts kills.
const [url] = process.argv.slice(2);
await commitForever(await openMongoReadStore({ url: url! }), (at) => process.send!(at));
