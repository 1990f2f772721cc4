import { ref } from '../examples.ts';
import { acts, commands, creates } from '../registry.ts';
import {
  ApproveAgreement,
  DraftAgreement,
  EnterAgreementIntoForce,
  LapseAgreementClaim,
  RefuseAgreement,
  SignAgreement,
  SubmitAgreement,
  TerminateAgreement,
} from './commands.ts';
import { approve, draft, enterIntoForce, lapse, refuse, sign, submit, terminate } from './decide.ts';
import { agreement } from './state.ts';

const reason = { text: { nl: 'De stad trekt zich terug.' } };

export const agreementCommands = commands(
  agreement,
  {
    collection: 'agreements',
    networkOf: ({ network }, agreement) => (agreement.status === 'none' ? (network ?? null) : agreement.network),
  },
  {
    create: creates({
      type: DraftAgreement,
      decide: draft,
      who: ['back-office'],
      summary: 'Draft an agreement; its period overlaps no other one of the network under the same scheme.',
      example: {
        network: ref('network'),
        kind: 'scheme-period',
        title: 'Afsprakennota 2014-2019',
        period: { from: '2014-01-01', until: '2019-12-31' },
        parties: [ref('organisation')],
        scheme: ref('scheme'),
      },
    }),
    sign: acts({
      type: SignAgreement,
      decide: sign,
      who: ['back-office'],
      summary: 'Record that an organisation signed; who was no party joins by signing.',
      example: { organisation: ref('organisation') },
    }),
    submit: acts({
      type: SubmitAgreement,
      decide: submit,
      who: ['back-office'],
      summary: 'Record that the drafted agreement was handed in for approval.',
      example: {},
    }),
    approve: acts({
      type: ApproveAgreement,
      decide: approve,
      who: ['back-office'],
      summary: 'Record that the submitted agreement was approved.',
      example: {},
    }),
    refuse: acts({
      type: RefuseAgreement,
      decide: refuse,
      who: ['back-office'],
      summary: 'Record that the submitted agreement was refused, with the reason.',
      example: { reason },
    }),
    'enter-into-force': acts({
      type: EnterAgreementIntoForce,
      decide: enterIntoForce,
      who: ['back-office'],
      summary: 'Let the signed agreement hold; a period under a scheme must be approved first.',
      example: {},
    }),
    terminate: acts({
      type: TerminateAgreement,
      decide: terminate,
      who: ['back-office'],
      summary: 'End an agreement in force before its time, with the reason.',
      example: { reason },
    }),
    'lapse-claim': creates({
      type: LapseAgreementClaim,
      decide: lapse,
      who: ['process'],
      internal: true,
      idOf: ({ agreement }) => agreement,
      summary: 'Let a claim lapse that never led to a draft.',
      example: { agreement: ref('agreement'), network: ref('network'), claim: ref('event') },
    }),
  },
);

export * from './commands.ts';
export type * from './events.ts';
export * from './state.ts';
