import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import {
  AnyText,
  Cents,
  Code,
  Codes,
  Command,
  DayField,
  Distinct,
  Flag,
  Id,
  Ids,
  LocalizedText,
  Many,
  Moment,
  NisCodes,
  Nullable,
  One,
  OneOf,
  Optional,
  OrNull,
  Required,
  SomeOf,
  Text,
  Texts,
  Whole,
} from './commands.ts';

const check = (type: new () => object, body: object): readonly ValidationError[] =>
  validateSync(plainToInstance(type, body), { whitelist: true, forbidNonWhitelisted: true });
/** The members that are refused, by their paths. */
const refused = (errors: readonly ValidationError[], above = ''): readonly string[] =>
  errors.flatMap(({ property, children = [], constraints }) => [
    ...(constraints === undefined ? [] : [`${above}${property}`]),
    ...refused(children, `${above}${property}/`),
  ]);

/** Whether a member so constrained takes the value. */
function takes(constraint: PropertyDecorator, value: unknown): boolean {
  class Body {}
  constraint(Body.prototype, 'value');
  return check(Body, { value }).length === 0;
}

const A = '1d7f0c52-9a0e-5b1c-8a51-0b9f3a1f9f10';
const B = '2d7f0c52-9a0e-5b1c-8a51-0b9f3a1f9f10';
class Part {
  @Code() readonly code!: string;
}

describe.each<[string, PropertyDecorator, readonly unknown[], readonly unknown[]]>([
  [
    'Text(5)',
    Text(5),
    ['a', 'abcde', 'é✓漢', '😀😀😀😀😀', 'a\nb', 'a\tb', '<b>&'],
    [
      '',
      ' ',
      '\n',
      'abcdef',
      '😀😀😀😀😀😀',
      'a\0',
      'a\u001b',
      'a\u202eb',
      'a\u2066',
      'a\ud800',
      1,
      null,
      {},
      ['a'],
      undefined,
    ],
  ],
  ['Texts(3, 2)', Texts(3, 2), [[], ['a'], ['a', 'a']], ['a', ['abcd'], ['a', 'b', 'c'], [''], [1], [['a']], {}]],
  [
    'LocalizedText(3)',
    LocalizedText(3),
    [{ nl: 'a' }, { nl: 'a', fr: 'b', en: 'c' }],
    [{}, { de: 'a' }, { nl: 'a', de: 'b' }, { nl: '' }, { nl: 'abcd' }, { nl: null }, 'a', ['a'], null],
  ],
  ['AnyText(3)', AnyText(3), ['abc', { fr: 'abc' }], ['abcd', { fr: 'abcd' }, {}, 1, true, ['a']]],
  [
    'Id()',
    Id(),
    [A],
    [A.toUpperCase(), A.slice(1), `${A} `, '00000000-0000-0000-0000-000000000000', 'x', 1, null, [A]],
  ],
  ['Ids(1, 2)', Ids(1, 2), [[A], [A, B]], [[], [A, A], [A, B, A.replace('1', '3')], ['x'], A, [[A]], null]],
  ["OneOf(['a', 'b'])", OneOf(['a', 'b']), ['a', 'b'], ['c', 'A', '', null, ['a'], 0]],
  ["SomeOf(['a', 'b'])", SomeOf(['a', 'b']), [[], ['b', 'a']], [['c'], ['a', 'a'], 'a', null]],
  ['Flag()', Flag(), [true, false], ['true', 1, 0, null]],
  ['Whole(1, 3)', Whole(1, 3), [1, 3], [0, 4, 1.5, '1', null, Number.NaN, true, [1]]],
  ['Cents()', Cents(), [0, 1_000_000_000_000], [-1, 0.5, 1_000_000_000_001, '1']],
  ['DayField()', DayField(), ['2020-02-29'], ['2021-02-29', '2020-02-29T00:00:00Z', 20200229, null]],
  [
    'Moment()',
    Moment(),
    ['2020-02-29', '2020-02-29T10:00:00+01:00'],
    ['2020-02-30', '2020-02-29T10:00:00', 'now', 0, null],
  ],
  [
    'Code()',
    Code(),
    ['O5', 'late-registration', 'a.b_c', 'x'.repeat(40)],
    ['', '-a', 'a b', 'é', 'x'.repeat(41), 'O5\n', 5],
  ],
  ['Codes(1, 2)', Codes(1, 2), [['a'], ['a', 'b']], [[], ['a', 'a'], ['a', 'b', 'c'], ['a b'], 'a']],
  [
    'NisCodes(1)',
    NisCodes(1),
    [['11002'], ['11002', '44021']],
    [[], ['1100'], ['110022'], [11002], ['11002', '11002'], '11002'],
  ],
  [
    'One(Part)',
    One(() => Part),
    [{ code: 'a' }],
    [{}, { code: '' }, { code: 'a', more: 1 }, [{ code: 'a' }], 'a', null],
  ],
  [
    'Many(Part, 1, 2)',
    Many(() => Part, 1, 2),
    [[{ code: 'a' }], [{ code: 'a' }, { code: 'a' }]],
    [
      [],
      [{ code: 'a' }, { code: 'b' }, { code: 'c' }],
      [[{ code: 'a' }]],
      [null],
      ['a'],
      [{}],
      { code: 'a' },
      { 0: { code: 'a' } },
    ],
  ],
  ["Distinct('code')", Distinct('code'), [[], [{ code: 'a' }, { code: 'b' }]], [[{ code: 'a' }, { code: 'a' }]]],
])('%s', (_name, constraint, valid, invalid) => {
  it.each(valid.map((value) => [value]))('takes %j', (value) => expect(takes(constraint, value)).toBe(true));
  it.each(invalid.map((value) => [value]))('refuses %j', (value) => expect(takes(constraint, value)).toBe(false));
});

