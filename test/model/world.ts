import { codec, StoreError, type EventStore } from '#event-store';
import { memoryEventStore } from '#event-store/memory';
import { CommandRunner, simulatedClock, type CommandResult } from '#engine';
import { addDays, plain, streamName, uuidv5, type CommandBody, type Day, type Instant, type Recorded } from '#kernel';
import { allCommands, eventTypes, type CommandEntry } from '#domain';
import { grant as grantAggregate, type GrantEvent } from '#domain/grant';
import { memorySubjects } from '#privacy';
import { actionProposed, decided, record, type Fact } from '#testkit';
import { AWARDED, DECIDED, FOUNDED, LATE, PERIOD, type Said, type Terms } from './said.ts';

/* The real thing under a history: the command runner on a log in memory, with all that grants need around them. */

export const day = (number: number): Day => addDays('2021-07-01', number);
const noon = (number: number): Instant => `${day(number)}T12:00:00.000Z`;

const idOf = (...names: readonly (string | number)[]): string => uuidv5('model', ...names.map(String));
const NETWORKS = [idOf('network', 0), idOf('network', 1)];
const PERSONS = { finance: idOf('finance'), verifier: idOf('verifier'), funder: idOf('funder') };
const SECONDEES = [idOf('secondee', 0), idOf('secondee', 1)];
const FUNDER = idOf('funding organisation');
const PARTNERS = [idOf('partner', 0), idOf('partner', 1)];
const ACTIONS = [0, 1, 2].map((action) => NETWORKS.map((_, network) => idOf('action', action, network)));
const decisionOf = (network: number, agreed: boolean) => idOf('decision', network, String(agreed));

const actionId = (action: number, network: number): string => ACTIONS[action]?.[network] ?? ACTIONS[0]![1 - network]!;

const definition = (name: string): CommandEntry => allCommands.find((one) => one.name === name)!;
const FUNDERS = /^(Withhold|Accept|Reject|Waive|Breach|RaiseRec|Terminate)/;

export interface World {
  /** Of each grant. */
  readonly ids: readonly string[];
  /** Carries out a command; `killed`: the process ends when the grant's own event is to be written. */
  give(said: Said, killed?: boolean): Promise<CommandResult>;
  /** What became of an action, recorded as it is. */
  turn(
    action: number,
    type: 'ActionStarted' | 'ActionSuspended' | 'ActionResumed' | 'ActionClosed',
    now: number,
  ): Promise<void>;
  /** The events of a grant from a revision on. */
  events(grant: number, from: number): Promise<readonly Recorded<GrantEvent>[]>;
  /** The key by which a history names what an event brought about. */
  readonly names: ReadonlyMap<string, string>;
}

