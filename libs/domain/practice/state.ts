import type { Aggregate, Recorded } from '#kernel';
import { noted, touches, type Since } from '../order.ts';
import type { Description, PracticeEvent } from './events.ts';

export type Practice =
  | { readonly status: 'none' }
  | {
      readonly status: 'published' | 'withdrawn';
      readonly network: string;
      readonly action: string;
      readonly version: number;
      readonly description: Description;
      readonly since: Since;
    };

export const practice: Aggregate<Practice, PracticeEvent> = { name: 'practice', initial: { status: 'none' }, evolve };

const status = (): readonly string[] => ['status'];

export const touched = touches<PracticeEvent>({
  PracticePublished: status,
  PracticeRevised: status,
  PracticeWithdrawn: status,
  // Of the version there is by then; what one network adopts is not before or after what another does.
  PracticeAdopted: ({ network }) => [`status/${network}`],
});

function evolve(practice: Practice, event: Recorded<PracticeEvent>): Practice {
  const next = after(practice, event);
  return next.status === 'none' ? next : { ...next, since: noted(next.since, touched(event), event.meta.occurredAt) };
}

function after(practice: Practice, event: Recorded<PracticeEvent>): Practice {
  if (event.type === 'PracticePublished') {
    const { version, action, ...description } = event.data;
    return { status: 'published', network: event.meta.network ?? '', action, version, description, since: {} };
  }
  if (practice.status === 'none') return practice;
  switch (event.type) {
    case 'PracticeRevised': {
      const { version, ...description } = event.data;
      return { ...practice, version, description };
    }
    case 'PracticeWithdrawn':
      return { ...practice, status: 'withdrawn' };
    case 'PracticeAdopted':
    case 'PracticeAdoptionRefused':
      return practice;
    default:
      event satisfies never;
      return practice;
  }
}
