import * as fc from 'fast-check';
import { allQueries } from '#queries';
import { s, uuidv5, type JsonObject } from '#kernel';
import { columnsOf, itemOf, LIST_FORMATS } from './exports.ts';
import { HttpProblem } from './problem.ts';

const [csvFormat, ndjsonFormat] = LIST_FORMATS as [(typeof LIST_FORMATS)[0], (typeof LIST_FORMATS)[0]];

/** The records of a CSV, read as RFC 4180 says: independent of what writes it. */
function parse(text: string, separator = ','): readonly (readonly string[])[] {
  const records: string[][] = [];
  let at = 0;
  const cell = (): string => {
    if (text[at] !== '"') {
      const begin = at;
      while (at < text.length && text[at] !== separator && text[at] !== '\r' && text[at] !== '\n') at++;
      const plain = text.slice(begin, at);
      if (plain.includes('"')) throw new Error(`a bare quote before ${at}`);
      return plain;
    }
    let quoted = '';
    for (at++; ; at++) {
      if (at >= text.length) throw new Error('a quote without end');
      if (text[at] === '"' && text[++at] !== '"') return quoted;
      quoted += text[at];
    }
  };
  while (at < text.length) {
    const record = [cell()];
    while (text[at] === separator) {
      at++;
      record.push(cell());
    }
    if (text.slice(at, at + 2) !== '\r\n') throw new Error(`no CRLF at ${at}`);
    at += 2;
    records.push(record);
  }
  return records;
}

const pageOf = (items: readonly object[], names = {}) => ({ items, names, next: null, asOf: null });
const csvOf = (item: JsonObject, items: readonly object[], names = {}, dialect?: string): string => {
  const given = new Map(dialect === undefined ? [] : [['dialect', dialect]]);
  const { head, lines } = csvFormat.writer(item, given);
  return head(pageOf(items, names)) + lines({ items, names });
};
/** The cells of one item, by column. */
const row = (item: JsonObject, one: object, names = {}): Record<string, string> => {
  const [head, cells, ...more] = parse(csvOf(item, [one], names));
  expect(more).toEqual([]);
  expect(cells).toHaveLength(head!.length);
  return Object.fromEntries(head!.map((name, index) => [name, cells![index]!]));
};

const GROUP = uuidv5('x', 'group');
const item = s.object({
  id: s.id(),
  group: s.nullable(s.id()),
  title: s.object({ nl: s.optional(s.text()), fr: s.optional(s.text()), en: s.optional(s.text()) }),
  plan: s.nullable(s.object({ text: s.text(), budgetCents: s.cents() })),
  grantCents: s.nullable(s.cents()),
  count: s.integer(),
  open: s.boolean(),
  objectives: s.list(s.text()),
  sharesCents: s.list(s.cents()),
  partners: s.list(s.object({ organisation: s.id() })),
  byYear: s.map(s.integer()),
  data: s.json(),
});
const full = {
  id: uuidv5('x', 'action'),
  group: GROUP,
  title: { nl: 'Wonen', fr: 'Habiter' },
  plan: { text: 'Een, "twee"\r\ndrie', budgetCents: -500 },
  grantCents: 120_050,
  count: -5,
  open: true,
  objectives: ['O1', 'O2'],
  sharesCents: [1, 200],
  partners: [{ organisation: GROUP }],
  byYear: { 2026: 3 },
  data: { b: 1, a: [] },
};

