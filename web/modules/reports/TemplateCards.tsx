import { useNavigate } from '@tanstack/react-router';
import { units } from '../../../domain/records/units/contract.ts';
import { reports } from '../../../domain/reports/contract.ts';
import { useChange, useRead } from '../../api/hooks.ts';
import { useCan, useMe } from '../../console/me.ts';
import { useScope } from '../../console/scope.ts';
import { today } from '../../ui/moments.ts';
import { Empty, Shown, Trouble } from '../../ui/States.tsx';
import { reportWords } from '../../words/reports.ts';
import { useSay, useWords } from '../../words/use.ts';

/** Where no report is made yet: the templates of the unit in front of the reader, each a click away from its draft. */
export function TemplateCards() {
  const t = useWords(reportWords);
  const me = useMe();
  const can = useCan();
  const { unitId } = useScope();
  const own = can('reports.write', me.home.path) ? me.home.id : undefined;
  const at = unitId ?? own ?? me.roles.find((r) => can('reports.write', r.path))?.unitId;
  if (at === undefined) return <Empty title={t('no-reports')} hint={t('not-writer')} />;
  return <Cards unitId={at} />;
}

function Cards(props: { unitId: number }) {
  const t = useWords(reportWords);
  const say = useSay();
  const can = useCan();
  const navigate = useNavigate();
  const unit = useRead(units.get, { params: { id: props.unitId } });
  const templates = useRead(reports.templates);
  const draft = useChange(reports.draft, {
    onDone: (made) => void navigate({ to: '/reports/$id', params: { id: made.id } }),
  });
  const year = today().slice(0, 4);
  return (
    <Shown of={unit}>
      {({ id, name, type, path }) => {
        const fitting = (templates.data?.items ?? []).filter((one) => one.for.includes(type));
        const writes = can('reports.write', path);
        const hint = !writes
          ? t('not-writer')
          : fitting.length === 0
            ? t('no-template', { name })
            : t('no-reports-hint', { name });
        return (
          <Empty title={t('no-reports')} hint={hint}>
            {writes && fitting.length > 0 && (
              <div className="template-cards">
                {fitting.map((one) => (
                  <button
                    key={one.id}
                    type="button"
                    className="template-card"
                    disabled={draft.isPending}
                    onClick={() => draft.mutate({ body: { unitId: id, template: one.id, period: year } })}
                  >
                    <strong>{say(one.title)}</strong>
                    <span>{t('card-for', { name, year })}</span>
                    <span className="quiet small">{t('card-figures', { n: one.figures })}</span>
                  </button>
                ))}
              </div>
            )}
            {draft.error && <Trouble error={draft.error} />}
          </Empty>
        );
      }}
    </Shown>
  );
}
