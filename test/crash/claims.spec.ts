import { openSqliteEventStore } from '#event-store/sqlite';
import type { DocumentEvent, GrantEvent } from '#domain';
import { compose } from '../../apps/composition/compose.ts';
import { openEmbedded } from '../../apps/composition/embedded.ts';
import { inProcess, type Outcome } from '../../apps/seed/driver.ts';
import { allocate, award, spend, supplier, verify } from '../../apps/seed/money.ts';
import { Run } from '../../apps/seed/run.ts';
import { as, atWork, timeline, type PlannedStep, type Step } from '../../apps/seed/scenario.ts';
import { s1 } from '../../apps/seed/scenarios/index.ts';
import { Client } from '../acceptance/client.ts';
import { Server } from './server.ts';

/** `npm run test:crash`: 10 rounds on one directory; in CI three. */
const ROUNDS = Number(process.env['CRASH_CLAIMS'] ?? 10);
/** The claim on another stream is made, what rests on it is not booked. */
const CLAIMED = { FAILPOINT: 'after-prior:1' };
const TODAY = '2021-04-01';
const GROSS = 10_000;

const finance = as('finance', 'finance-antwerpen');
const verifier = as('verifier', 'verifier-antwerpen');

type Claiming =
  | DocumentEvent
  | Extract<GrantEvent, { readonly type: 'ClaimLapsed' | 'ExpenditureRecorded' | 'ExpenditureVerified' }>;
type Written = Claiming & { readonly id: string };

/** A document's claims, one after another as the log has them: what stands of each, and whether it was booked. */
class Claims {
  readonly #standing = new Map<string, { cents: number; booked: boolean }>();
  readonly #lapsed = new Set<string>();
  readonly #of = new Map<string, string>();

