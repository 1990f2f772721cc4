import { jest } from '@jest/globals';
import { eventStoreContract } from '../contract.ts';
import { SqliteHarness } from './harness.ts';

jest.setTimeout(60_000); // synced commits take long on a busy disk
eventStoreContract('sqlite', new SqliteHarness());
