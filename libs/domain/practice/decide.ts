import { canonical, isRejected, nothing, plain } from '#kernel';
import { action as actionAggregate, type Known } from '../action/state.ts';
import { LANGUAGES, type Localized } from '../codes.ts';
import { network as networkAggregate } from '../network/state.ts';
import { organisation } from '../organisation/state.ts';
import { reject, unknown, type Decide, type Rejection } from '../rejections.ts';
import type {
  AdoptPractice,
  NotePracticeAdoptionRefused,
  PublishPractice,
  RevisePractice,
  WithdrawPractice,
} from './commands.ts';
import type { Description, PracticeEvent } from './events.ts';
import type { Practice } from './state.ts';

type Decider<C> = Decide<C, Practice, PracticeEvent>;
const wrongState = ({ status }: Practice) => reject('invalid-state', { status });

/** BRD-1 holds for what is shown as an example too: the latest evaluation of the action says that it works. */
export const publish: Decider<PublishPractice> = (command, practice, { look }) => {
  if (practice.status !== 'none') return nothing;
  const { network, action: id, title, method, context, conditions = null } = command;
  if (look(networkAggregate, network).status !== 'running') return unknown('network', network);
  const source = look(actionAggregate, id);
  if (source.status === 'none' || source.network !== network) return unknown('action', id);
  const proof = proofOf(source, command.evaluation);
  if (isRejected(proof)) return proof;
  return {
    type: 'PracticePublished',
    data: { version: 1, action: id, title, method, context, conditions, ...proof },
  };
};

/** Words may change whatever was found since; another evaluation must say that it works. */
export const revise: Decider<RevisePractice> = (command, practice, { look }) => {
  if (practice.status !== 'published') return wrongState(practice);
  const { description, version } = practice;
  const source = look(actionAggregate, practice.action);
  if (source.status === 'none') return unknown('action', practice.action);
  const proof = command.evaluation === undefined ? undefined : proofOf(source, command.evaluation);
  if (isRejected(proof)) return proof;
  const {
    title = description.title,
    method = description.method,
    context = description.context,
    conditions = description.conditions,
  } = command;
  const revised: Description = { ...description, title, method, context, conditions, ...proof };
  return canonical(plain(revised)) === canonical(plain(description))
    ? reject('nothing-changed')
    : { type: 'PracticeRevised', data: { version: version + 1, ...revised } };
};

export const withdraw: Decider<WithdrawPractice> = ({ reason }, practice) => {
  if (practice.status === 'withdrawn') return nothing;
  if (practice.status === 'none') return wrongState(practice);
  return reason === undefined ? reject('reason-required') : { type: 'PracticeWithdrawn', data: {} };
};

/** A18: the receiving network's own back office takes it over; a process makes it a proposal there (BRD-2, BRD-3). */
export const adopt: Decider<AdoptPractice> = (command, practice, { look }) => {
  if (practice.status !== 'published') return wrongState(practice);
  const { network, adaptations, regions, partners = [], leadHint } = command;
  if (look(networkAggregate, network).status !== 'running') return unknown('network', network);
  const stranger = partners.find((partner) => look(organisation, partner.organisation).status !== 'active');
  if (stranger !== undefined) return unknown('partners', stranger.organisation);
  const source = look(actionAggregate, practice.action);
  if (source.status === 'none') return unknown('action', practice.action);
  const { content, kind, planVersion, derivedFrom } = source;
  const { description, version } = practice;
  return {
    type: 'PracticeAdopted',
    data: {
      network,
      practiceVersion: version,
      adaptations,
      regions,
      partners,
      ...(leadHint !== undefined && { leadHint }),
      action: practice.action,
      actionNetwork: practice.network,
      actionKind: kind,
      root: derivedFrom?.root ?? practice.action,
      generation: (derivedFrom?.generation ?? 0) + 1,
      planVersion,
      evaluation: description.evaluation,
      title: description.title,
      targetGroup: command.targetGroup ?? content.targetGroup,
      intendedChange: content.intendedChange,
      horizon: content.horizon,
      plan: content.plan,
      carried: { method: inOneLanguage(description.method), indicators: [], learnings: [] },
    },
  };
};

export const noteAdoptionRefused: Decider<NotePracticeAdoptionRefused> = ({ adoption, network, code }, practice) =>
  practice.status === 'none'
    ? wrongState(practice)
    : { type: 'PracticeAdoptionRefused', data: { adoption, network, code } };

/** The evaluation that says that it works: the latest one, for a former one was overtaken. */
function proofOf(
  { evaluation: last, learnings }: Known,
  id: string,
): Pick<Description, 'evaluation' | 'tags'> | Rejection {
  if (last === undefined) return reject('no-evaluation');
  if (last.id !== id) return reject('basis-unknown', { kind: 'evaluation', ref: id });
  if (last.verdict !== 'works') return reject('verdict-not-works', { verdict: last.verdict });
  const working = learnings.filter(({ event, polarity }) => event === id && polarity === 'works');
  return { evaluation: id, tags: [...new Set(working.map(({ tag }) => tag))] };
}

const inOneLanguage = (text: Localized): string =>
  LANGUAGES.map((tag) => text[tag]).find((said) => said !== undefined) ?? '';
