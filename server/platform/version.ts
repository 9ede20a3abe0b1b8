import { readFileSync } from 'node:fs';
import { inRoot } from './paths.ts';

export const version = (JSON.parse(readFileSync(inRoot('package.json'), 'utf8')) as { version: string }).version;
