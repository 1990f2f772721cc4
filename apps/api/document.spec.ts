import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { documentText } from './document.ts';

it('openapi.json says what the API is now (npm run openapi writes it anew)', () =>
  expect(readFileSync(resolve(import.meta.dirname, '../../openapi.json'), 'utf8')).toBe(documentText()));
