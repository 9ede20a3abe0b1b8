#!/usr/bin/env node
// Runs a command with a PostgreSQL server of its own, whose address stands in TEST_DATABASE_URL, and stops it afterwards.
import { spawn } from 'node:child_process';
import { startPostgres } from './lib/postgres.mjs';

const [command, ...args] = process.argv.slice(2);
// What is measured here is meant to hold in the field, so nothing of PostgreSQL's own safety is turned off.
const server = await startPostgres({ shared_buffers: '512MB', max_wal_size: '4GB' });
const child = spawn(command, args, { stdio: 'inherit', env: { ...process.env, TEST_DATABASE_URL: server.url } });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('close', async (code) => {
  await server.stop();
  process.exitCode = code ?? 1;
});
