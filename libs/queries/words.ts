import type {
  Accountability,
  ActingRole,
  ActionKind,
  ActionLink,
  AdjustmentBasis,
  Aggregation,
  AgreementKind,
  Answer,
  BroadeningKind,
  Channel,
  ClosingOutcome,
  ContributionKind,
  ConditionKind,
  ConditionStatus,
  Confidentiality,
  CostMethod,
  DecisionRule,
  DomainEvent,
  EvaluationKind,
  FindingOutcome,
  Frequency,
  GroupKind,
  Horizon,
  IndicatorLevel,
  Language,
  MaturityStage,
  NetworkKind,
  NextStep,
  ObstacleClass,
  Outcome,
  Polarity,
  Quality,
  Rba,
  RecommendationLevel,
  RightBasis,
  ReportKind,
  RetentionAnchor,
  ScopeKind,
  Sector,
  Sensitivity,
  Unit,
  SessionKind,
  SessionTopic,
  StepOwner,
  Strength,
  SubjectKind,
  SuspensionCode,
  TheoryNodeKind,
  Verdict,
  VerificationOutcome,
} from '#domain';
import type { ActionCard } from '#projections';
import type { Facet } from './facets.ts';

/*
 * What the history says, in the three languages of the product. A type, a code or a language left out does not compile.
 * `{member}` stands for the event's own member in words, `{who}` for who did it; what is not there reads as a dash.
 */

export type Words = Readonly<Record<Language, string>>;
const w = (nl: string, fr: string, en: string): Words => ({ nl, fr, en });

