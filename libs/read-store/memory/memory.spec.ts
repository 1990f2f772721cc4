import { readStoreContract } from '../contract.ts';
import { memoryReadStore } from './index.ts';

readStoreContract('memory', { open: async () => memoryReadStore() });
