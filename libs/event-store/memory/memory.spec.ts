import { eventStoreContract } from '../contract.ts';
import { memoryEventStore } from './memory.ts';

eventStoreContract('memory', {
  open: async () => memoryEventStore(),
  dispose: async () => {},
  faults: {},
});
