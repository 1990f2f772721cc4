import type { Projection } from '#kernel';
import { actionCard } from './action-card.ts';
import { agendaCard } from './agenda-card.ts';
import { agreementCard } from './agreement-card.ts';
import { allocation } from './allocation.ts';
import { commitment } from './commitment.ts';
import { communication } from './communication.ts';
import { decisionRegister } from './decision-register.ts';
import { documentCard } from './document-card.ts';
import { drawingRightCard } from './drawing-right-card.ts';
import { engagementCard } from './engagement-card.ts';
import { evidenceCard } from './evidence-card.ts';
import { expenditure } from './expenditure.ts';
import { finding } from './finding.ts';
import { grantCard } from './grant-card.ts';
import { groupCard } from './group-card.ts';
import { indicatorCard } from './indicator-card.ts';
import { definitionVersion } from './definition-version.ts';
import { indicatorTarget } from './indicator-target.ts';
import { indicatorScope } from './indicator-scope.ts';
import { measurement } from './measurement.ts';
import { measuredScope } from './measured-scope.ts';
import { releaseCard } from './release-card.ts';
import { publicRelease } from './public-release.ts';
import { exactRead } from './exact-read.ts';
import { journal } from './journal.ts';
import { learning } from './learning.ts';
import { meetingCard } from './meeting-card.ts';
import { networkCard } from './network-card.ts';
import { organisationCard } from './organisation-card.ts';
import { partnerPayment } from './partner-payment.ts';
import { patternCard } from './pattern-card.ts';
import { personCard } from './person-card.ts';
import { practiceCard } from './practice-card.ts';
import { recommendationCard } from './recommendation-card.ts';
import { schemeCard } from './scheme-card.ts';
import { secondmentCard } from './secondment-card.ts';
import { sessionCard } from './session-card.ts';
import { staffCharge } from './staff-charge.ts';
import { systemChange } from './system-change.ts';
import { theoryOfChange } from './theory-of-change.ts';

export * from './action-card.ts';
export * from './agenda-card.ts';
export * from './agreement-card.ts';
export * from './allocation.ts';
export * from './as-recorded.ts';
export * from './commitment.ts';
export * from './communication.ts';
export * from './decision-register.ts';
export * from './document-card.ts';
export * from './drawing-right-card.ts';
export * from './engagement-card.ts';
export * from './evidence-card.ts';
export * from './expenditure.ts';
export * from './finding.ts';
export * from './grant-card.ts';
export * from './group-card.ts';
export * from './indicator-card.ts';
export * from './definition-version.ts';
export * from './indicator-target.ts';
export * from './indicator-scope.ts';
export * from './measurement.ts';
export * from './measured-scope.ts';
export * from './release-card.ts';
export * from './public-release.ts';
export * from './exact-read.ts';
export * from './journal.ts';
export * from './learning.ts';
export * from './meeting-card.ts';
export * from './network-card.ts';
export * from './organisation-card.ts';
export * from './partner-payment.ts';
export * from './pattern-card.ts';
export * from './person-card.ts';
export * from './practice-card.ts';
export * from './recommendation-card.ts';
export * from './scheme-card.ts';
export * from './secondment-card.ts';
export * from './session-card.ts';
export * from './staff-charge.ts';
export * from './system-change.ts';
export * from './theory-of-change.ts';

/** Every stored read model; what can be joined or counted when asked is a query. */
export const allProjections: readonly Projection[] = [
  actionCard,
  agendaCard,
  agreementCard,
  allocation,
  commitment,
  communication,
  decisionRegister,
  documentCard,
  drawingRightCard,
  engagementCard,
  evidenceCard,
  expenditure,
  finding,
  grantCard,
  groupCard,
  indicatorCard,
  definitionVersion,
  indicatorTarget,
  indicatorScope,
  measurement,
  measuredScope,
  releaseCard,
  publicRelease,
  exactRead,
  journal,
  learning,
  meetingCard,
  networkCard,
  organisationCard,
  partnerPayment,
  patternCard,
  personCard,
  practiceCard,
  recommendationCard,
  schemeCard,
  secondmentCard,
  sessionCard,
  staffCharge,
  systemChange,
  theoryOfChange,
];
