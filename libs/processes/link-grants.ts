import type { Process, ProcessCommand, Recorded } from '#kernel';
import type { GrantEvent } from '#domain/grant';

/** Money reaches the history of the action to which it goes. */
export const linkGrants: Process = {
  name: 'link-grants',
  reacts: (event) => {
    const action = receiving(event as Recorded<GrantEvent>);
    if (action === undefined) return [];
    const link: ProcessCommand = { command: 'LinkGrant', id: action, body: { grant: event.stream.id } as object };
    return [link];
  },
};

function receiving(event: Recorded<GrantEvent>): string | undefined {
  if (event.type === 'Allocated' || event.type === 'CommitmentCarried') return event.data.action;
  return event.type === 'Transferred' ? event.data.to.action : undefined;
}
