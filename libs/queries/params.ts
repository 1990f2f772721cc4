import { isMoment, isPosition } from '#kernel';
import { ValidateBy } from 'class-validator';
import {
  AGREEMENT_KINDS,
  CHANNELS,
  Code,
  CONDITION_STATUSES,
  DayField,
  Flag,
  HORIZONS,
  Id,
  Moment,
  OneOf,
  Optional,
  OUTCOMES,
  POLARITIES,
  RECOMMENDATION_LEVELS,
  ROLES,
  SECTORS,
  SESSION_KINDS,
  SESSION_TOPICS,
  SomeOf,
  SUBJECT_KINDS,
  Text,
  VERDICTS,
  Whole,
  type ConditionStatus,
  type AgreementKind,
  type Channel,
  type Horizon,
  type Outcome,
  type Polarity,
  type RecommendationLevel,
  type Role,
  type Sector,
  type SessionKind,
  type SessionTopic,
  type SubjectKind,
  type Verdict,
} from '#domain';
import {
  ACTION_STATUSES,
  AGREEMENT_STATUSES,
  EXPENDITURE_STATUSES,
  GRANT_STATUSES,
  RECOMMENDATION_STATUSES,
  type ActionCard,
  type PracticeCard,
  type ReleaseCard,
  type RecommendationCard,
} from '#projections';
import { DUE_KINDS, WORK_KINDS, type DueKind, type WorkKind } from './words.ts';

type ActionStatus = ActionCard['status'];
type RecommendationStatus = RecommendationCard['status'];
const CLOCKS = ['known', 'held'] as const;
type Clock = (typeof CLOCKS)[number];
/** Of an agreement: what was said of it, and what time has made of it. */
export const SHOWN_STATUSES = [...AGREEMENT_STATUSES, 'expired', 'superseded'] as const;
export type ShownStatus = (typeof SHOWN_STATUSES)[number];
const SCOPES = ['own', 'all'] as const;

/** A date, an instant or a position of the log. */
const AsOf = (description: string): PropertyDecorator =>
  ValidateBy(
    {
      name: 'isAsOf',
      validator: {
        validate: (value: unknown) => typeof value === 'string' && (isMoment(value) || isPosition(value)),
        defaultMessage: () => '$property is a date (YYYY-MM-DD), an instant (RFC 3339) or a position',
      },
    },
    { context: { schema: { type: 'string', description } } },
  );

/** One thing. */
export class ById {
  @Id() readonly id!: string;
}

class OfNetwork {
  @Id('The network asked about.') readonly network!: string;
}

/** A page of a list. */
class Paged {
  @Optional() @Whole(1, 200, 'How many at most; by default 50.') readonly limit?: number;
  @Optional() @Text(2_000, 'From the former page’s `next`, with the same filters.') readonly cursor?: string;
}

/** A page of what one network has. */
export class PagedOfNetwork extends Paged {
  @Id('The network whose things are listed.') readonly network!: string;
}

export class ActionFilters extends OfNetwork {
  @Optional() @SomeOf(ACTION_STATUSES) readonly status?: readonly ActionStatus[];
  @Optional() @Id('The group it belongs to.') readonly group?: string;
  @Optional() @Id('The person who leads it.') readonly lead?: string;
  @Optional() @Code('Code of an objective.') readonly objective?: string;
  @Optional() @OneOf(HORIZONS) readonly horizon?: Horizon;
  @Optional() @OneOf(VERDICTS, 'Of its last evaluation.') readonly verdict?: Verdict;
  @Optional() @Id('An organisation that is a partner now.') readonly partner?: string;
  @Optional() @Code('NIS code.') readonly region?: string;
}

export class ListActions extends ActionFilters {
  @Optional() @Whole(1, 200, 'How many at most; by default 50.') readonly limit?: number;
  @Optional() @Text(2_000, 'From the former page’s `next`, with the same filters.') readonly cursor?: string;
}