export async function begin(
  terms: readonly Terms[],
  actions: readonly { readonly approved: number; readonly ran: readonly (readonly [number, number])[] }[],
): Promise<World> {
  const memory = memoryEventStore();
  let dying = false;
  const store = {
    capabilities: memory.capabilities,
    readStream: (...asked) => memory.readStream(...asked),
    append: async (stream, ...rest) => {
      if (dying && stream.startsWith('grant-')) throw new StoreError('store-unavailable', 'killed');
      return memory.append(stream, ...rest);
    },
  } as EventStore;
  const clock = simulatedClock(noon(FOUNDED));
  const runner = new CommandRunner(store, codec(eventTypes), memorySubjects(), clock, allCommands);
  const revisions = new Map<string, number>();

  const told = async (aggregate: string, id: string, network: number | null, at: number, ...facts: readonly Fact[]) => {
    for (const fact of facts) {
      const stream = streamName({ aggregate, id });
      const revision = revisions.get(stream) ?? -1;
      const meta = {
        network: network === null ? null : NETWORKS[network]!,
        occurredAt: noon(at),
        recordedAt: noon(at),
        ...fact.meta,
      };
      const [event] = record(aggregate, id, [{ ...fact, meta: { ...meta, commandId: idOf(stream, revision + 1) } }]);
      await memory.append(
        stream,
        [
          {
            id: idOf('event', stream, revision + 1),
            type: fact.type,
            data: plain(fact.data) as never,
            meta: plain(event!.meta) as never,
          },
        ],
        { expected: revision < 0 ? 'no_stream' : BigInt(revision) } as never,
      );
      revisions.set(stream, revision + 1);
    }
  };
  const organisation = (id: string, name: string) =>
    told('organisation', id, null, FOUNDED, {
      type: 'OrganisationRegistered',
      data: { name, sector: 'welfare', units: [], enterpriseNumber: null, umbrellaOf: [] },
    });
  const person = (id: string, ...roles: readonly object[]) =>
    told(
      'person',
      id,
      null,
      FOUNDED,
      { type: 'PersonRegistered', data: {} },
      ...roles.map((data) => ({ type: 'RoleGiven', data })),
    );
  const everywhere = (role: string, more: object = {}) => NETWORKS.map((network) => ({ role, network, ...more }));

  await organisation(FUNDER, 'Stad');
  for (const id of PARTNERS) await organisation(id, 'Partner');
  await person(PERSONS.finance, ...everywhere('finance'), ...everywhere('verifier'));
  await person(PERSONS.verifier, ...everywhere('verifier'));
  await person(PERSONS.funder, ...everywhere('funder', { organisation: FUNDER }));
  for (const id of SECONDEES) await person(id);
  const ids: string[] = [];
  for (const [network, networkId] of NETWORKS.entries()) {
    await told(
      'network',
      networkId,
      network,
      FOUNDED,
      { type: 'NetworkFounded', data: { kind: 'coalition', name: 'Coalitie', regions: [], parent: null } },
      { type: 'PolicySet', data: { policy: { backDatingDays: LATE } } },
    );
    for (const [action, { approved, ran }] of actions.entries()) {
      const id = ACTIONS[action]![network]!;
      await told('action', id, network, FOUNDED, actionProposed());
      await told('action', id, network, approved, {
        type: 'ActionApproved',
        data: { decision: idOf('approval', action) },
      });
      if (ran[0] !== undefined) await told('action', id, network, ran[0][0], { type: 'ActionStarted', data: {} });
    }
    const scheme = idOf('scheme', network);
    await told('scheme', scheme, null, FOUNDED, {
      type: 'SchemeDefined',
      data: { name: 'Schema', funder: null, terms: schemeOf(terms[network]!) },
    });
    clock.advance(noon(AWARDED));
    const result = await runner.run({
      definition: definition('AwardGrant'),
      body: awardOf(terms[network]!, NETWORKS[network]!, scheme),
      actor: { subject: PERSONS.finance, role: 'finance' },
      key: `award ${network}`,
      ifMatch: '*',
    });
    if (result.kind !== 'done') throw new Error(JSON.stringify(result));
    ids.push(result.receipt.id);
    for (const agreed of [true, false])
      await told('decision', decisionOf(network, agreed), network, DECIDED, {
        ...decided(day(DECIDED), {
          subjects: [{ kind: 'grant', id: ids[network]! }],
          outcome: agreed ? 'approve' : 'decline',
        }),
        meta: {},
      });
  }

  const names = new Map([
    ...ACTIONS.flatMap((of, action) => of.map((id) => [id, String(action)] as const)),
    ...PARTNERS.map((id, partner) => [id, String(partner)] as const),
  ]);
  const events = new Map<string, string>();
  const idOfEvent = (key: string): string => events.get(key) ?? idOf('unknown', key);
  return {
    ids,
    names,
    give: async (said, killed = false) => {
      clock.advance(noon(said.now));
      const role = said.kind === 'VerifyExpenditure' ? 'verifier' : FUNDERS.test(said.kind) ? 'funder' : 'finance';
      const subject = said.kind === 'VerifyExpenditure' && said.by === 'finance' ? PERSONS.finance : PERSONS[role];
      dying = killed;
      const result = await runner.run({
        definition: definition(said.kind),
        id: ids[said.grant]!,
        body: {
          ...bodyOf(said, idOfEvent),
          ...(said.at === said.now && !said.asDate ? {} : { occurredAt: said.asDate ? day(said.at) : noon(said.at) }),
        },
        actor: { subject, role },
        key: said.key,
        ifMatch: '*',
      });
      dying = false;
      if (result.kind === 'done' && result.receipt.event !== null) {
        names.set(result.receipt.event.id, said.key);
        events.set(said.key, result.receipt.event.id);
      }
      return result;
    },
    turn: async (action, type, now) => {
      const data = {
        ActionStarted: {},
        ActionSuspended: { code: 'other' },
        ActionResumed: {},
        ActionClosed: { outcome: 'achieved', learnings: [] },
      }[type];
      for (const [network, id] of ACTIONS[action]!.entries()) await told('action', id, network, now, { type, data });
    },
    events: (grant, from) =>
      runner.streams.events(grantAggregate.name, ids[grant]!, from) as Promise<readonly Recorded<GrantEvent>[]>,
  };
}

const rate = ([num, den]: readonly [number, number]) => ({ num, den });

