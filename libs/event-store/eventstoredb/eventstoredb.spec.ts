import { jest } from '@jest/globals';
import { eventStoreContract } from '../contract.ts';
import { PretendHarness } from './harness.ts';

jest.setTimeout(60_000); // what is silent is noticed after seconds
eventStoreContract('eventstoredb', new PretendHarness());
