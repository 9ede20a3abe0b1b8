import { randomUUID } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  existsSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { hostname } from 'node:os';
import { join } from 'node:path';

/** Who holds a data folder, as its lock file says. */
export interface Holder {
  readonly pid: number;
  readonly host: string;
  /** When the process took the folder. */
  readonly since: string;
  /** What it is: `wuxing serve`, `wuxing backup` … */
  readonly label: string;
  /** Name of the socket in the folder on which it listens; null where the file system takes no sockets. */
  readonly socket: string | null;
  /** The running of the machine and the numbering of processes in which `pid` means something. */
  readonly boot: string;
  readonly processes: string;
  /** When the process itself started, in the kernel's own count: a process id alone is given out again. */
  readonly started: string;
}

export interface Lock {
  readonly holder: Holder;
  /** Other processes that come to the folder can be served through it; see `db/shared.ts`. */
  onVisitor(serve: (socket: Socket) => void): void;
  release(): Promise<void>;
}

/** Thrown when somebody else holds the folder. */
export interface FolderHeld extends Error {
  readonly heldBy: Holder;
}

export function isFolderHeld(error: unknown): error is FolderHeld {
  return error instanceof Error && 'heldBy' in error;
}

const prefix = 'wuxing.lock.';
const socketPrefix = 'wuxing-';

function readOr(file: string, otherwise: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return otherwise;
  }
}

/** Two containers number their processes differently; the name of this link tells them apart. */
function processesHere(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return hostname();
  }
}

/** Start of a process in ticks since the machine started; empty where the kernel does not say (macOS, Windows). */
function startOf(pid: number): string {
  const stat = readOr(`/proc/${pid}/stat`, '');
  // The second field is the program's name in brackets and may hold anything; the start is the 20th after it.
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
}

function selfAs(label: string, socket: string | null): Holder {
  return {
    pid: process.pid,
    host: hostname(),
    since: new Date().toISOString(),
    label,
    socket,
    boot: readOr('/proc/sys/kernel/random/boot_id', ''),
    processes: processesHere(),
    started: startOf(process.pid),
  };
}

/**
 * The address of a socket in the folder. The kernel takes about a hundred bytes and cuts off the rest without a word, so
 * a deep folder is named through an open handle on it.
 */
function address(folder: string, name: string): { path: string; done: () => void } {
  if (process.platform === 'win32') return { path: `\\\\.\\pipe\\${name}`, done: () => undefined };
  const path = join(folder, name);
  if (Buffer.byteLength(path) < 100) return { path, done: () => undefined };
  const handle = openSync(folder, 'r');
  return { path: `/proc/self/fd/${handle}/${name}`, done: () => closeSync(handle) };
}

/** A connection to whoever holds the folder, or the error code of the refusal. */
export function visit(folder: string, holder: Holder): Promise<Socket | string> {
  if (holder.socket === null) return Promise.resolve('ENOENT');
  const { path, done } = address(folder, holder.socket);
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.removeAllListeners('error');
      done();
      resolve(socket);
    });
    socket.once('error', (error: NodeJS.ErrnoException) => {
      done();
      resolve(error.code ?? 'UNKNOWN');
    });
  });
}

/**
 * Whether the holder is still there. Its listening socket is the kernel's own answer: it refuses from the moment the
 * process is gone, however it went, and answers while the process is merely busy. Where no socket could be made, the
 * process id together with the start of the process tells; across machines nothing does.
 */
async function isAlive(folder: string, holder: Holder): Promise<boolean | 'unknown'> {
  const here = selfAs('', null);
  const sameMachine = holder.boot === here.boot && (here.boot !== '' || holder.host === here.host);
  // The same name but another running of the machine: it was restarted, and no process survived that.
  if (!sameMachine) return holder.host === here.host ? false : 'unknown';
  if (holder.socket !== null) {
    const answer = await visit(folder, holder);
    if (typeof answer !== 'string') {
      answer.destroy();
      return true;
    }
    return answer === 'ECONNREFUSED' || answer === 'ENOENT' ? false : 'unknown';
  }
  if (holder.processes !== here.processes) return 'unknown';
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  return holder.started === '' || startOf(holder.pid) === holder.started;
}

function numbersIn(folder: string): number[] {
  return readdirSync(folder)
    .filter((name) => name.startsWith(prefix) && /^\d+$/.test(name.slice(prefix.length)))
    .map((name) => Number(name.slice(prefix.length)))
    .sort((a, b) => b - a);
}

function readHolder(folder: string, number: number): Holder | null {
  try {
    return JSON.parse(readFileSync(join(folder, `${prefix}${number}`), 'utf8')) as Holder;
  } catch {
    return null;
  }
}

/** Who holds the folder now, or null. */
export async function holderOf(folder: string): Promise<Holder | null> {
  const number = numbersIn(folder)[0];
  const holder = number === undefined ? null : readHolder(folder, number);
  return holder && (await isAlive(folder, holder)) !== false ? holder : null;
}

