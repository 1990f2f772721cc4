import { Ajv2020 } from 'ajv/dist/2020.js';
import { s, type TypeOf } from './schema.ts';

const card = s.object({
  id: s.text('Its id.'),
  status: s.oneOf(['open', 'closed']),
  lead: s.nullable(s.text()),
  note: s.optional(s.text('If any.')),
  partners: s.list(s.object({ organisation: s.text() })),
  counts: s.map(s.integer()),
});
type Card = TypeOf<typeof card>;

const full: Card = {
  id: '1',
  status: 'open',
  lead: null,
  note: '…',
  partners: [{ organisation: 'o' }],
  counts: { a: 1 },
};
const { note: _note, ...least } = full;

describe('the shape of a document is said once', () => {
  it('as a JSON Schema', () => {
    expect(s.object({ id: s.id('Its id.'), note: s.optional(s.text()) }, 'A card.')).toEqual({
      type: 'object',
      description: 'A card.',
      properties: { id: { type: 'string', format: 'uuid', description: 'Its id.' }, note: { type: 'string' } },
      required: ['id'],
      additionalProperties: false,
    });
    expect([s.day(), s.instant(), s.boolean(), s.cents(), s.json('Anything.')]).toEqual([
      { type: 'string', format: 'date' },
      { type: 'string', format: 'date-time' },
      { type: 'boolean' },
      { type: 'integer', description: 'Euro cents' },
      { description: 'Anything.' },
    ]);
  });

  it('and as a TypeScript type', () => {
    const typed: Card = least;
    // @ts-expect-error -- not one of the values
    const other: Card['status'] = 'other';
    // @ts-expect-error -- must be said, if only as null
    const leaderless: Pick<Card, 'lead'> = {};
    expect([typed, other, leaderless]).toHaveLength(3);
  });

  const validate = new Ajv2020({ strictTypes: false }).compile(card);

  it.each([
    ['all its members', full],
    ['the members it must have', least],
    ['null where that means something', { ...full, lead: null }],
  ])('which takes %s', (_what, document) => expect(validate(document)).toBe(true));

  it.each([
    ['without a member', { ...full, id: undefined }],
    ['with a member too many', { ...full, extra: 1 }],
    ['with a value that is none of those named', { ...full, status: 'other' }],
    ['with null where it means nothing', { ...full, note: null }],
    ['with a part too many', { ...full, partners: [{ organisation: 'o', extra: 1 }] }],
    ['with a fraction', { ...full, counts: { a: 0.5 } }],
  ])('and none %s', (_what, document) => expect(validate(JSON.parse(JSON.stringify(document)))).toBe(false));
});
