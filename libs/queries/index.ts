import { getActionDiff, getActionHistory } from './action-history.ts';
import { getAction, getActionBoard, listActions } from './actions.ts';
import { getAgenda } from './agendas.ts';
import { getAgreementReport } from './agreement-report.ts';
import { getAgreement, listAgreements } from './agreements.ts';
import { getCoachingOverview, getEngagement, listEngagements } from './coaching.ts';
import { compareCohort } from './cohorts.ts';
import { listCommunications, listSystemChanges } from './communications.ts';
import { getConditionsBoard } from './conditions-board.ts';
import { getCadenceReport } from './cadence.ts';
import { getCalendar } from './calendar.ts';
import { getCostEffectiveness } from './cost-effectiveness.ts';
import { getSectorCoverage } from './coverage.ts';
import { getDecision, listDecisions } from './decisions.ts';
import { getDrawingRightYears, listDrawingRights } from './drawing-rights.ts';
import { getDocumentMatrix } from './documents.ts';
import {
  getConditionStatus,
  getGrantStatement,
  listApplications,
  listCommitments,
  listExpenditures,
  listFindings,
  listGrants,
  listPurposes,
} from './grants.ts';
import { getEvidence, listEvidence } from './evidence.ts';
import { getDecisionMoney } from './decision-money.ts';
import { getExpenditureTrace } from './expenditure-trace.ts';
import { getFundingOverview } from './funding.ts';
import { listFundingRequests } from './funding-requests.ts';
import { getGroup, getGroupBoard, listGroups } from './groups.ts';
import { getNetworkHistory, getObjectiveHistory } from './histories.ts';
import { getIndicatorRollUp, getIndicatorSeries } from './indicator-values.ts';
import { getIndicator, listIndicators, listMeasurements } from './indicators.ts';
import { listJournal } from './journal.ts';
import { getMeeting, getMeetingPack, listMeetings } from './meetings.ts';
import { getMoneyTrace } from './money-trace.ts';
import { getNetwork, getNetworkOverview, listNetworks } from './networks.ts';
import { getObjectiveProgress } from './objectives.ts';
import { getOrganisationShare } from './organisation-share.ts';
import { getOrganisation, listOrganisations } from './organisations.ts';
import { getPatternReport, listLearnings } from './patterns.ts';
import { getPerson, listPersons } from './persons.ts';
import { listPostings } from './postings.ts';
import { getPractice, listPractices } from './practices.ts';
import { getProvenanceTree } from './provenance.ts';
import type { QueryEntry } from './query.ts';
import { getRecommendation, listRecommendations } from './recommendations.ts';
import { getGrantReconciliation, getNetworkReconciliation } from './reconciliation.ts';
import { getSample } from './sample.ts';
import { getPublicRelease, getRelease, listExactReads, listPublicReleases, listReleases } from './releases.ts';
import { getScheme, listSchemes } from './schemes.ts';
import { getSecondmentStatement, listStaffCharges } from './secondments.ts';
import { getSession, listSessions } from './sessions.ts';
import { getVariationReport } from './variation.ts';
import { getWorkList } from './work-list.ts';

export * from './pages.ts';
export * from './past.ts';
export * from './query.ts';
export { historyText } from './history-text.ts';
export type { HistoryEntry } from './history.ts';
export { shownData } from './tell.ts';

/** Every question there is: handlers, routes and API operations are made from this list. */
export const allQueries: readonly QueryEntry[] = [
  listOrganisations,
  getOrganisation,
  listNetworks,
  getNetwork,
  getNetworkOverview,
  getSectorCoverage,
  getCadenceReport,
  getCalendar,
  getObjectiveProgress,
  getVariationReport,
  getConditionsBoard,
  listPersons,
  getPerson,
  getAgenda,
  listGroups,
  getGroup,
  getGroupBoard,
  listMeetings,
  getMeeting,
  getMeetingPack,
  listDecisions,
  getDecision,
  listActions,
  getActionBoard,
  getAction,
  getActionHistory,
  getActionDiff,
  getObjectiveHistory,
  getNetworkHistory,
  getProvenanceTree,
  listLearnings,
  getPatternReport,
  listRecommendations,
  getRecommendation,
  listPractices,
  getPractice,
  getWorkList,
  listJournal,
  listSchemes,
  getScheme,
  listApplications,
  listGrants,
  getGrantStatement,
  listPurposes,
  listPostings,
  listCommitments,
  listExpenditures,
  getDocumentMatrix,
  getConditionStatus,
  listFindings,
  listDrawingRights,
  getDrawingRightYears,
  getSecondmentStatement,
  listStaffCharges,
  listAgreements,
  getAgreement,
  getAgreementReport,
  listEvidence,
  getEvidence,
  getFundingOverview,
  listFundingRequests,
  getGrantReconciliation,
  getNetworkReconciliation,
  getMoneyTrace,
  getExpenditureTrace,
  getDecisionMoney,
  getSample,
  getOrganisationShare,
  listSessions,
  getSession,
  listEngagements,
  getEngagement,
  getCoachingOverview,
  compareCohort,
  listCommunications,
  listSystemChanges,
  listIndicators,
  getIndicator,
  getIndicatorSeries,
  getIndicatorRollUp,
  listMeasurements,
  getCostEffectiveness,
  listReleases,
  getRelease,
  listPublicReleases,
  getPublicRelease,
  listExactReads,
];
