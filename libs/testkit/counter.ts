import type { EventTypes } from '#event-store';
import {
  nothing,
  projection,
  s,
  type Aggregate,
  type CommandBody,
  type CommandDefinition,
  type Decide,
  type Event,
} from '#kernel';

/** The smallest domain there is, for the engine's own specs. */
export type CounterEvent =
  | Event<'CounterOpened', { readonly limit: number }>
  | Event<'CounterRaised', { readonly by: number; readonly claim?: string }>
  | Event<'CounterClosed'>;
export interface Counter {
  readonly status: 'none' | 'open' | 'closed';
  readonly limit: number;
  readonly total: number;
  /** What it was raised for. */
  readonly claims: readonly string[];
}

export const eventTypes: EventTypes = {
  CounterOpened: { aggregate: 'counter' },
  CounterRaised: { aggregate: 'counter' },
  CounterClosed: { aggregate: 'counter' },
  RecordCorrected: { aggregate: 'counter' },
};

export const counter: Aggregate<Counter, CounterEvent> = {
  name: 'counter',
  initial: { status: 'none', limit: 0, total: 0, claims: [] },
  evolve: (state, event) => {
    switch (event.type) {
      case 'CounterOpened':
        return { status: 'open', limit: event.data.limit, total: 0, claims: [] };
      case 'CounterRaised':
        return {
          ...state,
          total: state.total + event.data.by,
          claims: event.data.claim === undefined ? state.claims : [...state.claims, event.data.claim],
        };
      case 'CounterClosed':
        return { ...state, status: 'closed' };
      default:
        return state;
    }
  },
};

interface Open extends CommandBody {
  readonly limit: number;
  readonly name?: string;
}
interface Raise extends CommandBody {
  readonly by: number;
  /** Another counter whose limit counts as well. */
  readonly within?: string;
  /** Another counter, which is raised by as much first. */
  readonly after?: string;
  /** For what it is raised by another one. */
  readonly claim?: string;
}

const open: Decide<Open, Counter, CounterEvent> = ({ limit }, { status }) =>
  status === 'none' ? { type: 'CounterOpened', data: { limit } } : nothing;

const raise: Decide<Raise, Counter, CounterEvent> = ({ by, within, after, claim }, state, { look, eventId }) => {
  const limit = Math.min(state.limit, within === undefined ? Infinity : look(counter, within).limit);
  if (state.total + by > limit) return { rejected: 'limit-exceeded', params: { limit } };
  if (by === 0 || (claim !== undefined && state.claims.includes(claim))) return nothing;
  const event = { type: 'CounterRaised', data: { by, ...(claim !== undefined && { claim }) } } as const;
  if (after === undefined || look(counter, after).claims.includes(eventId)) return event;
  return { first: { command: 'RaiseCounter', id: after, body: { by, claim: eventId }, key: eventId }, then: event };
};

const close: Decide<CommandBody, Counter, CounterEvent> = (_command, { status }) =>
  status === 'closed' ? nothing : { type: 'CounterClosed', data: {} };

const define = (name: string, decide: unknown, creates = false): CommandDefinition =>
  ({
    name,
    aggregate: counter,
    creates,
    personal: ['name'],
    decide,
    networkOf: () => 'n',
    authorise: (_command: unknown, _state: unknown, { actor }: { actor: { role: string } }) =>
      actor.role === 'stranger' ? { rejected: 'forbidden', params: {} } : { organisation: 'org' },
    timely: () => undefined,
  }) as unknown as CommandDefinition;

export const openCounter = define('OpenCounter', open, true);
export const raiseCounter = define('RaiseCounter', raise);
export const closeCounter = define('CloseCounter', close);

export const totals = projection<{ id: string; limit: number; total: number; raised: number }, CounterEvent>({
  name: 'totals',
  version: 1,
  source: 'counter',
  doc: s.object({ id: s.text(), limit: s.integer(), total: s.integer(), raised: s.integer() }),
  starts: { CounterOpened: ({ stream, data }) => ({ id: stream.id, limit: data.limit, total: 0, raised: 0 }) },
  on: {
    CounterRaised: (doc, { data }) => ({ ...doc, total: doc.total + data.by, raised: doc.raised + 1 }),
  },
  indexes: [['total']],
});
