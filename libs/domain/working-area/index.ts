import { ref } from '../examples.ts';
import { commands, creates } from '../registry.ts';
import { ReserveArea } from './commands.ts';
import { reserve } from './decide.ts';
import { areaId, workingArea } from './state.ts';

/** Areas belong to no network: one grant in each, whoever applies. */
export const workingAreaCommands = commands(
  workingArea,
  { collection: 'areas', networkOf: () => null },
  {
    create: creates({
      type: ReserveArea,
      decide: reserve,
      who: ['process'],
      internal: true,
      idOf: ({ scheme, area }) => areaId(scheme, area),
      summary: 'Reserve a working area of a scheme for a grant.',
      example: {
        scheme: ref('scheme'),
        area: '35013',
        grant: ref('grant'),
        network: ref('network'),
        claim: ref('event'),
        period: { from: '2021-05-01', until: '2024-04-30' },
      },
    }),
  },
);

export * from './commands.ts';
export type * from './events.ts';
export * from './state.ts';