export const EVENT_WORDS: Readonly<Record<DomainEvent['type'], Words>> = {
  OrganisationRegistered: w(
    '{who} registreerde de organisatie {name}.',
    '{who} a enregistré l’organisation {name}.',
    '{who} registered the organisation {name}.',
  ),
  OrganisationRenamed: w(
    'De organisatie heet nu {name}.',
    'L’organisation s’appelle désormais {name}.',
    'The organisation is now called {name}.',
  ),
  NumberCorrected: w(
    'Het ondernemingsnummer is nu {enterpriseNumber}.',
    'Le numéro d’entreprise est désormais {enterpriseNumber}.',
    'The enterprise number is now {enterpriseNumber}.',
  ),
  OrganisationEnded: w(
    'De organisatie bestaat niet meer.',
    'L’organisation n’existe plus.',
    'The organisation is no more.',
  ),

  PersonRegistered: w(
    '{who} registreerde een persoon.',
    '{who} a enregistré une personne.',
    '{who} registered a person.',
  ),
  RoleGiven: w(
    '{who} gaf de rol {role} in {network}.',
    '{who} a attribué le rôle {role} dans {network}.',
    '{who} gave the role {role} in {network}.',
  ),
  RoleRevoked: w(
    '{who} beëindigde de rol {role} in {network}.',
    '{who} a mis fin au rôle {role} dans {network}.',
    '{who} ended the role {role} in {network}.',
  ),

  SchemeDefined: w(
    '{who} legde de subsidieregeling {name} vast.',
    '{who} a défini le régime de subvention {name}.',
    '{who} defined the subsidy scheme {name}.',
  ),
  SchemeRevised: w(
    '{who} gaf de regeling nieuwe regels (versie {version}).',
    '{who} a donné de nouvelles règles au régime (version {version}).',
    '{who} gave the scheme new rules (version {version}).',
  ),
  SchemeEnded: w('De regeling is beëindigd.', 'Le régime a pris fin.', 'The scheme has ended.'),

  AgreementDrafted: w(
    '{who} stelde de overeenkomst {title} op ({kind}).',
    '{who} a rédigé la convention {title} ({kind}).',
    '{who} drafted the agreement {title} ({kind}).',
  ),
  AgreementSigned: w(
    '{organisation} tekende de overeenkomst.',
    '{organisation} a signé la convention.',
    '{organisation} signed the agreement.',
  ),
  AgreementSubmitted: w(
    '{who} diende de overeenkomst in.',
    '{who} a introduit la convention.',
    '{who} submitted the agreement.',
  ),
  AgreementApproved: w(
    'De overeenkomst is goedgekeurd.',
    'La convention a été approuvée.',
    'The agreement was approved.',
  ),
  AgreementRefused: w('De overeenkomst is geweigerd.', 'La convention a été refusée.', 'The agreement was refused.'),
  AgreementEnteredIntoForce: w(
    'De overeenkomst is van kracht.',
    'La convention est entrée en vigueur.',
    'The agreement entered into force.',
  ),
  AgreementTerminated: w(
    '{who} beëindigde de overeenkomst.',
    '{who} a mis fin à la convention.',
    '{who} terminated the agreement.',
  ),
  AgreementClaimLapsed: w(
    'De plaats voor een overeenkomst die er niet kwam, verviel.',
    'La place d’une convention qui n’a pas suivi est devenue libre.',
    'The room kept for an agreement that did not come lapsed.',
  ),
  PeriodClaimed: w(
    'De periode van {from} tot {until} is voorbehouden voor een overeenkomst.',
    'La période du {from} au {until} est réservée à une convention.',
    'The period from {from} to {until} was claimed for an agreement.',
  ),

  IndicatorDefined: w(
    '{who} legde de indicator {name} vast.',
    '{who} a défini l’indicateur {name}.',
    '{who} defined the indicator {name}.',
  ),
  DefinitionVersioned: w(
    '{who} gaf de indicator een nieuwe definitie (versie {version}), voor periodes vanaf {validFrom}.',
    '{who} a donné une nouvelle définition à l’indicateur (version {version}), pour les périodes à partir du {validFrom}.',
    '{who} gave the indicator a new definition (version {version}), for periods from {validFrom}.',
  ),
  IndicatorAdopted: w(
    'De indicator is gedeeld (versie {version}), op grond van een besluit.',
    'L’indicateur est partagé (version {version}), sur la base d’une décision.',
    'The indicator is shared (version {version}), on the basis of a decision.',
  ),
  TargetSet: w(
    '{who} bepaalde een doel voor {period}, op grond van een besluit.',
    '{who} a fixé un objectif pour {period}, sur la base d’une décision.',
    '{who} set a target for {period}, on the basis of a decision.',
  ),
  IndicatorAttached: w(
    '{scope} meet de indicator voortaan elke periode.',
    '{scope} mesure désormais l’indicateur à chaque période.',
    '{scope} measures the indicator each period from now on.',
  ),
  IndicatorDetached: w(
    '{scope} meet de indicator niet meer.',
    '{scope} ne mesure plus l’indicateur.',
    '{scope} measures the indicator no more.',
  ),
  IndicatorEnded: w('De indicator is beëindigd.', 'L’indicateur a pris fin.', 'The indicator has ended.'),
  MeasurementRecorded: w(
    '{who} registreerde een meting van {indicator} over {period}: {value}.',
    '{who} a enregistré une mesure de {indicator} sur {period} : {value}.',
    '{who} recorded a measurement of {indicator} over {period}: {value}.',
  ),
  MeasurementSuperseded: w(
    '{who} verving de meting van {indicator} over {period}: {value}.',
    '{who} a remplacé la mesure de {indicator} sur {period} : {value}.',
    '{who} replaced the measurement of {indicator} over {period}: {value}.',
  ),

  ReleasePrepared: w(
    '{who} bereidde de openbare tabel {table} voor.',
    '{who} a préparé le tableau public {table}.',
    '{who} prepared the public table {table}.',
  ),
  ReleaseChecked: w(
    '{who} liet nagaan welke kleine aantallen verborgen blijven.',
    '{who} a fait vérifier quels petits nombres restent cachés.',
    '{who} had it checked which small numbers stay hidden.',
  ),
  ReleasePublished: w(
    '{who} publiceerde de tabel {table}.',
    '{who} a publié le tableau {table}.',
    '{who} published the table {table}.',
  ),
  ReleaseWithdrawn: w(
    '{who} trok de gepubliceerde tabel in.',
    '{who} a retiré le tableau publié.',
    '{who} withdrew the published table.',
  ),
  FiguresDisclosed: w(
    'Cijfers van de indicator zijn openbaar gemaakt.',
    'Des chiffres de l’indicateur ont été rendus publics.',
    'Figures of the indicator were made public.',
  ),
  ExactTableRead: w(
    'Iemand las exacte kleine aantallen.',
    'Quelqu’un a lu de petits nombres exacts.',
    'Somebody read exact small numbers.',
  ),

  EvidenceRegistered: w(
    '{who} registreerde het bewijsstuk {title}, bewaard door {heldBy}.',
    '{who} a enregistré la pièce {title}, conservée par {heldBy}.',
    '{who} registered the evidence {title}, kept by {heldBy}.',
  ),
  EvidenceSupersededBy: w(
    'Het bewijsstuk is vervangen door een ander.',
    'La pièce a été remplacée par une autre.',
    'The evidence was superseded by another.',
  ),
  LegalHoldSet: w(
    '{who} bepaalde dat het bewijsstuk bewaard blijft (legal hold).',
    '{who} a ordonné de conserver la pièce (gel juridique).',
    '{who} put a legal hold on the evidence.',
  ),
  LegalHoldLifted: w(
    '{who} hief de bewaarplicht door een onderzoek op (legal hold).',
    '{who} a levé le gel juridique de la pièce.',
    '{who} lifted the legal hold on the evidence.',
  ),
  RetentionExtended: w(
    'Het bewijsstuk blijft bewaard tot {until}.',
    'La pièce est conservée jusqu’au {until}.',
    'The evidence is kept until {until}.',
  ),

  RightGranted: w(
    '{funder} gaf een trekkingsrecht van {amountCents} ({basis}).',
    '{funder} a accordé un droit de tirage de {amountCents} ({basis}).',
    '{funder} granted a drawing right of {amountCents} ({basis}).',
  ),
  OwnContributionRegistered: w(
    '{organisation} bracht {amountCents} in voor {year} ({kind}).',
    '{organisation} a apporté {amountCents} pour {year} ({kind}).',
    '{organisation} contributed {amountCents} for {year} ({kind}).',
  ),
  DrawnDown: w(
    '{amountCents} is opgenomen van het recht voor {year}.',
    '{amountCents} ont été prélevés sur le droit de {year}.',
    '{amountCents} was drawn of the right for {year}.',
  ),
  YearSettled: w(
    '{year} is afgerekend: {eligibleCents} aanvaardbaar, {recoverCents} terug te betalen, {lapsedCents} vervallen.',
    '{year} est réglée : {eligibleCents} éligibles, {recoverCents} à rembourser, {lapsedCents} perdus.',
    '{year} was settled: {eligibleCents} eligible, {recoverCents} to be repaid, {lapsedCents} lapsed.',
  ),
  DrawnRepaid: w(
    '{amountCents} van {year} is terugbetaald ({bankReference}).',
    '{amountCents} de {year} ont été remboursés ({bankReference}).',
    '{amountCents} of {year} was repaid ({bankReference}).',
  ),

  SecondmentAgreed: w(
    '{sender} detacheert {secondee} bij {receiver} ({function}), vanaf {from} tot {until}: {fteBp} van 10000 basispunten.',
    '{sender} détache {secondee} auprès de {receiver} ({function}), du {from} au {until} : {fteBp} points de base sur 10000.',
    '{sender} seconds {secondee} to {receiver} ({function}), from {from} until {until}: {fteBp} of 10000 basis points.',
  ),
  SecondmentChanged: w(
    'De detachering verandert vanaf {from}: {fteBp} basispunten, tot {until}.',
    'Le détachement change à partir du {from} : {fteBp} points de base, jusqu’au {until}.',
    'The secondment changes from {from}: {fteBp} basis points, until {until}.',
  ),
  SecondmentEnded: w(
    'De detachering eindigt op {until}.',
    'Le détachement prend fin le {until}.',
    'The secondment ends on {until}.',
  ),
  StaffCostCharged: w(
    '{shareBp} basispunten van de loonkost van {secondee} komen ten laste van een subsidie, van {from} tot {until}.',
    '{shareBp} points de base du coût salarial de {secondee} sont imputés à une subvention, du {from} au {until}.',
    '{shareBp} basis points of the salary cost of {secondee} are charged to a grant, from {from} until {until}.',
  ),
  StaffCostReleased: w(
    'Van een aanrekening van loonkost kwam niets: ze telt niet meer mee.',
    'Une imputation de coût salarial n’a pas eu de suite : elle ne compte plus.',
    'Nothing came of a charge of salary cost: it counts no more.',
  ),

  SessionHeld: w(
    'Een sessie ({kind}) vond plaats: {title}.',
    'Une séance ({kind}) a eu lieu : {title}.',
    'A session ({kind}) was held: {title}.',
  ),
  OutcomeRecorded: w('Uitkomst {number}: {text}.', 'Résultat {number} : {text}.', 'Outcome {number}: {text}.'),
  StepAgreed: w(
    'Stap {number} werd afgesproken, tegen {dueOn}: {text}.',
    'L’étape {number} a été convenue, pour le {dueOn} : {text}.',
    'Step {number} was agreed, by {dueOn}: {text}.',
  ),
  StepDone: w(
    'Stap {number} is gedaan: {note}.',
    'L’étape {number} est faite : {note}.',
    'Step {number} is done: {note}.',
  ),

  EngagementStarted: w(
    'Begeleiding door {organisations} begon: {purpose}.',
    'Un accompagnement par {organisations} a commencé : {purpose}.',
    'Coaching by {organisations} began: {purpose}.',
  ),
  EngagementPhaseChanged: w(
    'De begeleiding gaat over naar {phase}: {note}.',
    'L’accompagnement passe à {phase} : {note}.',
    'The coaching goes on to {phase}: {note}.',
  ),
  EngagementCoachesChanged: w(
    'De begeleiding is nu van {coaches}.',
    'L’accompagnement est désormais assuré par {coaches}.',
    'The coaching is now by {coaches}.',
  ),
  EngagementEnded: w('De begeleiding eindigde.', 'L’accompagnement a pris fin.', 'The coaching ended.'),

  GrantApplied: w(
    '{who} vroeg de subsidie “{title}” aan: {requestedCents}.',
    '{who} a demandé la subvention « {title} » : {requestedCents}.',
    '{who} applied for the grant “{title}”: {requestedCents}.',
  ),
  ApplicationRefused: w('De aanvraag is geweigerd.', 'La demande a été refusée.', 'The application was refused.'),
  GrantAwarded: w(
    '{funder} kende de subsidie “{title}” toe: {amountCents}.',
    '{funder} a accordé la subvention « {title} » : {amountCents}.',
    '{funder} awarded the grant “{title}”: {amountCents}.',
  ),
  AwardAmended: w(
    'De subsidie is gewijzigd met {deltaCents}.',
    'La subvention a été modifiée de {deltaCents}.',
    'The grant was changed by {deltaCents}.',
  ),
  Allocated: w(
    '{who} wees {amountCents} toe aan {action}.',
    '{who} a attribué {amountCents} à {action}.',
    '{who} allocated {amountCents} to {action}.',
  ),
  Transferred: w(
    '{who} verschoof {amountCents} van {from} naar {to}.',
    '{who} a transféré {amountCents} de {from} à {to}.',
    '{who} transferred {amountCents} from {from} to {to}.',
  ),
  Deallocated: w(
    '{who} nam {amountCents} terug van {action}.',
    '{who} a repris {amountCents} à {action}.',
    '{who} took {amountCents} back from {action}.',
  ),
  Committed: w(
    '{who} legde {amountCents} vast voor {action}: {title}.',
    '{who} a engagé {amountCents} pour {action} : {title}.',
    '{who} committed {amountCents} for {action}: {title}.',
  ),
  CommitmentAmended: w(
    'Een vastlegging voor {action} is gewijzigd met {deltaCents}.',
    'Un engagement pour {action} a été modifié de {deltaCents}.',
    'A commitment for {action} was changed by {deltaCents}.',
  ),
  CommitmentReleased: w(
    'Er kwam {amountCents} vrij voor {action}.',
    '{amountCents} a été libéré pour {action}.',
    '{amountCents} was released for {action}.',
  ),
  CommitmentCarried: w(
    '{action} nam een vastlegging over van {from}, met nog {amountCents}.',
    '{action} a repris un engagement de {from}, dont il reste {amountCents}.',
    '{action} took over a commitment of {from}, with {amountCents} left.',
  ),
  ExpenditureRecorded: w(
    '{who} boekte een uitgave van {eligibleCents} voor {action}.',
    '{who} a enregistré une dépense de {eligibleCents} pour {action}.',
    '{who} recorded an expenditure of {eligibleCents} for {action}.',
  ),
  SimplifiedCostRecorded: w(
    '{who} boekte een vereenvoudigde kost van {eligibleCents} voor {action} ({method}).',
    '{who} a enregistré un coût simplifié de {eligibleCents} pour {action} ({method}).',
    '{who} recorded a simplified cost of {eligibleCents} for {action} ({method}).',
  ),
  ExpenditureVerified: w(
    '{who} keek een uitgave voor {action} na en aanvaardde {eligibleCents}.',
    '{who} a vérifié une dépense pour {action} et accepté {eligibleCents}.',
    '{who} verified an expenditure for {action} and accepted {eligibleCents}.',
  ),
  ExpenditureCorrected: w(
    'Van een aanvaarde uitgave voor {action} is {amountCents} teruggenomen: {ground}.',
    'D’une dépense acceptée pour {action}, {amountCents} a été repris : {ground}.',
    'Of an accepted expenditure for {action}, {amountCents} was taken back: {ground}.',
  ),
  InstalmentPlanned: w('Schijf {code} is gepland.', 'La tranche {code} est prévue.', 'Instalment {code} was planned.'),
  InstalmentRequested: w(
    '{who} vroeg schijf {instalment} op: {amountCents}.',
    '{who} a demandé la tranche {instalment} : {amountCents}.',
    '{who} requested instalment {instalment}: {amountCents}.',
  ),
  InstalmentReceived: w(
    'Schijf {instalment} kwam binnen: {amountCents}.',
    'La tranche {instalment} a été reçue : {amountCents}.',
    'Instalment {instalment} came in: {amountCents}.',
  ),
  InstalmentWithheld: w(
    '{who} houdt schijf {instalment} in.',
    '{who} retient la tranche {instalment}.',
    '{who} withholds instalment {instalment}.',
  ),
  BalanceReceived: w(
    'Het saldo kwam binnen: {amountCents}.',
    'Le solde a été reçu : {amountCents}.',
    'The balance came in: {amountCents}.',
  ),
  PartnerPaid: w(
    '{who} betaalde {amountCents} aan {organisation}.',
    '{who} a payé {amountCents} à {organisation}.',
    '{who} paid {amountCents} to {organisation}.',
  ),
  PartnerRepaid: w(
    '{organisation} betaalde {amountCents} terug.',
    '{organisation} a remboursé {amountCents}.',
    '{organisation} paid {amountCents} back.',
  ),
  RecoveryRaised: w(
    '{who} vordert {amountCents} terug tegen {recoverBy}: {ground}.',
    '{who} réclame {amountCents} pour le {recoverBy} : {ground}.',
    '{who} claims {amountCents} back by {recoverBy}: {ground}.',
  ),
  FunderRepaid: w(
    'Er is {amountCents} terugbetaald aan de subsidieverlener.',
    '{amountCents} a été remboursé au bailleur.',
    '{amountCents} was paid back to the funder.',
  ),
  ConditionEvidenced: w(
    '{who} toonde dat voorwaarde {condition} vervuld is.',
    '{who} a montré que la condition {condition} est remplie.',
    '{who} showed that condition {condition} is met.',
  ),
  ConditionAccepted: w(
    '{who} aanvaardde voorwaarde {condition}.',
    '{who} a accepté la condition {condition}.',
    '{who} accepted condition {condition}.',
  ),
  ConditionRejected: w(
    '{who} vindt voorwaarde {condition} niet vervuld.',
    '{who} estime que la condition {condition} n’est pas remplie.',
    '{who} finds condition {condition} not met.',
  ),
  ConditionAtRisk: w(
    'Voorwaarde {condition} komt in gevaar; te herstellen tegen {cureBy}.',
    'La condition {condition} est menacée ; à rétablir pour le {cureBy}.',
    'Condition {condition} is at risk; to be cured by {cureBy}.',
  ),
  ConditionBreached: w(
    'Voorwaarde {condition} is geschonden.',
    'La condition {condition} n’est plus respectée.',
    'Condition {condition} was breached.',
  ),
  ConditionWaived: w(
    '{who} liet voorwaarde {condition} vallen.',
    '{who} a levé la condition {condition}.',
    '{who} waived condition {condition}.',
  ),
  AuditFindingRaised: w(
    '{who} deed een vaststelling: {text}',
    '{who} a fait un constat : {text}',
    '{who} raised a finding: {text}',
  ),
  AuditFindingAnswered: w(
    '{who} antwoordde op een vaststelling: {text}',
    '{who} a répondu à un constat : {text}',
    '{who} answered a finding: {text}',
  ),
  AuditFindingClosed: w(
    '{who} sloot een vaststelling af ({outcome}): {text}',
    '{who} a clos une constatation ({outcome}) : {text}',
    '{who} closed a finding ({outcome}): {text}',
  ),
  ReportSubmitted: w(
    '{who} diende een verslag in over {period}.',
    '{who} a remis un rapport sur {period}.',
    '{who} submitted a report on {period}.',
  ),
  GrantSuspended: w('De subsidie is opgeschort.', 'La subvention a été suspendue.', 'The grant was suspended.'),
  GrantResumed: w('De subsidie loopt weer.', 'La subvention a repris.', 'The grant was resumed.'),
  GrantClosed: w(
    '{who} sloot de subsidie af: {lapsedCents} vervalt, het saldo is {balanceCents}.',
    '{who} a clôturé la subvention : {lapsedCents} est perdu, le solde est de {balanceCents}.',
    '{who} closed the grant: {lapsedCents} lapses, the balance is {balanceCents}.',
  ),
  GrantTerminated: w(
    '{who} stopte de subsidie: {lapsedCents} vervalt, het saldo is {balanceCents}.',
    '{who} a mis fin à la subvention : {lapsedCents} est perdu, le solde est de {balanceCents}.',
    '{who} terminated the grant: {lapsedCents} lapses, the balance is {balanceCents}.',
  ),
  ClaimLapsed: w(
    'Een reservering die niet gebruikt werd, is vervallen.',
    'Une réservation qui n’a pas servi est annulée.',
    'A claim that was not used has lapsed.',
  ),
  DocumentClaimed: w(
    'Van een bewijsstuk is {grantCents} gereserveerd voor een subsidie.',
    'D’une pièce, {grantCents} a été réservé pour une subvention.',
    'Of a document, {grantCents} was claimed for a grant.',
  ),
  AreaReserved: w(
    'Het werkgebied {area} is gereserveerd voor een subsidie ({period}).',
    'Le territoire {area} a été réservé pour une subvention ({period}).',
    'The working area {area} was reserved for a grant ({period}).',
  ),

  NetworkFounded: w(
    '{who} richtte het netwerk {name} op ({kind}).',
    '{who} a fondé le réseau {name} ({kind}).',
    '{who} founded the network {name} ({kind}).',
  ),
  NetworkRenamed: w(
    'Het netwerk heet nu {name}.',
    'Le réseau s’appelle désormais {name}.',
    'The network is now called {name}.',
  ),
  ParentLinked: w(
    'Het netwerk hoort nu bij {parent}.',
    'Le réseau relève désormais de {parent}.',
    'The network now belongs to {parent}.',
  ),
  PolicySet: w(
    '{who} paste de afspraken van het netwerk aan.',
    '{who} a modifié les règles du réseau.',
    '{who} changed the network’s policy.',
  ),
  RegionChanged: w(
    'Het werkgebied is nu {regions}.',
    'Le territoire est désormais {regions}.',
    'The region is now {regions}.',
  ),
  OrganisationInvited: w(
    '{organisation} is uitgenodigd.',
    '{organisation} a été invitée.',
    '{organisation} was invited.',
  ),
  MemberJoined: w(
    '{organisation} werd lid voor de sector {sector}.',
    '{organisation} est devenue membre pour le secteur {sector}.',
    '{organisation} joined for the sector {sector}.',
  ),
  MemberSeatChanged: w(
    '{organisation} heeft een andere plaats: {seat}.',
    '{organisation} a un autre siège : {seat}.',
    '{organisation} has another seat: {seat}.',
  ),
  MemberLeft: w(
    '{organisation} verliet het netwerk.',
    '{organisation} a quitté le réseau.',
    '{organisation} left the network.',
  ),
  MissingActorIdentified: w(
    'Er ontbreekt iemand uit de sector {sector}: {description}.',
    'Il manque un acteur du secteur {sector} : {description}.',
    'An actor is missing from the sector {sector}: {description}.',
  ),
  MissingActorResolved: w(
    'Een ontbrekende actor is gevonden: {organisation}.',
    'Un acteur manquant a été trouvé : {organisation}.',
    'A missing actor was found: {organisation}.',
  ),
  MaturityAssessed: w(
    'De samenwerking is {stage}: {findings}',
    'La coopération est {stage} : {findings}',
    'The partnership is {stage}: {findings}',
  ),
  CommunicationLogged: w(
    'Verspreid via {channel} voor {audience}: {title}.',
    'Diffusé par {channel} à {audience} : {title}.',
    'Sent through {channel} to {audience}: {title}.',
  ),
  SystemChangeAssessed: w(
    'Van {from} naar {to}: {score} op 5.',
    'De {from} à {to} : {score} sur 5.',
    'From {from} to {to}: {score} of 5.',
  ),
  CohortTagged: w(
    'Het netwerk hoort nu bij: {tags}.',
    'Le réseau fait désormais partie de : {tags}.',
    'The network now belongs to: {tags}.',
  ),
  ConditionWatched: w(
    'Het netwerk volgt voorwaarde {condition} van een subsidie op: {sectors}.',
    'Le réseau suit la condition {condition} d’une subvention : {sectors}.',
    'The network watches condition {condition} of a grant: {sectors}.',
  ),
  NetworkEnded: w('{who} beëindigde het netwerk.', '{who} a mis fin au réseau.', '{who} ended the network.'),

  GroupFounded: w(
    '{who} richtte de groep {name} op.',
    '{who} a fondé le groupe {name}.',
    '{who} founded the group {name}.',
  ),
  GroupRenamed: w(
    'De groep heet nu {name}.',
    'Le groupe s’appelle désormais {name}.',
    'The group is now called {name}.',
  ),
  GroupsMerged: w(
    'De groep ging op in {into}.',
    'Le groupe a fusionné avec {into}.',
    'The group was merged into {into}.',
  ),
  GroupEnded: w('{who} beëindigde de groep.', '{who} a mis fin au groupe.', '{who} ended the group.'),
  GroupMemberAdded: w(
    '{organisation} kreeg een plaats in de groep.',
    '{organisation} a rejoint le groupe.',
    '{organisation} joined the group.',
  ),
  GroupMemberRemoved: w(
    '{organisation} verliet de groep.',
    '{organisation} a quitté le groupe.',
    '{organisation} left the group.',
  ),
  GroupLeadAssigned: w(
    '{lead} werd trekker van de groep.',
    '{lead} est devenu·e pilote du groupe.',
    '{lead} became the lead of the group.',
  ),
  GroupLeadReleased: w(
    '{lead} is niet langer trekker van de groep.',
    '{lead} n’est plus pilote du groupe.',
    '{lead} is no longer the lead of the group.',
  ),
  CadenceSet: w(
    'De groep komt {timesPerYear} keer per jaar samen.',
    'Le groupe se réunit {timesPerYear} fois par an.',
    'The group meets {timesPerYear} times a year.',
  ),
  DecisionRuleSet: w(
    'De groep besluit met {rule}, bij {quorum} aanwezige zetels.',
    'Le groupe décide par {rule}, avec {quorum} sièges présents.',
    'The group decides by {rule}, with {quorum} seats present.',
  ),

  MeetingPlanned: w(
    '{who} plande een vergadering van {body} op {startsAt}.',
    '{who} a planifié une réunion de {body} le {startsAt}.',
    '{who} planned a meeting of {body} on {startsAt}.',
  ),
  AgendaItemAdded: w(
    'Punt {number} kwam op de agenda: {title}.',
    'Le point {number} a été inscrit à l’ordre du jour : {title}.',
    'Item {number} was put on the agenda: {title}.',
  ),
  InputRecorded: w(
    '{organisation} gaf inbreng bij punt {item}.',
    '{organisation} a contribué au point {item}.',
    '{organisation} gave input on item {item}.',
  ),
  InputAnswered: w(
    'De inbreng van {organisation} bij punt {item} kreeg een antwoord: {text}',
    'La contribution de {organisation} au point {item} a reçu une réponse : {text}',
    'The input of {organisation} on item {item} was answered: {text}',
  ),
  AttendanceRecorded: w('Aanwezig: {present}.', 'Présents : {present}.', 'Present: {present}.'),
  MeetingHeld: w('De vergadering vond plaats.', 'La réunion a eu lieu.', 'The meeting was held.'),
  MeetingCancelled: w('De vergadering ging niet door.', 'La réunion a été annulée.', 'The meeting was cancelled.'),

  AgendaDrafted: w(
    '{who} schreef een ontwerp van de agenda.',
    '{who} a rédigé un projet d’agenda.',
    '{who} drafted the agenda.',
  ),
  TheoryOfChangeDrafted: w(
    '{who} schreef de veranderingstheorie voor versie {version}.',
    '{who} a rédigé la théorie du changement pour la version {version}.',
    '{who} wrote the theory of change for version {version}.',
  ),
  ObjectiveAdded: w(
    'Doelstelling {code} kwam erbij: {text}',
    'L’objectif {code} a été ajouté : {text}',
    'Objective {code} was added: {text}',
  ),
  ObjectiveReworded: w(
    'Doelstelling {code} luidt nu: {text}',
    'L’objectif {code} se lit désormais : {text}',
    'Objective {code} now reads: {text}',
  ),
  ObjectiveEnded: w(
    'Doelstelling {code} is beëindigd.',
    'L’objectif {code} a pris fin.',
    'Objective {code} was ended.',
  ),
  AgendaVersionAdopted: w(
    'Versie {version} van de agenda is aangenomen.',
    'La version {version} de l’agenda a été adoptée.',
    'Version {version} of the agenda was adopted.',
  ),

  DecisionRecorded: w(
    '{body} besliste: {outcome} ({proposal}).',
    '{body} a décidé : {outcome} ({proposal}).',
    '{body} decided: {outcome} ({proposal}).',
  ),
  DecisionAmended: w(
    'Het besluit is gewijzigd: {change}.',
    'La décision a été modifiée : {change}.',
    'The decision was amended: {change}.',
  ),
  DecisionAnnulled: w(
    'Het besluit is vernietigd door een later besluit: {by}.',
    'La décision a été annulée par une décision ultérieure : {by}.',
    'The decision was annulled by a later one: {by}.',
  ),

  ActionProposed: w(
    '{who} stelde de actie “{title}” voor.',
    '{who} a proposé l’action « {title} ».',
    '{who} proposed the action “{title}”.',
  ),
  ProposalRevised: w(
    '{who} herwerkte het voorstel (versie {version}): {changes}.',
    '{who} a revu la proposition (version {version}) : {changes}.',
    '{who} revised the proposal (version {version}): {changes}.',
  ),
  ActionApproved: w(
    'De actie is goedgekeurd: {decision}.',
    'L’action a été approuvée : {decision}.',
    'The action was approved: {decision}.',
  ),
  ActionApprovedWithConditions: w(
    'De actie is goedgekeurd onder voorwaarden: {conditions}.',
    'L’action a été approuvée sous conditions : {conditions}.',
    'The action was approved with conditions: {conditions}.',
  ),
  ActionDeclined: w(
    'De actie is afgewezen: {decision}.',
    'L’action a été refusée : {decision}.',
    'The action was declined: {decision}.',
  ),
  ActionDeferred: w(
    'Het voorstel is uitgesteld (tot {until}; ontbreekt: {missingInformation}).',
    'La proposition a été reportée (jusqu’au {until} ; manque : {missingInformation}).',
    'The proposal was deferred (until {until}; missing: {missingInformation}).',
  ),
  ActionWithdrawn: w('{who} trok de actie in.', '{who} a retiré l’action.', '{who} withdrew the action.'),
  ApprovalConditionMet: w(
    'Voorwaarde {condition} is vervuld.',
    'La condition {condition} est remplie.',
    'Condition {condition} was met.',
  ),
  LeadAssigned: w('{lead} werd trekker.', '{lead} est devenu·e pilote.', '{lead} became the lead.'),
  LeadTransferred: w(
    '{from} droeg de actie over aan {lead}.',
    '{from} a transmis l’action à {lead}.',
    '{from} handed the action over to {lead}.',
  ),
  ActionStarted: w('{who} startte de actie.', '{who} a lancé l’action.', '{who} started the action.'),
  ActionAdjusted: w(
    '{who} stuurde de actie bij (plan {planVersion}): {changes}.',
    '{who} a ajusté l’action (plan {planVersion}) : {changes}.',
    '{who} adjusted the action (plan {planVersion}): {changes}.',
  ),
  ActionSuspended: w(
    'De actie is opgeschort: {code} (verwacht tot {expectedUntil}).',
    'L’action a été suspendue : {code} (prévu jusqu’au {expectedUntil}).',
    'The action was suspended: {code} (expected until {expectedUntil}).',
  ),
  ActionResumed: w(
    'De actie is hervat, na {suspendedDays} dagen: {note}.',
    'L’action a repris, après {suspendedDays} jours : {note}.',
    'The action was resumed, after {suspendedDays} days: {note}.',
  ),
  ActionEvaluated: w(
    '{who} evalueerde de actie ({kind}): {verdict}; volgende stap: {nextStep}.',
    '{who} a évalué l’action ({kind}) : {verdict} ; suite : {nextStep}.',
    '{who} evaluated the action ({kind}): {verdict}; next step: {nextStep}.',
  ),
  NextStepDeclined: w(
    '{who} zag af van de volgende stap.',
    '{who} a renoncé à la suite proposée.',
    '{who} declined the next step.',
  ),
  ActionBroadened: w(
    'De actie wordt verbreed ({kind}) naar {targets}.',
    'L’action est élargie ({kind}) à {targets}.',
    'The action is broadened ({kind}) to {targets}.',
  ),
  BroadeningRefused: w(
    'De verbreding naar {network} kon niet: {code}.',
    'L’élargissement à {network} a été refusé : {code}.',
    'Broadening to {network} was refused: {code}.',
  ),
  ActionClosed: w(
    '{who} sloot de actie af: {outcome}.',
    '{who} a clôturé l’action : {outcome}.',
    '{who} closed the action: {outcome}.',
  ),
  ActionReopened: w('{who} heropende de actie.', '{who} a rouvert l’action.', '{who} reopened the action.'),
  PartnerJoined: w(
    '{organisation} werd partner ({role}).',
    '{organisation} est devenue partenaire ({role}).',
    '{organisation} became a partner ({role}).',
  ),
  PartnerLeft: w(
    '{organisation} is geen partner meer.',
    '{organisation} n’est plus partenaire.',
    '{organisation} is no longer a partner.',
  ),
  PartnerRoleChanged: w(
    '{organisation} heeft een andere taak: {role}.',
    '{organisation} a un autre rôle : {role}.',
    '{organisation} has another role: {role}.',
  ),
  ObjectiveLinked: w(
    'De actie draagt nu bij tot doelstelling {objective}.',
    'L’action contribue désormais à l’objectif {objective}.',
    'The action now serves objective {objective}.',
  ),
  ObjectiveUnlinked: w(
    'De actie draagt niet meer bij tot doelstelling {objective}.',
    'L’action ne contribue plus à l’objectif {objective}.',
    'The action no longer serves objective {objective}.',
  ),
  ActionsLinked: w(
    'De actie {kind} een andere: {action}.',
    'L’action {kind} une autre : {action}.',
    'The action {kind} another one: {action}.',
  ),
  MovedToGroup: w(
    'De actie ging naar de groep {group}.',
    'L’action est passée au groupe {group}.',
    'The action moved to the group {group}.',
  ),
  ObstacleAdded: w(
    'Een hindernis ({class}): {text}.',
    'Un obstacle ({class}) : {text}.',
    'An obstacle ({class}): {text}.',
  ),
  MilestoneRecorded: w('Mijlpaal op {date}: {text}.', 'Jalon le {date} : {text}.', 'Milestone on {date}: {text}.'),
  InKindContributed: w(
    '{organisation} brengt in: {what}, ter waarde van {amountCents} ({basis}; {method}).',
    '{organisation} apporte : {what}, d’une valeur de {amountCents} ({basis} ; {method}).',
    '{organisation} puts in: {what}, worth {amountCents} ({basis}; {method}).',
  ),
  ContributionStated: w(
    'Wat veranderde: {what} Bijdrage van de actie ({strength} onderbouwd): {contribution}',
    'Ce qui a changé : {what} Contribution de l’action (étayée de façon {strength}) : {contribution}',
    'What changed: {what} Contribution of the action (support: {strength}): {contribution}',
  ),
  EvidenceAttached: w(
    '{who} voegde bewijs toe: {note}.',
    '{who} a joint une pièce : {note}.',
    '{who} attached evidence: {note}.',
  ),
  FundingRequested: w(
    '{who} vroeg {amountCents} voor {purpose}.',
    '{who} a demandé {amountCents} pour {purpose}.',
    '{who} requested {amountCents} for {purpose}.',
  ),
  GrantLinked: w(
    'Er ging geld van een subsidie naar de actie.',
    'De l’argent d’une subvention va à l’action.',
    'Money of a grant went to the action.',
  ),
  RecordCorrected: w(
    '{who} verbeterde wat fout stond: {from} werd {to}.',
    '{who} a corrigé une erreur : {from} est devenu {to}.',
    '{who} corrected what was wrong: {from} became {to}.',
  ),

  PatternConfirmed: w(
    '{who} bevestigde het patroon {tag} ({polarity}): {statement}.',
    '{who} a confirmé le constat récurrent {tag} ({polarity}) : {statement}.',
    '{who} confirmed the pattern {tag} ({polarity}): {statement}.',
  ),
  PatternRetired: w(
    'Op het patroon steunt niemand meer.',
    'Le constat récurrent ne vaut plus.',
    'The pattern is not relied on any more.',
  ),
  RecommendationDrafted: w(
    '{who} stelde de aanbeveling “{title}” op.',
    '{who} a rédigé la recommandation « {title} ».',
    '{who} drafted the recommendation “{title}”.',
  ),
  RecommendationReworded: w(
    '{who} verwoordde de aanbeveling “{title}” anders.',
    '{who} a reformulé la recommandation « {title} ».',
    '{who} reworded the recommendation “{title}”.',
  ),
  RecommendationAdopted: w(
    'De aanbeveling is aangenomen.',
    'La recommandation a été adoptée.',
    'The recommendation was adopted.',
  ),
  RecommendationSubmitted: w(
    '{who} diende de aanbeveling in bij {addressee} ({level}).',
    '{who} a soumis la recommandation à {addressee} ({level}).',
    '{who} submitted the recommendation to {addressee} ({level}).',
  ),
  RecommendationAnswered: w(
    'Het antwoord op de aanbeveling: {answer}. {text}.',
    'La réponse à la recommandation : {answer}. {text}.',
    'The reply to the recommendation: {answer}. {text}.',
  ),
  RecommendationFollowedUp: w(
    'Opvolging van de aanbeveling: {text}.',
    'Suivi de la recommandation : {text}.',
    'Follow-up of the recommendation: {text}.',
  ),
  RecommendationWithdrawn: w(
    '{who} trok de aanbeveling in.',
    '{who} a retiré la recommandation.',
    '{who} withdrew the recommendation.',
  ),
  PracticePublished: w(
    '{who} publiceerde de praktijk “{title}” uit {action}.',
    '{who} a publié la pratique « {title} » issue de {action}.',
    '{who} published the practice “{title}” from {action}.',
  ),
  PracticeRevised: w(
    '{who} publiceerde versie {version} van de praktijk “{title}”.',
    '{who} a publié la version {version} de la pratique « {title} ».',
    '{who} published version {version} of the practice “{title}”.',
  ),
  PracticeWithdrawn: w(
    '{who} haalde de praktijk uit de bibliotheek.',
    '{who} a retiré la pratique de la bibliothèque.',
    '{who} took the practice out of the library.',
  ),
  PracticeAdopted: w(
    '{network} neemt versie {practiceVersion} van de praktijk over: {adaptations}.',
    '{network} reprend la version {practiceVersion} de la pratique : {adaptations}.',
    '{network} adopts version {practiceVersion} of the practice: {adaptations}.',
  ),
  PracticeAdoptionRefused: w(
    '{network} kon de praktijk niet overnemen: {code}.',
    '{network} n’a pas pu reprendre la pratique : {code}.',
    '{network} could not adopt the practice: {code}.',
  ),
};