  /** Throws when more stands than the document comes to, or when something is booked on a claim that does not stand. */
  take(event: Written): void {
    switch (event.type) {
      case 'DocumentClaimed':
        for (const claim of event.data.releases) this.#standing.delete(claim);
        this.#standing.set(event.data.claim, { cents: event.data.grantCents, booked: false });
        break;
      case 'ClaimLapsed':
        if (this.#standing.get(event.data.claim)?.booked === true) throw new Error('a booked claim was lapsed');
        this.#standing.delete(event.data.claim);
        this.#lapsed.add(event.data.claim);
        break;
      case 'ExpenditureRecorded': {
        const { claim, split } = event.data;
        const claimed = this.#standing.get(claim);
        if (this.#lapsed.has(claim)) throw new Error('booked on a claim that was lapsed');
        if (claimed === undefined || claimed.booked) throw new Error('booked without a claim, or twice');
        if (claimed.cents !== split.grantCents) throw new Error('booked another amount than was claimed');
        this.#standing.set(claim, { ...claimed, booked: true });
        this.#of.set(event.id, claim);
        break;
      }
      case 'ExpenditureVerified':
        this.#standing.set(this.#of.get(event.data.expenditure)!, {
          cents: event.data.split.grantCents,
          booked: true,
        });
    }
    const claimedCents = [...this.#standing.values()].reduce((sum, { cents }) => sum + cents, 0);
    if (claimedCents > GROSS) throw new Error(`${claimedCents} stand of ${GROSS}`);
  }

  /** What stands: `booked` or `open`, in the order in which it was claimed. */
  get standing(): readonly string[] {
    return [...this.#standing.values()].map(({ booked }) => (booked ? 'booked' : 'open'));
  }
}

describe('kill -9 between the claim on a document and the booking in a grant', () => {
  const server = new Server();
  let run: Run;
  let steps = 0;
  const planned = (step: Step): PlannedStep => ({ ...step, key: `crash/${++steps}`, now: atWork(TODAY) });

  beforeAll(async () => {
    const stack = await openEmbedded({ directory: server.directory, onFatal: () => {} });
    const spoor = await compose(stack, 'simulated');
    run = new Run(inProcess(spoor));
    for (const step of timeline([s1])) if (step.on <= TODAY) await run.give(step);
    for (const grant of ['first', 'second']) {
      const what = { network: 'antwerpen', title: grant, funder: 'stad-antwerpen', scheme: 'scheme-stad' };
      const period = { from: '2020-09-01', until: '2022-12-31' };
      await run.give(planned(award(TODAY, finance, grant, { ...what, period, amountCents: 1e8, reference: grant })));
      await run.give(planned(allocate(TODAY, finance, grant, 'wmb', 1e8, 'd1')));
    }
    await spoor.close();
    await stack.close();
  }, 120_000);
  // A server that lives on after a failure would keep the directory.
  afterEach(() => server.kill());
  afterAll(() => server.remove());

  /** Of a document that comes to {@link GROSS}, of which the scheme pays four fifths: there is room for one. */
  const spends = (grant: string, number: string): PlannedStep =>
    planned(
      spend(TODAY, finance, grant, `${grant}-${number}`, {
        action: 'wmb',
        number,
        date: '2021-03-31',
        grossCents: GROSS,
        supplier: supplier('Centrum voor welzijnswerk', '0999.000.228'),
        period: { from: '2020-10-01', until: '2021-03-31' },
      }),
    );

  const start = (failpoint: object = {}) => server.start({ SPOOR_CLOCK: 'simulated', ...failpoint });
  const give = async (step: PlannedStep): Promise<Outcome> => {
    const outcome = await new Client(server.url).give(run.resolve(step));
    if (outcome.kind === 'done') run.remember(step, outcome);
    return outcome;
  };
  /** Given to a server that dies of it before it has answered. */
  const givenInVain = async (...given: readonly PlannedStep[]): Promise<void> => {
    await start(CLAIMED);
    const answers = await Promise.allSettled(given.map(give));
    expect(answers.map(({ status }) => status)).toEqual(given.map(() => 'rejected'));
    await server.exited();
  };
  /** The claims on the document of that number, from the log; what breaks the cap at any moment throws. */
  const claims = async (number: string): Promise<readonly string[]> => {
    const store = await openSqliteEventStore({ directory: server.directory, onFatal: () => {} });
    const claims = new Claims();
    const [known, booked] = [new Set<string>(), new Set<string>()];
    for await (const page of store.readAll())
      for (const stored of page) {
        const event = stored as unknown as Written;
        const { data } = event;
        if ('supporting' in data && data.supporting?.number === number) {
          known.add(data.claim);
          booked.add(event.id);
        }
        if ('claim' in data ? known.has(data.claim) : 'expenditure' in data && booked.has(data.expenditure))
          claims.take(event);
      }
    await store.close();
    return claims.standing;
  };

  const refused = { kind: 'refused', code: 'double-funding' };
  const done = (replayed: boolean) => ({ kind: 'done', replayed });
  const rounds = Array.from({ length: ROUNDS }, (_, round) => round + 1);

  it.each(rounds)(
    'round %i: who comes again with the same key books once',
    async (round) => {
      const [number, one] = [`A${round}`, spends('first', `A${round}`)];
      await givenInVain(one);
      expect(await claims(number)).toEqual(['open']);
      await start();
      expect(await give(one)).toMatchObject(done(false));
      expect(await give(one)).toMatchObject(done(true));
      await server.kill();
      expect(await claims(number)).toEqual(['booked']);
    },
    120_000,
  );

  it.each(rounds)(
    'round %i: the claim of who does not come again is lapsed by who needs its room, also with kills in between',
    async (round) => {
      const number = `B${round}`;
      const [late, other] = [spends('first', number), spends('second', number)];
      await givenInVain(late);
      expect(await claims(number)).toEqual(['open']);
      // Dies after the lapse, and once more after its own claim.
      await givenInVain(other);
      expect(await claims(number)).toEqual([]);
      await givenInVain(other);
      expect(await claims(number)).toEqual(['open']);
      await start();
      expect(await give(other)).toMatchObject(done(false));
      expect(await give(late)).toMatchObject(refused);
      await server.kill();
      expect(await claims(number)).toEqual(['booked']);
      // What the other one got is refused by who verifies it: there is room again, for a claim of its own.
      await start();
      const rejection = { outcome: 'reject', refusals: [{ cents: GROSS, reason: 'Hoort bij de eerste subsidie.' }] };
      await give(planned(verify(TODAY, verifier, 'second', `second-${number}`, rejection)));
      expect(await give(late)).toMatchObject(done(false));
      await server.kill();
      expect(await claims(number)).toEqual(['booked', 'booked']);
    },
    120_000,
  );

  it.each(rounds)(
    'round %i: of two at once, killed and given again at once, one is paid',
    async (round) => {
      const number = `C${round}`;
      const both = [spends('first', number), spends('second', number)];
      await givenInVain(...both);
      await start();
      const outcomes = await Promise.all(both.map(give));
      expect(outcomes.filter(({ kind }) => kind === 'done')).toHaveLength(1);
      expect(outcomes.filter(({ kind }) => kind === 'refused')).toMatchObject([refused]);
      await server.kill();
      expect((await claims(number)).filter((state) => state === 'booked')).toHaveLength(1);
    },
    120_000,
  );
});
