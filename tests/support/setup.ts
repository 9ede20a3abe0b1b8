import { prepareDatabases } from './databases.ts';

/** Runs once before all test files. */
export async function setup(): Promise<void> {
  await prepareDatabases();
}