/** Of what the caller may not know, or nobody may any more. */
export const HIDDEN_WORDS = w('(niet zichtbaar)', '(non visible)', '(not visible)');

/** What a history is of; `{name}` stands for the name of that. */
export const HISTORY_WORDS = {
  action: w(
    'Geschiedenis van de actie “{name}”',
    'Historique de l’action « {name} »',
    'History of the action “{name}”',
  ),
  objective: w(
    'Geschiedenis van de doelstelling {name}',
    'Historique de l’objectif {name}',
    'History of the objective {name}',
  ),
  network: w('Geschiedenis van het netwerk {name}', 'Historique du réseau {name}', 'History of the network {name}'),
} as const;

/** What a history says as a text beside its sentences. */
export const TEXT_WORDS = {
  known: w('zoals bekend op {moment}', 'tel que connu le {moment}', 'as known on {moment}'),
  held: w('zoals het gold op {moment}', 'tel qu’en vigueur le {moment}', 'as it held on {moment}'),
  upToPosition: w(
    'Tot en met positie {moment} van het logboek',
    'Jusqu’à la position {moment} du journal',
    'Up to position {moment} of the log',
  ),
  registered: w('geregistreerd op', 'enregistré le', 'registered on'),
  decided: w('Besluit', 'Décision', 'Decision'),
  why: w('Reden', 'Motif', 'Reason'),
  corrected: w('Later rechtgezet', 'Rectifié par la suite', 'Corrected later'),
} as const;

