import { parseArgs } from 'node:util';
import { type Served, serve } from '../server/main.ts';
import { readSettings } from '../server/settings.ts';
import type { Terminal } from './terminal.ts';

export const serveHelp = {
  zh: `wuxing serve
  启动平台（正式运行）。设置来自环境变量：
  DATABASE_URL              PostgreSQL 15 及以上；或
  DATA_DIR                  嵌入式数据库的文件夹（试用和小单位）
  WUXING_SECRET             密钥，至少 32 个字符，缺失或为示例值时拒绝启动
  PORT HOST PUBLIC_URL      端口（8080）、监听地址、用户输入的地址
  其余见 docs/deployment.md。首次启动会打印管理员的一次性设置链接。`,
  en: `wuxing serve
  Starts the platform (production). Settings come from the environment:
  DATABASE_URL              PostgreSQL 15 or later; or
  DATA_DIR                  a folder for the embedded database (for trying out and small offices)
  WUXING_SECRET             the secret, at least 32 characters; missing or an example: it does not start
  PORT HOST PUBLIC_URL      port (8080), address to listen on, address that people type
  The rest: docs/deployment.md. The first start prints the administrator's one-time set-up link.`,
};

export async function serveCommand(argv: readonly string[], t: Terminal): Promise<number> {
  parseArgs({ args: [...argv], options: {}, strict: true });
  const settings = readSettings(process.env, 'production');
  const served = await serve(settings, { kind: 'production', voice: t });
  const link = served.setUpUrl && {
    zh: `\n尚未设置。请在 24 小时内打开一次性链接，设置最高一级单位和管理员：\n  ${served.setUpUrl}`,
    en: `\nNot set up yet. Within 24 hours, open this one-time link to set up the root unit and the administrator:\n  ${served.setUpUrl}`,
  };
  // In one piece: whoever waits for the first line, a script or a person, has the link with it.
  t.note({ zh: `已就绪：${served.url}${link ? link.zh : ''}`, en: `Ready at ${served.url}${link ? link.en : ''}` });
  return untilStopped(served, t);
}

/** Runs until the process is asked to stop, then lets running requests finish and closes everything. */
export async function untilStopped(served: Served, t: Terminal): Promise<number> {
  const signal = await new Promise<string>((resolve) => {
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => resolve(name));
  });
  t.note({ zh: `收到 ${signal}，正在停止…`, en: `${signal}: stopping …` });
  // Whatever hangs must not keep the process for ever; the database survives being cut off.
  const limit = setTimeout(() => process.exit(1), 20_000);
  limit.unref();
  await served.close();
  return 0;
}
