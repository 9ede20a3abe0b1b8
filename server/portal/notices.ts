import type { z } from 'zod';
import type { deciding, notice } from '../../domain/stars/contract-deciding.ts';
import { type Html, html } from '../platform/http/html.ts';
import { dayOf } from '../platform/time.ts';
import { type Reader, printButton } from './page.ts';

export type Notice = z.output<typeof notice>;
type Notices = z.output<typeof deciding.notices.reply>;
type Answer = z.output<typeof deciding.receipt.reply>;

const day = (moment: string) => dayOf(new Date(moment));

/** What was typed and what is wrong with it, when a form comes back. */
export interface Returned {
  readonly typed: Readonly<Record<string, string>>;
  readonly message: string;
  readonly details: readonly string[];
}

export const nothingTyped: Returned = { typed: {}, message: '', details: [] };

export const faultNote = ({ message, details }: Returned): Html =>
  html`${message !== '' && html`<p class="note bad" role="alert">${message} ${details.join(' ')}</p>`}`;

export function noticesBody(r: Reader, page: Notices, at: { offset: number; limit: number }): Html {
  const { t } = r;
  const { offset, limit } = at;
  return html`<h1>${t('title')}</h1>
    <p>${t('lead')}</p>
    ${page.items.length === 0 && html`<p class="note">${t('none')}</p>`}
    <ul>
      ${page.items.map(
        (n) =>
          html`<li class="note">
            <a href="/open/${n.id}"><strong>${n.title}</strong></a
            ><br />
            ${n.unitName} · ${t('published', { day: day(n.publishedAt) })} ·
            ${n.open ? t('until', { day: n.closesOn }) : t('over')}
          </li>`,
      )}
    </ul>
    ${
      page.total > limit &&
      html`<p>
        ${offset > 0 && html`<a href="/open?offset=${Math.max(0, offset - limit)}">← ${t('page-before')}</a> `}
        ${offset + limit < page.total && html`<a href="/open?offset=${offset + limit}">${t('page-after')} →</a>`}
      </p>`
    }`;
}

const conclusion = (r: Reader, o: { answer: string | null; upheld: boolean | null }): Html =>
  html`${o.answer ?? r.t('unanswered')} ${o.upheld !== null && `（${r.t(o.upheld ? 'upheld' : 'not-upheld')}）`}`;

export function noticeBody(r: Reader, n: Notice, returned: Returned): Html {
  const { t } = r;
  return html`<article>
      <h1>${n.title}</h1>
      <p>
        ${n.unitName} · ${t('published', { day: day(n.publishedAt) })} · ${t('basis')}：${n.document.title}
        ${n.document.number}
      </p>
      ${n.sample && html`<p class="note warn">${t('sample')}</p>`}
      <p class="note">
        <strong>${n.open ? t('open') : t('over')}</strong> ·
        ${t('until', { day: n.closesOn })}${!n.sure && ` · ${t('unsure')}`}
      </p>
      ${printButton(r)}
      <h2>${n.named ? t('named-list') : t('list')}</h2>
      <table class="stacked">
        <thead>
          <tr>
            ${(['unit', 'parent', 'level', 'stars'] as const).map((word) => html`<th scope="col">${t(word)}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${n.items.map(
            (i) =>
              html`<tr>
                <td><strong>${i.unitName}</strong></td>
                <td>${i.parentName}</td>
                <td class="level">${t('n-star', { n: i.level })}</td>
                <td>${i.stars.map((s) => r.say(s)).join(r.lang === 'zh' ? '、' : ', ')}</td>
              </tr>`,
          )}
        </tbody>
      </table>
      <h2>${t('objections')}</h2>
      ${n.objections.length === 0 && html`<p>${t('no-objections')}</p>`}
      <ul>
        ${n.objections.map((o) => html`<li class="note">${o.unitName} · ${t('raised', { day: o.raisedOn })}<br />${conclusion(r, o)}</li>`)}
      </ul>
    </article>
    ${n.open && objectionForm(r, n, returned)}`;
}

/** Plain controls that any browser knows; a name is never asked. */
function objectionForm(r: Reader, n: Notice, returned: Returned): Html {
  const { t } = r;
  const { typed } = returned;
  return html`<section class="no-print" id="object">
    <h2>${t('object')}</h2>
    <p>${t('object-lead')}</p>
    ${faultNote(returned)}
    <form method="post" action="/open/${n.id}#object">
      <label class="field"
        >${t('which')}<select name="unitId" required>
          <option value="">${t('choose')}</option>
          ${n.items.map(
            (i) =>
              html`<option value="${i.unitId}" ${typed['unitId'] === String(i.unitId) && html` selected`}>
                ${i.unitName}（${i.parentName}）
              </option>`,
          )}
        </select></label
      >
      <label class="field"
        >${t('text')}<textarea name="text" rows="5" required minlength="2" maxlength="4000">${typed['text']}</textarea>
      </label>
      <label class="field">${t('contact')}<input name="contact" maxlength="200" value="${typed['contact']}" /></label>
      <button class="do" type="submit">${t('send')}</button>
    </form>
  </section>`;
}

/** After sending: the receipt, large, once. */
export function receivedBody(r: Reader, given: { receipt: string; answerBy: string } | null): Html {
  const { t } = r;
  return html`<h1>${t('received')}</h1>
    ${
      given
        ? html`<p class="note" role="status">
              ${t('receipt')}<br /><span class="receipt">${given.receipt}</span
              ><br />${t('answer-by', { day: given.answerBy })}
            </p>
            <p>${t('received-lead')}</p>
            ${printButton(r)}`
        : html`<p class="note">${t('receipt-gone')}</p>`
    }
    <p class="no-print"><a href="/open">${t('back')}</a></p>`;
}

export function receiptBody(r: Reader, returned: Returned, answer: Answer | null): Html {
  const { t } = r;
  return html`<h1>${t('ask-receipt')}</h1>
    <p>${t('receipt-lead')}</p>
    ${faultNote(returned)}
    ${answer && html`<p class="note" role="status">${answer.unitName} · ${t('raised', { day: answer.raisedOn })}<br />${conclusion(r, answer)}</p>`}
    <form method="post" action="/open/receipts">
      <label class="field"
        >${t('receipt')}<input
          name="receipt"
          required
          minlength="8"
          maxlength="40"
          autocapitalize="characters"
          autocomplete="off"
          value="${returned.typed['receipt']}"
      /></label>
      <button class="do" type="submit">${t('ask')}</button>
    </form>`;
}
