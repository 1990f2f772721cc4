import type { RejectionCode } from '#domain';
import type { EngineCode } from '#engine';

/** Refusals of the edge itself, before the domain is asked. */
export type EdgeCode =
  | 'malformed-json'
  | 'duplicate-member'
  | 'forbidden-member'
  | 'too-deep'
  | 'bad-number'
  | 'bad-text'
  | 'body-too-large'
  | 'unsupported-media-type'
  | 'validation-failed'
  | 'unknown-parameter'
  | 'repeated-parameter'
  | 'invalid-parameter'
  | 'invalid-header'
  | 'bad-request'
  | 'misdirected'
  | 'idempotency-key-missing'
  | 'revision-required'
  | 'unauthenticated'
  | 'no-such-page'
  | 'method-not-allowed'
  | 'request-timeout'
  | 'headers-too-large'
  | 'url-too-long'
  | 'person-erased'
  | 'clock-not-simulated'
  | 'clock-behind'
  | 'unknown-token'
  | 'projection-behind'
  | 'rebuild-not-ready'
  | 'rate-limited'
  | 'stopping'
  | 'internal';

export type ProblemCode = RejectionCode | EngineCode | EdgeCode;

export const PROBLEM_LANGUAGES = ['nl', 'fr', 'en'] as const;
export type ProblemLanguage = (typeof PROBLEM_LANGUAGES)[number];

/** In the order of {@link PROBLEM_LANGUAGES}. */
type Words = readonly [nl: string, fr: string, en: string];

export interface ProblemSpec {
  readonly status: number;
  /** What is the matter. */
  readonly title: Words;
  /** What to do about it; `{member}` is a parameter of the refusal. */
  readonly detail?: Words;
}

/**
 * The one table of refusals: status (`architecture.md`, Errors) and words at level B1. A code without an entry does not compile.
 * 409: the lifecycle or an open condition forbids it now. 422: the content, a sum or a reference is wrong.
 */
