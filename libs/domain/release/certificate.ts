/** Cells that together come to 0, whatever is moved. */
export type Equation = readonly { readonly cell: string; readonly sign: 1 | -1 }[];

/** What may be moved without contradicting anything published. */
export interface Movable {
  /** Each cell that may be moved, with the smallest number that it stands for: so far it can go down. */
  readonly least: ReadonlyMap<string, number>;
  /** What it costs to move it: nothing once it is hidden. */
  readonly price: (cell: string) => number;
  readonly equations: readonly Equation[];
}

/** Some cells moved by one, up or down: this one, after those before. */
interface Moved {
  readonly cell: string;
  readonly by: 1 | -1;
  readonly before: Moved | null;
  readonly moves: number;
  readonly price: number;
  /** The equations that no longer hold, in their order. */
  readonly broken: readonly Broken[];
}

interface Broken {
  readonly equation: number;
  readonly by: number;
}

/** So much is looked at before it is given up: then more is hidden, which is safe. */
const PATIENCE = 1_000;

type Room = ReadonlyMap<string, number>;

/**
 * The certificate of a secret: cells that, moved up or down together, keep every equation, and can be moved so far that the
 * secret takes `k` values one of which is at least `k`. So there are `k` tables that agree with all that was ever published,
 * and nobody can tell which is true. What it moves has to be hidden.
 */
export class Certificates {
  readonly #within = new Map<string, Broken[]>();

  /** The shortest first: it leaves the fewest ways to go on. */
  readonly #equations: readonly Equation[];

  constructor(private readonly movable: Movable) {
    this.#equations = movable.equations.toSorted((a, b) => a.length - b.length);
    this.#equations.forEach((terms, equation) => {
      for (const { cell, sign } of terms)
        this.#within.set(cell, [...(this.#within.get(cell) ?? []), { equation, by: sign }]);
    });
  }

  /** What is hidden already, where that will do; else the cheapest single move; else several. */
  of(secret: string, k: number): readonly string[] | null {
    if (!this.movable.least.has(secret)) return null;
    return this.#several(secret, k, true) ?? this.#single(secret, k) ?? this.#several(secret, k, false);
  }

  /** One move, as often as it takes: only up, or down as far as may be and then up; the cheaper of the two. */
  #single(secret: string, k: number): readonly string[] | null {
    const room = this.movable.least;
    const least = room.get(secret)!;
    const [found, other] = [0, Math.min(least, k - 1)].map((down) =>
      this.#find({ secret, by: 1, times: Math.max(k - 1 - down, k - least, 0), back: down, room, isFree: false }),
    );
    const cheaper = found && other && other.price < found.price ? other : (found ?? other);
    return cheaper ? movesOf(cheaper).map(({ cell }) => cell) : null;
  }

  /** One move after another, as far as each goes: up until the secret is large enough, then down until it has values enough. */
  #several(secret: string, k: number, isFree: boolean): readonly string[] | null {
    const least = this.movable.least.get(secret)!;
    const up = this.#push(secret, 1, least === 0 ? k : k - 1, isFree);
    if (least + up.times < k) return null;
    const down = this.#push(secret, -1, k - 1 - up.times, isFree);
    return up.times + down.times >= k - 1 ? [...up.cells, ...down.cells] : null;
  }

  #push(secret: string, by: 1 | -1, wanted: number, isFree: boolean): Pushed {
    const room = new Map(this.movable.least);
    const cells = new Set<string>();
    let times = 0;
    while (times < wanted) {
      const moved = this.#find({ secret, by, times: 1, back: 0, room, isFree });
      if (moved === null) break;
      const moves = movesOf(moved);
      const far = moves.reduce((far, one) => (one.by < 0 && room.get(one.cell)! < far ? room.get(one.cell)! : far), wanted - times); // prettier-ignore
      for (const one of moves) {
        room.set(one.cell, room.get(one.cell)! + one.by * far);
        cells.add(one.cell);
      }
      times += far;
    }
    return { times, cells: [...cells] };
  }

  /** The cheapest move of the secret that can be made so many times, and so many times back. */
  #find({ secret, by, times, back, room, isFree }: Wanted): Moved | null {
    const queue = new Queue();
    const seen = new Map<string, number>();
    const consider = (before: Moved | null, cell: string, by: 1 | -1): void => {
      const least = room.get(cell);
      if (least === undefined || least < (by < 0 ? times : back)) return;
      const price = (before?.price ?? 0) + this.movable.price(cell);
      if (isFree && price > 0) return;
      const broken = this.#broken(before?.broken ?? [], cell, by);
      // Whatever leads to the same gap goes on in the same way.
      const gap = broken.map((one) => `${one.equation}:${one.by}`).join(' ');
      const known = seen.get(gap);
      if (known !== undefined && known <= price) return;
      seen.set(gap, price);
      queue.add({ cell, by, before, moves: (before?.moves ?? 0) + 1, price, broken });
    };
    consider(null, secret, by);
    for (let looked = 0; looked < PATIENCE; looked++) {
      const moved = queue.take();
      const gap = moved?.broken[0];
      if (moved === undefined || gap === undefined) return moved ?? null;
      for (const { cell, sign } of this.#equations[gap.equation]!)
        if (!isMoved(moved, cell)) consider(moved, cell, gap.by > 0 === sign > 0 ? -1 : 1);
    }
    return null;
  }

  /** The equations that no longer hold once this cell is moved as well. */
  #broken(before: readonly Broken[], cell: string, by: 1 | -1): readonly Broken[] {
    let broken = before;
    for (const one of this.#within.get(cell) ?? []) broken = added(broken, one.equation, by * one.by);
    return broken;
  }
}

