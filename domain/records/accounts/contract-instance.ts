import { z } from 'zod';
import { endpoint, text } from '../../contract.ts';
import { unitCode } from '../units/index.ts';
import { loginName, password } from './contract.ts';

/** Where the tree of an instance begins; the administrator stands there. */
export const rootTypes = ['province', 'city', 'county'] as const;

const token = z.string().min(20).max(100);

export const instance = {
  show: endpoint({
    name: 'instance.show',
    method: 'GET',
    path: '/api/instance',
    permission: 'public',
    summary: { zh: '本平台是谁的、是否已设置', en: 'Whose instance this is, and whether it has been set up' },
    reply: z.object({
      ready: z.boolean(),
      name: z.string().nullable(),
      demo: z.boolean(),
      providers: z.array(z.object({ id: z.string(), zh: z.string(), en: z.string() })),
    }),
  }),
  checkLink: endpoint({
    name: 'instance.checkLink',
    method: 'POST',
    path: '/api/setup/checks',
    permission: 'public',
    summary: { zh: '一次性链接用来做什么', en: 'What a one-time link is for' },
    body: z.object({ token }),
    reply: z.object({ kind: z.enum(['password', 'instance', 'invalid']), login: z.string().nullable() }),
  }),
  found: endpoint({
    name: 'instance.found',
    method: 'POST',
    path: '/api/setup/instance',
    permission: 'public',
    summary: { zh: '首次设置：最高一级单位和管理员', en: 'First set-up: the root unit and the administrator' },
    body: z.object({
      token,
      name: text(100).describe('Name of the instance, as pages show it'),
      unit: z.object({ type: z.enum(rootTypes), name: text(100), code: unitCode }),
      login: loginName,
      password,
      person: text(50).describe('Name of the administrator'),
    }),
    reply: z.object({ login: z.string() }),
  }),
} as const;

export const outside = {
  start: endpoint({
    name: 'accounts.outsideStart',
    method: 'GET',
    path: '/api/session/outside/:provider',
    permission: 'public',
    summary: { zh: '转到统一身份认证登录', en: 'Go to an outside provider to sign in' },
    params: z.object({ provider: z.string().max(30) }),
    query: z.object({ from: z.string().max(500).optional() }),
    reply: z.unknown(),
    raw: true,
  }),
  finish: endpoint({
    name: 'accounts.outsideFinish',
    method: 'GET',
    path: '/api/session/outside/:provider/return',
    permission: 'public',
    summary: { zh: '统一身份认证登录返回', en: 'Come back from an outside provider' },
    params: z.object({ provider: z.string().max(30) }),
    reply: z.unknown(),
    raw: true,
  }),
} as const;
