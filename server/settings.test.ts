import { describe, expect, it } from 'vitest';
import { isSettingsWrong, readSettings, secretProblem } from './settings.ts';

const secret = 'k3Jd8sLq0Zx7Vb2Nm5Pt9Rw4Ty6Ui1Oe';
const problemsOf = (env: Record<string, string>, kind: 'production' | 'demo' = 'production') => {
  try {
    readSettings(env, kind);
    return [];
  } catch (error) {
    if (!isSettingsWrong(error)) throw error;
    return error.problems;
  }
};

describe('settings', () => {
  it('name every problem at once', () => {
    const problems = problemsOf({ PORT: 'eighty', BACKUP_KEEP: '0', PUBLIC_URL: 'wuxing.local' });
    expect(problems.map((p) => /^\w+/.exec(p)![0])).toEqual([
      'Set',
      'WUXING_SECRET',
      'PORT',
      'PUBLIC_URL',
      'BACKUP_KEEP',
    ]);
  });

  it.each([
    [undefined, /not set/],
    ['', /not set/],
    ['short', /5 characters/],
    ['x'.repeat(64), /looks like an example/],
    ['please-change-me-please-change-me-1234567', /looks like an example/],
    ['your-secret-0123456789-abcdefghij', /looks like an example/],
  ])('refuse the secret %s and say how to make one', (given, expected) => {
    expect(secretProblem(given)).toMatch(expected);
    expect(secretProblem(given)).toContain('randomBytes');
  });

  it('take a real secret', () => expect(secretProblem(secret)).toBeNull());

  it('never repeat a database address, which holds a password', () => {
    const [problem] = problemsOf({ DATABASE_URL: 'mysql://root:hunter2@db', WUXING_SECRET: secret });
    expect(problem).toContain('DATABASE_URL');
    expect(problem).not.toContain('hunter2');
  });

  it('back up the embedded database every day unless told otherwise, and nothing of a server', () => {
    const embedded = readSettings({ DATA_DIR: '/tmp/x', WUXING_SECRET: secret }, 'production');
    expect(embedded.backup).toMatchObject({ everyHours: 24, keep: 7, folder: '/tmp/x/backups' });
    const server = readSettings({ DATABASE_URL: 'postgres://x@y/z', WUXING_SECRET: secret }, 'production');
    expect(server.backup.everyHours).toBe(0);
  });

  it('listen to this machine only in the demo, and mark cookies secure behind https', () => {
    expect(readSettings({ WUXING_SECRET: secret }, 'demo')).toMatchObject({ host: '127.0.0.1', secure: false });
    const env = { DATA_DIR: '/tmp/x', WUXING_SECRET: secret, PUBLIC_URL: 'https://wuxing.example.cn/' };
    expect(readSettings(env, 'production')).toMatchObject({ secure: true, publicUrl: 'https://wuxing.example.cn' });
  });

  it('want https from an outside provider, except on this machine', () => {
    const base = { DATA_DIR: '/tmp/x', WUXING_SECRET: secret, OIDC_CLIENT_ID: 'wuxing' };
    expect(problemsOf({ ...base, OIDC_ISSUER: 'http://login.example.cn' })).toHaveLength(1);
    expect(problemsOf({ ...base, OIDC_ISSUER: 'http://127.0.0.1:9000' })).toEqual([]);
    expect(problemsOf({ ...base, OIDC_ISSUER: 'https://login.example.cn', OIDC_CLIENT_ID: '' })).toHaveLength(1);
  });

  it('want all of an S3 store or none', () => {
    const env = { DATA_DIR: '/tmp/x', WUXING_SECRET: secret, S3_ENDPOINT: 'https://s3.example.cn' };
    expect(problemsOf(env)).toEqual([expect.stringContaining('S3_BUCKET')]);
  });
});
