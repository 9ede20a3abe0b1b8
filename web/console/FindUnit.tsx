import { useNavigate } from '@tanstack/react-router';
import { UnitPicker } from '../ui/UnitPicker.tsx';
import { shellWords } from '../words/shell.ts';
import { useWords } from '../words/use.ts';

/** The search at the top: name, pinyin or initials, then straight to the unit's page. */
export function FindUnit() {
  const t = useWords(shellWords);
  const navigate = useNavigate();
  return (
    <UnitPicker
      className="find"
      label={t('find-label')}
      placeholder={t('find')}
      onChoose={(unit) => void navigate({ to: '/units/$unitId', params: { unitId: String(unit.id) } })}
    />
  );
}
