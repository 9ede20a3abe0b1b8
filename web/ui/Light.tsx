import type { z } from 'zod';
import type { light } from '../../domain/records/cases/contract.ts';
import { useSay } from '../words/use.ts';

const shapes = {
  red: <rect x="1" y="1" width="12" height="12" fill="#a8171d" />,
  yellow: <path d="M7 1l6.5 12h-13z" fill="#b36b00" />,
  green: <circle cx="7" cy="7" r="6" fill="#2b7d43" />,
  none: <circle cx="7" cy="7" r="5" fill="none" stroke="#8a94a0" strokeWidth="1.5" />,
} as const;

const tones = { red: 'late', yellow: 'soon', green: 'calm', none: 'quiet' } as const;

/** The light of a deadline: square, triangle, circle or ring, and always the words. */
export function Light(props: { of: z.output<typeof light> }) {
  const say = useSay();
  const { colour, words } = props.of;
  return (
    <span className={`light ${tones[colour]}`}>
      <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
        {shapes[colour]}
      </svg>
      {say(words)}
    </span>
  );
}
