import { useCallback } from 'react';
import { clock } from '../api/clock.ts';
import { useLang } from '../words/use.ts';

/** The platform counts its days in Beijing time, wherever the browser stands. */
const zone = 'Asia/Shanghai';

/** Writes a moment to the minute; a plain day stays a plain day. */
export function useMoment(): (at: string | null | undefined) => string {
  const { lang } = useLang();
  return useCallback(
    (at) => {
      if (!at) return '';
      if (/^\d{4}-\d{2}-\d{2}$/.test(at)) return at;
      const parts = new Intl.DateTimeFormat(lang === 'zh' ? 'zh-CN' : 'en-GB', {
        timeZone: zone,
        year: 'numeric',
        month: '2-digit',
        day: '2-digit',
        hour: '2-digit',
        minute: '2-digit',
        hour12: false,
      }).formatToParts(new Date(at));
      const of = (type: string) => parts.find((p) => p.type === type)?.value ?? '';
      return `${of('year')}-${of('month')}-${of('day')} ${of('hour')}:${of('minute')}`;
    },
    [lang],
  );
}

/** The day of a moment, in Beijing time. */
export function dayOf(at: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(new Date(at));
}

/** The day by the platform's clock, in Beijing time: with it forms begin, and against it deadlines are read. */
export function today(): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(clock());
}
