import { as, document, ref, type Part, type Step } from '../scenario.ts';
import {
  allocate,
  award,
  closeGrant,
  commit,
  condition,
  finalReport,
  receive,
  scheme,
  spend,
  supplier,
  verify,
} from '../money.ts';
import { decision, member, organisation, person, role } from '../setup.ts';

const backOffice = as('back-office', 'coordinator-overkop');
const secretary = as('secretary', 'secretary-overkop');
const finance = as('finance', 'finance-overkop');
const verifier = as('verifier', 'verifier-overkop');
const funder = as('funder', 'funder-overkop');

const contractor = supplier('Extern begeleidingsbureau', '0999.000.921');
const ownPeriod = { from: '2020-09-15', until: '2021-04-30' };
const period = { from: '2021-05-01', until: '2024-04-30' };
const ALL = ['C1', 'C2', 'C3', 'C4'];
const SECTORS = ['youth-work', 'youth-care', 'mental-health'];

const sign = (on: string, partner: string): Step => ({
  on,
  as: backOffice,
  command: 'SignAgreement',
  target: 'overeenkomst-overkop',
  body: { organisation: ref(partner) },
});
const met = (on: string, grant: string, code: string): Step =>
  condition(on, backOffice, 'EvidenceCondition', grant, code);
const accepted = (on: string, grant: string, code: string): Step =>
  condition(on, funder, 'AcceptCondition', grant, code);
const year = (code: string, dueOn: string) => ({ code, amountCents: 8_000_000, dueOn, requires: ALL });

