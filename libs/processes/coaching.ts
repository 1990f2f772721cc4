import type { Process, ProcessCommand, Recorded } from '#kernel';
import type { CoachingEvent } from '#domain/coaching';

/** Who coaches a network holds the role of coach in it as long as the engagement runs, and no day longer. */
export const coaching: Process = {
  name: 'coaching',
  reacts: (event) => {
    const { type, data, meta } = event as Recorded<CoachingEvent>;
    const network = meta.network ?? '';
    if (type === 'EngagementStarted') return giveEach(data.coaches, network, data);
    if (type === 'EngagementCoachesChanged')
      return [...giveEach(data.joined, network, data), ...revokeEach(data.left, network)];
    return type === 'EngagementEnded' ? revokeEach(data.coaches, network) : [];
  },
};

interface Engagement {
  readonly organisations: readonly string[];
  readonly plannedUntil?: string;
}

function giveEach(coaches: readonly string[], network: string, engagement: Engagement): readonly ProcessCommand[] {
  const { organisations, plannedUntil } = engagement;
  const [organisation, ...others] = organisations;
  const given = {
    network,
    // Of several it is not said for which one a person coaches.
    ...(organisation !== undefined && others.length === 0 && { organisation }),
    ...(plannedUntil !== undefined && { until: plannedUntil }),
  };
  return coaches.map((coach) => give(coach, given));
}

interface Given {
  readonly network: string;
  readonly organisation?: string;
  readonly until?: string;
  readonly occurredAt?: string;
}

/** Who was registered after the engagement began is its coach from then on; who is its coach already stays so. */
const give = (id: string, given: Given): ProcessCommand => ({
  command: 'GiveRole',
  id,
  body: { role: 'coach', ...given } as object,
  refused: ({ rejected, params }) =>
    rejected === 'out-of-order' && given.occurredAt === undefined
      ? give(id, { ...given, occurredAt: params['notBefore'] as string })
      : undefined,
});

const revokeEach = (coaches: readonly string[], network: string): readonly ProcessCommand[] =>
  coaches.map((id) => ({ command: 'RevokeRole', id, body: { role: 'coach', network } as object }));