export const FACET_WORDS: Readonly<Record<Facet, Words>> = {
  status: w('Toestand', 'État', 'Status'),
  title: w('Titel', 'Titre', 'Title'),
  group: w('Groep', 'Groupe', 'Group'),
  objectives: w('Doelstellingen', 'Objectifs', 'Objectives'),
  targetGroup: w('Doelgroep', 'Public cible', 'Target group'),
  regions: w('Werkgebied', 'Territoire', 'Region'),
  intendedChange: w('Beoogde verandering', 'Changement visé', 'Intended change'),
  horizon: w('Termijn', 'Horizon', 'Horizon'),
  plan: w('Plan', 'Plan', 'Plan'),
  planVersion: w('Versie van het plan', 'Version du plan', 'Plan version'),
  proposalVersion: w('Versie van het voorstel', 'Version de la proposition', 'Proposal version'),
  budgetCents: w('Budget', 'Budget', 'Budget'),
  partners: w('Partners', 'Partenaires', 'Partners'),
  lead: w('Trekker', 'Pilote', 'Lead'),
  approval: w('Goedgekeurd met', 'Approuvée par', 'Approved by'),
  openConditions: w('Open voorwaarden', 'Conditions ouvertes', 'Open conditions'),
  deferral: w('Uitgesteld', 'Reportée', 'Deferred'),
  startedAt: w('Gestart op', 'Lancée le', 'Started on'),
  suspension: w('Opgeschort', 'Suspendue', 'Suspended'),
  expectedUntil: w('Verwacht tot', 'Prévu jusqu’au', 'Expected until'),
  suspendedDays: w('Dagen opgeschort', 'Jours de suspension', 'Days suspended'),
  closedAt: w('Afgesloten op', 'Clôturée le', 'Closed on'),
  outcome: w('Uitkomst', 'Résultat', 'Outcome'),
  verdict: w('Oordeel', 'Verdict', 'Verdict'),
  nextStep: w('Volgende stap', 'Suite', 'Next step'),
  learnings: w('Lessen', 'Enseignements', 'Learnings'),
  obstacles: w('Hindernissen', 'Obstacles', 'Obstacles'),
  milestones: w('Mijlpalen', 'Jalons', 'Milestones'),
  contribution: w('Wat veranderde', 'Ce qui a changé', 'What changed'),
  fundingRequests: w('Gevraagde middelen', 'Moyens demandés', 'Funding requested'),
  evidenceCount: w('Bewijsstukken', 'Pièces', 'Pieces of evidence'),
  broadenings: w('Verbreed naar', 'Élargie à', 'Broadened to'),
  refusals: w('Geweigerde verbredingen', 'Élargissements refusés', 'Refused broadenings'),
  links: w('Verbonden acties', 'Actions liées', 'Linked actions'),
};

