import 'reflect-metadata';
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { documentText } from './document.ts';

// Writes openapi.json, which is committed: what changes in the API shows in the review of a change.
writeFileSync(resolve(import.meta.dirname, '../../../openapi.json'), documentText());