describe('a member', () => {
  class Body {
    @Text() readonly needed!: string;
    @Optional() @Text() readonly optional?: string;
    @Nullable() @Text() readonly nullable?: string | null;
    @OrNull() @Text() readonly orNull!: string | null;
  }

  it('must be there, unless it may be left out; null is not leaving out', () => {
    expect(refused(check(Body, {}))).toEqual(['needed', 'orNull']);
    expect(refused(check(Body, { needed: null, optional: null, nullable: null, orNull: null }))).toEqual([
      'needed',
      'optional',
    ]);
  });

  it('is checked when it is there', () =>
    expect(refused(check(Body, { needed: '', optional: '', nullable: '', orNull: '' }))).toEqual([
      'needed',
      'optional',
      'nullable',
      'orNull',
    ]));

  it('that a class inherits may be left out, and must be there where the class says so', () => {
    class Reasoned extends Command {
      @Required() override readonly reason!: NonNullable<Command['reason']>;
    }
    expect(refused(check(Command, {}))).toEqual([]);
    expect(refused(check(Reasoned, {}))).toEqual(['reason']);
    expect(refused(check(Reasoned, { reason: { text: {} } }))).toEqual(['reason/text']);
    expect(refused(check(Reasoned, { reason: { text: { nl: 'Omdat' } } }))).toEqual([]);
  });
});

describe('any command says beside its own members', () => {
  const evidence = {
    sha256: '0'.repeat(64),
    mediaType: 'text/plain',
    class: 'survey',
    title: 'Bevraging',
    heldBy: 'CAW',
  };

  it('when it happened, why, on what evidence and for whom', () =>
    expect(
      refused(
        check(Command, {
          occurredAt: '2020-06-10',
          reason: { code: 'late-registration', text: { nl: 'Vergeten' } },
          evidence: [evidence],
          onBehalfOf: A,
        }),
      ),
    ).toEqual([]));

  it('and names a document by its SHA-256', () =>
    expect(
      refused(
        check(Command, { evidence: [evidence, { ...evidence, sha256: 'ABC', mediaType: 'text', url: 'x' }] }),
      ).toSorted(),
    ).toEqual(['evidence/1/mediaType', 'evidence/1/sha256', 'evidence/1/url']));

  it('and nothing else', () => expect(refused(check(Command, { occuredAt: '2020-06-10' }))).toEqual(['occuredAt']));
});