export class GetActionDiff extends ById {
  @AsOf('The earlier moment: a date (its end), an instant or a position.') readonly from!: string;
  @AsOf('The later moment.') readonly to!: string;
  @Optional()
  @OneOf(CLOCKS, 'Whether the moments are of what was known (by default) or of what held.')
  readonly clock?: Clock;
}

export class GroupsOfYear extends OfNetwork {
  @Optional() @Whole(1900, 9999, 'Calendar year; by default the one of the moment asked for.') readonly year?: number;
}

export class ListOrganisations extends Paged {
  @Optional() @Text(200, 'The first letters of its name.') readonly name?: string;
  @Optional() @OneOf(SECTORS) readonly sector?: Sector;
  @Optional() @Code('Ten digits.') readonly enterpriseNumber?: string;
}

export class ListNetworks extends Paged {
  @Optional() @Id('Those directly below this one.') readonly parent?: string;

  @Optional()
  @OneOf(
    SCOPES,
    '`own` (by default): where the caller holds a role; `all`: every network there is, to find one to broaden to.',
  )
  readonly scope?: (typeof SCOPES)[number];
}

/** A page of what everybody sees. */
export class ListSchemes extends Paged {
  @Optional() @OneOf(['running', 'ended']) readonly status?: 'running' | 'ended';
}

export class ListAgreements extends PagedOfNetwork {
  @Optional() @OneOf(AGREEMENT_KINDS) readonly kind?: AgreementKind;
  @Optional() @OneOf(SHOWN_STATUSES, 'As it is at the moment asked for.') readonly status?: ShownStatus;
}

export class ListEvidence extends PagedOfNetwork {
  @Optional() @Code('What kind of document.') readonly class?: string;
  @Optional() @Flag('Whether a legal hold is on it.') readonly legalHold?: boolean;

  @Optional()
  @DayField('What must be kept until some day before this one; without a stated term it is not listed.')
  readonly retainedBefore?: string;
}

export class ListPersons extends PagedOfNetwork {
  @Optional() @OneOf(ROLES, 'Who holds this role there.') readonly role?: Role;
}

export class ListGroups extends PagedOfNetwork {
  @Optional() @OneOf(['running', 'ended']) readonly status?: 'running' | 'ended';
}

export class GetSecondmentStatement extends OfNetwork {
  @Optional() @DayField('The day it tells of; by default the one of the moment asked for.') readonly on?: string;
}

export class ListMeetings extends PagedOfNetwork {
  @Optional() @Id('The group that meets.') readonly body?: string;
  @Optional() @SomeOf(['planned', 'held', 'cancelled']) readonly status?: readonly string[];
  @Optional() @Moment('Starts then or later.') readonly from?: string;
  @Optional() @Moment('Starts then or earlier; a date means its end.') readonly until?: string;
}

export class ListSessions extends PagedOfNetwork {
  @Optional() @SomeOf(SESSION_KINDS) readonly kind?: readonly SessionKind[];
  @Optional() @SomeOf(SESSION_TOPICS) readonly topic?: readonly SessionTopic[];
  @Optional() @Id('A network that was present.') readonly present?: string;
  @Optional() @Id('The action they were about.') readonly action?: string;
  @Optional() @Moment('Held then or later.') readonly from?: string;
  @Optional() @Moment('Held then or earlier; a date means its end.') readonly until?: string;
}

export class ListEngagements extends PagedOfNetwork {
  @Optional() @OneOf(['running', 'ended']) readonly status?: 'running' | 'ended';
}

export class GetEngagement extends ById {
  @Optional() @Whole(1, 1_000_000, 'Within the network; by default the last one.') readonly number?: number;
}

export class CompareCohort extends ById {
  @Code('Of the cohort.') readonly tag!: string;
}

export class ListCommunications extends PagedOfNetwork {
  @Optional() @OneOf(CHANNELS) readonly channel?: Channel;
  @Optional() @Moment('Went out then or later.') readonly from?: string;
  @Optional() @Moment('Went out then or earlier; a date means its end.') readonly until?: string;
}

