import { ref } from '../examples.ts';
import { acts, commands, creates } from '../registry.ts';
import {
  AssessMaturity,
  AssessSystemChange,
  ChangeRegions,
  ChangeSeat,
  EndNetwork,
  FoundNetwork,
  IdentifyMissingActor,
  InviteOrganisation,
  JoinNetwork,
  LeaveNetwork,
  LinkParent,
  LogCommunication,
  RenameNetwork,
  ResolveMissingActor,
  SetPolicy,
  TagCohort,
  WatchCondition,
} from './commands.ts';
import {
  assessMaturity,
  assessSystemChange,
  changeRegions,
  changeSeat,
  end,
  found,
  identifyMissingActor,
  invite,
  join,
  leave,
  linkParent,
  logCommunication,
  rename,
  resolveMissingActor,
  setPolicy,
  tagCohort,
  watchCondition,
} from './decide.ts';
import { network, touched } from './state.ts';

export const networkCommands = commands(
  network,
  { collection: 'networks', networkOf: (_command, _network, id) => id, touched },
  {
    create: creates({
      type: FoundNetwork,
      decide: found,
      who: ['operator', 'back-office'],
      scope: ({ parent }) => parent ?? null,
      summary: 'Found a network: the operator any, the back office of a network one below its own.',
      example: { kind: 'coalition', name: 'Mind the Gap Antwerpen', regions: ['11002'] },
    }),
    rename: acts({
      type: RenameNetwork,
      decide: rename,
      who: ['back-office'],
      summary: 'Give the network another name.',
      example: { name: 'Krachtgericht Waas en Dender' },
    }),
    'link-parent': acts({
      type: LinkParent,
      decide: linkParent,
      who: ['back-office'],
      summary: 'Make the network a part of another one, or of none.',
      example: { parent: ref('network') },
    }),
    'set-policy': acts({
      type: SetPolicy,
      decide: setPolicy,
      who: ['back-office'],
      summary: 'Change what the network decides for itself: what is not named stays as it is.',
      example: { minimumPartners: 3, mandates: { action: ref('group') } },
    }),
    'change-regions': acts({
      type: ChangeRegions,
      decide: changeRegions,
      who: ['back-office'],
      summary: 'Say in which municipalities the network works.',
      example: { regions: ['44021', '43005'] },
    }),
    invite: acts({
      type: InviteOrganisation,
      decide: invite,
      who: ['back-office'],
      summary: 'Invite an organisation to join, as an actor who was missing or otherwise.',
      example: { organisation: ref('organisation'), missingActor: 1 },
    }),
    join: acts({
      type: JoinNetwork,
      decide: join,
      who: ['back-office'],
      summary: 'Make an organisation a member, with its sector and its seat.',
      example: { organisation: ref('organisation'), sector: 'housing', seat: 'huisvestingsmaatschappij' },
    }),
    'change-seat': acts({
      type: ChangeSeat,
      decide: changeSeat,
      who: ['back-office'],
      summary: 'Change sector, seat or target-group flag of a member: what is not named stays as it is.',
      example: { organisation: ref('organisation'), representsTargetGroup: true },
    }),
    leave: acts({
      type: LeaveNetwork,
      decide: leave,
      who: ['back-office'],
      summary: 'End the membership of an organisation.',
      example: { organisation: ref('organisation') },
    }),
    'identify-missing-actor': acts({
      type: IdentifyMissingActor,
      decide: identifyMissingActor,
      who: ['back-office'],
      summary: 'Say which actor the network or one of its groups still misses.',
      example: { sector: 'justice', description: 'Iemand van het justitiehuis' },
    }),
    'resolve-missing-actor': acts({
      type: ResolveMissingActor,
      decide: resolveMissingActor,
      who: ['back-office'],
      summary: 'Say that a missing actor is found, or is missed no more.',
      example: { number: 1, organisation: ref('organisation') },
    }),
    'assess-maturity': acts({
      type: AssessMaturity,
      decide: assessMaturity,
      who: ['back-office'],
      summary: 'Record how far the partnership has grown.',
      example: { stage: 'coordinated', findings: 'De partners kennen elkaar en verwijzen door.' },
    }),
    'log-communication': acts({
      type: LogCommunication,
      decide: logCommunication,
      who: ['back-office'],
      summary: 'Record what the network told whom, through which channel.',
      example: { channel: 'flyer', audience: 'Ouders, via de scholen', title: 'De OK-pas', reach: 1_200 },
    }),
    'assess-system-change': acts({
      type: AssessSystemChange,
      decide: assessSystemChange,
      who: ['back-office'],
      summary: 'Record how far the network has moved from one way of working to another.',
      example: {
        code: 'vraaggericht',
        from: 'aanbodgestuurd',
        to: 'vraaggestuurd',
        score: 3,
        evidence: [
          {
            sha256: 'a'.repeat(64),
            mediaType: 'application/pdf',
            class: 'survey',
            title: 'Zelfevaluatie van de stuurgroep',
            heldBy: 'Back-office',
          },
        ],
      },
    }),
    'tag-cohort': acts({
      type: TagCohort,
      decide: tagCohort,
      who: ['back-office'],
      summary: 'Say to which cohorts the network belongs, so that the networks of a cohort can be compared.',
      example: { tags: ['pionier'] },
    }),
    'watch-condition': acts({
      type: WatchCondition,
      decide: watchCondition,
      who: ['process'],
      internal: true,
      summary: 'Watch the sectors that a condition of a grant asks for.',
      example: { grant: ref('grant'), condition: 'C1', sectors: ['mental-health'] },
    }),
    end: acts({ type: EndNetwork, decide: end, who: ['back-office'], summary: 'End the network.', example: {} }),
  },
);

export * from './commands.ts';
export * from './decide.ts';
export type * from './events.ts';
export * from './policy.ts';
export * from './state.ts';
