import { as, ref, type Part, type Scenario, type Step } from '../scenario.ts';
import { group, groupLead, organisation, person, role } from '../setup.ts';
import { impact } from './s4-impact.ts';
import { money } from './s4-money.ts';

const programmeOffice = as('back-office', 'coordinator-gezin');
const tafelsOffice = as('back-office', 'coordinator-tafels');
const waasOffice = as('back-office', 'coordinator-waas');

const project = (on: string, name: string, title: string, nis: string): Step[] => [
  {
    on,
    as: programmeOffice,
    command: 'FoundNetwork',
    name,
    body: { kind: 'project', name: title, regions: [nis], parent: ref('gezin'), sponsor: ref('dop') },
  },
  person(on, `coordinator-${name}`, `Coördinator ${title}`),
  role(on, 'operator', 'back-office', `coordinator-${name}`, name, 'dop'),
];

const gezin: Part = {
  name: 'gezin',
  steps: [
    // 1
    organisation('2018-09-10', 'dop', 'D.O.P. Oost-Vlaanderen', 'youth-care', { number: '0999.000.822' }),
    {
      on: '2018-09-10',
      as: 'operator',
      command: 'FoundNetwork',
      name: 'gezin',
      body: { kind: 'programme', name: '1 Gezin 1 Plan Oost-Vlaanderen', regions: ['44021', '43005', '46021'] },
    },
    person('2018-09-10', 'coordinator-gezin', 'Coördinator programma'),
    role('2018-09-10', 'operator', 'back-office', 'coordinator-gezin', 'gezin', 'dop'),
    ...project('2018-11-05', 'samen1plan', 'Samen1Plan Gent', '44021'),
    ...project('2018-11-05', 'tafels', 'RTJ De Tafels', '43005'),
    ...project('2018-11-05', 'waas', 'Krachtgericht RTJ Waas en Dender', '46021'),

    // 9
    person('2018-12-03', 'lead-tafelteam', 'Trekker tafelteam'),
    person('2018-12-03', 'next-lead-tafelteam', 'Nieuwe trekker tafelteam'),
    group('2018-12-03', tafelsOffice, 'tafels', 'tafelteam', 'Tafelteam', 'working-group'),
    groupLead('2018-12-03', tafelsOffice, 'tafelteam', 'lead-tafelteam'),
    {
      on: '2019-09-02',
      as: tafelsOffice,
      command: 'ReleaseGroupLead',
      target: 'tafelteam',
      name: 'tafelteam-released',
      body: { handOver: 'De gezinnen aan tafel weten van de wissel; twee gesprekken lopen nog tot eind september.' },
    },
    groupLead('2019-09-02', tafelsOffice, 'tafelteam', 'next-lead-tafelteam'),
    {
      on: '2019-10-07',
      as: waasOffice,
      command: 'RenameNetwork',
      target: 'waas',
      name: 'waas-renamed',
      body: { name: 'Krachtgericht Waas en Dender' },
    },
  ],
};

/** S4 1 Gezin 1 Plan: a programme with three projects, their grants and seconded people; a new name; a lead hands over. */
export const s4: Scenario = { name: 'S4', parts: [gezin, money, impact] };
