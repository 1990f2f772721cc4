import { jest } from '@jest/globals';
import { eventStoreContract } from '../contract.ts';
import { PretendHarness } from './harness.ts';
import { RealHarness } from './real/harness.ts';

jest.setTimeout(60_000); // what is silent is noticed after seconds
const { EVENTSTORE_URL: url } = process.env;
if (url === undefined) eventStoreContract('eventstoredb (pretend)', new PretendHarness());
else eventStoreContract('eventstoredb (real)', new RealHarness(url));
