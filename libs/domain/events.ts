import type { ActionEvent } from './action/events.ts';
import type { AgendaEvent } from './agenda/events.ts';
import type { AgreementCalendarEvent } from './agreement-calendar/events.ts';
import type { AgreementEvent } from './agreement/events.ts';
import type { CoachingEvent } from './coaching/events.ts';
import type { DecisionEvent } from './decision/events.ts';
import type { DocumentEvent } from './document/events.ts';
import type { GrantEvent } from './grant/events.ts';
import type { EvidenceEvent } from './evidence/events.ts';
import type { DrawingRightEvent } from './drawing-right/events.ts';
import type { GroupEvent } from './group/events.ts';
import type { IndicatorEvent } from './indicator/events.ts';
import type { MeasurementEvent } from './measurement/events.ts';
import type { ReleaseEvent } from './release/events.ts';
import type { DisclosedEvent } from './disclosed/events.ts';
import type { AccessLogEvent } from './access-log/events.ts';
import type { MeetingEvent } from './meeting/events.ts';
import type { NetworkEvent } from './network/events.ts';
import type { OrganisationEvent } from './organisation/events.ts';
import type { PatternEvent } from './pattern/events.ts';
import type { PersonEvent } from './person/events.ts';
import type { PracticeEvent } from './practice/events.ts';
import type { RecommendationEvent } from './recommendation/events.ts';
import type { SchemeEvent } from './scheme/events.ts';
import type { WorkingAreaEvent } from './working-area/events.ts';

import type { SecondmentEvent } from './secondment/events.ts';
import type { SessionEvent } from './session/events.ts';

export type {
  ActionEvent,
  AgendaEvent,
  AgreementCalendarEvent,
  AgreementEvent,
  CoachingEvent,
  DecisionEvent,
  DocumentEvent,
  DrawingRightEvent,
  EvidenceEvent,
  GrantEvent,
  GroupEvent,
  IndicatorEvent,
  MeasurementEvent,
  ReleaseEvent,
  DisclosedEvent,
  AccessLogEvent,
  MeetingEvent,
  NetworkEvent,
  OrganisationEvent,
  PatternEvent,
  PersonEvent,
  PracticeEvent,
  RecommendationEvent,
  SchemeEvent,
  SecondmentEvent,
  SessionEvent,
  WorkingAreaEvent,
};

/** Every fact there can be: what speaks of all events takes its names from here, so that a new one is not forgotten. */
export type DomainEvent =
  | ActionEvent
  | AgendaEvent
  | AgreementCalendarEvent
  | AgreementEvent
  | CoachingEvent
  | DecisionEvent
  | DocumentEvent
  | DrawingRightEvent
  | EvidenceEvent
  | GrantEvent
  | GroupEvent
  | IndicatorEvent
  | MeasurementEvent
  | ReleaseEvent
  | DisclosedEvent
  | AccessLogEvent
  | MeetingEvent
  | NetworkEvent
  | OrganisationEvent
  | PatternEvent
  | PersonEvent
  | PracticeEvent
  | RecommendationEvent
  | SchemeEvent
  | SecondmentEvent
  | SessionEvent
  | WorkingAreaEvent;
