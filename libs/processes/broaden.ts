import type { Process, ProcessCommand, Recorded, Rejected } from '#kernel';
import type { ActionEvent, BroadeningTarget, NoteBroadeningRefused, ProposeBroadened } from '#domain/action';

type Broadened = Recorded<Extract<ActionEvent, { readonly type: 'ActionBroadened' }>>;

/** BRD-2: what is broadened becomes one proposal in each receiving network; what one cannot take is noted on the parent. */
export const broaden: Process = {
  name: 'broaden',
  reacts: (event) => {
    if (event.type !== 'ActionBroadened') return [];
    const broadened = event as Broadened;
    return broadened.data.targets.map((target, index) => ({
      ...propose(broadened, target),
      refused: (rejection) => note(broadened, index, target.network, rejection),
    }));
  },
};

/** BRD-3: the child knows where it comes from. It gets the plan without its dates, and no money (BRD-5). */
function propose({ stream, data, meta }: Broadened, target: BroadeningTarget): ProcessCommand {
  const { network, regions, partners, adaptations, leadHint } = target;
  const { title, intendedChange, horizon, planVersion, evaluation, kind, generation, root, carried } = data;
  const { practice, practiceVersion } = data;
  const body: ProposeBroadened = {
    network,
    title,
    targetGroup: target.targetGroup ?? data.targetGroup,
    regions,
    intendedChange,
    horizon,
    plan: { text: data.plan.text },
    kind: data.actionKind,
    partners,
    derivedFrom: {
      action: stream.id,
      network: meta.network ?? '',
      root,
      planVersion,
      evaluation,
      kind,
      generation,
      ...(adaptations !== undefined && { adaptations }),
      ...(leadHint !== undefined && { leadHint }),
      ...(practice !== undefined && { practice }),
      ...(practiceVersion !== undefined && { practiceVersion }),
      carried,
    },
  };
  return { command: 'ProposeBroadened', body };
}

function note({ id, stream }: Broadened, target: number, network: string, { rejected }: Rejected): ProcessCommand {
  const body: NoteBroadeningRefused = { broadening: id, target, network, code: rejected };
  return { command: 'NoteBroadeningRefused', id: stream.id, body };
}