export const PROBLEMS = {
  // --- who ---
  unauthenticated: {
    status: 401,
    title: ['We weten niet wie u bent', 'Nous ne savons pas qui vous êtes', 'We do not know who you are'],
    detail: [
      'Zeg wie handelt in de kop Spoor-Actor: "<id van de persoon>; role=<rol>" of "operator".',
      'Dites qui agit dans l’en-tête Spoor-Actor : « <id de la personne>; role=<rôle> » ou « operator ».',
      'Say who acts in the header Spoor-Actor: "<person id>; role=<role>" or "operator".',
    ],
  },
  forbidden: {
    status: 403,
    title: ['Met deze rol mag dit niet', 'Ce rôle ne permet pas cela', 'This role may not do this'],
    detail: [
      'Vraag het aan iemand met een van deze rollen: {allowed}.',
      'Demandez-le à une personne qui a un de ces rôles : {allowed}.',
      'Ask somebody with one of these roles: {allowed}.',
    ],
  },
  'not-found': {
    status: 404,
    title: [
      'Dit bestaat niet, of niet voor u',
      'Cela n’existe pas, ou pas pour vous',
      'It does not exist, or not for you',
    ],
  },
  'person-erased': {
    status: 410,
    title: [
      'De gegevens van deze persoon zijn gewist',
      'Les données de cette personne ont été effacées',
      'The data of this person were erased',
    ],
  },

  // --- any command ---
  'invalid-state': {
    status: 409,
    title: ['Dat kan nu niet meer of nog niet', 'Ce n’est pas ou plus possible maintenant', 'That is not possible now'],
    detail: [
      'De toestand is nu "{status}". Kijk welke stap daar bij past.',
      'L’état est maintenant « {status} ». Voyez quelle étape convient.',
      'The state is now "{status}". See which step fits it.',
    ],
  },
  'unknown-reference': {
    status: 422,
    title: [
      'Er wordt verwezen naar iets dat niet bestaat',
      'On renvoie à quelque chose qui n’existe pas',
      'It refers to something that does not exist',
    ],
    detail: [
      'Kijk na wat er staat bij "{member}".',
      'Vérifiez ce qui se trouve sous « {member} ».',
      'Check what "{member}" says.',
    ],
  },
  'reason-required': {
    status: 422,
    title: ['Zeg waarom', 'Dites pourquoi', 'Say why'],
    detail: [
      'Deze stap vraagt een reden (reason).',
      'Cette étape demande une raison (reason).',
      'This step needs a reason.',
    ],
  },
  'decision-required': {
    status: 422,
    title: ['Hiervoor is een besluit nodig', 'Il faut une décision pour cela', 'This needs a decision'],
    detail: [
      'Noem het besluit in decisionRef.',
      'Nommez la décision dans decisionRef.',
      'Name the decision in decisionRef.',
    ],
  },
  'occurred-in-future': {
    status: 422,
    title: ['De datum ligt in de toekomst', 'La date est dans le futur', 'The date lies in the future'],
    detail: [
      'Wat nog moet gebeuren, kan niet als gebeurd worden geregistreerd.',
      'Ce qui doit encore arriver ne peut pas être enregistré comme arrivé.',
      'What is still to happen cannot be recorded as having happened.',
    ],
  },
  'before-network-start': {
    status: 422,
    title: [
      'De datum ligt voor het begin van het netwerk',
      'La date précède le début du réseau',
      'The date lies before the network began',
    ],
    detail: ['Het netwerk begon op {start}.', 'Le réseau a commencé le {start}.', 'The network began on {start}.'],
  },
  'late-registration': {
    status: 422,
    title: [
      'Dit is lang geleden: zeg waarom het nu pas komt',
      'C’est ancien : dites pourquoi cela arrive seulement maintenant',
      'This is long ago: say why it comes only now',
    ],
    detail: [
      'Na {days} dagen is een reden nodig, met de code late-registration.',
      'Après {days} jours, il faut une raison avec le code late-registration.',
      'After {days} days a reason with the code late-registration is needed.',
    ],
  },
  'out-of-order': {
    status: 422,
    title: [
      'De datum ligt voor een eerdere stap',
      'La date précède une étape antérieure',
      'The date lies before an earlier step',
    ],
    detail: [
      'Kies een datum vanaf {notBefore}.',
      'Choisissez une date à partir du {notBefore}.',
      'Choose a date from {notBefore} on.',
    ],
  },
  'not-correctable': {
    status: 422,
    title: ['Dit kan niet worden verbeterd', 'Ceci ne peut pas être corrigé', 'This cannot be corrected'],
    detail: [
      'Alleen een datum of een gewoon gegeven kan worden verbeterd, nooit een bedrag.',
      'Seules une date ou une donnée simple peuvent être corrigées, jamais un montant.',
      'Only a date or a plain fact can be corrected, never an amount.',
    ],
  },
  'second-person-required': {
    status: 422,
    title: [
      'Een tweede persoon moet dit bevestigen',
      'Une deuxième personne doit le confirmer',
      'A second person must confirm this',
    ],
    detail: [
      'Noem in confirmedBy iemand anders van de backoffice.',
      'Nommez dans confirmedBy une autre personne du back-office.',
      'Name somebody else of the back office in confirmedBy.',
    ],
  },
  'value-differs': {
    status: 422,
    title: [
      'De waarde is niet wat u zegt',
      'La valeur n’est pas celle que vous dites',
      'The value is not what you say',
    ],
    detail: [
      'Lees de geschiedenis opnieuw en neem de waarde die er staat.',
      'Relisez l’historique et prenez la valeur qui s’y trouve.',
      'Read the history again and take the value that it shows.',
    ],
  },
  'share-over-whole': {
    status: 422,
    title: ['Een aandeel is meer dan het geheel', 'Une part dépasse le tout', 'A share is more than the whole'],
    detail: [
      'Kijk na wat er staat bij "{member}".',
      'Vérifiez ce qui se trouve sous « {member} ».',
      'Check what "{member}" says.',
    ],
  },
  'cost-method-unclear': {
    status: 422,
    title: [
      'Bij deze methode past een tarief of een bedrag, niet beide',
      'Cette méthode demande un taux ou un montant, pas les deux',
      'This method takes a rate or an amount, not both',
    ],
    detail: [
      'Een vast percentage ({code}) heeft alleen een tarief, een eenheidskost of forfait alleen een bedrag.',
      'Un taux forfaitaire ({code}) n’a qu’un taux ; un coût unitaire ou un montant forfaitaire n’a qu’un montant.',
      'A flat rate ({code}) has only a rate; a unit cost or a lump sum has only an amount.',
    ],
  },

  // --- grants ---
  'area-already-funded': {
    status: 422,
    title: [
      'Dit werkgebied heeft al een subsidie',
      'Ce territoire a déjà une subvention',
      'This working area already has a grant',
    ],
    detail: [
      'In {area} loopt er al een, van {from} tot en met {until}. De regeling laat er één toe.',
      'À {area}, il y en a déjà une, du {from} au {until}. Le régime n’en permet qu’une.',
      'There is one in {area} already, from {from} until {until}. The scheme allows one.',
    ],
  },
  'insufficient-unallocated': {
    status: 422,
    title: [
      'Er is niet genoeg geld dat nog vrij is',
      'Il n’y a pas assez d’argent libre',
      'There is not enough money left to allocate',
    ],
    detail: [
      'U vraagt {askedCents}. Nog niet toegewezen is {availableCents}.',
      'Vous demandez {askedCents}. Il reste {availableCents} à attribuer.',
      'You ask for {askedCents}. Not yet allocated is {availableCents}.',
    ],
  },
  'insufficient-allocation': {
    status: 422,
    title: [
      'Er is niet genoeg aan de actie toegewezen',
      'L’action n’a pas reçu assez d’argent',
      'Not enough is allocated to the action',
    ],
    detail: [
      'U vraagt {askedCents}. Voor {category} is er nog {availableCents}.',
      'Vous demandez {askedCents}. Pour {category}, il reste {availableCents}.',
      'You ask for {askedCents}. For {category} there is {availableCents} left.',
    ],
  },
  'commitment-exceeded': {
    status: 422,
    title: ['Dit is meer dan er is vastgelegd', 'C’est plus que le montant engagé', 'This is more than was committed'],
    detail: [
      'U vraagt {askedCents}. Van deze vastlegging blijft {availableCents} over.',
      'Vous demandez {askedCents}. De cet engagement, il reste {availableCents}.',
      'You ask for {askedCents}. Of this commitment {availableCents} is left.',
    ],
  },
  'category-not-eligible': {
    status: 422,
    title: [
      'Deze soort kosten komt niet in aanmerking',
      'Ce type de frais n’est pas admis',
      'This kind of cost is not eligible',
    ],
    detail: [
      'U koos {category}. De regeling aanvaardt: {eligible}.',
      'Vous avez choisi {category}. Le régime admet : {eligible}.',
      'You chose {category}. The scheme takes: {eligible}.',
    ],
  },
  'action-not-fundable': {
    status: 409,
    title: [
      'Deze actie kan nu geen geld krijgen',
      'Cette action ne peut pas recevoir d’argent maintenant',
      'This action cannot be given money now',
    ],
    detail: [
      'Geld gaat naar een actie die op die dag goedgekeurd of lopend is.',
      'L’argent va à une action qui est approuvée ou en cours ce jour-là.',
      'Money goes to an action that is approved or active on that day.',
    ],
  },
  'grant-closed': {
    status: 409,
    title: ['Deze subsidie is afgesloten', 'Cette subvention est clôturée', 'This grant is closed'],
    detail: [
      'Er kan alleen nog verbeterd en afgerekend worden.',
      'On peut seulement encore corriger et régler le solde.',
      'Only corrections and the settling of its balance are possible.',
    ],
  },
  'source-required': {
    status: 422,
    title: ['Zeg waar het geld vandaan komt', 'Dites d’où vient l’argent', 'Say where the money comes from'],
    detail: [
      'Noem de vastlegging of de actie.',
      'Nommez l’engagement ou l’action.',
      'Name the commitment or the action.',
    ],
  },
  'eligible-over-gross': {
    status: 422,
    title: [
      'Dit is meer dan op het stuk staat',
      'C’est plus que le montant de la pièce',
      'This is more than the document comes to',
    ],
    detail: [
      'U brengt {eligibleCents} in. Het stuk bedraagt {grossCents}.',
      'Vous présentez {eligibleCents}. La pièce s’élève à {grossCents}.',
      'You claim {eligibleCents}. The document comes to {grossCents}.',
    ],
  },
  'split-mismatch': {
    status: 422,
    title: [
      'De delen zijn samen niet het geheel',
      'Les parts ne font pas le total',
      'The parts do not add up to the whole',
    ],
    detail: [
      'Samen zijn ze {splitCents}. Het moet {eligibleCents} zijn.',
      'Ensemble, elles font {splitCents}. Il faut {eligibleCents}.',
      'Together they are {splitCents}. It must be {eligibleCents}.',
    ],
  },
  'rate-exceeded': {
    status: 422,
    title: ['Er komt te veel uit subsidies', 'La part des subventions est trop grande', 'Too much comes from grants'],
    detail: [
      'Uit subsidies komt {publicCents}. De regeling laat hoogstens {mostCents} toe.',
      'Les subventions paient {publicCents}. Le régime permet au plus {mostCents}.',
      'From grants comes {publicCents}. The scheme allows {mostCents} at most.',
    ],
  },
  'double-funding': {
    status: 422,
    title: [
      'Dit stuk is al met subsidies betaald',
      'Cette pièce est déjà payée par des subventions',
      'This document is already paid by grants',
    ],
    detail: [
      'U vraagt {askedCents}. Van {grossCents} is nog {availableCents} vrij, over alle subsidies samen.',
      'Vous demandez {askedCents}. De {grossCents}, il reste {availableCents}, toutes subventions réunies.',
      'You ask for {askedCents}. Of {grossCents} there is {availableCents} left, over all grants together.',
    ],
  },
  'document-differs': {
    status: 422,
    title: [
      'Dit stuk is al bekend, maar anders',
      'Cette pièce est déjà connue, mais autrement',
      'This document is known already, but differs',
    ],
    detail: [
      'Het is bekend met het bedrag {grossCents}. Kijk bedrag en bestand na.',
      'Elle est connue avec le montant {grossCents}. Vérifiez le montant et le fichier.',
      'It is known with the amount {grossCents}. Check the amount and the file.',
    ],
  },
  'unknown-method': {
    status: 422,
    title: [
      'De regeling kent deze methode niet',
      'Le régime ne connaît pas cette méthode',
      'The scheme has no such method',
    ],
    detail: [
      'U gaf {method}. Neem een code uit de regels van deze subsidie.',
      'Vous avez donné {method}. Prenez un code des règles de cette subvention.',
      'You gave {method}. Take a code from the rules of this grant.',
    ],
  },
  'base-unclear': {
    status: 422,
    title: [
      'Niet duidelijk waarop dit berekend wordt',
      'La base du calcul n’est pas claire',
      'It is not clear on what this is reckoned',
    ],
    detail: [
      'Een vast percentage heeft uitgaven nodig, een eenheidskost een aantal, een forfait geen van beide.',
      'Un taux demande des dépenses, un coût unitaire un nombre, un forfait aucun des deux.',
      'A flat rate needs expenditures, a unit cost a number of units, a lump sum neither.',
    ],
  },
  'base-used': {
    status: 422,
    title: [
      'Op deze uitgave is al gerekend',
      'Cette dépense a déjà servi de base',
      'This expenditure was already reckoned on',
    ],
    detail: [
      'Elke uitgave telt één keer mee voor {method}.',
      'Chaque dépense compte une fois pour {method}.',
      'Each expenditure counts once for {method}.',
    ],
  },
  'lump-sum-used': {
    status: 422,
    title: [
      'Dit vaste bedrag is al geboekt',
      'Ce montant forfaitaire est déjà comptabilisé',
      'This lump sum was already booked',
    ],
    detail: [
      '{method} geldt één keer voor deze actie en deze periode.',
      '{method} vaut une fois pour cette action et cette période.',
      '{method} counts once for this action and this period.',
    ],
  },
  'not-verified': {
    status: 409,
    title: [
      'Deze uitgave is niet aanvaard',
      'Cette dépense n’est pas acceptée',
      'This expenditure has not been accepted',
    ],
    detail: ['Laat ze eerst nakijken.', 'Faites-la d’abord vérifier.', 'Have it verified first.'],
  },
  'already-verified': {
    status: 409,
    title: ['Deze uitgave is al nagekeken', 'Cette dépense est déjà vérifiée', 'This expenditure was verified already'],
    detail: [
      'Wat daarna fout blijkt, verbetert u met een correctie.',
      'Ce qui se révèle faux ensuite se règle par une correction.',
      'What turns out wrong later takes a correction.',
    ],
  },
  'verifier-is-recorder': {
    status: 422,
    title: [
      'Wie een uitgave boekt, kijkt ze niet na',
      'Qui enregistre une dépense ne la vérifie pas',
      'Who records an expenditure does not verify it',
    ],
    detail: ['Laat iemand anders dit doen.', 'Demandez-le à quelqu’un d’autre.', 'Ask somebody else to do this.'],
  },
  'eligible-required': {
    status: 422,
    title: ['Zeg welk bedrag u aanvaardt', 'Dites quel montant vous acceptez', 'Say which amount you accept'],
  },
  'eligible-differs': {
    status: 422,
    title: [
      'Het bedrag past niet bij de uitkomst',
      'Le montant ne correspond pas au résultat',
      'The amount does not fit the outcome',
    ],
    detail: [
      'Met deze uitkomst is {eligibleCents} subsidiabel. Laat het bedrag weg, of kies „deels”.',
      'Avec ce résultat, {eligibleCents} est éligible. Omettez le montant, ou choisissez « en partie ».',
      'With this outcome {eligibleCents} is eligible. Leave the amount out, or choose "partly".',
    ],
  },
  'eligible-over-claimed': {
    status: 422,
    title: [
      'U aanvaardt niet minder dan er gevraagd is',
      'Vous n’acceptez pas moins que demandé',
      'You do not accept less than was claimed',
    ],
    detail: [
      'Ingebracht is {claimedCents}, u aanvaardt {eligibleCents}. Deels aanvaarden is minder.',
      'Demandé : {claimedCents}, accepté : {eligibleCents}. Accepter en partie, c’est moins.',
      'Claimed is {claimedCents}, you accept {eligibleCents}. Partly means less.',
    ],
  },
  'refusals-mismatch': {
    status: 422,
    title: [
      'Niet elke geweigerde cent heeft een reden',
      'Chaque centime refusé doit avoir une raison',
      'Not every cent refused has its reason',
    ],
    detail: [
      'Geweigerd is {refusedCents}. De redenen gaan over {reasonedCents}.',
      'Refusé : {refusedCents}. Les raisons portent sur {reasonedCents}.',
      'Refused is {refusedCents}. The reasons are about {reasonedCents}.',
    ],
  },
  'correction-exceeded': {
    status: 422,
    title: ['Dit is meer dan er aanvaard is', 'C’est plus que le montant accepté', 'This is more than was accepted'],
    detail: [
      'U neemt {askedCents} terug. Van deze uitgave is {availableCents} aanvaard.',
      'Vous reprenez {askedCents}. De cette dépense, {availableCents} est accepté.',
      'You take back {askedCents}. Of this expenditure {availableCents} is accepted.',
    ],
  },
  'unverified-expenditure': {
    status: 409,
    title: [
      'Niet alle uitgaven zijn nagekeken',
      'Toutes les dépenses ne sont pas vérifiées',
      'Not all expenditures have been verified',
    ],
    detail: ['Nog na te kijken: {spentCents}.', 'Encore à vérifier : {spentCents}.', 'Still to verify: {spentCents}.'],
  },
  'final-report-required': {
    status: 409,
    title: ['Er is nog geen eindverslag', 'Il n’y a pas encore de rapport final', 'There is no final report yet'],
    detail: ['Dien eerst het eindverslag in.', 'Remettez d’abord le rapport final.', 'First submit the final report.'],
  },
  'instalment-unclear': {
    status: 422,
    title: [
      'Een schijf heeft een bedrag of een aandeel, niet beide',
      'Une tranche a un montant ou une part, pas les deux',
      'An instalment has an amount or a share, not both',
    ],
    detail: ['Kijk schijf {code} na.', 'Vérifiez la tranche {code}.', 'Check instalment {code}.'],
  },
  'area-required': {
    status: 422,
    title: ['Het werkgebied ontbreekt', 'Le territoire manque', 'The working area is missing'],
    detail: [
      'Deze regeling geeft één subsidie per werkgebied. Zeg voor welk werkgebied.',
      'Ce régime accorde une subvention par territoire. Indiquez lequel.',
      'This scheme gives one grant in a working area. Say which.',
    ],
  },
  'agreement-not-in-force': {
    status: 409,
    title: ['De overeenkomst geldt niet', 'La convention n’est pas en vigueur', 'The agreement is not in force'],
    detail: [
      'Voorwaarde {condition} vraagt dat de overeenkomst geldt.',
      'La condition {condition} demande que la convention soit en vigueur.',
      'Condition {condition} asks that the agreement is in force.',
    ],
  },
  'finding-not-about-this': {
    status: 422,
    title: [
      'De bevinding draagt deze correctie niet',
      'La constatation ne justifie pas cette correction',
      'The finding does not carry this correction',
    ],
    detail: [
      'Ze is ingetrokken, of gaat over een andere uitgave.',
      'Elle a été retirée, ou concerne une autre dépense.',
      'It was withdrawn, or is about another expenditure.',
    ],
  },
  'year-not-over': {
    status: 409,
    title: ['Het jaar is nog niet om', 'L’année n’est pas terminée', 'The year is not over'],
    detail: [
      'Reken {year} af vanaf 31 december.',
      'Clôturez {year} à partir du 31 décembre.',
      'Settle {year} from 31 December on.',
    ],
  },
  'instalments-over-award': {
    status: 422,
    title: [
      'De schijven zijn samen meer dan de subsidie',
      'Les tranches dépassent la subvention',
      'The instalments come to more than the grant',
    ],
    detail: [
      'Samen zijn ze {plannedCents}. De subsidie is {awardCents}.',
      'Ensemble, elles font {plannedCents}. La subvention est de {awardCents}.',
      'Together they are {plannedCents}. The grant is {awardCents}.',
    ],
  },
  'instalment-settled': {
    status: 409,
    title: [
      'Deze schijf is al afgehandeld',
      'Cette tranche est déjà réglée',
      'This instalment has already been settled',
    ],
    detail: [
      'Schijf {instalment} is al ontvangen of wordt ingehouden.',
      'La tranche {instalment} est déjà reçue ou retenue.',
      'Instalment {instalment} was received or is withheld.',
    ],
  },
  'conditions-open': {
    status: 409,
    title: [
      'Er staan nog voorwaarden open',
      'Des conditions restent ouvertes',
      'There are conditions that are still open',
    ],
    detail: [
      'Voor schijf {instalment} moet de subsidieverlener eerst aanvaarden: {conditions}.',
      'Pour la tranche {instalment}, le bailleur doit d’abord accepter : {conditions}.',
      'For instalment {instalment} the funder must first accept: {conditions}.',
    ],
  },
  'nothing-due': {
    status: 422,
    title: ['Er is niets te betalen', 'Il n’y a rien à payer', 'There is nothing to pay'],
    detail: [
      'Schijf {instalment} komt op nul uit.',
      'La tranche {instalment} revient à zéro.',
      'Instalment {instalment} comes to nothing.',
    ],
  },
  'insufficient-cash': {
    status: 422,
    title: ['Er is niet genoeg geld binnengekomen', 'Il n’y a pas assez d’argent reçu', 'Not enough money has come in'],
    detail: [
      'U vraagt {askedCents}. Er is {availableCents}.',
      'Vous demandez {askedCents}. Il y a {availableCents}.',
      'You ask for {askedCents}. There is {availableCents}.',
    ],
  },
  'balance-exceeded': {
    status: 422,
    title: ['Dit is meer dan het saldo', 'C’est plus que le solde', 'This is more than the balance'],
    detail: [
      'U boekt {askedCents}. Het saldo is {balanceCents}.',
      'Vous enregistrez {askedCents}. Le solde est de {balanceCents}.',
      'You record {askedCents}. The balance is {balanceCents}.',
    ],
  },
  'recovery-exceeded': {
    status: 422,
    title: ['Dit is meer dan er betaald is', 'C’est plus que ce qui a été payé', 'This is more than was paid'],
    detail: [
      'Hoogstens {openCents} kan nog.',
      'Il reste au plus {openCents}.',
      'At most {openCents} is still possible.',
    ],
  },
  'condition-state': {
    status: 409,
    title: [
      'Dat kan nu niet met deze voorwaarde',
      'Ce n’est pas possible maintenant pour cette condition',
      'That cannot be done with this condition now',
    ],
    detail: [
      'Voorwaarde {condition} staat op {status}. Het kan bij: {allowed}.',
      'La condition {condition} est {status}. C’est possible si elle est : {allowed}.',
      'Condition {condition} is {status}. It can be done when it is: {allowed}.',
    ],
  },
  'sectors-missing': {
    status: 409,
    title: [
      'Nog niet elke sector doet mee',
      'Tous les secteurs ne participent pas encore',
      'Not every sector takes part yet',
    ],
    detail: [
      'Voor voorwaarde {condition} ontbreekt: {sectors}.',
      'Pour la condition {condition}, il manque : {sectors}.',
      'For condition {condition} there is missing: {sectors}.',
    ],
  },
  'cure-term-running': {
    status: 409,
    title: [
      'Er is nog tijd om dit te herstellen',
      'Il reste du temps pour y remédier',
      'There is still time to put this right',
    ],
    detail: [
      'Voorwaarde {condition} kan nog in orde komen tot en met {cureBy}.',
      'La condition {condition} peut encore être remplie jusqu’au {cureBy}.',
      'Condition {condition} can still be met until {cureBy}.',
    ],
  },
  'finding-closed': {
    status: 409,
    title: ['Deze vaststelling is al afgesloten', 'Ce constat est déjà clôturé', 'This finding is closed already'],
  },
  'open-commitments': {
    status: 409,
    title: ['Er staan nog bestellingen open', 'Des commandes sont encore ouvertes', 'There are still open commitments'],
    detail: [
      'Nog vastgelegd: {committedCents}. Betaal het, geef het vrij of draag het over aan een andere actie.',
      'Encore engagé : {committedCents}. Payez-le, libérez-le ou passez-le à une autre action.',
      'Still committed: {committedCents}. Spend it, release it, or carry it to another action.',
    ],
  },
  'money-committed': {
    status: 409,
    title: [
      'Er is geld vastgelegd voor deze actie',
      'De l’argent est engagé pour cette action',
      'Money is committed to this action',
    ],
    detail: [
      'Nog vastgelegd: {committedCents}. Geef het eerst vrij.',
      'Encore engagé : {committedCents}. Libérez-le d’abord.',
      'Still committed: {committedCents}. Release it first.',
    ],
  },

  // --- agreements and evidence ---
  'agreement-incomplete': {
    status: 422,
    title: [
      'Er ontbreekt iets dat bij deze overeenkomst hoort',
      'Il manque un élément à cette convention',
      'Something that this agreement needs is missing',
    ],
    detail: ['Vul "{member}" in.', 'Complétez « {member} ».', 'Fill in "{member}".'],
  },
  'agreement-overlap': {
    status: 422,
    title: [
      'Voor deze periode is er al een overeenkomst',
      'Il y a déjà une convention pour cette période',
      'There is already an agreement for this period',
    ],
    detail: [
      'De andere overeenkomst begint op {from}. Kies een periode die er niet mee samenvalt.',
      'L’autre convention commence le {from}. Choisissez une période qui ne la recouvre pas.',
      'The other agreement begins on {from}. Choose a period that does not overlap it.',
    ],
  },
  'objective-carried-and-ended': {
    status: 422,
    title: [
      'Een doelstelling loopt door of is beëindigd, niet beide',
      'Un objectif continue ou prend fin, pas les deux',
      'An objective goes on or has ended, not both',
    ],
    detail: [
      'Noem {objective} op één plaats.',
      'Nommez {objective} à un seul endroit.',
      'Name {objective} in one place only.',
    ],
  },
  'signature-required': {
    status: 409,
    title: [
      'Nog niemand heeft deze overeenkomst getekend',
      'Personne n’a encore signé cette convention',
      'Nobody has signed this agreement yet',
    ],
    detail: ['Noteer eerst wie tekende.', 'Notez d’abord qui a signé.', 'First record who signed.'],
  },
  'evidence-superseded': {
    status: 422,
    title: [
      'Dit bewijsstuk is zelf al vervangen',
      'Cette pièce est elle-même déjà remplacée',
      'This evidence was itself superseded',
    ],
    detail: [
      'Noem het stuk dat nu geldt.',
      'Nommez la pièce qui vaut maintenant.',
      'Name the evidence that now stands.',
    ],
  },
  'retention-shortened': {
    status: 422,
    title: [
      'Een document mag niet korter bewaard worden',
      'Un document ne peut pas être conservé moins longtemps',
      'A document may not be kept for a shorter time',
    ],
    detail: [
      'Het blijft bewaard tot {retainUntil}. Kies een latere datum.',
      'Il est conservé jusqu’au {retainUntil}. Choisissez une date ultérieure.',
      'It is kept until {retainUntil}. Choose a later date.',
    ],
  },

  // --- drawing rights ---
  'scheme-not-valid': {
    status: 422,
    title: [
      'Deze regeling geldt dan niet',
      'Ce régime n’est pas valable à ce moment',
      'This scheme does not hold then',
    ],
    detail: [
      'Op {day} geldt geen versie van de regeling. Kies een andere regeling of een andere periode.',
      'Le {day}, aucune version du régime n’est valable. Choisissez un autre régime ou une autre période.',
      'No version of the scheme holds on {day}. Choose another scheme or another period.',
    ],
  },
  'own-share-unknown': {
    status: 422,
    title: [
      'Deze regeling zegt niet hoeveel eigen geld nodig is',
      'Ce régime ne dit pas combien d’argent propre il faut',
      'This scheme does not say how much own money is needed',
    ],
    detail: [
      'Geef de regeling eerst een minOwnPerGrant (nu versie {version}).',
      'Donnez d’abord un minOwnPerGrant au régime (version actuelle : {version}).',
      'First give the scheme a minOwnPerGrant (version {version} now).',
    ],
  },
  'sum-too-large': {
    status: 422,
    title: [
      'De bedragen samen zijn te groot om exact te tellen',
      'Les montants ensemble sont trop grands pour compter exactement',
      'The amounts together are too large to count exactly',
    ],
    detail: ['Samen hoogstens {largestCents}.', 'Ensemble au plus {largestCents}.', 'Together at most {largestCents}.'],
  },
  'valuation-required': {
    status: 422,
    title: ['Zeg hoe de waarde bepaald is', 'Dites comment la valeur a été fixée', 'Say how the value was found'],
    detail: [
      'Wat geen geld is, krijgt een waarde met een methode (valuation).',
      'Ce qui n’est pas de l’argent reçoit une valeur avec une méthode (valuation).',
      'What is not money gets a value by a method (valuation).',
    ],
  },
  'outside-period': {
    status: 422,
    title: ['Dit valt buiten de periode', 'Cela tombe en dehors de la période', 'This lies outside the period'],
    detail: [
      'De periode loopt van {from} tot en met {until}.',
      'La période va du {from} au {until} inclus.',
      'The period runs from {from} until {until}.',
    ],
  },
  'year-settled': {
    status: 409,
    title: ['Dit jaar is al afgerekend', 'Cette année est déjà réglée', 'This year was settled already'],
    detail: [
      'Voor {year} kan niets meer worden toegevoegd.',
      'Rien ne peut plus être ajouté pour {year}.',
      'Nothing more can be added for {year}.',
    ],
  },
  'own-contribution-required': {
    status: 409,
    title: [
      'Eerst is een eigen bijdrage nodig',
      'Il faut d’abord une contribution propre',
      'An own contribution is needed first',
    ],
    detail: [
      'Registreer een eigen bijdrage voor {year}.',
      'Enregistrez une contribution propre pour {year}.',
      'Register an own contribution for {year}.',
    ],
  },
  'right-exceeded': {
    status: 422,
    title: ['Er is niet zoveel recht meer', 'Le droit restant ne suffit pas', 'There is not so much right left'],
    detail: [
      'Voor {year} kan nog {availableCents} worden opgenomen.',
      'Pour {year}, {availableCents} peuvent encore être prélevés.',
      'For {year} there is {availableCents} left to draw.',
    ],
  },
  'former-year-open': {
    status: 409,
    title: [
      'Een eerder jaar is nog niet afgerekend',
      'Une année antérieure n’est pas encore réglée',
      'An earlier year is not settled yet',
    ],
    detail: ['Reken eerst {year} af.', 'Réglez d’abord {year}.', 'Settle {year} first.'],
  },

  // --- secondments ---
  'fte-over-100': {
    status: 422,
    title: [
      'Deze persoon zou meer dan voltijds werken',
      'Cette personne travaillerait plus qu’à temps plein',
      'This person would work more than full time',
    ],
    detail: [
      'Op {day} is al {bp} van 10000 basispunten bezet; gevraagd is {asked}.',
      'Le {day}, {bp} points de base sur 10000 sont déjà pris ; la demande est de {asked}.',
      'On {day} {bp} of 10000 basis points are taken; {asked} is asked.',
    ],
  },
  'too-many-changes': {
    status: 422,
    title: [
      'Dit is al te vaak gewijzigd of aangevuld',
      'Ceci a déjà été modifié ou complété trop souvent',
      'This was changed or added to too often already',
    ],
    detail: [
      'Dat kan {most} keer. Begin een nieuwe.',
      'C’est possible {most} fois. Commencez-en un nouveau.',
      'That can be done {most} times. Begin a new one.',
    ],
  },
  'staff-cost-over-100': {
    status: 422,
    title: [
      'De loonkost van deze persoon zou meer dan één keer betaald worden',
      'Le coût salarial de cette personne serait payé plus d’une fois',
      'The salary cost of this person would be paid more than once',
    ],
    detail: [
      'Op {day} is al {bp} van 10000 basispunten aangerekend; gevraagd is {asked}.',
      'Le {day}, {bp} points de base sur 10000 sont déjà imputés ; la demande est de {asked}.',
      'On {day} {bp} of 10000 basis points are charged; {asked} is asked.',
    ],
  },

  // --- organisations, networks, groups, persons ---
  'already-exists': {
    status: 409,
    title: ['Dit bestaat al', 'Cela existe déjà', 'This exists already'],
  },
  'invalid-enterprise-number': {
    status: 422,
    title: [
      'Dit ondernemingsnummer klopt niet',
      'Ce numéro d’entreprise n’est pas correct',
      'This enterprise number is not right',
    ],
    detail: [
      'Een nummer heeft tien cijfers, waarvan de laatste twee een controle zijn.',
      'Un numéro a dix chiffres, dont les deux derniers sont un contrôle.',
      'A number has ten digits, of which the last two are a check.',
    ],
  },
  'not-a-member': {
    status: 422,
    title: [
      'Deze organisatie is geen lid van het netwerk',
      'Cette organisation n’est pas membre du réseau',
      'This organisation is not a member of the network',
    ],
  },
  'network-cycle': {
    status: 422,
    title: [
      'Een netwerk kan niet onder zichzelf vallen',
      'Un réseau ne peut pas dépendre de lui-même',
      'A network cannot be its own parent',
    ],
  },
  'parent-required': {
    status: 422,
    title: [
      'Dit soort netwerk hoort bij een ander netwerk',
      'Ce genre de réseau fait partie d’un autre réseau',
      'This kind of network belongs to another one',
    ],
    detail: ['Noem dat netwerk in parent.', 'Nommez ce réseau dans parent.', 'Name that network in parent.'],
  },
  'lead-not-in-back-office': {
    status: 422,
    title: [
      'De trekker zit op die dag niet in de backoffice',
      'Le responsable n’est pas dans le back-office ce jour-là',
      'The lead is not in the back office on that day',
    ],
    detail: [
      'Geef de persoon eerst de rol back-office, of kies een andere trekker.',
      'Donnez d’abord à la personne le rôle back-office, ou choisissez un autre responsable.',
      'First give the person the role back-office, or choose another lead.',
    ],
  },
  'steering-group-incomplete': {
    status: 409,
    title: [
      'In de stuurgroep zit elke partner',
      'Chaque partenaire siège dans le comité de pilotage',
      'Every partner sits in the steering group',
    ],
    detail: [
      'Deze organisatie is nog lid van het netwerk.',
      'Cette organisation est encore membre du réseau.',
      'This organisation is still a member of the network.',
    ],
  },
  'role-not-held': {
    status: 409,
    title: ['Deze persoon heeft die rol niet', 'Cette personne n’a pas ce rôle', 'This person does not hold that role'],
  },
  'role-already-held': {
    status: 409,
    title: ['Deze persoon heeft die rol al', 'Cette personne a déjà ce rôle', 'This person holds that role already'],
    detail: [
      'De persoon heeft die rol vanaf {from}, anders dan hier gezegd. Trek de rol eerst in en geef ze daarna opnieuw.',
      'La personne a ce rôle depuis le {from}, autrement que dit ici. Retirez d’abord le rôle, puis redonnez-le.',
      'The person holds that role from {from} on, otherwise than said here. Revoke the role first, then give it again.',
    ],
  },

  // --- agendas and meetings ---
  'objective-exists': {
    status: 409,
    title: ['Deze doelstelling staat er al', 'Cet objectif existe déjà', 'This objective is already there'],
    detail: ['Kies een andere code.', 'Choisissez un autre code.', 'Choose another code.'],
  },
  'objective-not-in-agenda': {
    status: 422,
    title: [
      'Deze doelstelling staat niet in de huidige agenda',
      'Cet objectif n’est pas dans l’agenda actuel',
      'This objective is not in the current agenda',
    ],
  },
  'nothing-to-adopt': {
    status: 409,
    title: ['Er is geen ontwerp om goed te keuren', 'Il n’y a pas de projet à adopter', 'There is no draft to adopt'],
  },
  'theory-cycle': {
    status: 422,
    title: [
      'De veranderingstheorie loopt in een kring',
      'La théorie du changement tourne en rond',
      'The theory of change runs in a circle',
    ],
    detail: [
      'Kijk na wat waaraan bijdraagt bij: {nodes}.',
      'Vérifiez ce qui contribue à quoi pour : {nodes}.',
      'Check what contributes to what for: {nodes}.',
    ],
  },
  'unknown-agenda-item': {
    status: 422,
    title: [
      'Dit punt staat niet op de agenda van de vergadering',
      'Ce point n’est pas à l’ordre du jour de la réunion',
      'This item is not on the agenda of the meeting',
    ],
  },

  // --- decisions ---
  'no-decision-rule': {
    status: 409,
    title: [
      'Deze groep neemt geen besluiten',
      'Ce groupe ne prend pas de décisions',
      'This group does not take decisions',
    ],
    detail: [
      'Leg eerst vast wie er stemt, met hoeveel en hoe (set-decision-rule).',
      'Fixez d’abord qui vote, à combien et comment (set-decision-rule).',
      'First lay down who votes, how many must be there and by which rule (set-decision-rule).',
    ],
  },
  'quorum-not-met': {
    status: 422,
    title: [
      'Er zijn te weinig leden aanwezig',
      'Il n’y a pas assez de membres présents',
      'Too few members are present',
    ],
    detail: ['Er zijn {quorum} zetels nodig.', 'Il faut {quorum} sièges.', '{quorum} seats are needed.'],
  },
  'not-entitled': {
    status: 422,
    title: [
      'Deze organisatie heeft hier geen stem',
      'Cette organisation n’a pas de voix ici',
      'This organisation has no vote here',
    ],
  },
  'absent-from-meeting': {
    status: 422,
    title: [
      'Deze organisatie was niet op de vergadering',
      'Cette organisation n’était pas à la réunion',
      'This organisation was not at the meeting',
    ],
    detail: [
      'De aanwezigheden van de vergadering noemen haar niet. Verbeter de aanwezigheden of het besluit.',
      'La liste des présences ne la mentionne pas. Corrigez les présences ou la décision.',
      'The attendance of the meeting does not name it. Mend the attendance or the decision.',
    ],
  },
  'rule-not-met': {
    status: 422,
    title: [
      'De stemmen volstaan niet voor deze uitkomst',
      'Les voix ne suffisent pas pour ce résultat',
      'The votes do not carry this outcome',
    ],
    detail: [
      'Tel opnieuw volgens de regel van het orgaan, of kies een andere uitkomst.',
      'Recomptez selon la règle de l’organe, ou choisissez un autre résultat.',
      'Count again by the rule of the body, or choose another outcome.',
    ],
  },
  'conditions-missing': {
    status: 422,
    title: ['Noem de voorwaarden', 'Nommez les conditions', 'Name the conditions'],
    detail: [
      'Wie goedkeurt met voorwaarden, noemt er minstens één.',
      'Qui approuve avec des conditions en nomme au moins une.',
      'An approval with conditions names at least one.',
    ],
  },
  'decision-not-about-this': {
    status: 422,
    title: [
      'Dit besluit gaat hier niet over',
      'Cette décision ne concerne pas ceci',
      'This decision is not about this',
    ],
  },
  'decision-annulled': {
    status: 422,
    title: ['Dit besluit is vernietigd', 'Cette décision est annulée', 'This decision was annulled'],
    detail: ['Noem het besluit dat nu geldt.', 'Nommez la décision en vigueur.', 'Name the decision that now holds.'],
  },
  'wrong-outcome': {
    status: 422,
    title: [
      'De uitkomst van het besluit laat dit niet toe',
      'Le résultat de la décision ne le permet pas',
      'The outcome of the decision does not allow this',
    ],
  },
  'no-mandate': {
    status: 422,
    title: [
      'Dit orgaan mag hierover niet besluiten',
      'Cet organe ne peut pas en décider',
      'This body may not decide on this',
    ],
    detail: [
      'Het netwerk wijst voor dit soort onderwerp een ander orgaan aan.',
      'Le réseau désigne un autre organe pour ce genre de sujet.',
      'The network names another body for this kind of subject.',
    ],
  },
  'four-eyes': {
    status: 422,
    title: [
      'Wie voorstelt, beslist niet alleen',
      'Qui propose ne décide pas seul',
      'Who proposes does not decide alone',
    ],
    detail: [
      'Laat iemand anders het besluit registreren.',
      'Laissez quelqu’un d’autre enregistrer la décision.',
      'Let somebody else record the decision.',
    ],
  },

  // --- actions ---
  'proposal-changed': {
    status: 409,
    title: [
      'Het voorstel is intussen gewijzigd',
      'La proposition a changé entre-temps',
      'The proposal has changed since',
    ],
    detail: [
      'Het besluit ging over een andere versie. Leg het voorstel opnieuw voor.',
      'La décision portait sur une autre version. Présentez la proposition à nouveau.',
      'The decision was about another version. Put the proposal before the body again.',
    ],
  },
  'incomplete-proposal': {
    status: 409,
    title: [
      'Het voorstel is nog niet volledig',
      'La proposition n’est pas encore complète',
      'The proposal is not complete yet',
    ],
    detail: [
      'Vul eerst de groep en minstens één doelstelling in.',
      'Ajoutez d’abord le groupe et au moins un objectif.',
      'First add the group and at least one objective.',
    ],
  },
  'tree-too-deep': {
    status: 422,
    title: ['Te veel niveaus van deelacties', 'Trop de niveaux de sous-actions', 'Too many levels of partial actions'],
  },
  'provenance-cycle': {
    status: 422,
    title: [
      'Een actie kan niet uit zichzelf voortkomen',
      'Une action ne peut pas provenir d’elle-même',
      'An action cannot come from itself',
    ],
  },
  'unknown-condition': {
    status: 422,
    title: ['Deze voorwaarde bestaat hier niet', 'Cette condition n’existe pas ici', 'There is no such condition here'],
  },
  'approval-conditions-open': {
    status: 409,
    title: ['Er staan nog voorwaarden open', 'Des conditions sont encore ouvertes', 'There are conditions still open'],
    detail: [
      'Toon eerst met bewijs dat ze vervuld zijn.',
      'Montrez d’abord avec des preuves qu’elles sont remplies.',
      'First show with evidence that they are met.',
    ],
  },
  'lead-required': {
    status: 409,
    title: ['Er is nog geen trekker', 'Il n’y a pas encore de responsable', 'There is no lead yet'],
    detail: ['Wijs eerst een trekker aan.', 'Désignez d’abord un responsable.', 'First assign a lead.'],
  },
  'too-few-partners': {
    status: 409,
    title: ['Er zijn te weinig partners', 'Il y a trop peu de partenaires', 'There are too few partners'],
    detail: [
      'Er zijn er minstens {minimum} nodig.',
      'Il en faut au moins {minimum}.',
      'At least {minimum} are needed.',
    ],
  },
  'start-before-decision': {
    status: 422,
    title: ['De start ligt voor het besluit', 'Le début précède la décision', 'The start lies before the decision'],
    detail: [
      'Kies een datum vanaf de dag waarop het besluit ingaat.',
      'Choisissez une date à partir du jour où la décision prend effet.',
      'Choose a date from the day on which the decision takes effect.',
    ],
  },
  'nothing-changed': {
    status: 422,
    title: ['Er verandert niets', 'Rien ne change', 'Nothing changes'],
    detail: [
      'Noem minstens één gegeven dat anders wordt.',
      'Nommez au moins une donnée qui change.',
      'Name at least one fact that becomes another.',
    ],
  },
  'basis-unknown': {
    status: 422,
    title: [
      'Waarop dit steunt, is niet gevonden',
      'Ce sur quoi cela s’appuie est introuvable',
      'What this is based on was not found',
    ],
    detail: [
      'Noem een evaluatie, een besluit of een hindernis van deze actie.',
      'Nommez une évaluation, une décision ou un obstacle de cette action.',
      'Name an evaluation, a decision or an obstacle of this action.',
    ],
  },
  'final-evaluation-required': {
    status: 409,
    title: [
      'Er is nog geen eindevaluatie',
      'Il n’y a pas encore d’évaluation finale',
      'There is no final evaluation yet',
    ],
    detail: [
      'Evalueer de actie na de laatste bijsturing, en sluit haar dan af.',
      'Évaluez l’action après le dernier ajustement, puis clôturez-la.',
      'Evaluate the action after its last adjustment, then close it.',
    ],
  },
  'learnings-required': {
    status: 422,
    title: ['Zeg wat er geleerd is', 'Dites ce qui a été appris', 'Say what was learnt'],
  },
  'reopen-window-passed': {
    status: 409,
    title: [
      'Heropenen kan niet meer: het is te lang geleden',
      'On ne peut plus rouvrir : c’est trop ancien',
      'It is too long ago to reopen',
    ],
    detail: [
      'Stel een nieuwe actie voor die hieruit voortkomt.',
      'Proposez une nouvelle action qui en découle.',
      'Propose a new action that comes from it.',
    ],
  },
  'already-partner': {
    status: 409,
    title: [
      'Deze organisatie is al partner',
      'Cette organisation est déjà partenaire',
      'This organisation is already a partner',
    ],
  },
  'not-a-partner': {
    status: 409,
    title: [
      'Deze organisatie is geen partner',
      'Cette organisation n’est pas partenaire',
      'This organisation is not a partner',
    ],
  },
  'last-objective': {
    status: 409,
    title: [
      'Een actie houdt minstens één doelstelling',
      'Une action garde au moins un objectif',
      'An action keeps at least one objective',
    ],
    detail: [
      'Koppel eerst een andere doelstelling.',
      'Liez d’abord un autre objectif.',
      'First link another objective.',
    ],
  },
  'works-needs-evidence': {
    status: 422,
    title: ['"Het werkt" vraagt bewijs', '« Cela marche » demande des preuves', '"It works" needs evidence'],
    detail: [
      'Geef minstens één cijfer dat toont dat mensen er beter van worden, en laat de doelgroep zelf spreken.',
      'Donnez au moins un chiffre qui montre que des personnes vont mieux, et donnez la parole au groupe cible.',
      'Give at least one figure that shows that people are better off, and one voice of the target group.',
    ],
  },
  'minimum-observation': {
    status: 422,
    title: ['Het is te vroeg voor dit oordeel', 'C’est trop tôt pour ce jugement', 'It is too early for this verdict'],
    detail: [
      'Een oordeel kan na {days} dagen. Tot dan is het too-early.',
      'Un jugement est possible après {days} jours. D’ici là, c’est too-early.',
      'A verdict can be given after {days} days. Until then it is too-early.',
    ],
  },
  'evaluators-only-lead': {
    status: 422,
    title: [
      'De trekker beoordeelt niet alleen zichzelf',
      'Le responsable ne s’évalue pas seul',
      'The lead does not judge itself alone',
    ],
    detail: [
      'Voeg een beoordelaar van een andere organisatie toe.',
      'Ajoutez un évaluateur d’une autre organisation.',
      'Add an evaluator of another organisation.',
    ],
  },
  'verdict-not-works': {
    status: 409,
    title: [
      'De laatste evaluatie zegt niet dat de actie werkt',
      'La dernière évaluation ne dit pas que l’action marche',
      'The latest evaluation does not say that the action works',
    ],
    detail: [
      'Verbreden en delen als praktijk kan als de actie werkt. Voor verbreden kan een besluit er met reden van afwijken.',
      'On élargit et on partage une action qui marche. Pour élargir, une décision motivée peut en dévier.',
      'An action is broadened or shared as a practice when it works. To broaden it, a decision with its reason can set this aside.',
    ],
  },
  'learning-missing': {
    status: 422,
    title: [
      'Deze actie leerde dit niet',
      'Cette action n’a pas donné cet enseignement',
      'This action did not learn this',
    ],
    detail: [
      'Geen evaluatie of afsluiting van actie {action} zegt dit over {tag}.',
      'Aucune évaluation ni clôture de l’action {action} ne le dit de {tag}.',
      'No evaluation or closing of action {action} says so of {tag}.',
    ],
  },
  'one-action-tells': {
    status: 422,
    title: [
      'Een patroon vraagt twee verschillende acties',
      'Un constat récurrent demande deux actions différentes',
      'A pattern needs two different actions',
    ],
    detail: [
      'Hoe vaak één actie het ook zegt: ze telt één keer.',
      'Une action compte une fois, même si elle le dit souvent.',
      'One action counts once, however often it says so.',
    ],
  },
  'one-network-tells': {
    status: 422,
    title: [
      'Een patroon van een beweging of programma vraagt acties uit twee netwerken',
      'Un constat d’un mouvement ou programme demande des actions de deux réseaux',
      'A pattern of a movement or programme needs actions of two networks',
    ],
  },
  'basis-required': {
    status: 422,
    title: [
      'Een aanbeveling steunt op een patroon of een evaluatie',
      'Une recommandation repose sur un constat récurrent ou une évaluation',
      'A recommendation rests on a pattern or an evaluation',
    ],
    detail: [
      'Noem minstens één bevestigd patroon of één evaluatie.',
      'Nommez au moins un constat confirmé ou une évaluation.',
      'Name at least one confirmed pattern or one evaluation.',
    ],
  },
  'no-evaluation': {
    status: 409,
    title: ['Er is nog geen evaluatie', 'Il n’y a pas encore d’évaluation', 'There is no evaluation yet'],
  },
  'next-step-settled': {
    status: 409,
    title: [
      'De volgende stap is al afgehandeld',
      'L’étape suivante est déjà réglée',
      'The next step has already been settled',
    ],
  },

  'before-decision': {
    status: 422,
    title: ['De datum ligt voor het besluit', 'La date précède la décision', 'The date lies before the decision'],
    detail: [
      'Kies een datum vanaf de dag waarop het besluit ingaat.',
      'Choisissez une date à partir du jour où la décision prend effet.',
      'Choose a date from the day on which the decision takes effect.',
    ],
  },
  'decision-too-early': {
    status: 422,
    title: [
      'Dit besluit is te oud hiervoor',
      'Cette décision est trop ancienne pour ceci',
      'This decision is too old for this',
    ],
    detail: [
      'Noem een besluit dat later is genomen dan wat het verandert.',
      'Nommez une décision prise après ce qu’elle change.',
      'Name a decision that was taken after what it changes.',
    ],
  },
  'not-resubmittable': {
    status: 409,
    title: [
      'Die actie kan niet opnieuw worden voorgesteld',
      'Cette action ne peut pas être proposée à nouveau',
      'That action cannot be proposed again',
    ],
    detail: [
      'Opnieuw voorstellen kan wat geweigerd of ingetrokken is.',
      'On peut proposer à nouveau ce qui a été refusé ou retiré.',
      'What was declined or withdrawn can be proposed again.',
    ],
  },
  'period-reversed': {
    status: 422,
    title: ['Het einde ligt voor het begin', 'La fin précède le début', 'The end lies before the beginning'],
  },

  // --- indicators and measurements ---
  'aggregation-unfit': {
    status: 422,
    title: [
      'Deze eenheid kan niet zo worden opgeteld',
      'Cette unité ne peut pas être agrégée ainsi',
      'This unit cannot be put together that way',
    ],
    detail: [
      'Bij de eenheid "{unit}" past: {allowed}.',
      'Pour l’unité « {unit} », choisissez : {allowed}.',
      'With the unit "{unit}" goes: {allowed}.',
    ],
  },
  'version-not-later': {
    status: 422,
    title: [
      'Een nieuwe versie begint later dan de vorige',
      'Une nouvelle version commence après la précédente',
      'A new version begins later than the one before',
    ],
    detail: [
      'De vorige geldt vanaf {notBefore}. Kies een latere dag.',
      'La précédente vaut à partir du {notBefore}. Choisissez un jour plus tardif.',
      'The one before holds from {notBefore}. Choose a later day.',
    ],
  },
  'denominator-required': {
    status: 422,
    title: [
      'Zeg ook van hoeveel: de noemer ontbreekt',
      'Dites aussi sur combien : le dénominateur manque',
      'Say of how many too: the denominator is missing',
    ],
    detail: [
      'Deze indicator is een verhouding: 17 van 22. Een noemer is 1 of meer.',
      'Cet indicateur est un rapport : 17 sur 22. Un dénominateur vaut 1 ou plus.',
      'This indicator is a ratio: 17 of 22. A denominator is 1 or more.',
    ],
  },
  'denominator-not-allowed': {
    status: 422,
    title: [
      'Deze indicator heeft geen noemer',
      'Cet indicateur n’a pas de dénominateur',
      'This indicator has no denominator',
    ],
    detail: [
      'Geef alleen de waarde, zonder "{member}".',
      'Donnez seulement la valeur, sans « {member} ».',
      'Give the value only, without "{member}".',
    ],
  },
  'numerator-over-denominator': {
    status: 422,
    title: [
      'Een deel kan niet groter zijn dan het geheel',
      'Une partie ne peut pas dépasser le tout',
      'A part cannot be larger than the whole',
    ],
    detail: [
      'U gaf {numerator} van {denominator}.',
      'Vous avez donné {numerator} sur {denominator}.',
      'You gave {numerator} of {denominator}.',
    ],
  },
  'range-not-allowed': {
    status: 422,
    title: [
      'Een vork kan alleen bij cijfers over de bevolking',
      'Une fourchette ne vaut que pour des chiffres sur la population',
      'A range is for figures on the population only',
    ],
    detail: ['Geef één waarde.', 'Donnez une seule valeur.', 'Give one value.'],
  },
  'range-reversed': {
    status: 422,
    title: [
      'Het hoogste getal is kleiner dan het laagste',
      'Le nombre le plus élevé est inférieur au plus bas',
      'The upper end is below the lower end',
    ],
  },
  'text-required': {
    status: 422,
    title: ['Deze indicator vraagt een tekst', 'Cet indicateur demande un texte', 'This indicator asks for a text'],
  },
  'text-not-allowed': {
    status: 422,
    title: [
      'Deze indicator is een getal, geen tekst',
      'Cet indicateur est un nombre, pas un texte',
      'This indicator is a number, not a text',
    ],
  },
  'unknown-dimension': {
    status: 422,
    title: [
      'Deze indicator kent die opdeling of waarde niet',
      'Cet indicateur ne connaît pas cette ventilation ou cette valeur',
      'This indicator does not know that dimension or value',
    ],
    detail: [
      'Kijk welke waarden de indicator heeft voor "{dimension}".',
      'Voyez quelles valeurs l’indicateur a pour « {dimension} ».',
      'See which values the indicator has for "{dimension}".',
    ],
  },
  'period-unfit': {
    status: 422,
    title: [
      'Dit is geen periode van deze indicator',
      'Ce n’est pas une période de cet indicateur',
      'This is not a period of this indicator',
    ],
    detail: [
      'Neem een hele kalenderperiode: {frequency}.',
      'Prenez une période entière du calendrier : {frequency}.',
      'Take a whole calendar period: {frequency}.',
    ],
  },
  'period-not-over': {
    status: 422,
    title: ['Deze periode is nog niet voorbij', 'Cette période n’est pas encore finie', 'This period is not over yet'],
    detail: ['Wacht tot {until}.', 'Attendez le {until}.', 'Wait until {until}.'],
  },
  'other-version': {
    status: 422,
    title: [
      'Voor deze periode geldt een andere definitie',
      'Une autre définition vaut pour cette période',
      'Another definition holds for this period',
    ],
    detail: [
      'Voor deze periode geldt versie {holds}.',
      'Pour cette période vaut la version {holds}.',
      'For this period version {holds} holds.',
    ],
  },
  'before-definition': {
    status: 422,
    title: [
      'De indicator bestond toen nog niet',
      'L’indicateur n’existait pas encore',
      'The indicator did not exist yet',
    ],
    detail: [
      'Hij geldt voor periodes vanaf {validFrom}.',
      'Il vaut pour les périodes à partir du {validFrom}.',
      'It holds for periods from {validFrom}.',
    ],
  },
  'parts-over-total': {
    status: 422,
    title: [
      'De delen zijn samen meer dan het totaal',
      'Les parties dépassent ensemble le total',
      'The parts together are more than the total',
    ],
    detail: [
      'Kijk de delen volgens "{dimension}" na, of verbeter eerst het totaal.',
      'Vérifiez les parties selon « {dimension} », ou corrigez d’abord le total.',
      'Check the parts by "{dimension}", or correct the total first.',
    ],
  },
  'value-incomplete': {
    status: 422,
    title: ['Deze waarde zegt niet genoeg', 'Cette valeur n’en dit pas assez', 'This value does not say enough'],
    detail: [
      'Noem een indicator, of geef een naam, een soort (rba) en een getal.',
      'Nommez un indicateur, ou donnez un libellé, une sorte (rba) et un nombre.',
      'Name an indicator, or give a label, a kind (rba) and a number.',
    ],
  },
  'not-measured': {
    status: 422,
    title: [
      'Daarvan was op dat moment geen waarde bekend',
      'Aucune valeur n’en était connue à ce moment',
      'No value of it was known at that moment',
    ],
    detail: [
      'Registreer eerst de meting, of noem een andere periode of een later moment.',
      'Enregistrez d’abord la mesure, ou nommez une autre période ou un moment plus tardif.',
      'Record the measurement first, or name another period or a later moment.',
    ],
  },

  // --- releases ---
  'one-dimension': {
    status: 422,
    title: [
      'Een tabel heeft hoogstens één dimensie naast de netwerken',
      'Un tableau a au plus une dimension outre les réseaux',
      'A table has one dimension at most, beside the networks',
    ],
    detail: [
      'Maak voor elke dimensie een eigen tabel.',
      'Faites un tableau par dimension.',
      'Make a table for each dimension.',
    ],
  },
  'not-releasable': {
    status: 422,
    title: [
      'Deze indicator wordt niet gepubliceerd',
      'Cet indicateur n’est pas publié',
      'This indicator is not published',
    ],
    detail: [
      'Hij is enkel voor intern gebruik, of bestaat uit tekst.',
      'Il est à usage interne, ou fait de texte.',
      'It is for use inside only, or made of text.',
    ],
  },
  'nothing-measured': {
    status: 422,
    title: [
      'Er is niets gemeten om te publiceren',
      'Rien n’a été mesuré pour être publié',
      'Nothing was measured that could be published',
    ],
    detail: [
      'Kies andere perioden, of noem de netwerken en acties die gemeten hebben.',
      'Choisissez d’autres périodes, ou nommez les réseaux et actions qui ont mesuré.',
      'Choose other periods, or name the networks and actions that have measured.',
    ],
  },
  'table-too-large': {
    status: 422,
    title: ['Deze tabel is te groot', 'Ce tableau est trop grand', 'This table is too large'],
    detail: [
      'Zij heeft {lines} regels; hoogstens {most} kan. Verdeel ze.',
      'Il a {lines} lignes ; {most} au plus. Divisez-le.',
      'It has {lines} lines; at most {most} will do. Divide it.',
    ],
  },
  'release-differs': {
    status: 422,
    title: [
      'Samen met vroegere publicaties zou deze tabel een klein aantal verraden',
      'Avec les publications précédentes, ce tableau trahirait un petit nombre',
      'Together with former releases this table would tell a small number',
    ],
    detail: [
      'Wacht tot er meer veranderd is, voeg perioden samen, of laat de genoemde cellen weg.',
      'Attendez que davantage ait changé, regroupez des périodes, ou omettez les cellules nommées.',
      'Wait until more has changed, merge periods, or leave the cells out that are named.',
    ],
  },
  'check-outdated': {
    status: 409,
    title: [
      'Sinds het nazicht is een andere tabel gepubliceerd, of is de grens veranderd',
      'Depuis la vérification, un autre tableau a été publié, ou le seuil a changé',
      'Since the check another table was published, or the limit changed',
    ],
    detail: [
      'Laat deze tabel opnieuw nazien.',
      'Faites vérifier ce tableau à nouveau.',
      'Have this table checked again.',
    ],
  },

  // --- the engine ---
  'idempotency-key-reused': {
    status: 422,
    title: [
      'Deze sleutel is al gebruikt voor iets anders',
      'Cette clé a déjà servi à autre chose',
      'This key was used for something else',
    ],
    detail: [
      'Neem een nieuwe Idempotency-Key voor een nieuwe opdracht.',
      'Prenez une nouvelle Idempotency-Key pour une nouvelle demande.',
      'Take a new Idempotency-Key for a new command.',
    ],
  },
  'revision-conflict': {
    status: 412,
    title: [
      'Iemand heeft dit intussen gewijzigd',
      'Quelqu’un l’a modifié entre-temps',
      'Somebody has changed this since',
    ],
    detail: [
      'Bekijk wat er gebeurde (eventsSince) en probeer met de huidige revisie.',
      'Regardez ce qui s’est passé (eventsSince) et réessayez avec la révision actuelle.',
      'See what happened (eventsSince) and try again with the current revision.',
    ],
  },
  contention: {
    status: 503,
    title: ['Het is hier nu te druk', 'Il y a trop de demandes ici en ce moment', 'Too many are changing this at once'],
    detail: [
      'Er is niets gewijzigd. Probeer opnieuw met dezelfde sleutel.',
      'Rien n’a changé. Réessayez avec la même clé.',
      'Nothing was changed. Try again with the same key.',
    ],
  },
  'outcome-unknown': {
    status: 503,
    title: [
      'We weten niet of het gelukt is',
      'Nous ne savons pas si cela a réussi',
      'We do not know whether it was done',
    ],
    detail: [
      'Probeer opnieuw met dezelfde Idempotency-Key: het gebeurt nooit twee keer.',
      'Réessayez avec la même Idempotency-Key : cela ne se fait jamais deux fois.',
      'Try again with the same Idempotency-Key: it is never done twice.',
    ],
  },
  'store-unavailable': {
    status: 503,
    title: [
      'De opslag is nu niet bereikbaar',
      'Le stockage n’est pas accessible maintenant',
      'The store cannot be reached now',
    ],
    detail: ['Probeer het straks opnieuw.', 'Réessayez bientôt.', 'Try again soon.'],
  },
  'disk-full': {
    status: 507,
    title: ['De schijf is vol', 'Le disque est plein', 'The disk is full'],
    detail: [
      'Er is niets gewijzigd. De beheerder moet plaats maken.',
      'Rien n’a changé. L’opérateur doit libérer de la place.',
      'Nothing was changed. The operator must make room.',
    ],
  },
  'payload-too-large': {
    status: 413,
    title: ['Dit is te groot om te bewaren', 'C’est trop grand à conserver', 'This is too large to keep'],
  },

  // --- the edge ---
  'malformed-json': {
    status: 400,
    title: ['Dit is geen geldige JSON', 'Ce n’est pas du JSON valide', 'This is not valid JSON'],
  },
  'duplicate-member': {
    status: 400,
    title: ['Een gegeven staat er twee keer', 'Une donnée s’y trouve deux fois', 'A member is there twice'],
  },
  'forbidden-member': {
    status: 400,
    title: ['Deze naam mag niet', 'Ce nom n’est pas permis', 'This member name is not allowed'],
  },
  'too-deep': {
    status: 400,
    title: ['De JSON is te diep genest', 'Le JSON est trop imbriqué', 'The JSON is nested too deeply'],
  },
  'bad-number': {
    status: 400,
    title: [
      'Een getal is geen geheel getal of te groot',
      'Un nombre n’est pas entier ou est trop grand',
      'A number is not whole, or too large',
    ],
    detail: ['Bedragen staan in hele centen.', 'Les montants sont en centimes entiers.', 'Amounts are in whole cents.'],
  },
  'bad-text': {
    status: 400,
    title: [
      'Een tekst bevat tekens die niet mogen',
      'Un texte contient des caractères interdits',
      'A text holds characters that are not allowed',
    ],
  },
  'body-too-large': {
    status: 413,
    title: ['De inhoud is te groot', 'Le contenu est trop grand', 'The body is too large'],
    detail: ['Hoogstens 256 KiB.', 'Au plus 256 KiB.', 'At most 256 KiB.'],
  },
  'unsupported-media-type': {
    status: 415,
    title: ['Stuur JSON', 'Envoyez du JSON', 'Send JSON'],
    detail: [
      'De kop Content-Type moet application/json zijn.',
      'L’en-tête Content-Type doit être application/json.',
      'The header Content-Type must be application/json.',
    ],
  },
  'validation-failed': {
    status: 422,
    title: [
      'Er klopt iets niet in wat u stuurde',
      'Quelque chose n’est pas correct dans votre envoi',
      'Something is not right in what you sent',
    ],
    detail: [
      'Kijk bij errors wat er waar moet veranderen.',
      'Voyez dans errors ce qui doit changer et où.',
      'See in errors what must change, and where.',
    ],
  },
  'unknown-parameter': {
    status: 400,
    title: ['Deze parameter bestaat niet', 'Ce paramètre n’existe pas', 'There is no such parameter'],
  },
  'repeated-parameter': {
    status: 400,
    title: ['Een parameter staat er twee keer', 'Un paramètre s’y trouve deux fois', 'A parameter is there twice'],
  },
  'invalid-parameter': {
    status: 400,
    title: [
      'Een parameter heeft een verkeerde waarde',
      'Un paramètre a une valeur incorrecte',
      'A parameter has a wrong value',
    ],
  },
  'invalid-header': {
    status: 400,
    title: ['Een kop heeft een verkeerde waarde', 'Un en-tête a une valeur incorrecte', 'A header has a wrong value'],
    detail: ['Kijk na: {header}.', 'Vérifiez : {header}.', 'Check: {header}.'],
  },
  'bad-request': {
    status: 400,
    title: ['Dit verzoek is niet te lezen', 'Cette requête n’est pas lisible', 'This request cannot be read'],
  },
  misdirected: {
    status: 421,
    title: [
      'Deze server luistert alleen op deze computer zelf',
      'Ce serveur n’écoute que sur cet ordinateur',
      'This server listens on this machine only',
    ],
    detail: [
      'Gebruik http://localhost of http://127.0.0.1 met de juiste poort.',
      'Utilisez http://localhost ou http://127.0.0.1 avec le bon port.',
      'Use http://localhost or http://127.0.0.1 with the right port.',
    ],
  },
  'idempotency-key-missing': {
    status: 400,
    title: [
      'De kop Idempotency-Key ontbreekt',
      'L’en-tête Idempotency-Key manque',
      'The header Idempotency-Key is missing',
    ],
    detail: [
      'Geef elke opdracht een eigen sleutel. Wie opnieuw probeert, neemt dezelfde.',
      'Donnez à chaque demande sa propre clé. Pour réessayer, prenez la même.',
      'Give each command a key of its own. To try again, take the same.',
    ],
  },
  'revision-required': {
    status: 428,
    title: [
      'Zeg welke revisie u gezien heeft',
      'Dites quelle révision vous avez vue',
      'Say which revision you have seen',
    ],
    detail: [
      'Stuur If-Match: "<revisie>", of If-Match: * voor wat er nu ook staat.',
      'Envoyez If-Match: "<révision>", ou If-Match: * pour ce qui s’y trouve maintenant.',
      'Send If-Match: "<revision>", or If-Match: * for whatever it is now.',
    ],
  },
  'no-such-page': {
    status: 404,
    title: ['Dit adres bestaat niet', 'Cette adresse n’existe pas', 'There is nothing at this address'],
    detail: [
      'De adressen staan in /api/docs.',
      'Les adresses se trouvent dans /api/docs.',
      'The addresses are listed in /api/docs.',
    ],
  },
  'method-not-allowed': {
    status: 405,
    title: [
      'Dat kan niet op dit adres',
      'Ce n’est pas possible à cette adresse',
      'That cannot be done at this address',
    ],
    detail: ['Wel: {allow}.', 'Possible : {allow}.', 'Possible: {allow}.'],
  },
  'request-timeout': {
    status: 408,
    title: ['Het verzoek kwam te traag', 'La requête est arrivée trop lentement', 'The request came too slowly'],
  },
  'headers-too-large': {
    status: 431,
    title: ['De koppen zijn te groot', 'Les en-têtes sont trop grands', 'The headers are too large'],
  },
  'url-too-long': {
    status: 414,
    title: ['Het adres is te lang', 'L’adresse est trop longue', 'The address is too long'],
  },
  'clock-not-simulated': {
    status: 400,
    title: [
      'De klok van deze server kan niet verzet worden',
      'L’horloge de ce serveur ne peut pas être réglée',
      'The clock of this server cannot be set',
    ],
    detail: [
      'Spoor-Now geldt alleen met SPOOR_CLOCK=simulated.',
      'Spoor-Now ne vaut qu’avec SPOOR_CLOCK=simulated.',
      'Spoor-Now works with SPOOR_CLOCK=simulated only.',
    ],
  },
  'clock-behind': {
    status: 409,
    title: ['De klok staat al later', 'L’horloge est déjà plus loin', 'The clock already stands later'],
    detail: ['Zij staat op {now}.', 'Elle est à {now}.', 'It stands at {now}.'],
  },
  'unknown-token': {
    status: 409,
    title: [
      'Dit bewijs van een eerdere stap is niet van hier',
      'Ce jeton ne vient pas d’ici',
      'This token is not from here',
    ],
    detail: [
      'Laat Consistency-Token weg, of gebruik het jongste dat u hier kreeg.',
      'Omettez Consistency-Token, ou utilisez le dernier reçu ici.',
      'Leave Consistency-Token out, or use the latest one received here.',
    ],
  },
  'projection-behind': {
    status: 503,
    title: ['Dit overzicht is nog niet bij', 'Cette vue n’est pas encore à jour', 'This view is not up to date yet'],
    detail: [
      'Uw wijziging is bewaard. Vraag het straks opnieuw, of met handling=lenient.',
      'Votre changement est conservé. Redemandez bientôt, ou avec handling=lenient.',
      'Your change is kept. Ask again soon, or with handling=lenient.',
    ],
  },
  'rebuild-not-ready': {
    status: 409,
    title: [
      'Die versie van het leesmodel is nog niet klaar',
      'Cette version du modèle de lecture n’est pas prête',
      'That generation of the read model is not ready',
    ],
  },
  'rate-limited': {
    status: 429,
    title: ['Te veel tegelijk', 'Trop à la fois', 'Too much at once'],
    detail: ['Wacht even en probeer opnieuw.', 'Attendez un peu et réessayez.', 'Wait a little and try again.'],
  },
  stopping: {
    status: 503,
    title: ['De server stopt', 'Le serveur s’arrête', 'The server is stopping'],
    detail: [
      'Probeer het straks opnieuw met dezelfde sleutel.',
      'Réessayez bientôt avec la même clé.',
      'Try again soon, with the same key.',
    ],
  },
  internal: {
    status: 500,
    title: ['Er ging iets mis bij ons', 'Quelque chose a échoué chez nous', 'Something went wrong on our side'],
    detail: [
      'Meld het met het nummer bij traceId.',
      'Signalez-le avec le numéro sous traceId.',
      'Report it with the number at traceId.',
    ],
  },
} as const satisfies Record<ProblemCode, ProblemSpec>;

export const isProblemCode = (code: string): code is ProblemCode => Object.hasOwn(PROBLEMS, code);
export const specOf = (code: ProblemCode): ProblemSpec =>
  (PROBLEMS as Readonly<Record<ProblemCode, ProblemSpec>>)[code];
