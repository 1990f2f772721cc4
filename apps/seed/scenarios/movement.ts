import { as, ref, type Part, type Step } from '../scenario.ts';
import { organisation, person, role } from '../setup.ts';

const movementOffice = as('back-office', 'coordinator-movement');

/** A coalition below the movement, and who coordinates it. */
export const coalition = (on: string, name: string, title: string, nis: string): Step[] => [
  {
    on,
    as: movementOffice,
    command: 'FoundNetwork',
    name,
    body: { kind: 'coalition', name: title, regions: [nis], parent: ref('movement'), sponsor: ref('department') },
  },
  person(on, `coordinator-${name}`, `Coördinator coalitie ${title}`),
  role(on, 'operator', 'back-office', `coordinator-${name}`, name),
];

/** What S1 and S2 have in common: the movement, and the three coalitions between which an action is broadened. */
export const movement: Part = {
  name: 'movement',
  steps: [
    organisation('2018-01-15', 'department', 'Departement Welzijn', 'local-government'),
    organisation('2018-01-15', 'knowledge-centre', 'Kenniscentrum thuisloosheid', 'other', {
      number: '0999.000.426',
    }),
    {
      on: '2018-01-15',
      as: 'operator',
      command: 'FoundNetwork',
      name: 'movement',
      body: { kind: 'movement', name: 'A Way Home Vlaanderen', regions: [], sponsor: ref('knowledge-centre') },
    },
    person('2018-01-15', 'coordinator-movement', 'Coördinator beweging'),
    role('2018-01-15', 'operator', 'back-office', 'coordinator-movement', 'movement', 'knowledge-centre'),
    ...coalition('2018-09-03', 'antwerpen', 'Mind the Gap Antwerpen', '11002'),
    ...coalition('2018-10-01', 'leuven', 'A Way Home Leuven', '24062'),
    ...coalition('2018-11-05', 'gent', 'A Way Home Gent', '44021'),
  ],
};
