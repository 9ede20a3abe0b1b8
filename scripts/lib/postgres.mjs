import { spawn } from 'node:child_process';
import { chownSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPostgresPrograms } from './needs.mjs';
import { run } from './run.mjs';

/** PostgreSQL refuses to run as root: then it gets the system user `postgres`, or `nobody` where there is none. */
function serverUser() {
  if (process.getuid?.() !== 0) return {};
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n');
  const line = ['postgres', 'nobody'].map((name) => lines.find((l) => l.startsWith(`${name}:`))).find(Boolean);
  if (!line) throw new Error('No user to run PostgreSQL as: neither postgres nor nobody exists.');
  const [, , uid, gid] = line.split(':');
  return { uid: Number(uid), gid: Number(gid) };
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

function answers(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('connect', () => resolve(true) ?? socket.destroy());
    socket.on('error', () => resolve(false));
  });
}

// Stops the server when its input closes, which also happens when the process that started it is killed.
const guard = `"$0" "$@" & pid=$!; cat >/dev/null; kill -INT $pid 2>/dev/null; wait $pid`;

/**
 * A PostgreSQL server of our own: a fresh cluster in a temporary folder, on a free port of the loopback address.
 * `settings` are server settings; tests turn fsync off because no test cuts the power.
 */
export async function startPostgres(settings = {}) {
  const programs = findPostgresPrograms();
  if (!programs) throw new Error('PostgreSQL 15 or later is not installed.');
  const user = serverUser();
  const folder = mkdtempSync(join(tmpdir(), 'wuxing-postgres-'));
  if (user.uid !== undefined) chownSync(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  const init = await run(
    join(programs, 'initdb'),
    ['-D', data, '-U', 'postgres', '--auth=trust', '--encoding=UTF8', '--locale=C.UTF-8', '--no-sync'],
    { ...user, cwd: folder },
  );
  if (!init.ok) throw new Error(`initdb failed: ${init.output}`);
  const port = await freePort();
  const given = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: folder,
    max_connections: 200,
    ...settings,
  };
  const flags = Object.entries(given).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = spawn('sh', ['-c', guard, join(programs, 'postgres'), '-D', data, ...flags], {
    ...user,
    cwd: folder,
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk) => {
    said = (said + chunk).slice(-20_000);
  });
  const ended = new Promise((resolve) => child.on('close', resolve));
  const stop = async () => {
    child.stdin.end();
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  for (const since = Date.now(); !(await answers(port)); await new Promise((r) => setTimeout(r, 50)))
    if (child.exitCode !== null || Date.now() - since > 30_000) {
      await stop();
      throw new Error(`PostgreSQL did not start: ${said}`);
    }
  return { url: `postgres://postgres@127.0.0.1:${port}/postgres`, port, folder, stop };
}
