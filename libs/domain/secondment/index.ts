import { ref } from '../examples.ts';
import { acts, commands, creates } from '../registry.ts';
import { AgreeSecondment, ChangeSecondment, ChargeStaffCost, EndSecondment, ReleaseStaffCost } from './commands.ts';
import { agree, change, charge, end, release } from './decide.ts';
import { secondment, secondmentsOf, touched, type Secondee } from './state.ts';

const NOWHERE = '';

interface About {
  readonly network?: string;
  readonly secondment?: string;
  readonly claim?: string;
}

/** Each secondment and each claim is of a network of its own; what is not there is of one that nobody is in. */
function networkOf({ network, secondment: id = '', claim }: About, secondee: Secondee): string {
  if (network !== undefined) return network;
  if (secondee.status === 'none') return NOWHERE;
  const about = secondee.secondments[id] ?? secondee.charges.find((one) => one.claim === claim);
  return about?.network ?? NOWHERE;
}

export const secondmentCommands = commands(
  secondment,
  { collection: 'secondments', networkOf, touched },
  {
    create: creates({
      type: AgreeSecondment,
      decide: agree,
      who: ['back-office'],
      idOf: ({ secondee }) => secondmentsOf(secondee),
      summary: 'Agree that an organisation seconds a person; the id is that of all secondments of the person.',
      example: {
        network: ref('network'),
        secondee: ref('person'),
        sender: ref('organisation'),
        receiver: ref('network'),
        function: 'Coördinator verbindingsteam',
        fteBp: 10_000,
        from: '2019-01-01',
        until: '2019-12-31',
      },
    }),
    change: acts({
      type: ChangeSecondment,
      decide: change,
      who: ['back-office'],
      summary: 'Change from a day on how much of full time a secondment is, or until when it runs.',
      example: { secondment: ref('event'), from: '2019-07-01', fteBp: 8_000 },
    }),
    end: acts({
      type: EndSecondment,
      decide: end,
      who: ['back-office'],
      summary: 'End a secondment with its last day.',
      example: { secondment: ref('event'), until: '2019-06-30' },
    }),
    charge: creates({
      type: ChargeStaffCost,
      decide: charge,
      who: ['process'],
      internal: true,
      idOf: ({ secondee }) => secondmentsOf(secondee),
      summary: 'Claim a share of the salary cost of a person for a grant, over all grants at most the whole.',
      example: {
        network: ref('network'),
        secondee: ref('person'),
        claim: ref('event'),
        grant: ref('grant'),
        from: '2019-01-01',
        until: '2019-12-31',
        shareBp: 8_000,
      },
    }),
    release: acts({
      type: ReleaseStaffCost,
      decide: release,
      who: ['process'],
      internal: true,
      summary: 'Release a claim on the salary cost of a person that its grant has lapsed.',
      example: { claim: ref('event') },
    }),
  },
);

export * from './commands.ts';
export type * from './events.ts';
export * from './state.ts';
