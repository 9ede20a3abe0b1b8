import { type CaseWatcher, openCase } from '../../records/cases/index.ts';

/** What residents rated lowest becomes a task of the unit that was surveyed, one for each item (M221). */
export const watchSurveys: CaseWatcher = async (rq, { after, step }) => {
  if (after.type !== 'survey' || step !== 'close') return;
  const lowest = Array.isArray(after.data['lowest']) ? (after.data['lowest'] as string[]) : [];
  for (const item of lowest)
    await openCase(rq, {
      type: 'task',
      title: `改进：${item}`.slice(0, 200),
      unitId: after.unitId,
      ownerUnitId: after.unitId,
      parentId: after.id,
      data: {
        condition: `“${item}”有改进，下一次调查可以看出`,
        benefit: `回应“${after.title}”中群众评价最低的事项`.slice(0, 300),
      },
    });
};
