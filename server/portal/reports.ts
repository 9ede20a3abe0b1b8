import type { z } from 'zod';
import { periodWords } from '../../domain/records/facts/period-words.ts';
import type { reports } from '../../domain/reports/contract.ts';
import { type Html, html } from '../platform/http/html.ts';
import { dayOf } from '../platform/time.ts';
import { faultNote, type Returned } from './notices.ts';
import type { Reader } from './page.ts';

type Verified = z.output<typeof reports.verify.reply>;

export function codeBody(r: Reader, returned: Returned): Html {
  const { t } = r;
  return html`<h1>${t('verify-title')}</h1>
    <p>${t('verify-code-lead')}</p>
    ${faultNote(returned)}
    <form method="get" action="/verify">
      <label class="field"
        >${t('verify-code')}<input
          name="code"
          required
          maxlength="20"
          autocomplete="off"
          autocapitalize="characters"
          value="${returned.typed['code']}"
      /></label>
      <button class="do" type="submit">${t('ask')}</button>
    </form>`;
}

/** What a report on paper really says: the numbers as they were signed. */
export function verifiedBody(r: Reader, v: Verified): Html {
  const { t } = r;
  return html`<h1>${v.title}</h1>
    <p>
      ${v.unitName} · ${r.say(periodWords(v.period))} · ${t('verify-version', { n: v.version })} ·
      ${t('verify-signed', { day: dayOf(new Date(v.signedAt)) })}
    </p>
    ${v.replaced && html`<p class="note warn">${t('verify-replaced')}</p>`}
    <p>${t('verify-lead')}</p>
    <table>
      <thead>
        <tr>
          <th scope="col">${t('verify-figure')}</th>
          <th scope="col">${t('verify-period')}</th>
          <th scope="col">${t('verify-value')}</th>
        </tr>
      </thead>
      <tbody>
        ${v.figures.map(
          (f) =>
            html`<tr>
              <td>${r.say(f.words)}</td>
              <td>${r.say(periodWords(f.period))}</td>
              <td>${f.display ?? t('verify-missing')}</td>
            </tr>`,
        )}
      </tbody>
    </table>
    <p>${t('verify-digest')} <code>${v.digest}</code></p>`;
}
