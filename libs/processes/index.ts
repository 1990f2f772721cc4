import type { Process } from '#kernel';
import { adoptPractice } from './adopt-practice.ts';
import { attachMeasured } from './attach-measured.ts';
import { broaden } from './broaden.ts';
import { coaching } from './coaching.ts';
import { conditions } from './conditions.ts';
import { linkGrants } from './link-grants.ts';

/** Every process manager there is. */
export const allProcesses: readonly Process[] = [
  adoptPractice,
  attachMeasured,
  broaden,
  coaching,
  conditions,
  linkGrants,
];