export class ListSystemChanges extends PagedOfNetwork {
  @Optional() @Code('Names the change within the network.') readonly code?: string;
}

export class ListDecisions extends PagedOfNetwork {
  @Optional() @Id('The group that decided.') readonly body?: string;
  @Optional() @SomeOf(OUTCOMES) readonly outcome?: readonly Outcome[];
  @Optional() @OneOf(SUBJECT_KINDS) readonly subjectKind?: SubjectKind;
  @Optional() @Id('The action, agenda, … it is about.') readonly subject?: string;
  @Optional() @Moment('Decided then or later.') readonly from?: string;
  @Optional() @Moment('Decided then or earlier; a date means its end.') readonly until?: string;
  @Optional() @Whole(0, 36_500, 'Registered at least so many days later.') readonly lagDays?: number;
}

export class ListLearnings extends PagedOfNetwork {
  @Optional() @Code('What they are tagged with, as it is written.') readonly tag?: string;
  @Optional() @OneOf(POLARITIES) readonly polarity?: Polarity;
  @Optional() @Id('Of this action.') readonly action?: string;
}

export class GetPatternReport extends PagedOfNetwork {
  @Optional() @Code('Only this tag, as it is written.') readonly tag?: string;
}

export class ListRecommendations extends PagedOfNetwork {
  @Optional() @SomeOf(RECOMMENDATION_STATUSES) readonly status?: readonly RecommendationStatus[];
  @Optional() @OneOf(RECOMMENDATION_LEVELS, 'Submitted at this level.') readonly level?: RecommendationLevel;
}

/** A page of what every network sees. */
export class ListPractices extends Paged {
  @Optional() @OneOf(['published', 'withdrawn'], 'By default `published`.') readonly status?: PracticeCard['status'];
  @Optional() @Id('Published by this network.') readonly network?: string;
  @Optional() @Code('What works in it.') readonly tag?: string;
}

export class ListReleases extends PagedOfNetwork {
  @Optional() @OneOf(['prepared', 'checked', 'published', 'withdrawn']) readonly status?: ReleaseCard['status'];
  @Optional() @Code('Releases of this table.') readonly table?: string;
}

export class ListPublicReleases extends Paged {
  @Optional() @Id('Those of one network.') readonly network?: string;
}

export class GetPublicRelease extends OfNetwork {
  @Code('The table.') readonly table!: string;
  @Optional() @DayField('As it was at the end of that day; by default now.') readonly asOf?: string;
}

export class ListIndicators extends PagedOfNetwork {
  @Optional() @OneOf(['running', 'ended']) readonly status?: 'running' | 'ended';
}

export class ListMeasurements extends PagedOfNetwork {
  @Id() readonly indicator!: string;
  @Optional() @Id('Of this action.') readonly action?: string;
}

/** Values of an indicator. */
class OfIndicator extends ById {
  @Optional() @DayField('Periods that begin on this day or later.') readonly from?: string;
  @Optional() @DayField('Periods that end on this day or earlier.') readonly until?: string;
}

export class GetIndicatorSeries extends OfIndicator {
  @Optional()
  @Id('The network whose values they are; by default that of the action, or of the indicator.')
  readonly network?: string;

  @Optional() @Id('The action whose values they are; without one those of the network.') readonly action?: string;
  @Optional() @Code('Only this dimension; by default each.') readonly dimension?: string;
}

export class GetIndicatorRollUp extends OfIndicator {
  @Optional()
  @Id('The network to which values are added up; by default that of the indicator.')
  readonly network?: string;
}

export class GetCostEffectiveness extends ById {
  @Optional()
  @Id('The network whose money and values they are; by default that of the indicator.')
  readonly network?: string;
  @Optional() @Whole(1900, 9999, 'Calendar year; by default the one of the moment asked for.') readonly year?: number;
}

export class GetWorkList extends OfNetwork {
  @Optional() @SomeOf(WORK_KINDS) readonly kind?: readonly WorkKind[];
  @Optional() @Id('What waits for this group.') readonly group?: string;
  @Optional() @Id('What waits for this lead.') readonly lead?: string;
}