const schemeOf = ({ rate: share, flat, unit, reusable, categories, cureDays, recoveryDays }: Terms) => ({
  validFrom: day(FOUNDED),
  legalBasis: 'Demoregel',
  isDemoRule: true,
  maxPublicShare: rate(share),
  categories,
  simplifiedCosts: [
    { code: 'flat', method: 'flat-rate', rate: rate(flat), basis: 'Demoregel' },
    { code: 'unit', method: 'unit-cost', amountCents: unit, basis: 'Demoregel' },
  ],
  instalments: [],
  correctionsReusable: reusable,
  carryOver: false,
  oneGrantPerArea: false,
  reportDays: 90,
  cureDays,
  recoveryDays,
  lapseWarningDays: 120,
  retention: { anchor: 'closure', years: 7 },
});

const period = { from: day(PERIOD.from), until: day(PERIOD.until) };
const funderDecision = { reference: 'B/1', date: day(FOUNDED) };

const awardOf = ({ award, instalments }: Terms, network: string, scheme: string) =>
  ({
    network,
    title: 'Subsidie',
    funder: FUNDER,
    scheme,
    amountCents: award,
    period,
    funderDecision,
    conditions: ['C1', 'C2'].map((code) => ({ code, text: 'Voorwaarde' })),
    instalments: Object.entries(instalments).map(([code, { due, requires }]) => ({
      code,
      requires,
      ...(typeof due === 'number' ? { amountCents: due } : due === null ? {} : { share: rate(due) }),
    })),
  }) as CommandBody;

const supplier = { name: 'Leverancier', enterpriseNumber: null };
const reason = { text: { nl: 'Daarom' } };
const sha256 = 'a'.repeat(64);

function bodyOf(said: Said, idOfEvent: (key: string) => string): object {
  const { kind, grant, cents, commitment, expenditure, condition, instalment, split, staff } = said;
  const purpose = { action: actionId(said.action, grant), category: said.category };
  const decisionRef = decisionOf(grant, said.agreed);
  const order = { commitment: idOfEvent(commitment ?? '') };
  const cost = { expenditure: idOfEvent(expenditure) };
  const during = { period: { from: day(said.from), until: day(said.until) } };
  const paid = { amountCents: cents, bankReference: 'REF' };
  const bodies: Readonly<Record<string, object>> = {
    AmendAward: { deltaCents: cents, funderDecision },
    Allocate: { ...purpose, amountCents: cents, decisionRef },
    Deallocate: { ...purpose, amountCents: cents, decisionRef },
    Transfer: {
      from: purpose,
      to: { action: actionId(said.to, grant), category: said.toCategory },
      amountCents: cents,
      decisionRef,
    },
    Commit: { ...purpose, amountCents: cents, title: 'Bestelling', supplier },
    AmendCommitment: { ...order, deltaCents: cents },
    ReleaseCommitment: { ...order, ...(cents > 0 && { amountCents: cents }) },
    CarryCommitment: { ...order, to: actionId(said.to, grant), decisionRef },
    RecordExpenditure: {
      ...(commitment === null ? purpose : order),
      ...during,
      document: { supplier, number: `F-${said.document}`, date: day(FOUNDED), grossCents: said.gross, sha256 },
      eligibleCents: said.eligible,
      valuation: 'Marktprijs',
      ...(split !== null && {
        split: {
          grantCents: split.grant,
          ownCents: split.own,
          otherGrantCents: split.other,
          solidarityCents: split.solidarity,
          inKindCents: split.inKind,
        },
      }),
      ...(staff !== null && { staff: { secondee: SECONDEES[staff.secondee]!, shareBp: staff.bp } }),
    },
    RecordSimplifiedCost: {
      ...purpose,
      ...during,
      method: said.base.length > 0 ? 'flat' : 'unit',
      ...(said.base.length > 0 ? { base: said.base.map(idOfEvent) } : { quantity: said.units }),
    },
    VerifyExpenditure: {
      ...cost,
      outcome: said.outcome,
      ...(said.outcome === 'partly' && { eligibleCents: said.eligible }),
      refusals: said.refused > 0 ? [{ cents: said.refused, reason: 'Niet aangetoond' }] : [],
    },
    CorrectExpenditure: { ...cost, amountCents: cents, ground: 'Vaststelling' },
    PlanInstalment: { instalment: { code: instalment, amountCents: cents } },
    ReceiveInstalment: { instalment, bankReference: 'REF', ...(cents > 0 && { amountCents: cents }) },
    ReceiveBalance: paid,
    PayPartner: { ...paid, organisation: PARTNERS[said.partner]! },
    TakeBackFromPartner: { ...paid, organisation: PARTNERS[said.partner]! },
    RaiseRecovery: { amountCents: cents, ground: 'Voorwaarde verbroken' },
    RepayFunder: paid,
    SubmitReport: { kind: 'final', period },
  };
  return (
    bodies[kind] ??
    (kind.endsWith('Condition')
      ? { condition, reason }
      : kind.endsWith('Instalment')
        ? { instalment, reason }
        : { reason })
  );
}
