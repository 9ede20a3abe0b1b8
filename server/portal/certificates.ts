import type { z } from 'zod';
import type { certificate } from '../../domain/stars/contract-deciding.ts';
import { type Html, html, trusted } from '../platform/http/html.ts';
import { faultNote, type Returned } from './notices.ts';
import { printButton, type Reader } from './page.ts';

type Certificate = z.output<typeof certificate>;

export function searchBody(r: Reader, returned: Returned): Html {
  const { t } = r;
  return html`<h1>${t('certificate')}</h1>
    <p>${t('cert-lead')}</p>
    ${faultNote(returned)}
    <form method="get" action="/certificates">
      <label class="field"
        >${t('cert-number')}<input
          name="number"
          required
          maxlength="60"
          autocomplete="off"
          value="${returned.typed['number']}"
      /></label>
      <button class="do" type="submit">${t('ask')}</button>
    </form>`;
}

function verdict(r: Reader, c: Certificate, today: string): Html {
  const { t } = r;
  if (c.withdrawn) return html`<p class="note bad" role="status">${t('cert-withdrawn')}</p>`;
  const over = c.validTo !== null && c.validTo < today;
  return html`<p class="note${over && ' warn'}" role="status">${t(over ? 'cert-over' : 'cert-valid-now')}</p>`;
}

/** A certificate to print on A4 across; the square in its corner leads whoever holds the paper back to this page. */
export async function certificateBody(r: Reader, c: Certificate, today: string, address: string): Promise<Html> {
  const { t } = r;
  const { default: qr } = await import('qrcode');
  const square = await qr.toString(address, { type: 'svg', margin: 0 });
  const branch = `${c.unit.parentName}${t('branch-of', { name: c.unit.unitName })}`;
  return html`<div class="no-print">${verdict(r, c, today)}</div>
    ${printButton(r)}
    <article class="certificate">
      ${c.sample && html`<div class="stamp">${t('cert-sample')}</div>`}
      <h1>${t('cert-title')}</h1>
      <div>
        <div class="whom">${branch}</div>
        <div>${t('cert-text', { year: c.year })}</div>
        <div class="what">${t('cert-level', { n: c.level })}</div>
        <div>${c.stars.map((s) => r.say(s)).join(r.lang === 'zh' ? '　' : ' · ')}</div>
      </div>
      <div class="foot">
        <div>
          ${t('cert-number')}：${c.number}<br />${c.basis}${c.validTo !== null && html`<br />${t('cert-valid', { day: c.validTo })}`}
        </div>
        <div role="img" aria-label="${t('cert-check')}">${trusted(square)}</div>
        <div>${c.grantor}<br />${c.grantedOn}</div>
      </div>
    </article>
    <p class="no-print">${t('cert-check')}：${address}</p>`;
}
