export { type Judge, judge, judgeAll, lockRound, type Word } from './actions.ts';
export { giveScores, lock as lockPanel, openRound } from './panels.ts';
export { judgementRoutes } from './routes.ts';
export { type JudgementRow, type JudgementSearch, listJudgements } from './store.ts';