/** Two grants of S3: a small one of the city, and one whose conditions gate its instalments. */
export const money: Part = {
  name: 'overkop-money',
  steps: [
    organisation('2020-09-07', 'agentschap', 'Agentschap Opgroeien', 'local-government'),
    person('2020-09-07', 'finance-overkop', 'Financieel medewerker OverKop'),
    role('2020-09-07', backOffice, 'finance', 'finance-overkop', 'overkop', 'stad-oostende'),
    person('2020-09-07', 'verifier-overkop', 'Controleur uitgaven OverKop'),
    role('2020-09-07', backOffice, 'verifier', 'verifier-overkop', 'overkop', 'stad-oostende'),
    person('2020-09-07', 'funder-overkop', 'Dossierbeheerder agentschap'),
    role('2020-09-07', backOffice, 'funder', 'funder-overkop', 'overkop', 'agentschap'),

    // 4: own means of the city
    scheme('2020-09-07', 'scheme-oostende', 'Eigen middelen Oostende', 'stad-oostende', {
      maxPublicShare: { num: 1, den: 1 },
      instalments: [{ code: 'geheel', share: { num: 1, den: 1 } }],
    }),
    award('2020-09-15', finance, 'g-oostende', {
      network: 'overkop',
      title: 'Begeleiding naar integratie',
      funder: 'stad-oostende',
      scheme: 'scheme-oostende',
      amountCents: 1_210_000,
      period: ownPeriod,
      reference: 'CBS 2020/1187',
    }),
    allocate('2020-09-15', finance, 'g-oostende', 'poging-3', 1_210_000, 'd-poging-3'),
    receive('2020-09-21', finance, 'g-oostende', 'geheel', '2020/265/0031'),
    commit('2020-09-28', finance, 'g-oostende', 'c-begeleider', {
      action: 'poging-3',
      title: 'Acht interviews en vier co-creaties',
      amountCents: 1_210_000,
      supplier: contractor,
    }),
    spend('2021-03-01', finance, 'g-oostende', 'e-begeleider', {
      commitment: 'c-begeleider',
      number: '2021-014',
      date: '2021-02-26',
      grossCents: 1_210_000,
      supplier: contractor,
      period: { from: '2020-10-01', until: '2021-02-26' },
    }),
    verify('2021-03-08', verifier, 'g-oostende', 'e-begeleider'),
    finalReport('2021-05-03', finance, 'g-oostende', ownPeriod),
    closeGrant('2021-05-03', finance, 'g-oostende'),

    // 5
    scheme('2021-02-01', 'scheme-overkop', 'OverKop', 'agentschap', {
      maxPublicShare: { num: 1, den: 1 },
      oneGrantPerArea: true,
    }),
    {
      on: '2021-04-12',
      as: backOffice,
      command: 'DraftAgreement',
      name: 'overeenkomst-overkop',
      body: {
        network: ref('overkop'),
        kind: 'partnership',
        title: 'Samenwerkingsovereenkomst OverKop Oostende',
        period: { from: '2021-04-26' },
        parties: ['jeugdwerk', 'jeugdhulp-kust', 'ggz'].map(ref),
      },
    },
    sign('2021-04-19', 'jeugdwerk'),
    sign('2021-04-19', 'jeugdhulp-kust'),
    { on: '2021-04-26', as: backOffice, command: 'EnterAgreementIntoForce', target: 'overeenkomst-overkop', body: {} },
    award('2021-05-01', finance, 'g-s3', {
      network: 'overkop',
      title: 'OverKop-huis',
      funder: 'agentschap',
      scheme: 'scheme-overkop',
      amountCents: 30_000_000,
      period,
      reference: 'Oproep OverKop 2021',
      more: {
        area: '35013',
        conditions: [
          {
            code: 'C1',
            text: 'Jeugdwerk, jeugdhulp en geestelijke gezondheidszorg ondertekenen elk.',
            kind: 'sectors',
            sectors: SECTORS,
            agreement: ref('overeenkomst-overkop'),
          },
          { code: 'C2', text: 'De samenwerkingsovereenkomst geldt.', kind: 'agreement' },
          { code: 'C3', text: 'Het operationeel plan is aangenomen.', kind: 'plan' },
          { code: 'C4', text: 'Eén subsidie in het werkingsgebied.', kind: 'exclusive-area' },
        ],
        instalments: [
          year('jaar-1', '2021-05-01'),
          year('jaar-2', '2022-05-01'),
          year('jaar-3', '2023-05-01'),
          { code: 'saldo' },
        ],
      },
    }),
    met('2021-05-01', 'g-s3', 'C2'),
    met('2021-05-01', 'g-s3', 'C4'),
    accepted('2021-05-01', 'g-s3', 'C2'),
    accepted('2021-05-01', 'g-s3', 'C4'),

    // 6
    {
      ...receive('2021-05-03', finance, 'g-s3', 'jaar-1', '2021/123/0009'),
      refused: 'conditions-open',
      why: 'C1 en C3 staan nog open.',
    },
    {
      ...met('2021-05-03', 'g-s3', 'C1'),
      refused: 'sectors-missing',
      why: 'De geestelijke gezondheidszorg heeft nog niet ondertekend.',
    },

    // 7
    sign('2021-05-10', 'ggz'),
    decision('2021-05-17', secretary, 'd-plan-overkop', {
      network: 'overkop',
      body: 'stuurgroep-overkop',
      present: ['jeugdwerk', 'jeugdhulp-kust', 'ggz'],
      actions: ['poging-3'],
      proposal: 'Het operationeel plan, versie 1, wordt aangenomen.',
      rationale: 'De gesprekken gaven gedeelde doelstellingen.',
    }),
    met('2021-05-17', 'g-s3', 'C1'),
    met('2021-05-17', 'g-s3', 'C3'),
    accepted('2021-05-19', 'g-s3', 'C1'),
    accepted('2021-05-19', 'g-s3', 'C3'),
    receive('2021-05-25', finance, 'g-s3', 'jaar-1', '2021/145/0012'),

    // 8
    organisation('2021-06-01', 'jongerenwerking', 'Jongerenwerking Oostende-Oost', 'youth-work'),
    {
      on: '2021-06-01',
      as: 'operator',
      command: 'FoundNetwork',
      name: 'oostende-oost',
      body: { kind: 'integrated-partnership', name: 'Jongerenhuis Oostende-Oost', regions: ['35013'] },
    },
    person('2021-06-01', 'coordinator-oostende-oost', 'Coördinator Jongerenhuis'),
    role('2021-06-01', 'operator', 'back-office', 'coordinator-oostende-oost', 'oostende-oost', 'jongerenwerking'),
    {
      on: '2021-06-07',
      as: as('back-office', 'coordinator-oostende-oost'),
      command: 'ApplyForGrant',
      body: {
        network: ref('oostende-oost'),
        title: 'Tweede OverKop-huis (demo)',
        scheme: ref('scheme-overkop'),
        area: '35013',
        requestedCents: 30_000_000,
        period,
      },
      refused: 'area-already-funded',
      why: 'Het werkingsgebied heeft al een subsidie.',
    },

    // 9
    {
      on: '2022-02-01',
      as: backOffice,
      command: 'LeaveNetwork',
      target: 'overkop',
      name: 'ggz-left',
      body: { organisation: ref('ggz'), reason: { text: { nl: 'De organisatie trekt zich terug uit de regio.' } } },
    },
    {
      on: '2022-02-14',
      as: finance,
      command: 'RequestInstalment',
      target: 'g-s3',
      body: { instalment: 'jaar-2' },
      refused: 'conditions-open',
      why: 'C1 loopt gevaar: de geestelijke gezondheidszorg is geen partner meer.',
    },
    organisation('2022-03-14', 'ggz-west', 'Geestelijke gezondheidszorg West', 'mental-health'),
    member('2022-03-14', backOffice, 'overkop', 'ggz-west', 'mental-health', 'geestelijke gezondheidszorg'),
    sign('2022-03-15', 'ggz-west'),
    met('2022-03-15', 'g-s3', 'C1'),
    accepted('2022-03-21', 'g-s3', 'C1'),
    {
      on: '2022-03-28',
      as: finance,
      command: 'RequestInstalment',
      target: 'g-s3',
      name: 'jaar-2-requested',
      body: { instalment: 'jaar-2', evidence: [document('Aanvraag tweede schijf', 'request', 'Stad Oostende')] },
    },
  ],
};
