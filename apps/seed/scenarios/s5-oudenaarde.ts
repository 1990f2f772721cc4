import { as, event, ref, type Part, type Scenario, type Step } from '../scenario.ts';
import {
  actionLead,
  agenda,
  cadence,
  decided,
  decides,
  decision,
  group,
  groupLead,
  meeting,
  member,
  organisation,
  person,
  role,
  start,
} from '../setup.ts';
import { impact } from './s5-impact.ts';
import { money } from './s5-money.ts';

const backOffice = as('back-office', 'coordinator-oudenaarde');
const secretary = as('secretary', 'secretary-oudenaarde');
const lead = as('lead', 'lead-oudenaarde');
const zwalmOffice = as('back-office', 'coordinator-zwalm');

const PARTNERS = ['stad-oudenaarde', 'ocmw-oudenaarde', 'kansen-voor-cultuur', 'verenigingen'];

const action = (on: string, name: string, title: string, objective: string, plan: string, partOf?: string): Step => ({
  on,
  as: lead,
  command: 'ProposeAction',
  name,
  body: {
    network: ref('oudenaarde'),
    title: { nl: title },
    group: ref('swaree'),
    objectives: [objective],
    targetGroup: 'Mensen met een OK-pas',
    regions: ['45035'],
    intendedChange: 'Wie weinig heeft, doet mee aan cultuur, sport en vrije tijd.',
    horizon: 'long',
    plan: { text: plan, from: '2014-01-01', until: '2019-12-31' },
    partners: [{ organisation: ref('stad-oudenaarde') }, { organisation: ref('ocmw-oudenaarde') }],
    ...(partOf !== undefined && { partOf: ref(partOf) }),
  },
});

const ACTIONS = ['uitbreiding', 'drempels', 'toeleiders', 'bevraging', 'communicatie', 'uitstraling'];

/** Monthly, 2014; in July nobody could come. */
const swareeMeetings = Array.from({ length: 12 }, (_, index) => {
  const month = String(index + 1).padStart(2, '0');
  return meeting(backOffice, secretary, `swaree-2014-${month}`, {
    network: 'oudenaarde',
    body: 'swaree',
    plannedOn: '2014-01-06',
    on: `2014-${month}-20`,
    title: `OK Swaree ${month}/2014`,
    ...(month === '07' && { cancelled: { on: '2014-07-14', reason: 'Te weinig vrijwilligers in de vakantie.' } }),
  });
}).flat();

const planningMeetings = [
  ['planning-2014-1', '2014-03-10', 'Planning eerste helft'],
  ['planning-2014-2', '2014-09-15', 'Planning tweede helft'],
].flatMap(([name, on, title]) =>
  meeting(backOffice, secretary, name!, {
    network: 'oudenaarde',
    body: 'planning',
    plannedOn: '2014-01-06',
    on: on!,
    title: title!,
  }),
);

