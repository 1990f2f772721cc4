import {
  fold,
  isPrior,
  isRejected,
  nothing,
  uuidv5,
  type Aggregate,
  type Decide,
  type DecisionContext,
  type Event,
  type Meta,
  type Position,
  type PriorCommand,
  type Recorded,
} from '#kernel';

type Status = { readonly status: string };
/** An event as a test says it: type, data, and only the metadata that matters. */
export type Fact<E extends Event = Event> = E & { readonly id?: string; readonly meta?: Partial<Meta> };
/** What another stream holds. */
interface Elsewhere {
  readonly aggregate: Aggregate;
  readonly id: string;
  readonly events: readonly Fact[];
}

export const AN = uuidv5('testkit', 'an');
export const NETWORK = uuidv5('testkit', 'network');
const NOW = '2020-06-10T10:00:00.000Z';

/** The facts of another stream, which the decision may look at. */
export const elsewhere = <S extends Status, E extends Event>(
  aggregate: Aggregate<S, E>,
  id: string,
  ...events: readonly Fact<E>[]
): Elsewhere => ({ aggregate: aggregate, id, events });

/** Given these facts of the stream (and of others), when a command is decided, then … */
export function given<S extends Status, E extends Event>(
  aggregate: Aggregate<S, E>,
  ...facts: readonly (Fact<E> | Elsewhere)[]
): Given<S, E> {
  const others = facts.filter((fact): fact is Elsewhere => 'aggregate' in fact);
  const own = facts.filter((fact): fact is Fact<E> => !('aggregate' in fact));
  const id = uuidv5('testkit', 'own', aggregate.name);
  const state = fold(aggregate, record(aggregate.name, id, own));
  return {
    state,
    when: (decide, command, context = {}) => {
      const outcome = decide(command, state, {
        id,
        eventId: uuidv5('testkit', 'event'),
        occurredAt: context.now ?? NOW,
        now: NOW,
        actor: { subject: AN, role: 'back-office' },
        look: ((looked: Aggregate, other: string) => {
          const there = others.find((one) => one.aggregate.name === looked.name && one.id === other);
          return there === undefined ? looked.initial : fold(looked, record(looked.name, other, there.events));
        }) as DecisionContext['look'],
        ...context,
      });
      return {
        then: (event) => expect(outcome).toEqual(event),
        thenFirst: (command, event) => {
          if (!isPrior(outcome)) throw new Error(`nothing comes first: ${JSON.stringify(outcome)}`);
          expect(outcome.first).toMatchObject(command);
          if (event !== undefined) expect(outcome.then).toEqual(event);
        },
        thenNothing: () => expect(outcome).toBe(nothing),
        rejects: (code, params) => {
          if (!isRejected(outcome)) throw new Error(`not refused: ${JSON.stringify(outcome)}`);
          expect(outcome.rejected).toBe(code);
          if (params !== undefined) expect(outcome.params).toEqual(params);
        },
      };
    },
  };
}

interface Given<S, E extends Event> {
  readonly state: S;
  when<C, Code extends string>(
    decide: Decide<C, S, E, Code>,
    command: C,
    context?: Partial<DecisionContext>,
  ): {
    then(event: object): void;
    /** This must come before; then the event. */
    thenFirst(command: Partial<PriorCommand>, event?: object): void;
    thenNothing(): void;
    rejects(code: Code, params?: object): void;
  };
}

/** Events as the log would hold them. */
export const record = <E extends Event>(
  aggregate: string,
  id: string,
  facts: readonly Fact<E>[],
): readonly Recorded<E>[] =>
  facts.map((fact, revision) => ({
    ...fact,
    id: fact.id ?? uuidv5('testkit', aggregate, id, String(revision)),
    stream: { aggregate, id },
    revision,
    position: String(revision).padStart(16, '0') as Position,
    meta: {
      schema: 1,
      network: NETWORK,
      occurredAt: '2020-01-01T00:00:00.000Z',
      recordedAt: '2020-01-01T00:00:00.000Z',
      actor: { subject: AN, role: 'back-office' },
      commandId: uuidv5('testkit', 'command', id, String(revision)),
      commandHash: '',
      correlationId: '',
      causationId: '',
      basis: [],
      $audit: { salt: '' },
      ...fact.meta,
    },
  }));