function held(folder: string, number: number, holder: Holder, sure: boolean): FolderHeld {
  const who = `${holder.label}, process ${holder.pid} on ${holder.host}, since ${holder.since}`;
  const advice = sure
    ? 'Stop it first, or use another DATA_DIR.'
    : `Whether it still runs cannot be told from here. If you are certain that it does not, remove ${join(folder, `${prefix}${number}`)}.`;
  return Object.assign(
    new Error(`The data folder ${folder} is in use by ${who}. Two processes on one folder would lose data. ${advice}`),
    { heldBy: holder },
  );
}

interface Listening {
  readonly name: string;
  close(): Promise<void>;
}

async function listen(folder: string, serve: (socket: Socket) => void): Promise<Listening | null> {
  const name = `${socketPrefix}${randomUUID()}.sock`;
  const { path, done } = address(folder, name);
  const visitors = new Set<Socket>();
  const server = createServer((socket) => {
    visitors.add(socket);
    socket.on('error', () => undefined).on('close', () => visitors.delete(socket));
    serve(socket);
  });
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(path, resolve);
    });
  } catch {
    done();
    return null;
  }
  if (process.platform !== 'win32') chmodSync(path, 0o600);
  // The process may end when nothing else is left to do, lock or no lock.
  server.unref();
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => {
        done();
        resolve();
      });
      for (const socket of visitors) socket.destroy();
    });
  return { name, close };
}

/** Creates the lock file with its whole content at once, or says that the number is taken. */
function claim(folder: string, number: number, holder: Holder): boolean {
  const file = join(folder, `${prefix}${number}`);
  const draft = join(folder, `${prefix}${randomUUID()}.draft`);
  writeFileSync(draft, JSON.stringify(holder), { mode: 0o600 });
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    // File systems without links: exclusive creation; a reader may then meet half a file and looks again.
    try {
      writeFileSync(file, JSON.stringify(holder), { mode: 0o600, flag: 'wx' });
      return true;
    } catch (again) {
      if ((again as NodeJS.ErrnoException).code === 'EEXIST') return false;
      throw again;
    }
  } finally {
    rmSync(draft, { force: true });
  }
}

/** What dead holders left behind: older lock files, their sockets, drafts of starters that died between two steps. */
async function sweep(folder: string, mine: number, own: Holder): Promise<void> {
  for (const number of numbersIn(folder))
    if (number < mine) rmSync(join(folder, `${prefix}${number}`), { force: true });
  for (const name of readdirSync(folder)) {
    const file = join(folder, name);
    if (name.startsWith(socketPrefix) && name.endsWith('.sock') && name !== own.socket) {
      const answer = await visit(folder, { ...own, socket: name });
      if (typeof answer !== 'string') answer.destroy();
      else if (answer === 'ECONNREFUSED') rmSync(file, { force: true });
    }
    if (name.startsWith(prefix) && name.endsWith('.draft')) {
      const age = Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0);
      if (age > 60_000) rmSync(file, { force: true });
    }
  }
}

/** A lock file that cannot be read is being written right now, or its writer died on the way: a second tells which. */
async function settledHolder(folder: string, number: number): Promise<Holder | null> {
  for (let tries = 0; tries < 20; tries++) {
    const holder = readHolder(folder, number);
    if (holder) return holder;
    if (!numbersIn(folder).includes(number)) return null;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return null;
}

/**
 * Takes the folder for this process, or throws `FolderHeld` naming who has it.
 *
 * Lock files are numbered and the highest number holds. Taking over from a dead holder means creating the next number,
 * which the file system grants to exactly one; the highest file is never removed, so nobody can slip in behind. The
 * socket listens before the file appears, so a file without a listener always belongs to a dead process.
 */
export async function holdFolder(folder: string, label: string): Promise<Lock> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  let serve: ((socket: Socket) => void) | null = null;
  const listening = await listen(folder, (socket) => {
    if (serve) serve(socket);
    else socket.destroy();
  });
  const own = selfAs(label, listening?.name ?? null);
  const close = async () => listening?.close();
  for (;;) {
    const highest = numbersIn(folder)[0] ?? 0;
    const holder = highest === 0 ? null : await settledHolder(folder, highest);
    const alive = holder ? await isAlive(folder, holder) : false;
    if (holder && alive !== false) {
      await close();
      throw held(folder, highest, holder, alive === true);
    }
    // A holder that has just gone may have swept our socket away before it listened: nobody could see that we live.
    if (own.socket !== null && process.platform !== 'win32' && !existsSync(join(folder, own.socket))) {
      await close();
      return holdFolder(folder, label);
    }
    const mine = highest + 1;
    if (!claim(folder, mine, own)) continue;
    // Somebody slower than two changes of holder claims a number below the highest: that is no lock.
    if ((numbersIn(folder)[0] ?? 0) > mine) {
      rmSync(join(folder, `${prefix}${mine}`), { force: true });
      continue;
    }
    await sweep(folder, mine, own);
    return { holder: own, onVisitor: (s) => (serve = s), release: close };
  }
}
