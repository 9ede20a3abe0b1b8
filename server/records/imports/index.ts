export { handleImport, importJob, sendExport } from './actions.ts';
export { exportFacts, type ExportTo, exportUnits } from './exports.ts';
export { reportOf } from './report.ts';
export { importRoutes } from './routes.ts';
export { type Imported, type ImportInput, type ImportIo, runImport } from './run.ts';
export { type Items, itemWords, writtenCell } from './subject-cells.ts';
export { verifyImports } from './verify.ts';
