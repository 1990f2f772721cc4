import { eventStoreContract } from '../contract.ts';
import { SqliteHarness } from './harness.ts';

eventStoreContract('sqlite', new SqliteHarness());
