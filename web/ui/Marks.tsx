import { type ReactNode, useState } from 'react';
import { uiWords } from '../words/ui.ts';
import { colon, comma } from '../words/punctuation.ts';
import { useWords } from '../words/use.ts';
import { today } from './moments.ts';

export type Tone = 'good' | 'warn' | 'bad' | 'info' | 'plain';

const shapes: Record<Tone, string> = { good: '✓', warn: '△', bad: '■', info: '●', plain: '' };

/** A short state in words with a shape of its own, so that it reads without colour. */
export function Mark(props: { tone?: Tone; wrap?: boolean; children: ReactNode; title?: string }) {
  const tone = props.tone ?? 'plain';
  return (
    <span className={`mark ${tone}${props.wrap ? ' wrap' : ''}`} title={props.title}>
      {shapes[tone] && <span aria-hidden="true">{shapes[tone]}</span>}
      {props.children}
    </span>
  );
}

/** What is not known is written as such, never as a zero or a dash. */
export function Missing(props: { children?: ReactNode }) {
  const t = useWords(uiWords);
  return (
    <span className="missing" title={t('missing-why')}>
      {props.children ?? t('missing')}
    </span>
  );
}

function Lamp(props: { kind: 'late' | 'soon' | 'calm' }) {
  return (
    <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
      {props.kind === 'late' && <rect x="1" y="1" width="12" height="12" fill="#a8171d" />}
      {props.kind === 'soon' && <path d="M7 1l6.5 12h-13z" fill="#b36b00" />}
      {props.kind === 'calm' && <circle cx="7" cy="7" r="6" fill="#2b7d43" />}
    </svg>
  );
}

/** A deadline in workdays: square and “overdue”, triangle and “soon”, circle and days left. */
export function Due(props: { on: string | null; left?: number | null | undefined }) {
  const t = useWords(uiWords);
  const [day] = useState(today);
  if (props.on === null) return <span className="quiet">{t('no-due')}</span>;
  const left = props.left ?? null;
  const late = left === null ? props.on < day : left < 0;
  const kind = late ? 'late' : (left ?? 9) <= 2 && (left !== null || props.on <= day) ? 'soon' : 'calm';
  let words = t('due-on', { day: props.on });
  if (left !== null && left < 0) words = t('late-days', { n: -left });
  else if (left === 0) words = t('due-today');
  else if (left !== null) words = t('left-days', { n: left });
  return (
    <span className={`light ${kind}`} title={props.on}>
      <Lamp kind={kind} />
      {words}
    </span>
  );
}

const starPath = 'M8 1.2l2 4.4 4.8.5-3.6 3.2 1 4.7L8 11.6 3.8 14l1-4.7L1.2 6.1 6 5.6z';

/** Five small stars, filled where held; read aloud as a sentence. */
export function Stars(props: { of: readonly { name: string; held: boolean }[]; size?: number }) {
  const t = useWords(uiWords);
  const size = props.size ?? 17;
  const held = props.of.filter((s) => s.held);
  const words =
    held.length === 0
      ? t('no-star')
      : `${t('stars', { n: held.length })}${colon()}${held.map((s) => s.name).join(comma())}`;
  return (
    <span className="stars" role="img" aria-label={words} title={words}>
      {props.of.map((s) => (
        <StarShape key={s.name} held={s.held} size={size} />
      ))}
    </span>
  );
}

export function StarShape(props: { held: boolean; size: number }) {
  return (
    <svg width={props.size} height={props.size} viewBox="0 0 16 16" aria-hidden="true">
      <path
        d={starPath}
        fill={props.held ? '#b3151b' : '#fff'}
        stroke={props.held ? '#8d0f14' : '#8a94a0'}
        strokeWidth="1"
        strokeLinejoin="round"
      />
    </svg>
  );
}
