import { existsSync } from 'node:fs';
import { isStartRefused } from '../server/start-refusal.ts';
import { version } from '../server/platform/version.ts';
import { detailsOf, isFailure } from '../server/platform/errors.ts';
import { isFolderHeld } from '../server/platform/lock.ts';
import { isSettingsWrong } from '../server/settings.ts';
import type { Words } from '../domain/words.ts';
import { isRefused } from './refused.ts';
import { langOf, type Terminal, terminal } from './terminal.ts';

type Run = (argv: readonly string[], t: Terminal) => Promise<number>;

interface Command {
  readonly does: Words;
  /** Loaded when it is used, so that `wuxing score` does not wait for a server to be read. */
  readonly load: () => Promise<{ run: Run; help: Words }>;
}

/** A command from a file of its own, whose function takes the arguments alone. */
async function from(file: string, run: string, help: string): Promise<{ run: Run; help: Words }> {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const url = new URL(`./${file}.${extension}`, import.meta.url);
  if (!existsSync(url)) throw new Error(`This build has no ${file}.`);
  const module = (await import(url.href)) as Record<string, unknown>;
  return {
    run: (argv) => (module[run] as (argv: string[]) => Promise<number>)([...argv]),
    help: module[help] as Words,
  };
}

const commands: Record<string, Command> = {
  serve: {
    does: { zh: '启动平台', en: 'start the platform' },
    load: async () => {
      const m = await import('./serve.ts');
      return { run: m.serveCommand, help: m.serveHelp };
    },
  },
  demo: {
    does: { zh: '启动虚构的演示县', en: 'start the fictional demo county' },
    load: async () => {
      const m = await import('./demo.ts');
      return { run: m.demoCommand, help: m.demoHelp };
    },
  },
  migrate: {
    does: { zh: '更新数据库结构', en: 'bring the database schema forward' },
    load: async () => {
      const m = await import('./migrate.ts');
      return { run: m.migrateCommand, help: m.migrateHelp };
    },
  },
  score: {
    does: { zh: '按标准和取值评星，不需要数据库', en: 'decide stars from a standard and values, without a database' },
    load: () => from('score', 'scoreCommand', 'scoreHelp'),
  },
  import: {
    does: { zh: '导入单位或数据（CSV、Excel）', en: 'import units or facts from CSV or Excel' },
    load: () => from('import', 'importCommand', 'importHelp'),
  },
  export: {
    does: { zh: '导出', en: 'export' },
    load: () => from('export', 'exportCommand', 'exportHelp'),
  },
  figures: {
    does: { zh: '查询指标，或列出指标目录', en: 'figures of a unit, or the catalogue of figures' },
    load: () => from('figures', 'figuresCommand', 'figuresHelp'),
  },
  report: {
    does: { zh: '按模板生成报告（Word）', en: 'fill a report and write it as a Word file' },
    load: () => from('report', 'reportCommand', 'reportHelp'),
  },
  verify: {
    does: { zh: '核对操作日志是否被改动', en: 'check that the journal was not tampered with' },
    load: async () => {
      const m = await import('./verify.ts');
      return { run: m.verifyCommand, help: m.verifyHelp };
    },
  },
  backup: {
    does: { zh: '备份', en: 'back up' },
    load: async () => {
      const m = await import('./backup.ts');
      return { run: m.backupCommand, help: m.backupHelp };
    },
  },
  restore: {
    does: { zh: '从备份恢复', en: 'restore from a backup' },
    load: async () => {
      const m = await import('./restore.ts');
      return { run: m.restoreCommand, help: m.restoreHelp };
    },
  },
  user: {
    does: { zh: '账号：新建、重设链接、停用、列表', en: 'accounts: create, reset link, disable, list' },
    load: async () => {
      const m = await import('./user.ts');
      return { run: m.userCommand, help: m.userHelp };
    },
  },
};

function overview(t: Terminal): string {
  const lines = Object.entries(commands).map(([name, c]) => `  ${name.padEnd(10)}${c.does[t.lang]}`);
  const head = {
    zh: `五星 wuxing ${version}\n用法：wuxing 命令 [参数]      wuxing 命令 --help 查看说明\n`,
    en: `wuxing ${version}\nUsage: wuxing COMMAND [arguments]      wuxing COMMAND --help explains one\n`,
  };
  const foot = {
    zh: '  --lang zh|en   输出语言（默认取自 LANG）\n退出码：0 成功；1 失败；2 参数或输入有误。错误写到标准错误。',
    en: '  --lang zh|en   language (else from LANG)\nExit codes: 0 done; 1 failed; 2 bad usage or input. Errors go to standard error.',
  };
  return [head[t.lang], ...lines, '', foot[t.lang]].join('\n');
}

/** Takes `--lang` out; `score` reads it itself. */
function withoutLang(argv: readonly string[]): string[] {
  const at = argv.indexOf('--lang');
  const rest = at >= 0 ? [...argv.slice(0, at), ...argv.slice(at + 2)] : [...argv];
  return rest.filter((a) => !a.startsWith('--lang='));
}

/** What went wrong, in words where it is known; the exit code says whose turn it is. */
function tellError(error: unknown, t: Terminal): number {
  const say = (text: string) => t.warn({ zh: text, en: text });
  if (isRefused(error) || isSettingsWrong(error)) {
    say((error as Error).message);
    return 2;
  }
  if (isStartRefused(error)) {
    t.warn(error.words);
    return 2;
  }
  if (isFailure(error)) {
    t.warn(error.words);
    for (const d of detailsOf(error, t.lang)) say(`  ${d.path}: ${d.message}`);
    return 1;
  }
  if ((error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS')) {
    say((error as Error).message);
    return 2;
  }
  if (isFolderHeld(error)) {
    say(error.message);
    return 1;
  }
  const { code, message, stack } = error as NodeJS.ErrnoException;
  // A wrong address or a port in use is no defect of the program; its stack would only hide what matters.
  const plain = code !== undefined && /^(E[A-Z]+|\d[0-9A-Z]{4})$/.test(code);
  say(plain || !process.env['WUXING_DEBUG'] ? (message ?? String(error)) : (stack ?? String(error)));
  return 1;
}

/** Runs one command line and answers its exit code. */
export async function main(argv: readonly string[]): Promise<number> {
  // A reader that has seen enough (`| head`) closes the pipe; that is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
  });
  const t = terminal(langOf(process.env, argv));
  const [name, ...rest] = argv[0]?.startsWith('--lang') ? withoutLang(argv) : argv;
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    t.out(overview(t));
    return name === undefined ? 2 : 0;
  }
  if (name === '--version' || name === '-v') {
    t.out(version);
    return 0;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) {
    t.warn({ zh: `没有命令 ${name}。\n\n${overview(t)}`, en: `There is no command ${name}.\n\n${overview(t)}` });
    return 2;
  }
  try {
    const { run, help } = await command.load();
    if (rest.includes('--help') || rest.includes('-h')) {
      t.out(help[t.lang]);
      return 0;
    }
    return await run(name === 'score' ? rest : withoutLang(rest), t);
  } catch (error) {
    return tellError(error, t);
  }
}