type Code =
  | Accountability
  | ActingRole
  | ActionCard['status']
  | ActionKind
  | ActionLink
  | AdjustmentBasis
  | Aggregation
  | AgreementKind
  | Answer
  | BroadeningKind
  | Channel
  | ClosingOutcome
  | ContributionKind
  | ConditionKind
  | ConditionStatus
  | Confidentiality
  | CostMethod
  | DecisionRule
  | EvaluationKind
  | FindingOutcome
  | Frequency
  | GroupKind
  | Horizon
  | IndicatorLevel
  | MaturityStage
  | NetworkKind
  | NextStep
  | ObstacleClass
  | Outcome
  | Polarity
  | Quality
  | Rba
  | RecommendationLevel
  | RightBasis
  | ReportKind
  | RetentionAnchor
  | ScopeKind
  | Sector
  | Sensitivity
  | Unit
  | SessionKind
  | SessionTopic
  | StepOwner
  | Strength
  | SubjectKind
  | SuspensionCode
  | TheoryNodeKind
  | Verdict
  | VerificationOutcome;

export const CODE_WORDS: Readonly<Record<Code, Words>> = {
  // roles
  member: w('Lid', 'Membre', 'Member'),
  lead: w('Trekker', 'Pilote', 'Lead'),
  'back-office': w('Back-office', 'Back-office', 'Back office'),
  secretary: w('Secretaris', 'Secrétaire', 'Secretary'),
  finance: w('Financiën', 'Finances', 'Finance'),
  verifier: w('Verificateur', 'Vérificateur', 'Verifier'),
  'data-steward': w('Databeheerder', 'Gestionnaire de données', 'Data steward'),
  coach: w('Coach', 'Coach', 'Coach'),
  funder: w('Subsidieverlener', 'Bailleur', 'Funder'),
  auditor: w('Auditor', 'Auditeur', 'Auditor'),
  dpo: w('Functionaris gegevensbescherming', 'Délégué à la protection des données', 'Data protection officer'),
  operator: w('Beheerder', 'Gestionnaire', 'Operator'),
  process: w('Spoor', 'Spoor', 'Spoor'),
  // the life of an action
  proposed: w('voorgesteld', 'proposée', 'proposed'),
  approved: w('goedgekeurd', 'approuvée', 'approved'),
  active: w('lopend', 'en cours', 'active'),
  suspended: w('opgeschort', 'suspendue', 'suspended'),
  closed: w('afgesloten', 'clôturée', 'closed'),
  declined: w('afgewezen', 'refusée', 'declined'),
  withdrawn: w('ingetrokken', 'retirée', 'withdrawn'),
  regular: w('gewone actie', 'action ordinaire', 'regular action'),
  'ongoing-offer': w('doorlopend aanbod', 'offre permanente', 'ongoing offer'),
  exploratory: w('verkenning', 'exploration', 'exploratory'),
  'supporting-offer': w('ondersteunend aanbod', 'offre de soutien', 'supporting offer'),
  short: w('korte termijn', 'court terme', 'short term'),
  medium: w('middellange termijn', 'moyen terme', 'medium term'),
  long: w('lange termijn', 'long terme', 'long term'),
  reinforces: w('versterkt', 'renforce', 'reinforces'),
  dependsOn: w('hangt af van', 'dépend de', 'depends on'),
  replaces: w('vervangt', 'remplace', 'replaces'),
  // decisions
  approve: w('goedgekeurd', 'approuvé', 'approved'),
  'approve-with-conditions': w('goedgekeurd onder voorwaarden', 'approuvé sous conditions', 'approved with conditions'),
  decline: w('afgewezen', 'refusé', 'declined'),
  defer: w('uitgesteld', 'reporté', 'deferred'),
  consent: w('consent', 'consentement', 'consent'),
  majority: w('gewone meerderheid', 'majorité simple', 'majority'),
  'two-thirds': w('twee derde', 'deux tiers', 'two thirds'),
  unanimity: w('eenparigheid', 'unanimité', 'unanimity'),
  action: w('actie', 'action', 'action'),
  'policy-initiative': w('beleidsinitiatief', 'initiative politique', 'policy initiative'),
  agenda: w('agenda', 'agenda', 'agenda'),
  membership: w('lidmaatschap', 'adhésion', 'membership'),
  evaluation: w('evaluatie', 'évaluation', 'evaluation'),
  decision: w('besluit', 'décision', 'decision'),
  grant: w('subsidie', 'subvention', 'grant'),
  obstacle: w('hindernis', 'obstacle', 'obstacle'),
  indicator: w('indicator', 'indicateur', 'indicator'),
  // indicators
  population: w('bevolking', 'population', 'population'),
  performance: w('werking', 'action menée', 'performance'),
  'how-much': w('hoeveel', 'combien', 'how much'),
  'how-well': w('hoe goed', 'à quel point', 'how well'),
  'better-off': w('wie is er beter af', 'qui s’en trouve mieux', 'is anyone better off'),
  output: w('prestatie', 'réalisation', 'output'),
  outcome: w('resultaat', 'résultat', 'outcome'),
  impact: w('impact', 'impact', 'impact'),
  count: w('aantal', 'nombre', 'count'),
  percent: w('percentage', 'pourcentage', 'percentage'),
  ratio: w('verhouding', 'rapport', 'ratio'),
  currency: w('bedrag', 'montant', 'amount'),
  days: w('dagen', 'jours', 'days'),
  text: w('tekst', 'texte', 'text'),
  sum: w('som', 'somme', 'sum'),
  last: w('laatste stand', 'dernier état', 'last'),
  'ratio-of-sums': w('verhouding van sommen', 'rapport de sommes', 'ratio of sums'),
  'weighted-mean': w('gewogen gemiddelde', 'moyenne pondérée', 'weighted mean'),
  'distinct-none': w('unieke personen', 'personnes distinctes', 'distinct people'),
  quarterly: w('per kwartaal', 'par trimestre', 'quarterly'),
  irregular: w('onregelmatig', 'irrégulier', 'irregular'),
  'small-numbers': w('kleine aantallen', 'petits nombres', 'small numbers'),
  internal: w('intern', 'interne', 'internal'),
  measured: w('gemeten', 'mesuré', 'measured'),
  estimated: w('geschat', 'estimé', 'estimated'),
  provisional: w('voorlopig', 'provisoire', 'provisional'),
  monthly: w('maandelijks', 'mensuel', 'monthly'),
  'half-yearly': w('halfjaarlijks', 'semestriel', 'half-yearly'),
  yearly: w('jaarlijks', 'annuel', 'yearly'),
  // evaluations
  interim: w('tussentijds', 'intermédiaire', 'interim'),
  final: w('eindevaluatie', 'finale', 'final'),
  'ex-post': w('achteraf', 'ex post', 'ex post'),
  works: w('werkt', 'fonctionne', 'works'),
  'works-partly': w('werkt deels', 'fonctionne en partie', 'works partly'),
  'does-not-work': w('werkt niet', 'ne fonctionne pas', 'does not work'),
  'too-early': w('te vroeg', 'trop tôt', 'too early'),
  'not-evaluable': w('niet te evalueren', 'non évaluable', 'not evaluable'),
  continue: w('voortzetten', 'poursuivre', 'continue'),
  adjust: w('bijsturen', 'ajuster', 'adjust'),
  broaden: w('verbreden', 'élargir', 'broaden'),
  close: w('afsluiten', 'clôturer', 'close'),
  // broadening, closing, suspending, obstacles
  region: w('regio', 'région', 'region'),
  'target-group': w('doelgroep', 'public cible', 'target group'),
  partners: w('partners', 'partenaires', 'partners'),
  network: w('netwerk', 'réseau', 'network'),
  scale: w('schaal', 'échelle', 'scale'),
  achieved: w('bereikt', 'atteint', 'achieved'),
  partly: w('deels', 'en partie', 'partly'),
  stopped: w('stopgezet', 'arrêté', 'stopped'),
  'handed-over': w('overgedragen', 'transmis', 'handed over'),
  'not-feasible': w('niet haalbaar', 'non réalisable', 'not feasible'),
  'force-majeure': w('overmacht', 'force majeure', 'force majeure'),
  funding: w('financiering', 'financement', 'funding'),
  partner: w('partner', 'partenaire', 'partner'),
  safety: w('veiligheid', 'sécurité', 'safety'),
  history: w('voorgeschiedenis', 'passé commun', 'history'),
  vision: w('visie', 'vision', 'vision'),
  regulation: w('regelgeving', 'réglementation', 'regulation'),
  capacity: w('capaciteit', 'capacité', 'capacity'),
  external: w('van buitenaf', 'externe', 'external'),
  other: w('andere', 'autre', 'other'),
  // recommendations
  recommendation: w('aanbeveling', 'recommandation', 'recommendation'),
  organisation: w('organisatie', 'organisation', 'organisation'),
  city: w('stad of gemeente', 'ville ou commune', 'city or municipality'),
  flemish: w('Vlaams', 'flamand', 'Flemish'),
  federal: w('federaal', 'fédéral', 'federal'),
  eu: w('Europees', 'européen', 'European'),
  'no-reply': w('geen antwoord', 'pas de réponse', 'no reply'),
  // grants
  open: w('open', 'ouverte', 'open'),
  evidenced: w('aangetoond', 'démontrée', 'evidenced'),
  accepted: w('aanvaard', 'acceptée', 'accepted'),
  rejected: w('verworpen', 'rejetée', 'rejected'),
  'at-risk': w('in gevaar', 'menacée', 'at risk'),
  breached: w('geschonden', 'non respectée', 'breached'),
  waived: w('vervallen verklaard', 'levée', 'waived'),
  sectors: w('sectoren', 'secteurs', 'sectors'),
  agreement: w('overeenkomst', 'convention', 'agreement'),
  plan: w('plan', 'plan', 'plan'),
  'exclusive-area': w('één subsidie per werkgebied', 'une subvention par territoire', 'one grant per working area'),
  accept: w('aanvaarden', 'accepter', 'accept'),
  reject: w('weigeren', 'refuser', 'reject'),
  upheld: w('bevestigd', 'confirmée', 'upheld'),
  'flat-rate': w('vast percentage', 'taux forfaitaire', 'flat rate'),
  'unit-cost': w('eenheidskost', 'coût unitaire', 'unit cost'),
  'lump-sum': w('forfait', 'montant forfaitaire', 'lump sum'),
  closure: w('afsluiting', 'clôture', 'closure'),
  'last-payment': w('laatste betaling', 'dernier paiement', 'last payment'),
  'period-end': w('einde van de periode', 'fin de la période', 'end of the period'),
  // networks and groups
  coalition: w('coalitie', 'coalition', 'coalition'),
  movement: w('beweging', 'mouvement', 'movement'),
  'integrated-partnership': w('geïntegreerd partnerschap', 'partenariat intégré', 'integrated partnership'),
  programme: w('programma', 'programme', 'programme'),
  project: w('project', 'projet', 'project'),
  'local-network': w('lokaal netwerk', 'réseau local', 'local network'),
  collective: w('collectief', 'collectif', 'collective'),
  'action-group': w('actiegroep', 'groupe d’action', 'action group'),
  'steering-group': w('stuurgroep', 'comité de pilotage', 'steering group'),
  'think-tank': w('denktank', 'groupe de réflexion', 'think tank'),
  'writing-group': w('schrijfgroep', 'groupe de rédaction', 'writing group'),
  'working-group': w('werkgroep', 'groupe de travail', 'working group'),
  single: w('één organisatie', 'une seule organisation', 'a single organisation'),
  'ad-hoc': w('ad hoc', 'ad hoc', 'ad hoc'),
  coordinated: w('gecoördineerd', 'coordonnée', 'coordinated'),
  integrated: w('geïntegreerd', 'intégrée', 'integrated'),
  ecosystem: w('een ecosysteem', 'un écosystème', 'an ecosystem'),
  // agreements
  'scheme-period': w('periode onder een regeling', 'période sous un régime', 'period under a scheme'),
  partnership: w('partnerschap', 'partenariat', 'partnership'),
  'working-arrangement': w('werkafspraak met derden', 'accord de travail avec des tiers', 'working arrangement'),
  'inter-network': w('tussen netwerken', 'entre réseaux', 'between networks'),
  // drawing rights
  'per-year': w('per jaar', 'par an', 'per year'),
  'whole-period': w('voor de hele periode', 'pour toute la période', 'for the whole period'),
  own: w('eigen middelen', 'moyens propres', 'own money'),
  'other-grant': w('andere subsidie', 'autre subvention', 'other grant'),
  solidarity: w('solidaire bijdrage', 'contribution solidaire', 'solidarity contribution'),
  'in-kind': w('in natura', 'en nature', 'in kind'),
  // what networks do together
  workshop: w('workshop', 'atelier', 'workshop'),
  interview: w('interview', 'entretien', 'interview'),
  'co-creation': w('co-creatie', 'cocréation', 'co-creation'),
  'learning-network': w('lerend netwerk', 'réseau d’apprentissage', 'learning network'),
  training: w('vorming', 'formation', 'training'),
  'common-agenda': w('gemeenschappelijke agenda', 'agenda commun', 'common agenda'),
  'shared-measurement': w('gedeelde meting', 'mesure partagée', 'shared measurement'),
  'mutually-reinforcing': w(
    'acties die elkaar versterken',
    'actions qui se renforcent',
    'mutually reinforcing activities',
  ),
  'continuous-communication': w('doorlopende communicatie', 'communication continue', 'continuous communication'),
  backbone: w('ondersteunende organisatie', 'organisation de soutien', 'backbone support'),
  'participants-only': w('enkel voor deelnemers', 'réservé aux participants', 'participants only'),
  group: w('groep', 'groupe', 'group'),
  person: w('persoon', 'personne', 'person'),
  website: w('website', 'site web', 'website'),
  newsletter: w('nieuwsbrief', 'lettre d’information', 'newsletter'),
  mail: w('e-mail', 'courriel', 'e-mail'),
  'social-media': w('sociale media', 'réseaux sociaux', 'social media'),
  flyer: w('flyer', 'dépliant', 'flyer'),
  press: w('pers', 'presse', 'press'),
  event: w('evenement', 'événement', 'event'),
  weak: w('zwak', 'faible', 'weak'),
  moderate: w('matig', 'moyenne', 'moderate'),
  strong: w('sterk', 'forte', 'strong'),
  problem: w('probleem', 'problème', 'problem'),
  ambition: w('ambitie', 'ambition', 'ambition'),
  objective: w('doelstelling', 'objectif', 'objective'),
  precondition: w('voorwaarde', 'condition préalable', 'precondition'),
  assumption: w('veronderstelling', 'hypothèse', 'assumption'),
  risk: w('risico', 'risque', 'risk'),
  // sectors
  care: w('zorg', 'soins', 'care'),
  housing: w('wonen', 'logement', 'housing'),
  work: w('werk', 'emploi', 'work'),
  education: w('onderwijs', 'enseignement', 'education'),
  leisure: w('vrije tijd', 'loisirs', 'leisure'),
  justice: w('justitie', 'justice', 'justice'),
  'youth-work': w('jeugdwerk', 'animation jeunesse', 'youth work'),
  'youth-care': w('jeugdhulp', 'aide à la jeunesse', 'youth care'),
  'mental-health': w('geestelijke gezondheid', 'santé mentale', 'mental health'),
  welfare: w('welzijn', 'aide sociale', 'welfare'),
  'local-government': w('lokaal bestuur', 'pouvoir local', 'local government'),
};