/** How a secret is to be moved. */
interface Wanted {
  readonly secret: string;
  readonly by: 1 | -1;
  readonly times: number;
  /** And so many times the other way. */
  readonly back: number;
  readonly room: Room;
  /** Without hiding any more. */
  readonly isFree: boolean;
}

interface Pushed {
  readonly times: number;
  readonly cells: readonly string[];
}

/** The gaps in their order, one of them wider or narrower. */
function added(broken: readonly Broken[], equation: number, by: number): readonly Broken[] {
  const next: Broken[] = [];
  let sum = by;
  for (const one of broken)
    if (one.equation === equation) sum += one.by;
    else next.push(one);
  if (sum === 0) return next;
  let at = next.length;
  while (at > 0 && next[at - 1]!.equation > equation) at--;
  next.splice(at, 0, { equation, by: sum });
  return next;
}

function isMoved(moved: Moved, cell: string): boolean {
  for (let one: Moved | null = moved; one !== null; one = one.before) if (one.cell === cell) return true;
  return false;
}

const movesOf = (moved: Moved): readonly Moved[] => [...(moved.before === null ? [] : movesOf(moved.before)), moved];

/** A heap: the cheapest first; among equals that of fewest moves, then the one that came first. */
class Queue {
  readonly #heap: { readonly moved: Moved; readonly rank: number }[] = [];
  #added = 0;

  add(moved: Moved): void {
    let at = this.#heap.push({ moved, rank: this.#added++ }) - 1;
    for (let above = (at - 1) >> 1; at > 0 && this.#before(at, above); above = (at - 1) >> 1) {
      this.#swap(at, above);
      at = above;
    }
  }

  take(): Moved | undefined {
    const heap = this.#heap;
    if (heap.length === 0) return undefined;
    this.#swap(0, heap.length - 1);
    const { moved } = heap.pop()!;
    for (let at = 0; ;) {
      let first = at;
      for (const below of [2 * at + 1, 2 * at + 2])
        if (below < heap.length && this.#before(below, first)) first = below;
      if (first === at) return moved;
      this.#swap(at, first);
      at = first;
    }
  }

  #before(a: number, b: number): boolean {
    const [one, other] = [this.#heap[a]!, this.#heap[b]!];
    const differ = one.moved.price - other.moved.price || one.moved.moves - other.moved.moves;
    return differ === 0 ? one.rank < other.rank : differ < 0;
  }

  #swap(a: number, b: number): void {
    const one = this.#heap[a]!;
    this.#heap[a] = this.#heap[b]!;
    this.#heap[b] = one;
  }
}