const oudenaarde: Part = {
  name: 'oudenaarde',
  steps: [
    organisation('2009-01-05', 'stad-oudenaarde', 'Stad Oudenaarde', 'local-government', {
      number: '0999.001.020',
      units: ['Cultuur', 'Sport', 'Jeugd', 'Bibliotheek', 'Toerisme', 'Onderwijs', 'Welzijn', 'Communicatie'],
    }),
    organisation('2009-01-05', 'ocmw-oudenaarde', 'OCMW Oudenaarde', 'welfare', { number: '0999.001.119' }),
    organisation('2009-01-05', 'kansen-voor-cultuur', 'Kansen voor Cultuur', 'target-group'),
    organisation('2009-01-05', 'verenigingen', 'Vrijetijdsverenigingen', 'leisure'),
    {
      on: '2009-01-05',
      as: 'operator',
      command: 'FoundNetwork',
      name: 'oudenaarde',
      body: {
        kind: 'local-network',
        name: 'Lokaal netwerk Oudenaarde',
        regions: ['45035'],
        sponsor: ref('stad-oudenaarde'),
      },
    },
    person('2009-01-05', 'coordinator-oudenaarde', 'Coördinator lokaal netwerk'),
    role('2009-01-05', 'operator', 'back-office', 'coordinator-oudenaarde', 'oudenaarde', 'stad-oudenaarde'),
    person('2009-01-05', 'secretary-oudenaarde', 'Verslaggever stuurgroep'),
    role('2009-01-05', backOffice, 'secretary', 'secretary-oudenaarde', 'oudenaarde', 'ocmw-oudenaarde'),
    person('2009-01-05', 'lead-oudenaarde', 'Trekker OK Swaree'),
    role('2009-01-05', backOffice, 'lead', 'lead-oudenaarde', 'oudenaarde', 'stad-oudenaarde'),
    member('2009-01-05', backOffice, 'oudenaarde', 'stad-oudenaarde', 'local-government', 'acht diensten'),
    member('2009-01-05', backOffice, 'oudenaarde', 'ocmw-oudenaarde', 'welfare', 'OCMW'),
    member('2009-01-05', backOffice, 'oudenaarde', 'kansen-voor-cultuur', 'target-group', 'doelgroep', true),
    member('2009-01-05', backOffice, 'oudenaarde', 'verenigingen', 'leisure', 'verenigingen'),

    // 6
    group('2009-02-02', backOffice, 'oudenaarde', 'stuurgroep', 'Stuurgroep', 'steering-group'),
    group('2009-02-02', backOffice, 'oudenaarde', 'kvc', 'Kansen voor Cultuur', 'working-group'),
    group('2013-11-04', backOffice, 'oudenaarde', 'swaree', 'OK Swaree', 'working-group'),
    group('2013-11-04', backOffice, 'oudenaarde', 'planning', 'Planning', 'working-group'),
    ...PARTNERS.map((organisation): Step => ({
      on: '2009-02-02',
      as: backOffice,
      command: 'AddGroupMember',
      target: 'stuurgroep',
      body: { organisation: ref(organisation) },
    })),
    decides('2009-02-02', backOffice, 'stuurgroep', 3, {
      'stad-oudenaarde': 1,
      'ocmw-oudenaarde': 1,
      'kansen-voor-cultuur': 1,
      verenigingen: 1,
    }),
    groupLead('2013-11-04', backOffice, 'swaree', 'lead-oudenaarde'),
    cadence('2013-11-04', backOffice, 'swaree', 12),
    cadence('2013-11-04', backOffice, 'planning', 2),
    ...agenda('2013-11-04', backOffice, 'oudenaarde', {
      ambition: 'Iedereen in Oudenaarde doet mee aan het vrijetijdsleven.',
      problem: 'Wie in armoede leeft, vindt de weg naar het aanbod niet.',
      objectives: {
        O1: 'Meer mensen gebruiken de OK-pas',
        O2: 'Toeleiders en aanbieders werken samen',
        O3: 'Iedereen kent het aanbod',
        O4: 'De regio doet mee',
      },
    }),
    decision('2013-12-02', secretary, 'd-agenda-oudenaarde', {
      network: 'oudenaarde',
      body: 'stuurgroep',
      present: PARTNERS,
      agenda: 'oudenaarde-agenda',
      proposal: 'De vier doelstellingen voor 2014-2019 worden aangenomen.',
      rationale: 'Zij bouwen voort op de eerste afspraken.',
    }),
    {
      on: '2013-12-02',
      as: secretary,
      command: 'AdoptAgendaVersion',
      target: 'oudenaarde-agenda',
      body: { decisionRef: ref('d-agenda-oudenaarde') },
    },
    action('2013-12-09', 'uitbreiding', 'Uitbreiding en activering', 'O1', 'De doelgroep uitbreiden en activeren.'),
    action(
      '2013-12-09',
      'drempels',
      'Drempels verlagen',
      'O1',
      'De pas promoten in het sociaal restaurant en de kinderopvang.',
      'uitbreiding',
    ),
    action('2013-12-09', 'toeleiders', 'Afspraken met toeleiders', 'O2', 'Vertrouwenspersonen wijzen de weg.'),
    action('2013-12-09', 'bevraging', 'Bevraging van aanbieders', 'O2', 'Elk jaar vragen hoe de pas werkt.'),
    action('2013-12-09', 'communicatie', 'Communicatie op maat', 'O3', 'Een folder via de school en sociale media.'),
    action(
      '2013-12-09',
      'uitstraling',
      'Regionale uitstraling',
      'O4',
      'Het idee van de pas delen met de buurgemeenten.',
    ),
    decision('2013-12-16', secretary, 'd-acties', {
      network: 'oudenaarde',
      body: 'stuurgroep',
      present: PARTNERS,
      actions: ACTIONS,
      proposal: 'De zes acties voor 2014-2019 worden goedgekeurd.',
      rationale: 'Elke doelstelling krijgt minstens één actie.',
      more: { effectiveFrom: '2014-01-01' },
    }),
    ...ACTIONS.flatMap((name) => [
      decided('2013-12-16', secretary, name, 'd-acties'),
      actionLead('2014-01-06', backOffice, name, 'lead-oudenaarde'),
      start('2014-01-06', lead, name),
    ]),

    // 7
    ...swareeMeetings,
    ...planningMeetings,

    // 9
    organisation('2015-02-02', 'gemeente-zwalm', 'Gemeente Zwalm', 'local-government'),
    {
      on: '2015-02-02',
      as: 'operator',
      command: 'FoundNetwork',
      name: 'zwalm',
      body: {
        kind: 'local-network',
        name: 'Lokaal netwerk Zwalm',
        regions: ['45065'],
        sponsor: ref('gemeente-zwalm'),
      },
    },
    person('2015-02-02', 'coordinator-zwalm', 'Coördinator vrije tijd Zwalm'),
    role('2015-02-02', 'operator', 'back-office', 'coordinator-zwalm', 'zwalm', 'gemeente-zwalm'),
    {
      on: '2015-09-07',
      as: lead,
      command: 'EvaluateAction',
      target: 'uitstraling',
      name: 'uitstraling-final',
      body: {
        kind: 'final',
        period: { from: '2014-01-06', until: '2015-08-31' },
        method: 'Telling van de passen en gesprekken met pashouders.',
        questions: { worked: 'De pas spreekt ook buurgemeenten aan.' },
        verdict: 'works',
        confidence: 3,
        indicatorSnapshot: [
          { label: 'Pashouders die vaker meedoen', rba: 'better-off', numerator: 287, denominator: 412 },
        ],
        learnings: [{ text: 'Eén pas voor alles wordt begrepen.', tag: 'een-pas', polarity: 'works' }],
        voices: [{ source: 'target-group', n: 12 }],
        nextStep: 'broaden',
        evaluators: [ref('stad-oudenaarde'), ref('kansen-voor-cultuur')],
      },
    },
    decision('2015-10-05', secretary, 'd-zwalm', {
      network: 'oudenaarde',
      body: 'stuurgroep',
      present: PARTNERS,
      actions: ['uitstraling'],
      proposal: 'Het idee van de pas wordt aan Zwalm voorgesteld.',
      rationale: 'Zwalm vroeg er naar.',
      more: { grounds: [{ kind: 'evaluation', ref: event('uitstraling-final') }] },
    }),
    {
      on: '2015-10-12',
      as: backOffice,
      command: 'BroadenAction',
      target: 'uitstraling',
      name: 'uitstraling-broadened',
      children: ['uitstraling-zwalm'],
      body: {
        decisionRef: ref('d-zwalm'),
        evaluationRef: event('uitstraling-final'),
        kind: 'network',
        targets: [{ network: ref('zwalm'), regions: ['45065'], partners: [{ organisation: ref('gemeente-zwalm') }] }],
        carried: { indicators: ['Pashouders die vaker meedoen'], learnings: ['Eén pas voor alles wordt begrepen.'] },
      },
    },
    {
      on: '2015-11-09',
      as: zwalmOffice,
      command: 'WithdrawAction',
      target: 'uitstraling-zwalm',
      name: 'uitstraling-zwalm-withdrawn',
      body: { reason: { text: { nl: 'Zwalm heeft zelf al een gelijkaardig initiatief en sluit daarbij aan.' } } },
    },
  ],
};

/**
 * S5 Lokaal netwerk Oudenaarde: agreements and a drawing right, objectives, a tree of actions, how often groups met; a
 * neighbour that goes its own way.
 */
export const s5: Scenario = { name: 'S5', parts: [oudenaarde, money, impact] };
