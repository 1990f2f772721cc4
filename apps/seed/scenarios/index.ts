import type { Scenario } from '../scenario.ts';
import { s1 } from './s1-antwerpen.ts';
import { s2 } from './s2-movement.ts';
import { s3 } from './s3-overkop.ts';
import { s4 } from './s4-gezin.ts';
import { s5 } from './s5-oudenaarde.ts';

/** The demo histories of `domain.md` §7. */
export const scenarios: readonly Scenario[] = [s1, s2, s3, s4, s5];
export { s1, s2, s3, s4, s5 };
