import { canonical, type JsonObject } from '#kernel';
import { contentOf, sizeOf } from './stored.ts';

/** Of short members deep within long names. */
function deep(members: number): string {
  let inner: JsonObject = Object.fromEntries(Array.from({ length: members }, (_, i) => [`m${i}`, 1]));
  for (let level = 0; level < 12; level++) inner = { [`level-${level}-`.padEnd(60, 'x').replace(/^/, 'l')]: inner };
  return canonical({ id: 'deep', ...inner });
}

describe('a document as MongoDB keeps it', () => {
  it('is refused when its fields make it larger than MongoDB takes, though its text is small', () => {
    const text = deep(25_000);
    expect(Buffer.byteLength(text)).toBeLessThan(1024 * 1024);
    expect(() => contentOf(text)).toThrow(expect.objectContaining({ code: 'document-too-large' }));
    expect(sizeOf(contentOf(deep(5_000)))).toBeLessThan(16 * 1024 * 1024);
  });
});
