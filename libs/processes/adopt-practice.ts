import type { Process, ProcessCommand, Recorded, Rejected } from '#kernel';
import type { ProposeBroadened } from '#domain/action';
import type { NotePracticeAdoptionRefused, PracticeEvent } from '#domain/practice';

type Adopted = Recorded<Extract<PracticeEvent, { readonly type: 'PracticeAdopted' }>>;

/** A practice that a network adopts becomes a proposal there (BRD-2); what it cannot take is noted on the practice. */
export const adoptPractice: Process = {
  name: 'adopt-practice',
  reacts: (event) =>
    event.type === 'PracticeAdopted'
      ? [{ ...propose(event as Adopted), refused: (rejection) => note(event as Adopted, rejection) }]
      : [],
};

/** BRD-3: the child knows the practice, its version and the action it was published from. No dates and no money come along. */
function propose({ stream, data }: Adopted): ProcessCommand {
  const { network, title, targetGroup, regions, intendedChange, horizon, plan, actionKind, partners } = data;
  const { action, actionNetwork, root, planVersion, evaluation, generation, adaptations, leadHint, carried } = data;
  const body: ProposeBroadened = {
    network,
    title,
    targetGroup,
    regions,
    intendedChange,
    horizon,
    plan: { text: plan.text },
    kind: actionKind,
    partners,
    derivedFrom: {
      action,
      network: actionNetwork,
      root,
      planVersion,
      evaluation,
      kind: 'network',
      generation,
      adaptations,
      ...(leadHint !== undefined && { leadHint }),
      practice: stream.id,
      practiceVersion: data.practiceVersion,
      carried,
    },
  };
  return { command: 'ProposeBroadened', body };
}

function note({ id, stream, data }: Adopted, { rejected }: Rejected): ProcessCommand {
  const body: NotePracticeAdoptionRefused = { adoption: id, network: data.network, code: rejected };
  return { command: 'NotePracticeAdoptionRefused', id: stream.id, body };
}