describe('a list as CSV', () => {
  it('has a column for each member, amounts in euros, names beside ids', () =>
    expect(row(item, full, { [GROUP]: 'Jeugd' })).toEqual({
      id: full.id,
      group: GROUP,
      'group.name': 'Jeugd',
      'title.nl': 'Wonen',
      'title.fr': 'Habiter',
      'title.en': '',
      'plan.text': 'Een, "twee"\r\ndrie',
      'plan.budget': '-5.00',
      grant: '1200.50',
      count: '-5',
      open: 'true',
      objectives: 'O1; O2',
      shares: '0.01; 2.00',
      partners: `[{"organisation":"${GROUP}"}]`,
      byYear: '{"2026":3}',
      data: '{"a":[],"b":1}',
    }));

  it('has the same columns whatever the data, and nothing for null', () => {
    const nothing = { id: full.id, group: null, title: {}, plan: null, grantCents: null, objectives: [], partners: [] };
    const cells = row(item, nothing);
    expect(Object.keys(cells)).toEqual(Object.keys(row(item, full)));
    const said = Object.entries(cells).filter(([, cell]) => cell !== '');
    expect(said).toEqual([
      ['id', full.id],
      ['partners', '[]'],
    ]);
    expect(csvOf(item, [])).toBe(csvOf(item, [nothing]).split('\r\n')[0] + '\r\n');
  });

  it('has no two columns of one name, in any list there is', () => {
    const beside = s.object({ grant: s.id(), grantCents: s.cents() });
    expect(columnsOf(beside).map(({ name }) => name)).toEqual(['grant', 'grant.name', 'grant.amount']);
    const lists = allQueries.map(itemOf).filter((one) => one !== undefined);
    expect(lists.length).toBeGreaterThan(8);
    for (const one of lists) {
      const names = columnsOf(one).map(({ name }) => name);
      expect(new Set(names).size).toBe(names.length);
    }
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '＝1', '=cmd|" /C calc"!A0'])(
    'shows %j and does not run it',
    (text) => {
      const cells = row(item, { ...full, plan: { ...full.plan, text }, objectives: [text] }, { [GROUP]: text });
      expect([cells['plan.text'], cells['objectives'], cells['group.name']]).toEqual(Array(3).fill(`'${text}`));
    },
  );

  it.each(["'=1", '1-1', 'a@b', ' =1', ''])('leaves %j as it is', (text) =>
    expect(row(item, { ...full, plan: { ...full.plan, text } })['plan.text']).toBe(text),
  );

  it('reads back as it was, whatever the texts and amounts', () =>
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            text: fc.oneof(fc.string(), fc.stringMatching(/^[=+@"',;\r\n\t-]{0,6}$/)),
            amountCents: fc.option(fc.maxSafeInteger()),
            count: fc.maxSafeInteger(),
          }),
        ),
        fc.constantFrom(undefined, 'excel-be'),
        (items, dialect) => {
          const schema = s.object({ text: s.text(), amountCents: s.nullable(s.cents()), count: s.integer() });
          const text = csvOf(schema, items, {}, dialect);
          const [head, ...records] = dialect === undefined ? parse(text) : parse(text.replace(/^\uFEFF/, ''), ';');
          expect(head).toEqual(['text', 'amount', 'count']);
          const read = records.map(([text = '', amount = '', count]) => ({
            text:
              /^'[=+\-@\t\r\n＝＋－＠]/.test(text) && !items.some((one) => one.text === text) ? text.slice(1) : text,
            amountCents: amount === '' ? null : Number(BigInt(amount.replace(/[.,]/, ''))),
            count: Number(count),
          }));
          expect(read).toEqual(items.map((one) => ({ ...one, count: one.count + 0 })));
        },
      ),
    ));

  it('is for Excel with Belgian settings when that is asked', () => {
    const text = csvOf(
      s.object({ text: s.text(), amountCents: s.cents() }),
      [{ text: 'a;b', amountCents: -120_050 }],
      {},
      'excel-be',
    );
    expect(text).toBe('\uFEFFtext;amount\r\n"a;b";-1200,50\r\n');
    expect(() => csvOf(item, [], {}, 'excel-nl')).toThrow(HttpProblem);
  });
});

describe('a list as JSON lines', () => {
  it('has an item a line, exactly', () => {
    const { head, lines } = ndjsonFormat.writer(item, new Map());
    const page = pageOf([full, { b: 'a\nb', a: undefined }]);
    const text = head(page) + lines(page);
    expect(text.split('\n')).toHaveLength(3);
    expect(
      text
        .split('\n')
        .slice(0, 2)
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual([full, { b: 'a\nb' }]);
  });
});
