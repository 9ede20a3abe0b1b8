import { Mark, type Tone } from '../../ui/Marks.tsx';
import { starWords } from '../../words/stars.ts';
import { useWords } from '../../words/use.ts';

/** Hundredths of a point, as people write points: 12, 12.5, 12.35. */
export function points(hundredths: number): string {
  return String(hundredths / 100);
}

export function useLevelWords(): (level: number | null) => string {
  const t = useWords(starWords);
  return (level) => (level === null ? t('not-measured') : level === 0 ? t('level-0') : t('level', { n: level }));
}

/** A level as a mark: the number is in words, the shade only helps. */
export function Level(props: { of: number | null }) {
  const words = useLevelWords();
  return <span className={`level level-${props.of ?? 'none'}`}>{words(props.of)}</span>;
}

const tones: Record<string, Tone> = {
  declared: 'info',
  approved: 'info',
  monitored: 'info',
  assessed: 'info',
  recommended: 'good',
  named: 'good',
  'not-named': 'plain',
  withdrawn: 'plain',
};

export function CandidacyState(props: { state: string }) {
  const t = useWords(starWords);
  const known = props.state in starWords;
  return <Mark tone={tones[props.state] ?? 'plain'}>{known ? t(props.state as 'declared') : props.state}</Mark>;
}

/** Points against the line that must be reached, as a bar with a tick. */
export function PointsBar(props: { points: number; full: number; pass: number; held: boolean }) {
  const share = (n: number) => `${props.full === 0 ? 0 : Math.min(100, (n / props.full) * 100)}%`;
  return (
    <div className={props.held ? 'bar held' : 'bar'} aria-hidden="true">
      <i style={{ width: share(props.points) }} />
      <b style={{ left: share(props.pass) }} />
    </div>
  );
}