export const WORK_KINDS = [
  'evaluation-overdue',
  'next-step-open',
  'suspension-passed',
  'not-started',
  'deferral-passed',
  'group-without-lead',
  'action-without-lead',
  'missing-actor',
  'meeting-unsettled',
  'cadence-behind',
  'review-due',
  'basis-annulled',
  'child-incomplete',
  'steering-group-incomplete',
  'agreement-ending',
  'condition-at-risk',
  'money-lapsing',
  'report-due',
  'recovery-due',
  'commitment-on-closed-action',
  'step-overdue',
  'recommendation-to-submit',
  'recommendation-unanswered',
  'measurement-missing',
  'floor-missed',
] as const;
export type WorkKind = (typeof WORK_KINDS)[number];

export const WORK_WORDS: Readonly<Record<WorkKind, Words>> = {
  'evaluation-overdue': w('Evalueer de actie', 'Évaluer l’action', 'Evaluate the action'),
  'next-step-open': w(
    'Doe wat de evaluatie vroeg, of zie ervan af',
    'Donner suite à l’évaluation, ou y renoncer',
    'Do what the evaluation asked, or decline it',
  ),
  'suspension-passed': w(
    'Hervat de actie, of sluit ze af',
    'Reprendre l’action, ou la clôturer',
    'Resume the action, or close it',
  ),
  'not-started': w('Start de goedgekeurde actie', 'Lancer l’action approuvée', 'Start the approved action'),
  'deferral-passed': w(
    'Beslis over het uitgestelde voorstel',
    'Décider de la proposition reportée',
    'Decide on the deferred proposal',
  ),
  'group-without-lead': w('Geef de groep een trekker', 'Donner un·e pilote au groupe', 'Give the group a lead'),
  'action-without-lead': w('Geef de actie een trekker', 'Donner un·e pilote à l’action', 'Give the action a lead'),
  'missing-actor': w('Vind de ontbrekende actor', 'Trouver l’acteur manquant', 'Find the missing actor'),
  'meeting-unsettled': w(
    'Noteer of de vergadering plaatsvond',
    'Noter si la réunion a eu lieu',
    'Record whether the meeting was held',
  ),
  'cadence-behind': w(
    'Plan de vergaderingen die nog moeten',
    'Planifier les réunions manquantes',
    'Plan the meetings that are still due',
  ),
  'review-due': w('Herbekijk het besluit', 'Réexaminer la décision', 'Review the decision'),
  'basis-annulled': w(
    'Het besluit waarop dit steunt is vernietigd',
    'La décision sur laquelle ceci repose est annulée',
    'The decision this rests on was annulled',
  ),
  'child-incomplete': w(
    'Geef de verbrede actie een groep en een doelstelling',
    'Donner un groupe et un objectif à l’action élargie',
    'Give the broadened action a group and an objective',
  ),
  'steering-group-incomplete': w(
    'Geef het lid een plaats in de stuurgroep',
    'Donner au membre une place dans le comité de pilotage',
    'Give the member a place in the steering group',
  ),
  'agreement-ending': w(
    'Bereid de volgende overeenkomst voor',
    'Préparer la convention suivante',
    'Prepare the next agreement',
  ),
  'condition-at-risk': w(
    'Herstel de voorwaarde van de subsidie',
    'Rétablir la condition de la subvention',
    'Cure the condition of the grant',
  ),
  'money-lapsing': w(
    'Besteed het geld voor het vervalt',
    'Dépenser l’argent avant qu’il n’expire',
    'Spend the money before it lapses',
  ),
  'report-due': w('Dien het eindverslag in', 'Remettre le rapport final', 'Submit the final report'),
  'recovery-due': w('Betaal terug wat moet', 'Rembourser ce qui est dû', 'Repay what is due'),
  'measurement-missing': w(
    'Registreer de meting van de voorbije periode',
    'Enregistrer la mesure de la période écoulée',
    'Record the measurement of the period that is over',
  ),
  'floor-missed': w(
    'Een netwerk haalde zijn ondergrens niet',
    'Un réseau n’a pas atteint son plancher',
    'A network is below its floor',
  ),
  'commitment-on-closed-action': w(
    'Er staat nog geld vastgelegd op een actie die voorbij is',
    'De l’argent est encore engagé sur une action terminée',
    'Money is still committed to an action that has ended',
  ),
  'step-overdue': w(
    'Doe wat in de sessie werd afgesproken',
    'Faire ce qui a été convenu en séance',
    'Do what was agreed in the session',
  ),
  'recommendation-to-submit': w(
    'Dien de aangenomen aanbeveling in',
    'Soumettre la recommandation adoptée',
    'Submit the adopted recommendation',
  ),
  'recommendation-unanswered': w(
    'Vraag een antwoord op de aanbeveling, of noteer dat er geen kwam',
    'Demander une réponse à la recommandation, ou noter son absence',
    'Ask for a reply to the recommendation, or record that none came',
  ),
};

