import { parseArgs } from 'node:util';
import { loginName } from '../domain/records/accounts/index.ts';
import { role, roleNames } from '../domain/records/assignments/roles.ts';
import { createUser, resetLink, setDisabled } from '../server/records/accounts/index.ts';
import { assign } from '../server/records/assignments/index.ts';
import { sql } from '../server/platform/db/sql.ts';
import { dayOf } from '../server/platform/time.ts';
import { type Instance, openInstance } from './instance.ts';
import { refused } from './refused.ts';
import type { Terminal } from './terminal.ts';

export const userHelp = {
  zh: `wuxing user list
wuxing user create --login 账号 --name 姓名 --unit 单位编码 [--title 职务] [--role 角色]… [--party]
wuxing user link 账号        生成重设密码的一次性链接（7 天有效）
wuxing user disable 账号     停用；user enable 账号 重新启用
  create 打印一次性设置链接。角色作用于所在单位，例如 admin、organiser、branch-secretary。`,
  en: `wuxing user list
wuxing user create --login NAME --name PERSON --unit CODE [--title TITLE] [--role ROLE]… [--party]
wuxing user link LOGIN       makes a one-time link to set a new password (valid for 7 days)
wuxing user disable LOGIN    and: user enable LOGIN
  create prints the one-time set-up link. Roles are held on the unit, such as admin, organiser, branch-secretary.`,
};

const options = {
  login: { type: 'string' },
  name: { type: 'string' },
  unit: { type: 'string' },
  title: { type: 'string' },
  role: { type: 'string', multiple: true },
  party: { type: 'boolean' },
} as const;

export async function userCommand(argv: readonly string[], t: Terminal): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...argv], options, strict: true, allowPositionals: true });
  const [what, login] = positionals;
  if (!['list', 'create', 'link', 'disable', 'enable'].includes(what ?? '')) throw refused(userHelp[t.lang]);
  const instance = await openInstance({ label: 'wuxing user', secret: what !== 'list' });
  try {
    if (what === 'list') await list(instance, t);
    else if (what === 'create') await create(instance, values, t);
    else await change(instance, what as 'link' | 'disable' | 'enable', login, t);
    return 0;
  } finally {
    await instance.close();
  }
}

async function list(instance: Instance, t: Terminal): Promise<void> {
  const rows = await instance.database.read([''], (tx) =>
    tx.many<{ login: string; name: string; unit: string; state: string }>(sql`
      SELECT u.login, p.name, n.name AS unit, CASE WHEN u.disabled_at IS NULL THEN '' ELSE 'disabled' END AS state
      FROM users u JOIN people p ON p.id = u.person_id JOIN units n ON n.id = p.unit_id ORDER BY u.login`),
  );
  for (const r of rows) t.out([r.login, r.name, r.unit, r.state].join('\t').trimEnd());
}

interface NewAccount {
  readonly login?: string | undefined;
  readonly name?: string | undefined;
  readonly unit?: string | undefined;
  readonly title?: string | undefined;
  readonly role?: string[] | undefined;
  readonly party?: boolean | undefined;
}

async function create(instance: Instance, given: NewAccount, t: Terminal): Promise<void> {
  const login = loginName.safeParse(given.login ?? '');
  if (!login.success || !given.name || !given.unit) throw refused(userHelp[t.lang]);
  const wanted = (given.role ?? []).map((name) => {
    const known = roleNames.find((r) => r === name);
    if (!known) throw refused(`${name}: ${roleNames.join(', ')}`);
    return known;
  });
  const link = await instance.asSystem(async (rq) => {
    const unit = await rq.db.find<{ id: number }>(
      sql`SELECT id FROM units WHERE code = ${given.unit} AND valid_to IS NULL`,
    );
    if (!unit)
      throw refused(
        { zh: `没有编码为 ${given.unit} 的单位。`, en: `There is no unit with the code ${given.unit}.` }[t.lang],
      );
    const { personId, setupPath } = await createUser(rq, {
      unitId: unit.id,
      name: given.name!,
      title: given.title,
      login: login.data,
      partyMember: given.party ?? false,
    });
    for (const name of wanted) {
      if (role(name).perStar)
        throw refused(
          {
            zh: `角色 ${name} 需要指定星，请在页面上分工。`,
            en: `${name} is held for one star; assign it on the page.`,
          }[t.lang],
        );
      await assign(rq, { role: name, personId, unitId: unit.id, from: dayOf(rq.now), document: 'wuxing user create' });
    }
    return setupPath;
  });
  t.out((process.env['PUBLIC_URL'] ?? 'http://localhost:8080').replace(/\/+$/, '') + link);
}

async function change(
  instance: Instance,
  what: 'link' | 'disable' | 'enable',
  login: string | undefined,
  t: Terminal,
): Promise<void> {
  if (!login) throw refused(userHelp[t.lang]);
  const link = await instance.asSystem(async (rq) => {
    const user = await rq.db.find<{ id: string }>(sql`SELECT id FROM users WHERE login = ${login.toLowerCase()}`);
    if (!user) throw refused({ zh: `没有账号 ${login}。`, en: `There is no account ${login}.` }[t.lang]);
    if (what === 'link') return (await resetLink(rq, user.id)).setupPath;
    await setDisabled(rq, user.id, what === 'disable');
    return null;
  });
  if (link) t.out((process.env['PUBLIC_URL'] ?? 'http://localhost:8080').replace(/\/+$/, '') + link);
}
