import fc from 'fast-check';
import { streamName, streamRef } from './event.ts';
import { sha256, uuidv5 } from './ids.ts';
import { position } from './position.ts';

describe('an id made of names', () => {
  it('is the same for ever (checked against another implementation of RFC 9562)', () => {
    expect(uuidv5('a', 'b')).toBe('9d63520c-80ae-5bd4-9087-63aaf8d1b6ad');
    expect(uuidv5('café')).toBe('79061a0e-165d-5464-b216-16c70d6d613b');
  });

  it('is a UUID of version 5', () =>
    fc.assert(
      fc.property(fc.array(fc.string()), (names) =>
        expect(uuidv5(...names)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
      ),
    ));

  it('tells where one name ends and the next begins', () => expect(uuidv5('ab', 'c')).not.toBe(uuidv5('a', 'bc')));
});

it('a hash is the SHA-256 of the UTF-8 text (the examples of FIPS 180-4)', () => {
  expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  expect(sha256('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
});

it.each(['action', 'agreement-calendar'])('the name of a stream is its aggregate (%s) and its id', (aggregate) => {
  const ref = { aggregate, id: uuidv5('x') };
  expect(streamName(ref)).toBe(`${aggregate}-${ref.id}`);
  expect(streamRef(streamName(ref))).toEqual(ref);
});

it('positions sort as text in the order in which they count', () =>
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }), fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }), (a, b) =>
      expect(position(a) < position(b)).toBe(a < b),
    ),
  ));