export const DUE_KINDS = [
  'measurement',
  'evaluation',
  'meeting',
  'agreement-end',
  'final-report',
  'instalment',
  'decision-review',
  'step',
] as const;
export type DueKind = (typeof DUE_KINDS)[number];

export const DUE_WORDS: Readonly<Record<DueKind, Words>> = {
  measurement: w('Meting', 'Mesure', 'Measurement'),
  evaluation: w('Evaluatie', 'Évaluation', 'Evaluation'),
  meeting: w('Vergadering', 'Réunion', 'Meeting'),
  'agreement-end': w('Einde van de overeenkomst', 'Fin de la convention', 'End of the agreement'),
  'final-report': w('Eindverslag van de subsidie', 'Rapport final de la subvention', 'Final report of the grant'),
  instalment: w('Schijf van de subsidie', 'Tranche de la subvention', 'Instalment of the grant'),
  'decision-review': w('Herziening van het besluit', 'Réexamen de la décision', 'Review of the decision'),
  step: w('Afgesproken stap', 'Étape convenue', 'Agreed step'),
};

/** The five conditions of collective impact, in their order. */
export const CONDITIONS = [
  'common-agenda',
  'shared-measurement',
  'mutually-reinforcing',
  'continuous-communication',
  'backbone',
] as const;
export type ImpactCondition = (typeof CONDITIONS)[number];

