import type { Aggregate } from '#kernel';
import { actionCommands } from './action/index.ts';
import { agendaCommands } from './agenda/index.ts';
import { agreementCalendarCommands } from './agreement-calendar/index.ts';
import { agreementCommands } from './agreement/index.ts';
import { decisionCommands } from './decision/index.ts';
import { documentCommands } from './document/index.ts';
import { grantCommands } from './grant/index.ts';
import { evidenceCommands } from './evidence/index.ts';
import { drawingRightCommands } from './drawing-right/index.ts';
import { groupCommands } from './group/index.ts';
import { indicatorCommands } from './indicator/index.ts';
import { measurementCommands } from './measurement/index.ts';
import { releaseCommands } from './release/index.ts';
import { disclosedCommands } from './disclosed/index.ts';
import { accessLogCommands } from './access-log/index.ts';
import { meetingCommands } from './meeting/index.ts';
import { coachingCommands } from './coaching/index.ts';
import { networkCommands } from './network/index.ts';
import { organisationCommands } from './organisation/index.ts';
import { patternCommands } from './pattern/index.ts';
import { personCommands } from './person/index.ts';
import { practiceCommands } from './practice/index.ts';
import { recommendationCommands } from './recommendation/index.ts';
import { schemeCommands } from './scheme/index.ts';
import { secondmentCommands } from './secondment/index.ts';
import { sessionCommands } from './session/index.ts';
import type { CommandEntry } from './registry.ts';
import { workingAreaCommands } from './working-area/index.ts';

/** Every command there is: handlers, routes and API operations are made from this list. */
export const allCommands: readonly CommandEntry[] = [
  ...organisationCommands,
  ...networkCommands,
  ...groupCommands,
  ...personCommands,
  ...agendaCommands,
  ...meetingCommands,
  ...decisionCommands,
  ...actionCommands,
  ...patternCommands,
  ...recommendationCommands,
  ...practiceCommands,
  ...schemeCommands,
  ...grantCommands,
  ...documentCommands,
  ...workingAreaCommands,
  ...agreementCommands,
  ...agreementCalendarCommands,
  ...evidenceCommands,
  ...drawingRightCommands,
  ...secondmentCommands,
  ...indicatorCommands,
  ...measurementCommands,
  ...releaseCommands,
  ...disclosedCommands,
  ...accessLogCommands,
  ...sessionCommands,
  ...coachingCommands,
];

/** Every aggregate there is. */
export const allAggregates: readonly Aggregate<{ readonly status: string }, never>[] = [
  ...new Set(allCommands.map(({ aggregate }) => aggregate)),
];
