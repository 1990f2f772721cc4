import { sha256 } from '#kernel';
import type { Line, NumberOf, Prepared } from './events.ts';
import type { Ratio, Sum, Table } from './table.ts';

/** Where the cells of one indicator stand in a release: the same figure has the same name in every table. */
export interface Figures extends Table {
  readonly places: ReadonlyMap<string, { readonly line: number; readonly number: NumberOf }>;
}

/** The counts of one indicator in a release, with all that adds up in them as an outsider can see. */
export function figuresOf(prepared: Prepared, indicator: string): Figures {
  const cells: Record<string, number> = {};
  const places = new Map<string, { readonly line: number; readonly number: NumberOf }>();
  const ratios: Ratio[] = [];
  const sums: Sum[] = [];
  prepared.lines.forEach((line, index) => {
    if (line.indicator !== indicator) return;
    for (const number of numbersOf(line)) {
      const name = nameOf(prepared, line, number);
      cells[name] = line[number]!;
      places.set(name, { line: index, number });
    }
    if (line.denominator !== null) ratios.push(ratioOf(prepared, line));
    for (const number of numbersOf(line))
      for (const parts of [below(prepared, line), byCategory(prepared, line)])
        if (addsUp(prepared, line, parts, number))
          sums.push({
            total: nameOf(prepared, line, number),
            parts: parts.map((part) => nameOf(prepared, part, number)),
          });
  });
  return { cells, sums, ratios, places };
}

export const numbersOf = ({ denominator }: Pick<Line, 'denominator'>): readonly NumberOf[] =>
  denominator === null ? ['numerator'] : ['numerator', 'denominator'];

function ratioOf(prepared: Prepared, line: Line): Ratio {
  const [numerator, denominator] = [nameOf(prepared, line, 'numerator'), nameOf(prepared, line, 'denominator')];
  return { numerator, denominator, isShare: definitionOf(prepared, line).unit === 'percent' };
}

const definitionOf = ({ definitions }: Prepared, line: Line) =>
  definitions.find(
    ({ indicator, definitionVersion }) => indicator === line.indicator && definitionVersion === line.definitionVersion,
  )!;

const isBeside = (one: Line, other: Line): boolean =>
  one.indicator === other.indicator &&
  one.definitionVersion === other.definitionVersion &&
  one.period.from === other.period.from &&
  one.period.until === other.period.until;

/** The same of the networks below, and of what is in none of them. */
function below({ lines, networks }: Prepared, line: Line): readonly Line[] {
  if (line.isElsewhere) return [];
  const children = new Set(networks.filter(({ parent }) => parent === line.network).map(({ id }) => id));
  return lines.filter(
    (one) =>
      isBeside(one, line) &&
      one.category === line.category &&
      (one.isElsewhere ? one.network === line.network : children.has(one.network)),
  );
}

/** The same by each value of the dimension. */
const byCategory = ({ lines }: Prepared, line: Line): readonly Line[] =>
  line.category === null
    ? lines.filter(
        (one) =>
          isBeside(one, line) &&
          one.category !== null &&
          one.network === line.network &&
          one.isElsewhere === line.isElsewhere,
      )
    : [];

const addsUp = (prepared: Prepared, line: Line, parts: readonly Line[], number: NumberOf): boolean =>
  parts.length > 0 &&
  definitionOf(prepared, line).isAdded &&
  parts.reduce((sum, part) => sum + (part[number] ?? 0), 0) === line[number];

function nameOf({ networks, dimension }: Prepared, line: Line, number: NumberOf): string {
  const { period, definitionVersion, network, isElsewhere, category } = line;
  const children = networks.filter(({ parent }) => parent === network).map(({ id }) => id);
  // What is elsewhere depends on what is not.
  const place = isElsewhere ? `${network} but ${sha256(children.toSorted().join(' ')).slice(0, 12)}` : network;
  const part = category === null ? '' : ` ${dimension}:${category}`;
  return `${period.from}_${period.until} v${definitionVersion} ${place}${part} ${number}`;
}
