import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createYear, document, openYear, type Year } from '../../tests/support/year.ts';
import { draftPublication, publish } from '../records/publications/index.ts';

// The pages for everyone, as a browser without script asks for them.
let year: Year;
let noticeId: string;
const villain = '<script>alert(1)</script>';

beforeAll(async () => {
  year = await createYear();
  const cycleId = await openYear(year);
  const { county, eastVillage } = year.world.units;
  noticeId = await year.world.asSystem(async (rq) => {
    const items = [
      { unitId: eastVillage, unitName: '䩐勒桥村', parentName: villain, scheme: 'rural', level: 4, stars: [] },
    ];
    const body = { cycleId, proposalId: cycleId, sample: true, sure: true, document, items };
    const draft = await draftPublication(rq, {
      kind: 'star-notice',
      unitId: county,
      title: '拟命名名单公示',
      audience: 'public',
      closesOn: '2026-03-09',
      caseId: cycleId,
      body,
    });
    await publish(rq, draft.id);
    return draft.id;
  });
});
afterAll(() => year.world.close());

const get = (url: string, headers: Record<string, string> = {}) => year.world.app.inject({ url, headers });
const post = (url: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
  year.world.app.inject({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    payload: new URLSearchParams(fields).toString(),
  });
const objection = () => ({ unitId: String(year.world.units.eastVillage), text: '例会记录不全', contact: '' });

describe('pages for everyone', () => {
  it('are whole without a log-in and without script, and a first visit is under 30 kB', async () => {
    const list = await get('/open');
    expect([list.statusCode, list.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(list.body).toContain(`href="/open/${noticeId}"`);
    const notice = await get(`/open/${noticeId}`);
    expect(notice.body).toContain('䩐勒桥村');
    expect(notice.body).toContain('样例评价标准');
    const script = await get('/open/portal.js');
    for (const page of [list, notice]) expect(page.body.length + script.body.length).toBeLessThan(30_000);
  });

  it('show what records hold as text and never as a page of its own', async () => {
    const { body } = await get(`/open/${noticeId}`);
    expect(body).not.toContain(villain);
    expect(body).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  });

  it('take an objection by form, show its receipt once, and answer by receipt', async () => {
    const sent = await post(`/open/${noticeId}`, objection());
    expect([sent.statusCode, sent.headers.location]).toEqual([303, '/open/received']);
    const cookie = sent.cookies.find((c) => c.name === 'receipt')!;
    expect(cookie).toMatchObject({ httpOnly: true, path: '/open/received' });
    const receipt = decodeURIComponent(cookie.value).split('/')[0]!;
    const shown = await get('/open/received', { cookie: `receipt=${cookie.value}` });
    expect(shown.body).toContain(receipt);
    expect((await get('/open/received')).body).not.toContain(receipt);
    const asked = await post('/open/receipts', { receipt: receipt.toLowerCase() });
    expect([asked.statusCode, asked.body.includes('核查中')]).toEqual([200, true]);
  });

  it('give a refused form back with the reason and with what was typed', async () => {
    const short = await post(`/open/${noticeId}`, { ...objection(), text: '不' });
    expect([short.statusCode, short.body.includes('role="alert"')]).toEqual([400, true]);
    expect(short.body).toMatch(/<textarea[^>]*>\s*不<\/textarea>/);
    const other = await post(`/open/${noticeId}`, { ...objection(), unitId: String(year.world.units.westVillage) });
    expect(other.statusCode).toBe(409);
    year.world.setNow('2026-03-20T09:00:00+08:00');
    const late = await post(`/open/${noticeId}`, objection());
    expect([late.statusCode, late.body.includes('公示期已结束')]).toEqual([409, true]);
    year.world.setNow('2026-03-02T09:00:00+08:00');
  });

  it('take no form that another site sends', async () => {
    const foreign = await post(`/open/${noticeId}`, objection(), { 'sec-fetch-site': 'cross-site' });
    expect(foreign.statusCode).toBe(403);
  });

  it('answer hostile and unknown addresses with a page and no defect', async () => {
    const unknown = '00000000-0000-4000-8000-000000000000';
    for (const url of [
      `/open/${unknown}`,
      '/open/x',
      '/certificates/none',
      '/verify/none',
      `/certificates/${'九'.repeat(21)}`,
    ]) {
      const { statusCode, headers } = await get(url);
      expect([url, [400, 404].includes(statusCode), headers['content-type']]).toEqual([
        url,
        true,
        'text/html; charset=utf-8',
      ]);
    }
    expect((await post('/open/receipts', { receipt: 'nothing' })).statusCode).toBe(400);
    expect((await post('/open/receipts', { receipt: 'A-NUL-\0-INSIDE' })).statusCode).toBe(400);
    expect((await get('/open?offset=9e99')).statusCode).toBe(200);
  });

  it('keep language and large print in cookies that their own links set', async () => {
    const large = await get('/open?size=large');
    expect(large.body).toContain('class="large"');
    const english = await get('/open', { cookie: 'lang=en; size=large' });
    expect(english.body).toMatch(/<html lang="en"\s+class="large"/);
    expect(english.body).toContain('Public notices');
    // Chinese comes first, the browser's wish is followed, and what the reader chose on the page outlives both.
    for (const [accept, heading] of [
      ['', '公示内容人人可看'],
      ['fr-FR', '公示内容人人可看'],
      ['en-US,en;q=0.9', 'Public notices'],
    ] as const)
      expect((await get('/open', { 'accept-language': accept })).body).toContain(heading);
    const foreign = await get('/open?offset=20', { 'accept-language': 'en-US' });
    const link = /href="([^"]*lang=zh[^"]*)"/.exec(foreign.body)![1]!.replaceAll('&amp;', '&');
    expect(link).toBe('/open?offset=20&lang=zh');
    const switched = await get(link, { 'accept-language': 'en-US' });
    expect(switched.body).toMatch(/<html lang="zh-CN"/);
    const kept = switched.cookies.find((c) => c.name === 'lang')!;
    expect(kept).toMatchObject({ value: 'zh', path: '/' });
    const later = await get('/certificates', { 'accept-language': 'en-US', cookie: `lang=${kept.value}` });
    expect(later.body).toContain('证书查验');
  });
});
