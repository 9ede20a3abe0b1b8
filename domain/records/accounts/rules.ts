import { reasons } from '../../words.ts';

export const accountReason = reasons({
  'sign-in-wrong': { zh: '账号或密码不正确。', en: 'The account or the password is not right.' },
  'sign-in-locked': {
    zh: '多次输入错误，账号已锁定，请在 {minutes} 分钟后再试。',
    en: 'Too many wrong tries; try again in {minutes} minutes.',
  },
  'sign-in-code': { zh: '请输入验证器上的 6 位动态码。', en: 'Enter the six-digit code of your authenticator.' },
  'setup-link': {
    zh: '链接无效、已使用或已过期，请联系管理员重新生成。',
    en: 'The link is not valid, used or expired; ask for a new one.',
  },
  'password-wrong': { zh: '当前密码不正确。', en: 'The current password is not right.' },
  'totp-on': { zh: '动态码已启用，需先停用。', en: 'The second factor is on already; turn it off first.' },
  'totp-off': { zh: '动态码没有启用。', en: 'The second factor is not on.' },
  'totp-begin': { zh: '请先扫描二维码。', en: 'Scan the QR code first.' },
  'instance-founded': { zh: '本平台已完成首次设置。', en: 'This instance has been set up already.' },
  'identity-taken': {
    zh: '该统一身份已绑定另一个账号。',
    en: 'That identity is linked with another account.',
  },
  'provider-unknown': { zh: '没有配置这种登录方式。', en: 'This way to sign in is not configured.' },
  'password-same': { zh: '新密码不能与账号相同。', en: 'The password must not equal the account name.' },
});

/**
 * How long an account waits after so many wrong tries in a row: the first four cost nothing, then one minute, doubling
 * up to an hour. A guesser gets about thirty tries a day; a person who mistyped gets in soon.
 */
export function lockMinutes(failures: number): number {
  return failures < 5 ? 0 : Math.min(60, 2 ** (failures - 5));
}

/** Why somebody came back from an outside provider without being signed in; the sign-in page says it in words. */
export const outsideProblems = {
  unlinked: {
    zh: '统一身份认证成功，但该身份尚未绑定账号。请把下面的标识交给管理员绑定：{subject}',
    en: 'You are known there, but no account here is linked with you. Give the administrator this identifier: {subject}',
  },
  disabled: { zh: '账号已停用，请联系管理员。', en: 'The account is disabled; ask the administrator.' },
  expired: { zh: '登录用时过长，请重新开始。', en: 'That took too long; begin again.' },
  failed: { zh: '统一身份认证没有成功，请重试。', en: 'The outside sign-in did not succeed; try again.' },
  unreachable: { zh: '统一身份认证暂时连接不上，请稍后再试。', en: 'The outside provider cannot be reached now.' },
} as const satisfies Record<string, { zh: string; en: string }>;
export type OutsideProblem = keyof typeof outsideProblems;
