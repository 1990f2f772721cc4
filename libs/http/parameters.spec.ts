import { ArrayMaxSize, IsArray, IsBoolean, IsIn, IsInt, Max, Min, ValidateIf } from 'class-validator';
import { parametersOf } from './parameters.ts';
import { HttpProblem } from './problem.ts';

class Search {
  @IsIn(['a', 'b']) readonly id!: string;
  @ValidateIf((_, value) => value !== undefined) @IsInt() @Min(1) @Max(200) readonly limit?: number;
  @ValidateIf((_, value) => value !== undefined) @IsBoolean() readonly open?: boolean;
  @ValidateIf((_, value) => value !== undefined)
  @IsArray()
  @ArrayMaxSize(2)
  @IsIn(['x', 'y'], { each: true })
  readonly status?: readonly string[];
}
const { read } = parametersOf(Search, ['asOf']);
const refusal = (query: string) => {
  try {
    return read(query, { id: 'a' });
  } catch (error) {
    return error instanceof HttpProblem ? [error.code, error.errors[0]?.parameter] : error;
  }
};

describe('parameters', () => {
  it('are what the class says they are', () =>
    expect(read('limit=20&open=false&status=x,y&asOf=2026', { id: 'b' })).toEqual({
      params: { id: 'b', limit: 20, open: false, status: ['x', 'y'] },
      others: new Map([['asOf', '2026']]),
    }));

  it.each([
    ['limits=1', ['unknown-parameter', 'limits']],
    ['__proto__=1', ['unknown-parameter', '__proto__']],
    ['__proto__[admin]=1', ['unknown-parameter', '__proto__[admin]']],
    ['hasOwnProperty=1', ['unknown-parameter', 'hasOwnProperty']],
    ['id=b', ['unknown-parameter', 'id']],
    ['limit=1&limit=2', ['repeated-parameter', 'limit']],
    ['limit=201', ['invalid-parameter', 'limit']],
    ['limit=1.0', ['invalid-parameter', 'limit']],
    ['limit=1e1', ['invalid-parameter', 'limit']],
    ['limit=', ['invalid-parameter', 'limit']],
    ['limit=0x10', ['invalid-parameter', 'limit']],
    ['open=yes', ['invalid-parameter', 'open']],
    ['status=x,z', ['invalid-parameter', 'status']],
    ['status=%00', ['invalid-parameter', 'status']],
    ['%=%&=', ['unknown-parameter', '%']],
  ])('%s is refused by name', (query, expected) => expect(refusal(query)).toEqual(expected));
});
