import type { Process } from '#kernel';
import { broaden } from './broaden.ts';

/** Every process manager there is. */
export const allProcesses: readonly Process[] = [broaden];
