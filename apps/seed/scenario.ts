import { dayStart, sha256, toInstant, type Day, type Instant } from '#kernel';
import type { RejectionCode, Role } from '#domain';

/** Who gives a command: the operator, or a person (by its name in the scenario) in a role. */
export type Acting = 'operator' | { readonly person: string; readonly role: Role };
export const as = (role: Role, person: string): Acting => ({ person, role });

/** What only running makes known: the id of something that an earlier step made, or of its event. */
export class Ref {
  constructor(
    readonly kind: 'thing' | 'event',
    readonly name: string,
  ) {}
}
export const ref = (name: string): Ref => new Ref('thing', name);
export const refs = (names: readonly string[]): readonly Ref[] => names.map(ref);
export const event = (name: string): Ref => new Ref('event', name);

/** One line of `domain.md` §7: date | role | command {data} -> expected. */
export interface Step {
  readonly on: Day;
  readonly as: Acting;
  /** Name of the command's class. */
  readonly command: string;
  /** What later steps call the thing that it makes, or its event. Names are unique over all scenarios. */
  readonly name?: string;
  /** The thing it is about; absent for a create. */
  readonly target?: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** Of a broadening or an adoption: what later steps call the children that the receiving networks get, in the order of its targets. */
  readonly children?: readonly string[];
  /** The refusal to which it leads. */
  readonly refused?: RejectionCode;
  /** Of a refusal: why it is one. */
  readonly why?: string;
}

/** Steps that belong together; scenarios share what they have in common. */
export interface Part {
  readonly name: string;
  readonly steps: readonly Step[];
}

export interface Scenario {
  readonly name: string;
  readonly parts: readonly Part[];
}

export interface PlannedStep extends Step {
  /** Idempotency-Key: the same at each run, so that a run that was broken off goes on. */
  readonly key: string;
  /** When it is given. */
  readonly now: Instant;
}

/** Ten hours into a day in Brussels: neither its start nor its end, so that a date taken for the wrong one of these shows. */
export const atWork = (day: Day): Instant => toInstant(Date.parse(dayStart(day)) + 10 * 3_600_000);

export const KEY_PREFIX = 'demo/';

/** The steps of all scenarios by date, each part once. Steps of one day keep the order of the parts. */
export function timeline(scenarios: readonly Scenario[]): readonly PlannedStep[] {
  const parts = new Set(scenarios.flatMap((scenario) => scenario.parts));
  return [...parts]
    .flatMap(({ name, steps }) =>
      steps.map((step, index) => ({ ...step, key: `${KEY_PREFIX}${name}/${index + 1}`, now: atWork(step.on) })),
    )
    .sort((a, b) => (a.now < b.now ? -1 : Number(a.now > b.now)));
}

/** A document that somebody keeps: its hash stands for it. */
export const document = (title: string, kind: string, heldBy: string) => ({
  sha256: sha256(title),
  mediaType: 'application/pdf',
  class: kind,
  title,
  heldBy,
});
