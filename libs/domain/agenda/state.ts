import type { Aggregate, Recorded } from '#kernel';
import { noted, touches, type Since } from '../order.ts';
import type { AgendaEvent } from './events.ts';

export type Agenda =
  | { readonly status: 'none' }
  | {
      readonly status: 'drafted' | 'adopted';
      readonly network: string;
      /** Of the last adopted version; 0 for none. */
      readonly version: number;
      /** Codes of the objectives of the adopted version. */
      readonly objectives: readonly string[];
      /** Codes of the objectives of the draft. */
      readonly draft: readonly string[];
      /** Every code ever used. */
      readonly used: readonly string[];
      /** Whether anything differs from the adopted version. */
      readonly changed: boolean;
      /** Decisions that have adopted a version. */
      readonly adoptedBy: readonly string[];
      readonly since: Since;
    };

export const agenda: Aggregate<Agenda, AgendaEvent> = { name: 'agenda', initial: { status: 'none' }, evolve };

const objective = ({ code }: { readonly code: string }): readonly string[] => [`objective/${code}`];

export const touched = touches<AgendaEvent>({
  AgendaDrafted: () => ['text'],
  ObjectiveAdded: objective,
  ObjectiveReworded: objective,
  ObjectiveEnded: objective,
  TheoryOfChangeDrafted: () => ['theory'],
  AgendaVersionAdopted: () => ['version'],
});

function evolve(agenda: Agenda, event: Recorded<AgendaEvent>): Agenda {
  const next = after(agenda, event);
  return next.status === 'none' ? next : { ...next, since: noted(next.since, touched(event), event.meta.occurredAt) };
}

function after(agenda: Agenda, event: Recorded<AgendaEvent>): Agenda {
  if (agenda.status === 'none')
    return event.type === 'AgendaDrafted'
      ? {
          status: 'drafted',
          network: event.meta.network ?? '',
          version: 0,
          objectives: [],
          draft: [],
          used: [],
          changed: true,
          adoptedBy: [],
          since: {},
        }
      : agenda;
  switch (event.type) {
    case 'AgendaDrafted':
    case 'ObjectiveReworded':
    case 'TheoryOfChangeDrafted':
      return { ...agenda, changed: true };
    case 'ObjectiveAdded':
      return {
        ...agenda,
        draft: [...agenda.draft, event.data.code],
        used: [...agenda.used, event.data.code],
        changed: true,
      };
    case 'ObjectiveEnded':
      return { ...agenda, draft: agenda.draft.filter((code) => code !== event.data.code), changed: true };
    case 'AgendaVersionAdopted':
      return {
        ...agenda,
        status: 'adopted',
        version: event.data.version,
        objectives: agenda.draft,
        changed: false,
        adoptedBy: [...agenda.adoptedBy, event.data.decision],
      };
    default:
      event satisfies never;
      return agenda;
  }
}