export class ListJournal extends PagedOfNetwork {
  @Optional() @Code('`action`, `decision` …') readonly aggregate?: string;
  @Optional() @Text(100, 'Events of this thing.') readonly subject?: string;
  @Optional() @Text(100, 'Events by this person, operator or process.') readonly actor?: string;
  @Optional() @Code('`ActionStarted` …') readonly type?: string;
  @Optional() @Id('Events that rest on this decision.') readonly decision?: string;
  @Optional() @Moment('Happened then or later.') readonly occurredFrom?: string;
  @Optional() @Moment('Happened then or earlier; a date means its end.') readonly occurredUntil?: string;
  @Optional() @Moment('Known then or later.') readonly knownFrom?: string;
  @Optional() @Moment('Known then or earlier; a date means its end.') readonly knownUntil?: string;
  @Optional() @OneOf(['log', 'reverse'], 'By default in log order.') readonly order?: 'log' | 'reverse';
}

/** A page of what one thing has. */
export class PageById extends ById {
  @Optional() @Whole(1, 200, 'How many at most; by default 50.') readonly limit?: number;
  @Optional() @Text(2_000, 'From the former page’s `next`, with the same filters.') readonly cursor?: string;
}

/** A page of what one network has of a calendar year. */
export class YearOfNetwork extends PageById {
  @Optional() @Whole(1900, 9999, 'Calendar year; by default the one of the moment asked for.') readonly year?: number;
}

/** A page of what falls due in a network. */
export class GetCalendar extends PageById {
  @Optional() @DayField('The first day; by default that of the moment asked for.') readonly from?: string;
  @Optional() @DayField('The last day; by default a year later.') readonly until?: string;
  @Optional() @SomeOf(DUE_KINDS) readonly kind?: readonly DueKind[];
}

/** A page of what one objective of a network has. */
export class ObjectiveOfNetwork extends PageById {
  @Code('Code of the objective in the network’s agenda.') readonly code!: string;
}

export class ListPostings extends PageById {
  @Optional() @Moment('Happened then or later.') readonly from?: string;
  @Optional() @Moment('Happened then or earlier; a date means its end.') readonly until?: string;
}

export class ListGrants extends PagedOfNetwork {
  @Optional() @SomeOf(GRANT_STATUSES, 'By default those that were awarded.') readonly status?: readonly string[];
  @Optional() @Id('Granted under this scheme.') readonly scheme?: string;
}

export class ListApplications extends PagedOfNetwork {
  @Optional() @SomeOf(['applied', 'refused']) readonly status?: readonly string[];
}

/** What grants of a network hold. */
class OfGrants extends PagedOfNetwork {
  @Optional() @Id('Of this grant.') readonly grant?: string;
}

export class ListCommitments extends OfGrants {
  @Optional() @Id('For this action.') readonly action?: string;
  @Optional() @Flag('Only what is not yet spent, released or lapsed.') readonly open?: boolean;
}

export class ListExpenditures extends OfGrants {
  @Optional() @Id('For this action.') readonly action?: string;
  @Optional() @SomeOf(EXPENDITURE_STATUSES) readonly status?: readonly string[];
  @Optional() @Id('On this supporting document.') readonly document?: string;
}

export class ListFindings extends OfGrants {
  @Optional() @SomeOf(['raised', 'answered', 'closed']) readonly status?: readonly string[];
}

export class ListConditions extends OfGrants {
  @Optional() @SomeOf(CONDITION_STATUSES) readonly status?: readonly ConditionStatus[];
}

export class GetExpenditureTrace extends ById {
  @Id('The event by which it was recorded.') readonly expenditure!: string;
}

export class GetSample extends ById {
  @Text(100, 'Any text: the same one gives the same sample of the same books.') readonly seed!: string;
  @Whole(1, 1_000, 'How many units are drawn.') readonly size!: number;
}