export const IMPACT_CONDITION_WORDS: Readonly<Record<ImpactCondition, Words>> = {
  'common-agenda': w('Gemeenschappelijke agenda', 'Agenda commun', 'Common agenda'),
  'shared-measurement': w('Gedeelde meting', 'Mesure partagée', 'Shared measurement'),
  'mutually-reinforcing': w(
    'Acties die elkaar versterken',
    'Actions qui se renforcent mutuellement',
    'Mutually reinforcing activities',
  ),
  'continuous-communication': w('Voortdurende communicatie', 'Communication continue', 'Continuous communication'),
  backbone: w('Ondersteunende back-office', 'Structure de soutien', 'Backbone support'),
};

/** What shows how far a network is with a condition: so many of so many. */
export const SIGNALS = [
  'agenda-adopted',
  'agenda-recent',
  'actions-with-objective',
  'actions-measured',
  'one-definition',
  'actions-of-two-sectors',
  'actions-linked',
  'required-sectors',
  'cadence-kept',
  'inputs-answered',
  'months-with-communication',
  'back-office-staffed',
  'groups-led',
  'work-in-time',
] as const;
export type SignalCode = (typeof SIGNALS)[number];

export const SIGNAL_WORDS: Readonly<Record<SignalCode, Words>> = {
  'agenda-adopted': w('De agenda is aangenomen', 'L’agenda est adopté', 'The agenda was adopted'),
  'agenda-recent': w(
    'De agenda is jonger dan drie jaar',
    'L’agenda a moins de trois ans',
    'The agenda is less than three years old',
  ),
  'actions-with-objective': w(
    'Acties bij een doelstelling van de aangenomen agenda',
    'Actions liées à un objectif de l’agenda adopté',
    'Actions for an objective of the adopted agenda',
  ),
  'actions-measured': w(
    'Lopende acties met een gedeelde indicator, gemeten in de laatste periode',
    'Actions en cours avec un indicateur partagé, mesuré dans la dernière période',
    'Active actions with a shared indicator, measured in its last period',
  ),
  'one-definition': w(
    'Gedeelde indicatoren die overal volgens dezelfde definitie gemeten zijn',
    'Indicateurs partagés mesurés partout selon la même définition',
    'Shared indicators measured everywhere by one definition',
  ),
  'actions-of-two-sectors': w(
    'Acties met partners uit minstens twee sectoren',
    'Actions avec des partenaires d’au moins deux secteurs',
    'Actions with partners from two sectors or more',
  ),
  'actions-linked': w(
    'Acties die met een andere verbonden zijn',
    'Actions liées à une autre',
    'Actions linked to another one',
  ),
  'required-sectors': w(
    'Vereiste sectoren met een lid',
    'Secteurs requis avec un membre',
    'Required sectors with a member',
  ),
  'cadence-kept': w(
    'Groepen die vergaderen zoals afgesproken',
    'Groupes qui se réunissent comme convenu',
    'Groups that meet as agreed',
  ),
  'inputs-answered': w(
    'Vergaderingen waar op elke inbreng is geantwoord',
    'Réunions où chaque apport a reçu une réponse',
    'Meetings of which every input was answered',
  ),
  'months-with-communication': w(
    'Maanden van het laatste jaar met een mededeling',
    'Mois de la dernière année avec une communication',
    'Months of the last year with a communication',
  ),
  'back-office-staffed': w('De back-office is bemand', 'Le back-office est doté', 'The back office is staffed'),
  'groups-led': w('Groepen met een trekker', 'Groupes avec un·e pilote', 'Groups with a lead'),
  'work-in-time': w(
    'Werk dat niet langer dan dertig dagen wacht',
    'Travail qui n’attend pas plus de trente jours',
    'Work that has not waited more than thirty days',
  ),
};
