import { z } from 'zod';
import { endpoint, id, moment, pageOf, pageQuery, text, unitId } from '../../contract.ts';
import { verbs } from '../../grants.ts';
import { roleNames } from '../assignments/roles.ts';

export const loginName = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9._-]{1,39}$/);
/** Long beats complicated; the bound above keeps the hashing affordable. */
export const password = z.string().min(10).max(200);

const okReply = z.object({ ok: z.literal(true) });

export const me = z.object({
  userId: id,
  personId: id,
  name: z.string(),
  lang: z.enum(['zh', 'en']),
  home: z.object({ id: z.int(), name: z.string(), type: z.string(), path: z.string() }),
  roles: z.array(
    z.object({
      role: z.enum(roleNames),
      unitId: z.int(),
      unitName: z.string(),
      path: z.string(),
      star: z.string().nullable(),
    }),
  ),
  grants: z.array(z.object({ verb: z.enum(verbs), path: z.string(), star: z.string().optional() })),
  now: moment.describe('The clock of the platform, whose day forms begin with'),
});
export type Me = z.infer<typeof me>;

export const accounts = {
  signIn: endpoint({
    name: 'accounts.signIn',
    method: 'POST',
    path: '/api/session',
    permission: 'public',
    summary: { zh: '登录', en: 'Sign in' },
    body: z.object({ login: z.string().max(60), password: z.string().max(200), code: z.string().max(10).optional() }),
    reply: z.object({ ok: z.literal(true) }),
  }),
  signOut: endpoint({
    name: 'accounts.signOut',
    method: 'DELETE',
    path: '/api/session',
    permission: 'session',
    summary: { zh: '退出', en: 'Sign out' },
    reply: z.object({ ok: z.literal(true) }),
  }),
  me: endpoint({
    name: 'accounts.me',
    method: 'GET',
    path: '/api/me',
    permission: 'session',
    summary: { zh: '我是谁、我负责什么', en: 'Who I am and what I answer for' },
    reply: me,
  }),
  sessions: endpoint({
    name: 'accounts.sessions',
    method: 'GET',
    path: '/api/me/sessions',
    permission: 'session',
    summary: { zh: '我的登录设备', en: 'Where I am signed in' },
    reply: z.object({
      items: z.array(
        z.object({
          id,
          createdAt: moment,
          lastSeenAt: moment,
          address: z.string().nullable(),
          agent: z.string().nullable(),
          current: z.boolean(),
        }),
      ),
    }),
  }),
  revoke: endpoint({
    name: 'accounts.revoke',
    method: 'DELETE',
    path: '/api/me/sessions/:id',
    permission: 'session',
    summary: { zh: '下线某个设备', en: 'End one of my sessions' },
    params: z.object({ id }),
    reply: z.object({ ok: z.literal(true) }),
  }),
  changePassword: endpoint({
    name: 'accounts.changePassword',
    method: 'PUT',
    path: '/api/me/password',
    permission: 'session',
    summary: { zh: '修改密码', en: 'Change my password' },
    body: z.object({ current: z.string().max(200), next: password }),
    reply: z.object({ ok: z.literal(true) }),
  }),
  list: endpoint({
    name: 'accounts.list',
    method: 'GET',
    path: '/api/users',
    permission: 'admin',
    summary: { zh: '账号列表', en: 'Accounts' },
    query: pageQuery.extend({ q: text(50, 0).optional() }),
    reply: pageOf(
      z.object({
        id,
        login: z.string(),
        name: z.string(),
        unitId: z.int(),
        unitName: z.string(),
        disabled: z.boolean(),
        locked: z.boolean(),
        totp: z.boolean(),
      }),
    ),
  }),
  create: endpoint({
    name: 'accounts.create',
    method: 'POST',
    path: '/api/users',
    permission: 'admin',
    summary: { zh: '新建账号，返回一次性设置链接', en: 'Create an account; answers a one-time set-up link' },
    body: z.object({
      unitId,
      name: text(50),
      title: text(50).optional(),
      login: loginName,
      partyMember: z.boolean().default(false),
    }),
    reply: z.object({ userId: id, personId: id, setupPath: z.string() }),
  }),
  disable: endpoint({
    name: 'accounts.disable',
    method: 'PUT',
    path: '/api/users/:id/disabled',
    permission: 'admin',
    summary: { zh: '停用或启用账号', en: 'Disable or enable an account' },
    params: z.object({ id }),
    body: z.object({ disabled: z.boolean() }),
    reply: z.object({ ok: z.literal(true) }),
  }),
  setUp: endpoint({
    name: 'accounts.setUp',
    method: 'POST',
    path: '/api/setup',
    permission: 'public',
    summary: { zh: '用一次性链接设置密码', en: 'Set the password with a one-time link' },
    body: z.object({ token: z.string().min(20).max(100), password }),
    reply: z.object({ login: z.string() }),
  }),
  resetLink: endpoint({
    name: 'accounts.resetLink',
    method: 'POST',
    path: '/api/users/:id/links',
    permission: 'admin',
    summary: { zh: '生成一次性链接，用于重设密码', en: 'Make a one-time link to set a new password' },
    params: z.object({ id }),
    reply: z.object({ setupPath: z.string() }),
  }),
  resetTotp: endpoint({
    name: 'accounts.resetTotp',
    method: 'DELETE',
    path: '/api/users/:id/totp',
    permission: 'admin',
    summary: { zh: '取消他人的动态码（手机丢失时）', en: 'Remove the second factor of somebody who lost their phone' },
    params: z.object({ id }),
    reply: okReply,
  }),
  linkIdentity: endpoint({
    name: 'accounts.linkIdentity',
    method: 'PUT',
    path: '/api/users/:id/identity',
    permission: 'admin',
    summary: { zh: '绑定或解除统一身份', en: 'Link an account with an outside identity, or unlink it' },
    params: z.object({ id }),
    body: z.object({ identity: z.object({ issuer: text(300), subject: text(300) }).nullable() }),
    reply: okReply,
  }),
  totp: endpoint({
    name: 'accounts.totp',
    method: 'GET',
    path: '/api/me/totp',
    permission: 'session',
    summary: { zh: '是否启用动态码', en: 'Whether a second factor is on' },
    reply: z.object({ enabled: z.boolean() }),
  }),
  enrolTotp: endpoint({
    name: 'accounts.enrolTotp',
    method: 'POST',
    path: '/api/me/totp',
    permission: 'session',
    summary: { zh: '开始启用动态码，返回二维码', en: 'Begin with a second factor; answers the QR code' },
    body: z.object({ password: z.string().max(200) }),
    reply: z.object({
      secret: z.string().describe('For typing in by hand'),
      uri: z.string().describe('otpauth address'),
      svg: z.string().describe('The address as a QR code'),
    }),
  }),
  confirmTotp: endpoint({
    name: 'accounts.confirmTotp',
    method: 'PUT',
    path: '/api/me/totp',
    permission: 'session',
    summary: { zh: '输入第一个动态码，正式启用', en: 'Turn the second factor on with its first code' },
    body: z.object({ code: z.string().max(10) }),
    reply: okReply,
  }),
  disableTotp: endpoint({
    name: 'accounts.disableTotp',
    method: 'DELETE',
    path: '/api/me/totp',
    permission: 'session',
    summary: { zh: '停用动态码', en: 'Turn the second factor off' },
    body: z.object({ password: z.string().max(200), code: z.string().max(10) }),
    reply: okReply,
  }),
  setLang: endpoint({
    name: 'accounts.setLang',
    method: 'PUT',
    path: '/api/me/lang',
    permission: 'session',
    summary: { zh: '选择界面语言', en: 'Choose the language' },
    body: z.object({ lang: z.enum(['zh', 'en']) }),
    reply: okReply,
  }),
} as const;
